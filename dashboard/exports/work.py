"""Problems, projects and the money as rows: what the lists and curves of the work views are drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from analysis.projects.curves import s_curve
from callbacks.problem_scene import ProblemScene
from callbacks.project_scene import ProjectScene
from callbacks.scene import Scene
from dashboard.exports.table import MOST_ROWS
from data_access.problem_questions import ProblemPageQuestion
from data_access.questions import ProjectsQuestion

PROBLEMS, PROJECTS, INVESTMENT = "problems", "projects", "investment"
_PAGE = 1000
_PROBLEM_FACTS = [
    "problem_code", "name", "area_code", "area", "dimension", "indicator_code", "indicator", "kind", "severity",
    "track", "problem_status", "found_on", "due_on", "resolved_on", "deadline", "department", "lon", "lat", "located",
]  # fmt: skip
_PROJECT_FACTS = [
    "project_code", "name", "area_code", "project_type", "stage", "project_status", "delay_days", "priority",
    "department", "action", "planned_start_on", "planned_finish_on", "actual_start_on", "actual_finish_on",
    "reported_on", "physical_planned_pct", "physical_actual_pct", "investment_planned", "investment_actual",
    "schedule_variance", "cost_variance", "lon", "lat",
]  # fmt: skip
_CURVE_FACTS = ["month", "planned_value", "investment_planned", "earned_value", "investment_actual"]


def problems(at: Scene) -> pd.DataFrame:
    """One row per problem of the list, as narrowed down in the problem view; its codes in the words of the screen."""
    listed = ProblemScene(_as_its_view(at, "problems"))
    pages = []
    for start in range(0, MOST_ROWS, _PAGE):
        page = at.store.problem_page(listed.ask(ProblemPageQuestion, start=start, end=start + _PAGE))
        pages.append(page)
        if len(page) < _PAGE:
            break
    rows = pd.concat(pages, ignore_index=True)
    words = {
        name: _words(rows[column], column, listed.word)
        for name, column in (
            ("kind", "kind"), ("severity", "severity"), ("track", "track"), ("problem_status", "status"),
            ("deadline", "deadline"), ("located", "located"), ("department", "lead_department_code"),
            ("dimension", "dimension_code"),
        )
    }  # fmt: skip
    records = rows.to_dict("records")
    names = {
        "name": [at.texts.name(row, "title") for row in records],
        "area": [at.texts.name(row, "area_name") for row in records],
        "indicator": [at.texts.name(row, "indicator_name") for row in records],
    }
    return rows.assign(**names, **words)[_PROBLEM_FACTS]


def projects(at: Scene) -> pd.DataFrame:
    """One row per project of the list, what needs a question first; amounts in the database's currency."""
    listed = ProjectScene(_as_its_view(at, "projects"))
    rows = listed.urgent_first
    words = {
        name: _words(rows[column], column, listed.word)
        for name, column in (
            ("stage", "stage"), ("project_status", "state"), ("department", "lead_department_code"),
            ("action", "action_code"),
        )
    }  # fmt: skip
    names = [at.texts.name(row) for row in rows.to_dict("records")]
    return rows.assign(name=names, **words)[_PROJECT_FACTS]


def investment(at: Scene) -> pd.DataFrame:
    """One row per month: planned and actual, cumulative, of the projects on screen."""
    if at.selection.view == "projects":
        return ProjectScene(at).curve[_CURVE_FACTS]
    asked = ProjectsQuestion(area=at.area, viewer=at.viewer)
    return s_curve(at.store.monthly_increments(asked), at.today)[_CURVE_FACTS]


def _as_its_view(at: Scene, view: str) -> Scene:
    """Other views show all there is, whatever that view was narrowed down to."""
    return at if at.selection.view == view else replace(at, selection=replace(at.selection, filter=None))


def _words(codes: pd.Series, attribute: str, word: Callable[[str, str], str]) -> pd.Series:
    return codes.map({code: word(attribute, str(code)) for code in codes.dropna().unique()})


WORK_MAKERS: Mapping[str, Callable[[Scene], pd.DataFrame]] = {
    PROBLEMS: problems,
    PROJECTS: projects,
    INVESTMENT: investment,
}
