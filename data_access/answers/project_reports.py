"""Progress reports summed where they lie: where projects stand, and what each month added."""

from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from data_access import contract
from data_access.answers.days import has_come
from data_access.answers.projects import served_projects
from data_access.contract.columns import CODE
from data_access.frames import read_frame
from data_access.project_questions import IncrementsQuestion, ReportsQuestion

_report = contract.project_progress
_project = contract.project
_RECORDED: dict[str, Any] = {
    "planned_value": _report.c.physical_planned_pct,
    "investment_planned": _report.c.investment_planned,
    "earned_value": _report.c.physical_actual_pct,
    "investment_actual": _report.c.investment_actual,
}
FIGURES = tuple(_RECORDED)
MOST_NAMED = 500
_PERCENTAGES = ("planned_value", "earned_value")


def deciding_reports(connection: Connection, question: ReportsQuestion) -> pd.DataFrame:
    """Rows of project_progress, by key: each project's latest with any actual and latest with a physical plan."""
    served = served_projects(connection, question)
    latest = [_latest(question, "physical_actual_pct", "investment_actual"), _latest(question, "physical_planned_pct")]
    deciding = latest[0].union(latest[1]).subquery("deciding")
    rows = (
        select(*_report.c)
        .join(
            deciding,
            and_(deciding.c.project_code == _report.c.project_code, deciding.c.on_day == _report.c.reported_on),
        )
        .join(served, served.c.project_code == _report.c.project_code)
    )
    return read_frame(connection, rows.order_by(_report.c.project_code, _report.c.reported_on))


def monthly_increments(connection: Connection, question: IncrementsQuestion) -> pd.DataFrame:
    """One row per month with reports: month, then FIGURES, each weighed by the share that serves the asked area.

    One pass over the reports is enough where no project left a figure out between two reports of it; where one did,
    each figure is taken by itself.
    """
    served = served_projects(connection, question)
    asked = _asked(connection, served, question)
    found = read_frame(connection, _in_one_pass(served, asked))
    if not found["gaps"].any():
        return found.drop(columns="gaps")
    return read_frame(connection, _figure_by_figure(served, asked))


def _in_one_pass(served: Any, asked: ColumnElement[bool]) -> Select[Any]:
    """gaps: how many figures have a report before them that lacks the figure.

    The window runs over the reports alone, which lie in its order; projects are joined to what it gives.
    """
    in_order: Any = {"partition_by": _report.c.project_code, "order_by": _report.c.reported_on}
    before = [func.lag(column).over(**in_order).label(f"{column.key}_before") for column in _RECORDED.values()]
    is_first = func.lag(_report.c.reported_on).over(**in_order).is_(None).label("is_first")
    rows = select(_report.c.project_code, _month().label("month"), *_RECORDED.values(), *before, is_first)
    each = rows.where(asked).subquery("each")
    sums, gaps = [], []
    for name, column in _RECORDED.items():
        now, earlier = each.c[column.key], each.c[f"{column.key}_before"]
        added = now - case((each.c.is_first, 0.0), else_=earlier)
        sums.append(func.sum(added * _weight(served, name), type_=Float).label(name))
        gaps.append(case((and_(now.is_not(None), earlier.is_(None), not_(each.c.is_first)), 1), else_=0))
    missing = func.sum(sum(gaps[1:], gaps[0]), type_=Integer).label("gaps")
    joined = select(each.c.month, *sums, missing).join(served, served.c.project_code == each.c.project_code)
    joined = joined.join(_project, _project.c.project_code == each.c.project_code)
    return joined.group_by(each.c.month).order_by(each.c.month)


def _weight(served: Any, figure: str) -> ColumnElement[Any]:
    """What a recorded figure is multiplied by: percentages become money."""
    share: ColumnElement[Any] = served.c.share
    return share * _project.c.investment_planned / 100.0 if figure in _PERCENTAGES else share


def _asked(connection: Connection, served: Any, question: IncrementsQuestion) -> ColumnElement[bool]:
    """Few projects are named, so that only their reports are read; for many one pass over all reports is quicker."""
    if question.projects is not None:
        return _report.c.project_code.in_(question.projects)
    codes = list(connection.scalars(select(served.c.project_code).limit(MOST_NAMED + 1)))
    return _report.c.project_code.in_(codes) if len(codes) <= MOST_NAMED else true()


def _figure_by_figure(served: Any, asked: ColumnElement[bool]) -> Select[Any]:
    added = union_all(*(_added(served, asked, name) for name in FIGURES))
    each = added.subquery("added")
    sums = (func.sum(each.c[name], type_=Float).label(name) for name in FIGURES)
    return select(each.c.month, *sums).group_by(each.c.month).order_by(each.c.month)


def _latest(question: ReportsQuestion, *figures: str) -> Select[Any]:
    """project_code and the latest day, not after today, on which it has a report with any of these figures."""
    said = or_(*(_report.c[figure].is_not(None) for figure in figures))
    come = has_come(_report.c.reported_on, question.today)
    latest = select(_report.c.project_code, func.max(_report.c.reported_on).label("on_day"))
    return latest.where(come, said).group_by(_report.c.project_code)


def _added(served: Any, asked: ColumnElement[bool], figure: str) -> Select[Any]:
    """What every report adds to the one before it that has the figure, by month; the other figures are NULL."""
    column = _RECORDED[figure]
    before = func.lag(column).over(partition_by=_report.c.project_code, order_by=_report.c.reported_on)
    added = ((column - func.coalesce(before, 0.0)) * _weight(served, figure)).label("added")
    rows = (
        select(_month().label("month"), added)
        .join(served, served.c.project_code == _report.c.project_code)
        .join(_project, _project.c.project_code == _report.c.project_code)
        .where(column.is_not(None), asked)
    )
    each = rows.subquery()
    sums = [func.sum(each.c.added).label(one) if one == figure else cast(null(), Float).label(one) for one in FIGURES]
    return select(each.c.month, *sums).group_by(each.c.month)


def _month() -> ColumnElement[str]:
    """A report of a whole year counts in its last month."""
    return func.substr(_report.c.reported_on.concat(literal_column("'-12'")), 1, 7, type_=CODE)
