"""What problems can be counted, sorted and narrowed down by, as columns of SQL."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select

from data_access import contract, scope
from data_access.answers.catalogue import root_dimensions
from data_access.answers.days import has_come, has_passed
from data_access.answers.places import branches
from data_access.answers.projects import visible_projects
from data_access.contract.columns import CODE
from data_access.errors import InvalidQuestion
from data_access.problem_questions import Conditions, ListedQuestion

SOON_DAYS = 30
DONE = ("resolved", "closed")
_problem = contract.problem
_indicator = contract.indicator


def is_done(today: date) -> ColumnElement[bool]:
    """Resolved by today: by its date where there is one, else by its status."""
    dated = and_(_problem.c.resolved_on.is_not(None), has_come(_problem.c.resolved_on, today))
    return or_(dated, and_(_problem.c.resolved_on.is_(None), _problem.c.status.in_(DONE)))


def deadline(today: date) -> ColumnElement[str]:
    """overdue, due_soon, running, no_deadline or done: the same words as analysis.problems.deadlines."""
    due = _problem.c.due_on
    return case(
        (is_done(today), "done"),
        (due.is_(None), "no_deadline"),
        (has_passed(due, today), "overdue"),
        (has_passed(due, today + timedelta(days=SOON_DAYS + 1)), "due_soon"),
        else_="running",
    )


def attributes(question: ListedQuestion, joined: FromClause) -> dict[str, ColumnElement[Any]]:
    """Every attribute by name. joined: of `joined_problems`."""
    columns = (
        "kind",
        "severity",
        "track",
        "status",
        "found_on",
        "due_on",
        "resolved_on",
        "area_code",
        "indicator_code",
    )
    return {name: _problem.c[name] for name in (*columns, "problem_code", "lead_department_code")} | {
        "found_year": func.substr(_problem.c.found_on, 1, 4, type_=CODE),
        "due_year": func.substr(_problem.c.due_on, 1, 4, type_=CODE),
        "deadline": deadline(question.today),
        "located": _located(question),
        "dimension_code": joined.c.root_dimension_code,
        "branch": joined.c.branch,
        "urgency": _urgency(question.today),
        "has_project": _has_project(question),
    }


def _located(question: ListedQuestion) -> ColumnElement[str]:
    """exact, approximate, outside (the city) or none."""
    known = and_(_problem.c.lon.is_not(None), _problem.c.lat.is_not(None))
    quality = func.coalesce(_problem.c.location_quality, "exact")
    if question.city is None:
        return case((known, quality), else_="none")
    west, south, east, north = question.city
    inside = and_(_problem.c.lon.between(west, east), _problem.c.lat.between(south, north))
    return case((and_(known, inside), quality), (known, "outside"), else_="none")


def _has_project(question: ListedQuestion) -> ColumnElement[str]:
    """Whether a project that is not cancelled, and that the viewer sees, answers the problem: yes or no."""
    link, project = contract.project_problem, contract.project
    seen = visible_projects(question.viewer)
    answered = (
        select(link.c.problem_code)
        .join(project, project.c.project_code == link.c.project_code)
        .where(link.c.project_code.in_(select(seen.c.project_code)), project.c.stage != "cancelled")
    )
    return case((_problem.c.problem_code.in_(answered), "yes"), else_="no")


def joined_problems(question: ListedQuestion) -> FromClause:
    """problem_code, branch (child of the area it lies in), root_dimension_code: visible problems found by today."""
    branch, top = branches(question.area, by_child=True), root_dimensions()
    rows: Select[Any] = (
        select(_problem.c.problem_code, branch.c.branch, top.c.root_dimension_code)
        .join(branch, branch.c.area_code == _problem.c.area_code)
        .outerjoin(_indicator, _indicator.c.indicator_code == _problem.c.indicator_code)
        .outerjoin(top, top.c.dimension_code == _indicator.c.dimension_code)
        .where(
            scope.sees_area(question.viewer, _problem.c.area_code),
            scope.sees_work(question.viewer, _problem),
            scope.sees_indicator(question.viewer, _problem.c.indicator_code),
            has_come(_problem.c.found_on, question.today),
        )
    )
    return rows.subquery("joined")


def meets(known: dict[str, ColumnElement[Any]], where: Conditions) -> list[ColumnElement[bool]]:
    """Raises InvalidQuestion for an attribute that there is not."""
    return [_is_one_of(attribute(known, name), words) for name, words in where]


def attribute(known: dict[str, ColumnElement[Any]], name: str) -> ColumnElement[Any]:
    if name not in known:
        raise InvalidQuestion(f"problems have no attribute {name!r:.40}")
    return known[name]


def contains(text: str) -> ColumnElement[bool]:
    """Title, code or description contain the text; letter case does not matter for Latin letters."""
    columns = (_problem.c.title_zh, _problem.c.title_en, _problem.c.problem_code, _problem.c.description)
    return or_(*(func.lower(column, type_=CODE).contains(text.lower(), autoescape=True) for column in columns))


def _is_one_of(column: ColumnElement[Any], words: tuple[str, ...]) -> ColumnElement[bool]:
    named = column.in_([word for word in words if word])
    return or_(named, column.is_(None)) if "" in words else named


def _urgency(today: date) -> ColumnElement[int]:
    """What to look at first: overdue before due soon before the rest, critical before serious before general."""
    by_deadline = case({"overdue": 0, "due_soon": 1, "running": 2, "no_deadline": 3}, value=deadline(today), else_=4)
    by_severity = case({"critical": 0, "serious": 1, "general": 2}, value=_problem.c.severity, else_=3)
    return by_deadline * 4 + by_severity
