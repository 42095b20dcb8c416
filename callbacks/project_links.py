"""What links problems and projects: the chain between them, and projects the problems suggest."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
from dash import html

from analysis.projects.chain import chain
from analysis.projects.suggestion_rules import read_rules
from analysis.projects.suggestions import Suggestions, suggest
from callbacks.project_scene import ProjectScene, records
from data_access.problem_questions import ProblemFactsQuestion
from data_access.project_questions import ChainQuestion
from data_access.questions import AreasQuestion, CatalogueQuestion, ProjectsQuestion, SurveyQuestion
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.figures.chain_figure import PHASES, chain_figure
from layouts.figures.frame import blank_figure
from layouts.work.suggestion_list import suggestion_rows

_UNRESOLVED = ("overdue", "due_soon", "running", "no_deadline")
_RUNNING = ("pipeline", "planning", "approval", "started", "construction", "unknown")


def chain_panel(at: ProjectScene, text_px: int) -> tuple[Any, go.Figure]:
    scene = at.at
    counted = scene.store.problem_chain(ChainQuestion(area=scene.area, today=scene.today, viewer=scene.viewer))
    unanswered = int(counted.loc[counted["project_type"].isna(), "problems"].sum())
    total = int(counted["problems"].sum())
    number = scene.formatter.number
    said = scene.texts("chain.unanswered", unanswered=number(unanswered, 0), total=number(total, 0))
    head = panel_head(joined(scene.texts("chain.title"), scene.area_name), said if total else "")
    if not total:
        return [head, no_data(scene.texts("problems.none_match"))], blank_figure(scene.selection.theme)
    answered = counted[counted["project_type"].notna()].rename(columns={"dimension_code": "category"})
    if answered.empty:
        return [head, no_data(scene.texts("chain.none_answered"))], blank_figure(scene.selection.theme)
    answered["stage"] = answered["stage"].map(PHASES)
    names = {"category": _dimensions(at), "action_code": at.actions}
    return head, chain_figure(scene.texts, chain(answered), names, scene.selection.theme, text_px)


def _dimensions(at: ProjectScene) -> dict[str, str]:
    rows = at.at.store.dimensions(CatalogueQuestion(viewer=at.at.viewer))
    return {row["dimension_code"]: at.at.texts.name(row) for row in records(rows)}


def suggestions_panel(at: ProjectScene) -> list[Any]:
    scene = at.at
    found, names = suggestions(at)
    rules = {rule.code: {"name_zh": rule.name_zh, "name_en": rule.name_en} for rule in read_rules().rules}
    body = suggestion_rows(scene.formatter, found, rules, names)
    return panel(joined(scene.texts("suggestions.title"), scene.area_name), body, _export(at, len(found.listed)))


def _export(at: ProjectScene, count: int) -> Any:
    """The link to the whole list, with how many there are."""
    if not count:
        return ""
    asked = {"area": at.at.area, "today": at.at.today.isoformat(), "lang": at.at.selection.lang}
    said = at.at.texts("suggestions.export", count=count)
    return html.A(said, href=f"suggestions/projects.xlsx?{urlencode(asked)}", className="who__notice", download="")


def suggestions(at: ProjectScene) -> tuple[Suggestions, dict[str, str]]:
    """Suggestions per part of the area (per child, or the area itself where it has none), and the parts' names."""
    scene = at.at
    children = scene.store.areas(AreasQuestion(area=scene.area, viewer=scene.viewer))
    areas = pd.concat([children, scene.path.tail(1)])
    survey = scene.store.survey_results(SurveyQuestion(viewer=scene.viewer))
    latest = survey[survey["respondent_group"] == "all"].sort_values("period").groupby("area_code")["score"].mean()
    satisfaction = areas["area_code"].map(latest).astype(float)
    facts = areas[["area_code", "population"]].assign(satisfaction=satisfaction, potential=float("nan"))
    names = {row["area_code"]: scene.texts.name(row) for row in records(areas)}
    return suggest(_unresolved(at), facts, read_rules()), names


def _unresolved(at: ProjectScene) -> pd.DataFrame:
    """Unresolved problems with their part of the area, the words of the conditions, and whether a project answers."""
    scene = at.at
    where = (("deadline", _UNRESOLVED),)
    asked = ProblemFactsQuestion(area=scene.area, today=scene.today, viewer=scene.viewer, where=where)
    rows = scene.store.problem_facts(asked)
    names = rows["dimension_code"].map(_dimensions(at)).fillna("").astype(str)
    everywhere = ProjectsQuestion(viewer=scene.viewer)
    projects, links = scene.store.projects(everywhere), scene.store.project_problems(everywhere)
    running = projects.loc[projects["stage"].isin(_RUNNING), "project_code"]
    answered = links.loc[links["project_code"].isin(running), "problem_code"]
    return rows.assign(
        area_code=rows["branch"],
        dimension=rows["dimension_code"].fillna("").astype(str) + ";" + names,
        indicator=rows["indicator_code"],
        is_answered=rows["problem_code"].isin(answered),
    )
