"""Renewal projects, what belongs to them, and their counts for headline figures."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Integer, Select, Table, and_, case, exists, func, or_, select

from data_access import contract, scope
from data_access.answers.days import has_come, is_overdue
from data_access.answers.names import contract_columns, names
from data_access.answers.places import branches, inside
from data_access.answers.shares import shares
from data_access.frames import read_frame
from data_access.questions import ProjectCountsQuestion, ProjectsQuestion
from data_access.viewer import Viewer

_project = contract.project
_FINISHED = ("completed", "accepted", "post_evaluation")


def projects(connection: Connection, question: ProjectsQuestion) -> pd.DataFrame:
    """One row per project, by code: all columns of the contract, the action's names, and `share`.

    share: the part of the project (0-1) that serves the asked area, or what the viewer sees. A place the viewer may not
    see is missing from the row.
    """
    served = served_projects(connection, question)
    action = contract.action
    seen = scope.sees_area(question.viewer, _project.c.area_code)
    masked = {name: case((seen, _project.c[name])).label(name) for name in ("area_code", "lon", "lat")}
    columns = [masked.get(column.key, column) for column in contract_columns(_project)]
    listed = (
        select(*columns, *names(action, label="action_name"), served.c.share)
        .join(served, served.c.project_code == _project.c.project_code)
        .outerjoin(action, action.c.action_code == _project.c.action_code)
    )
    return read_frame(connection, listed.order_by(_project.c.project_code))


def project_rows(connection: Connection, question: ProjectsQuestion, table: Table) -> pd.DataFrame:
    """The rows that a table (progress, milestones, funding, …) has of the listed projects, by key."""
    served = served_projects(connection, question)
    rows = select(*table.c).where(table.c.project_code.in_(select(served.c.project_code)))
    if "area_code" in table.c:
        rows = rows.where(scope.sees_area(question.viewer, table.c.area_code))
    if "indicator_code" in table.c:
        rows = rows.where(scope.sees_indicator(question.viewer, table.c.indicator_code))
    if "problem_code" in table.c:
        rows = rows.where(_sees_problem(question, table.c.problem_code))
    return read_frame(connection, rows.order_by(*table.primary_key.columns))


def project_counts(connection: Connection, question: ProjectCountsQuestion) -> pd.DataFrame:
    """One row per area and stage, in this order: projects, late, investment_planned, investment_actual.

    A project that serves several branches counts in each; its money is divided by its shares.
    """
    scope.require_area(connection, question.viewer, question.area)
    branch, part = branches(question.area, by_child=question.by_child), shares()
    placed = (
        select(branch.c.branch, part.c.project_code, func.sum(part.c.share).label("share"))
        .join(branch, branch.c.area_code == part.c.area_code)
        .where(scope.sees_area(question.viewer, part.c.area_code))
        .group_by(branch.c.branch, part.c.project_code)
        .subquery("placed")
    )
    late = and_(
        _project.c.stage != "cancelled",
        is_overdue(
            _project.c.planned_finish_on, _project.c.actual_finish_on, _project.c.stage.in_(_FINISHED), question.today
        ),
    )
    key = (placed.c.branch, _project.c.stage)
    counted = (
        select(
            placed.c.branch.label("area_code"),
            _project.c.stage,
            func.count().label("projects"),
            func.sum(case((late, 1), else_=0), type_=Integer).label("late"),
            func.sum(_project.c.investment_planned * placed.c.share).label("investment_planned"),
            func.sum(_spent(question) * placed.c.share).label("investment_actual"),
        )
        .join(placed, placed.c.project_code == _project.c.project_code)
        .where(scope.sees_work(question.viewer, _project))
        .group_by(*key)
        .order_by(*key)
    )
    return read_frame(connection, counted)


def _spent(question: ProjectCountsQuestion) -> ColumnElement[Any]:
    """Money spent by the latest report that is not after today."""
    report = contract.project_progress
    has_actual = or_(report.c.physical_actual_pct.is_not(None), report.c.investment_actual.is_not(None))
    latest = (
        select(report.c.investment_actual)
        .where(
            report.c.project_code == _project.c.project_code, has_come(report.c.reported_on, question.today), has_actual
        )
        .order_by(report.c.reported_on.desc())
        .limit(1)
    )
    return latest.correlate(_project).scalar_subquery()


def served_projects(connection: Connection, question: ProjectsQuestion) -> Any:
    """project_code and share of the visible projects that serve the asked area or one below it."""
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
    return visible_projects(question.viewer, question.area, question.projects, name="served")


def visible_projects(
    viewer: Viewer,
    area: str | None = None,
    projects: tuple[str, ...] | None = None,
    *,
    name: str = "visible_projects",
) -> Any:
    """project_code and share of the projects (None: all) that serve what the viewer sees, there inside `area`."""
    part = shares()
    here = scope.sees_area(viewer, part.c.area_code)
    if area is not None:
        here = and_(here, inside(part.c.area_code, area))
    if projects is not None:
        here = and_(here, part.c.project_code.in_(projects))
    visible: Select[Any] = select(part.c.project_code, func.sum(part.c.share).label("share"))
    visible = visible.join(_project, _project.c.project_code == part.c.project_code)
    visible = visible.where(here, scope.sees_work(viewer, _project))
    return visible.group_by(part.c.project_code).subquery(name)


def _sees_problem(question: ProjectsQuestion, problem_code: ColumnElement[str]) -> ColumnElement[bool]:
    problem = contract.problem
    return exists().where(
        problem.c.problem_code == problem_code,
        scope.sees_area(question.viewer, problem.c.area_code),
        scope.sees_work(question.viewer, problem),
        scope.sees_indicator(question.viewer, problem.c.indicator_code),
    )
