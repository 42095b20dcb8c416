"""What links problems and projects: the chain between them, and projects the problems suggest."""

from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
from dash import html

from analysis.problems.deadlines import deadlines
from analysis.projects.chain import chain
from analysis.unanswered import Unanswered
from callbacks.project_scene import ProjectScene, records
from callbacks.suggesting import UNRESOLVED, current_rules, dimension_names, suggestions, unit_level, units
from data_access.problem_questions import ProblemPageQuestion, ProblemTallyQuestion
from data_access.project_questions import ChainQuestion
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.picking import pick_button
from layouts.figures.chain_figure import PHASES, chain_figure
from layouts.figures.frame import empty_figure
from layouts.sentences import unanswered_text
from layouts.work.filtering import write_filter
from layouts.work.ledger import countdown
from layouts.work.link_lists import MOST_ROWS, unanswered_problems, unlinked_projects
from layouts.work.options import changed, switch
from layouts.work.suggestion_list import suggestion_rows
from layouts.work.unit_list import unit_rows

_FORMATS = {"xlsx": "xlsx", "gpkg": "gpkg"}


def chain_panel(at: ProjectScene, text_px: int) -> tuple[Any, go.Figure]:
    scene = at.at
    counted = scene.store.problem_chain(ChainQuestion(area=scene.area, today=scene.today, viewer=scene.viewer))
    unanswered = int(counted.loc[counted["project_type"].isna(), "problems"].sum())
    total = int(counted["problems"].sum())
    number = scene.formatter.number
    said = scene.texts("chain.unanswered", unanswered=number(unanswered, 0), total=number(total, 0))
    target = {"view": "problems", "filter": write_filter({"has_project": ("no",)})}
    aside = pick_button(said, target, "who__notice") if total else ""
    head = panel_head(scene.texts("chain.title"), aside)
    if not total:
        return [head, no_data(scene.texts("problems.none_match"))], empty_figure(scene.selection.theme)
    answered = counted[counted["project_type"].notna()].rename(columns={"dimension_code": "category"})
    if answered.empty:
        return [head, no_data(scene.texts("chain.none_answered"))], empty_figure(scene.selection.theme)
    answered["stage"] = answered["stage"].map(PHASES)
    names = {"category": dimension_names(at), "action_code": at.actions}
    return head, chain_figure(scene.texts, chain(answered), names, scene.selection.theme, text_px)


def links_panel(at: ProjectScene) -> list[Any]:
    """Suggested projects, or what is not linked: problems that no project answers, projects that answer no problem."""
    shown = at.options.get("link", "suggestions")
    draw = {"problems": _unanswered, "projects": _unlinked, "units": _units}.get(shown, _suggested)
    title, body = draw(at)
    return panel(title, [html.Div(_links_switch(at, shown), className="link-switch"), *body])


def _links_switch(at: ProjectScene, shown: str) -> html.Div:
    texts = at.at.texts
    words = ("suggestions", *(["units"] if unit_level(at) else []), "problems", "projects")
    choices = [
        (texts(f"links.{word}"), changed(at.options, "link", None if word == "suggestions" else word), word == shown)
        for word in words
    ]
    return switch(choices, texts("links.title"))


def _unanswered(at: ProjectScene) -> tuple[str, list[Any]]:
    scene, where = at.at, (*UNRESOLVED, ("has_project", ("no",)))
    common: dict[str, Any] = {"area": scene.area, "today": scene.today, "viewer": scene.viewer, "where": where}
    page = scene.store.problem_page(ProblemPageQuestion(**common, end=MOST_ROWS))
    total = int(scene.store.problem_tally(ProblemTallyQuestion(**common))["problems"].sum())
    said = [countdown(scene.formatter, row) for row in records(deadlines(page, scene.today))]
    title = joined(scene.texts("links.problems_title"), scene.area_name)
    return title, unanswered_problems(scene.formatter, records(page), said, total)


def _unlinked(at: ProjectScene) -> tuple[str, list[Any]]:
    rows = at.urgent_first
    title = joined(at.at.texts("links.projects_title"), at.at.area_name)
    return title, unlinked_projects(at.at.formatter, records(rows[rows["has_problem"] == "no"]), at.chosen)


def _suggested(at: ProjectScene) -> tuple[str, list[Any]]:
    scene = at.at
    found, names = suggestions(at)
    rules = {rule.code: {"name_zh": rule.name_zh, "name_en": rule.name_en} for rule in current_rules().rules}
    body = suggestion_rows(scene.formatter, found, rules, names, _exports(at) if len(found.listed) else {})
    return joined(scene.texts("suggestions.title"), scene.area_name), body


def _units(at: ProjectScene) -> tuple[str, list[Any]]:
    scene, level = at.at, unit_level(at)
    title = joined(scene.texts("units.title"), scene.area_name)
    if level is None:
        return title, [no_data(scene.texts("units.none"))]
    found, rows = units(at, level)
    if isinstance(found, Unanswered):
        return title, [no_data(unanswered_text(scene.formatter, found))]
    return title, unit_rows(scene.formatter, found, rows)


def _exports(at: ProjectScene) -> dict[str, str]:
    """Where the whole list leaves, by format."""
    asked = urlencode({"area": at.at.area, "today": at.at.today.isoformat(), "lang": at.at.selection.lang})
    return {kind: f"suggestions/projects.{ending}?{asked}" for kind, ending in _FORMATS.items()}
