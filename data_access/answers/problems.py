"""The problem list, and its counts for headline figures."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Integer, and_, case, func, select

from data_access import contract, scope
from data_access.answers.days import is_overdue
from data_access.answers.names import contract_columns, names
from data_access.answers.places import branches, inside
from data_access.frames import read_frame
from data_access.questions import ProblemCountsQuestion, ProblemsQuestion

_problem = contract.problem


def problems(connection: Connection, question: ProblemsQuestion) -> pd.DataFrame:
    """One row per problem, by code: all columns of the contract, and the area's names."""
    area = contract.area
    columns = (*contract_columns(_problem), *names(area, label="area_name"))
    listed = select(*columns).join(area, area.c.area_code == _problem.c.area_code).where(_visible(question))
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
        listed = listed.where(inside(_problem.c.area_code, question.area))
    return read_frame(connection, listed.order_by(_problem.c.problem_code))


def problem_counts_by_area_status_track(connection: Connection, question: ProblemCountsQuestion) -> pd.DataFrame:
    """One row per area, status, track and severity, in this order, with the number of problems and of overdue ones."""
    scope.require_area(connection, question.viewer, question.area)
    branch = branches(question.area, by_child=question.by_child)
    severity = func.coalesce(_problem.c.severity, "", type_=_problem.c.severity.type)
    done = _problem.c.status.in_(("resolved", "closed"))
    overdue = is_overdue(_problem.c.due_on, _problem.c.resolved_on, done, question.today)
    key: tuple[Any, ...] = (branch.c.branch, _problem.c.status, _problem.c.track, severity)
    counted = (
        select(
            branch.c.branch.label("area_code"),
            _problem.c.status,
            _problem.c.track,
            func.nullif(severity, "").label("severity"),
            func.count().label("problems"),
            func.sum(case((overdue, 1), else_=0), type_=Integer).label("overdue"),
        )
        .join(branch, branch.c.area_code == _problem.c.area_code)
        .where(_visible(question))
        .group_by(*key)
        .order_by(*key)
    )
    return read_frame(connection, counted)


def _visible(question: ProblemsQuestion | ProblemCountsQuestion) -> ColumnElement[bool]:
    return and_(
        scope.sees_area(question.viewer, _problem.c.area_code),
        scope.sees_work(question.viewer, _problem),
        scope.sees_indicator(question.viewer, _problem.c.indicator_code),
    )
