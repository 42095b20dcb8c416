"""What is being done: where projects stand, what the money does, what is late, what problems pile up."""

from typing import Any

import plotly.graph_objects as go
from dash import html

from analysis.problems.subjects import TALLIED_BY, by_subject
from analysis.projects.curves import s_curve
from analysis.projects.stages import APART, stage_funnel
from analysis.projects.status import LATE, OVER_BUDGET
from callbacks.project_scene import projects_at
from callbacks.scene import Scene
from callbacks.taking import taking_work
from data_access.problem_questions import ProblemTallyQuestion
from data_access.questions import ProjectsQuestion
from layouts.components import agenda
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.stages import stage_list
from layouts.figures.investment import investment_figure
from layouts.figures.trend import Pen
from layouts.ids import OverviewIds

_ASKED_ABOUT = (LATE, OVER_BUDGET)


def stages_panel(at: Scene) -> Any:
    """How many projects stand at each stage, the cancelled and the unknown apart."""
    counts = projects_at(at).every["stage"].value_counts()
    if counts.empty:
        return no_data(at.texts("projects.empty"))
    funnel = stage_funnel(counts.rename_axis("stage").rename("projects").reset_index())
    return stage_list(at.formatter, funnel, {stage: int(counts.get(stage, 0)) for stage in APART})


def investment_panel(at: Scene, font_px: int) -> tuple[Any, go.Figure]:
    """The cumulative investment of all projects here, planned against actual."""
    title = joined(at.texts("work.title"), at.area_name)
    curve = s_curve(at.store.monthly_increments(ProjectsQuestion(area=at.area, viewer=at.viewer)), at.today)
    pen = Pen(at.formatter, at.selection.theme, font_px)
    said = at.texts("work.investment") if len(curve) else at.texts("curve.empty")
    menu = taking_work(at, "investment", OverviewIds.INVESTMENT) if len(curve) else None
    return panel_head(title, [html.Span(said), menu]), investment_figure(pen, curve)


def late_panel(at: Scene) -> list[Any]:
    """What is late or over budget, the longest delay first."""
    work = projects_at(at)
    urgent = work.urgent_in(work.every)
    asked_about = urgent[urgent["status"].isin(_ASKED_ABOUT)]
    counts = {"late": int((urgent["status"] == LATE).sum()), "total": len(urgent)}
    aside = [html.Span(at.texts("projects.late_of", **counts)), taking_work(at, "projects")] if len(urgent) else ""
    return panel(at.texts("projects.title"), agenda.urgent_projects(at.formatter, asked_about, len(urgent)), aside)


def problems_panel(at: Scene) -> list[Any]:
    asked = ProblemTallyQuestion(area=at.area, viewer=at.viewer, today=at.today, by=TALLIED_BY)
    subjects = by_subject(at.store.problem_tally(asked))
    body = agenda.problem_subjects(at.formatter, subjects, at.catalogue)
    listed, overdue = (at.formatter.number(subjects[name].sum(), 0) for name in ("listed", "overdue"))
    said = at.texts("problems.overdue_of", listed=listed, overdue=overdue)
    aside = [html.Span(said), taking_work(at, "problems")] if len(subjects) else ""
    return panel(at.texts("problems.title"), body, aside)
