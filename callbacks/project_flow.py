"""Where projects stand in their life cycle, or how they moved between two days."""

from datetime import date, timedelta
from typing import Any

from dash import html

from analysis.projects.stages import APART, flow, stage_funnel, stages_on
from callbacks.project_scene import ProjectScene
from layouts.components.panel import joined, panel
from layouts.work.options import changed, menu
from layouts.work.project_panels import stage_bars
from layouts.work.stage_flow import stage_moves

SPANS = ("quarter", "year_start", "year")
_DAYS = {"quarter": 91, "year": 365}


def stages_panel(at: ProjectScene) -> list[Any]:
    span = at.options.get("flow")
    return _moves(at, span) if span in SPANS else _standing(at)


def _standing(at: ProjectScene) -> list[Any]:
    rows = at.listed("stage")
    counts = rows["stage"].value_counts().rename_axis("stage").rename("projects").reset_index()
    apart = {stage: int((rows["stage"] == stage).sum()) for stage in APART}
    body, beside = stage_bars(at.at.formatter, stage_funnel(counts), apart, at.chosen)
    return panel(at.at.texts("project_view.stages"), body, html.Span([beside, _menu(at, None)], className="menu-line"))


def _moves(at: ProjectScene, span: str) -> list[Any]:
    """From the day before to the day of review, by the milestones that carry dates."""
    scene, start = at.at, start_of(span, at.at.today)
    projects, milestones = at.listed("stage"), scene.store.project_milestones(at.asked)
    before = stages_on(projects, milestones, start, scene.today)
    after = stages_on(projects, milestones, scene.today, scene.today)
    body = stage_moves(scene.formatter, flow(before, after), at.chosen)
    title = joined(scene.texts("flow.title"), f"{start.isoformat()} → {scene.today.isoformat()}")
    return panel(title, body, _menu(at, span))


def start_of(span: str, today: date) -> date:
    return date(today.year, 1, 1) if span == "year_start" else today - timedelta(days=_DAYS[span])


def _menu(at: ProjectScene, span: str | None) -> html.Details:
    texts = at.at.texts
    choices = [(texts("flow.now"), changed(at.options, "flow", None), span is None)]
    choices += [(texts(f"flow.{one}"), changed(at.options, "flow", one), one == span) for one in SPANS]
    return menu(texts(f"flow.{span or 'now'}"), choices)
