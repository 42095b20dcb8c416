"""The problem list as a ledger: pages, counts, places, spans of time."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Integer, Select, case, func, or_, select

from data_access import contract, scope
from data_access.answers import problem_attributes as attributes
from data_access.answers.names import contract_columns, names
from data_access.answers.problem_links import linked
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.frames import read_frame
from data_access.problem_questions import (
    ListedQuestion,
    ProblemFactsQuestion,
    ProblemHistoryQuestion,
    ProblemPageQuestion,
    ProblemPlacesQuestion,
    ProblemQuestion,
    ProblemSpansQuestion,
    ProblemTallyQuestion,
)

MOST_ROWS = 1000
_problem = contract.problem


def problem_page(connection: Connection, question: ProblemPageQuestion) -> pd.DataFrame:
    """One row per problem of the page, in the order asked."""
    if not 0 <= question.start <= question.end <= question.start + MOST_ROWS:
        raise InvalidQuestion(f"a page has at most {MOST_ROWS} rows")
    area, indicator, department = contract.area, contract.indicator, contract.department
    known, listed = _listed(connection, question)
    columns = [known[name].label(name) for name in ("deadline", "dimension_code", "located")]
    page = (
        listed.with_only_columns(
            *contract_columns(_problem),
            *columns,
            *names(area, label="area_name"),
            *names(indicator, label="indicator_name"),
            *names(department, label="department_name"),
        )
        .join(area, area.c.area_code == _problem.c.area_code)
        .outerjoin(department, department.c.department_code == _problem.c.lead_department_code)
        .outerjoin(indicator, indicator.c.indicator_code == _problem.c.indicator_code)
        .order_by(*_order(known, question), _problem.c.problem_code)
        .offset(question.start)
        .limit(question.end - question.start)
    )
    return read_frame(connection, page)


def problem_tally(connection: Connection, question: ProblemTallyQuestion) -> pd.DataFrame:
    """One row per combination of the attributes: by…, problems, overdue."""
    known, listed = _listed(connection, question, question.by)
    by = [attributes.attribute(known, name).label(name) for name in question.by]
    overdue = func.sum(case((known["deadline"] == "overdue", 1), else_=0), type_=Integer)
    counted = listed.with_only_columns(
        *by, func.count().label("problems"), func.coalesce(overdue, 0, type_=Integer).label("overdue")
    )
    keys = [known[name] for name in question.by]
    return read_frame(connection, counted.group_by(*keys).order_by(*keys) if keys else counted)


def problem_places(connection: Connection, question: ProblemPlacesQuestion) -> pd.DataFrame:
    """One row per problem with a place, by code: problem_code, lon, lat, severity, deadline, located."""
    known, listed = _listed(connection, question)
    columns = [known[name].label(name) for name in ("severity", "deadline", "located")]
    placed = listed.with_only_columns(_problem.c.problem_code, _problem.c.lon, _problem.c.lat, *columns)
    has_place = known["located"].not_in(("none", "outside"))
    return read_frame(connection, placed.where(has_place).order_by(_problem.c.problem_code))


def problem_facts(connection: Connection, question: ProblemFactsQuestion) -> pd.DataFrame:
    """One row per problem, by code: what rules for suggested projects look at."""
    known, listed = _listed(connection, question)
    names = ("problem_code", "branch", "dimension_code", "indicator_code", "kind", "severity", "track")
    columns = [known[name].label(name) for name in names]
    return read_frame(connection, listed.with_only_columns(*columns).order_by(_problem.c.problem_code))


def problem_spans(connection: Connection, question: ProblemSpansQuestion) -> pd.DataFrame:
    """One row per problem, by code: status, found_on, resolved_on."""
    _, listed = _listed(connection, question)
    columns = (_problem.c.status, _problem.c.found_on, _problem.c.resolved_on)
    return read_frame(connection, listed.with_only_columns(*columns).order_by(_problem.c.problem_code))


def problem_history(connection: Connection, question: ProblemHistoryQuestion) -> pd.DataFrame:
    """One row per problem found before the year or repeating another, by code: what the watch list reads."""
    known, listed = _listed(connection, question)
    columns = ("problem_code", "indicator_code", "area_code", "status", "found_on", "resolved_on", "recurs_from_code")
    earlier = or_(_problem.c.found_on < str(question.year), _problem.c.recurs_from_code.is_not(None))
    branch = known["branch"].label("branch")
    chosen = listed.with_only_columns(
        *(_problem.c[name] for name in columns), branch, *names(_problem, "title", "title")
    )
    return read_frame(connection, chosen.where(earlier).order_by(_problem.c.problem_code))


def problem(connection: Connection, question: ProblemQuestion) -> pd.DataFrame:
    """One row: the contract's columns, names of area, indicator and department."""
    area, indicator, department = contract.area, contract.indicator, contract.department
    row = (
        select(
            *contract_columns(_problem),
            *names(area, label="area_name"),
            *names(indicator, label="indicator_name"),
            *names(department, label="department_name"),
        )
        .join(area, area.c.area_code == _problem.c.area_code)
        .outerjoin(department, department.c.department_code == _problem.c.lead_department_code)
        .outerjoin(indicator, indicator.c.indicator_code == _problem.c.indicator_code)
        .where(
            _problem.c.problem_code == question.problem,
            scope.sees_area(question.viewer, _problem.c.area_code),
            scope.sees_work(question.viewer, _problem),
            scope.sees_indicator(question.viewer, _problem.c.indicator_code),
        )
    )
    found = read_frame(connection, row)
    if found.empty:
        raise UnknownCode("problem", question.problem)
    return found


def _listed(
    connection: Connection, question: ListedQuestion, by: tuple[str, ...] = ()
) -> tuple[dict[str, Any], Select[Any]]:
    """The attributes, and the problems asked for, still without columns."""
    scope.require_area(connection, question.viewer, question.area)
    joined = attributes.joined_problems(question)
    listed: Select[Any] = select(_problem.c.problem_code).join(joined, joined.c.problem_code == _problem.c.problem_code)
    listed, links = linked(listed, question, [*by, *(name for name, _ in question.where)])
    known = attributes.attributes(question, joined) | links
    listed = listed.where(*attributes.meets(known, question.where))
    return known, listed.where(attributes.contains(question.search)) if question.search else listed


def _order(known: dict[str, Any], question: ProblemPageQuestion) -> list[Any]:
    """Missing last, in either direction, on both databases."""
    order: list[Any] = []
    for name, descending in question.order or (("urgency", False), ("due_on", False)):
        column = attributes.attribute(known, name)
        order += [case((column.is_(None), 1), else_=0), column.desc() if descending else column.asc()]
    return order
