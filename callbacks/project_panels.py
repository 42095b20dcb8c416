"""The panels of the project view: status, stages, annual plan, list with its Gantt, curves, funding."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import html

from analysis.projects.curves import annual_investment
from analysis.projects.funding import funding_mix
from analysis.projects.stages import annual_plan
from callbacks.project_scene import FACETS, ProjectScene
from callbacks.taking import taking_work
from data_access.questions import ProjectsQuestion
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.figures.frame import empty_figure
from layouts.figures.project_curve import project_curve
from layouts.ids import ProjectIds
from layouts.work.facets import counted_words, facet_bar
from layouts.work.filtering import without
from layouts.work.gantt import gantt, gantt_key
from layouts.work.paging import Pages, page_bar
from layouts.work.project_panels import annual_rows, funding_rows
from layouts.work.project_status import status_rows


def as_of(at: ProjectScene) -> Any:
    said = at.at.texts("tracks.as_of", day=at.at.today.isoformat())
    return html.Span(said, className="review") if at.at.selection.today else said


def status_panel(at: ProjectScene) -> list[Any]:
    counts = {str(word): count for word, count in at.listed("state")["state"].value_counts().items()}
    title = joined(at.at.texts("project_view.status"), at.at.area_name)
    return panel(title, status_rows(at.at.formatter, counts, at.chosen), as_of(at))


def annual_panel(at: ProjectScene) -> list[Any]:
    year = at.at.today.year
    money = annual_investment(at.curve, [year]).iloc[0]
    amounts = {name: float(money[name]) for name in ("planned", "invested")}
    body = annual_rows(at.at.formatter, annual_plan(at.listed(), year, at.at.today), amounts)
    return panel(at.at.texts("project_view.annual", year=year), body, at.at.texts("annual.note"))


def curve_panel(at: ProjectScene, text_px: int) -> tuple[Any, go.Figure]:
    scene = at.at
    curve = at.curve
    rows = at.every[at.every["project_code"] == at.project] if at.project else at.listed()
    reported = rows[rows["physical_planned_pct"].notna() | rows["physical_actual_pct"].notna()]
    budget = float((reported["investment_planned"] * reported["share"]).sum())
    name = scene.texts.name(rows.iloc[0].to_dict()) if at.project and len(rows) else scene.area_name
    said = scene.texts("curve.covered", covered=len(reported), listed=len(rows))
    title = joined(scene.texts("project_view.curve"), name)
    if curve.empty or not budget:
        return [panel_head(title, said), no_data(scene.texts("curve.empty"))], empty_figure(scene.selection.theme)
    head = panel_head(title, [html.Span(said), taking_work(scene, "investment", ProjectIds.CURVE)])
    whole = max(budget, float(curve["planned_value"].max()))
    return head, project_curve(scene.formatter, curve, whole, scene.today, scene.selection.theme, text_px)


def funding_panel(at: ProjectScene) -> list[Any]:
    rows = at.listed()
    mix = funding_mix(at.at.store.project_funding(at.asked), rows)
    total = (rows["investment_planned"] * rows["share"]).sum(min_count=1)
    said = at.at.texts("funding.total", amount=str(at.at.formatter.money(total))) if pd.notna(total) else ""
    return panel(at.at.texts("project_view.funding"), funding_rows(at.at.formatter, mix), said)


def list_panel(at: ProjectScene) -> list[Any]:
    scene = at.at
    pages = Pages(len(at.urgent_first), at.options)
    page = at.urgent_first.iloc[pages.start : pages.end]
    asked = ProjectsQuestion(area=scene.area, projects=tuple(page["project_code"]), viewer=scene.viewer)
    milestones = scene.store.project_milestones(asked)
    rows = gantt(scene.formatter, page, milestones, scene.today, without(at.chosen, "project"), scene.selection.theme)
    return [*rows, *page_bar(scene.formatter, pages)]


def facets_bar(at: ProjectScene) -> list[Any]:
    facets = [(name, counted_words(at.listed(name)[name].value_counts(dropna=False).to_dict())) for name in FACETS]
    texts = at.at.texts
    label_of = lambda name: texts(f"attribute.{name}")  # noqa: E731
    bar = facet_bar(at.at.formatter, facets, without(at.chosen, "project"), at.word, label_of)
    return [*bar, gantt_key(at.at.formatter)]
