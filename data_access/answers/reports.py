"""What is asked of progress reports: where each project stands, and what every month added (ADR 0018)."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, or_, select, union

from data_access import contract
from data_access.answers.projects import served_projects
from data_access.answers.report_list import NAMES, ReportList, end_of
from data_access.contract.columns import CODE
from data_access.frames import read_frame
from data_access.project_questions import ReportsQuestion
from data_access.questions import ProjectsQuestion

_report = contract.project_progress
_project = contract.project
_MONEY_OF = {"planned_value": "physical_planned_pct", "earned_value": "physical_actual_pct"}
FIGURES = ("planned_value", "investment_planned", "earned_value", "investment_actual")
_YEAR, _MONTH, _DAY = 4, 7, 10


def deciding_reports(connection: Connection, question: ReportsQuestion) -> pd.DataFrame:
    """One row per report that may say where a project stands, by key: project_code, reported_on, the figures.

    Of each project the last one with an actual figure and the last one with a plan, and the reports of the month and
    the year these lie in: a report of the whole year ends after those of its months.
    """
    days = _last_days(served_projects(connection, question), question)
    wanted = and_(days.c.project_code == _report.c.project_code, days.c.reported_on == _report.c.reported_on)
    key = (_report.c.project_code, _report.c.reported_on)
    rows = select(*key, *(_report.c[name] for name in NAMES)).join(days, wanted)
    return read_frame(connection, rows.order_by(*key))


def _last_days(served: FromClause, question: ReportsQuestion) -> FromClause:
    """project_code, reported_on: few enough to be looked up in the key, where all reports would have to be read."""
    has_actual = or_(_report.c.physical_actual_pct.is_not(None), _report.c.investment_actual.is_not(None))
    has_plan = _report.c.physical_planned_pct.between(0, 100)
    last = select(
        served.c.project_code,
        _last_day(served, question, has_actual).label("actual_on"),
        _last_day(served, question, has_plan).label("plan_on"),
    ).cte("last")
    days = [
        select(last.c.project_code, func.substr(on, 1, length, type_=CODE).label("reported_on"))
        for on in (last.c.actual_on, last.c.plan_on)
        for length in (_YEAR, _MONTH, _DAY)
    ]
    return union(*days).subquery("days")


def _last_day(served: FromClause, question: ReportsQuestion, has_figure: ColumnElement[bool]) -> Any:
    """By its text: `2025` and `2025-03` stand before the days they hold, and have come when those have."""
    come = _report.c.reported_on <= question.today.isoformat()
    of_project = select(_report.c.reported_on).where(_report.c.project_code == served.c.project_code, come, has_figure)
    return of_project.order_by(_report.c.reported_on.desc()).limit(1).correlate(served).scalar_subquery()


def report_weights(connection: Connection, question: ProjectsQuestion) -> pd.DataFrame:
    """One row per project that serves the asked area, by code: project_code, share, investment_planned."""
    served = served_projects(connection, question)
    rows = select(served.c.project_code, served.c.share, _project.c.investment_planned)
    rows = rows.join(_project, _project.c.project_code == served.c.project_code)
    return read_frame(connection, rows.order_by(served.c.project_code))


def monthly_sums(every: ReportList, weights: pd.DataFrame) -> pd.DataFrame:
    """One row per month with reports of these projects: month, FIGURES, each weighed by the share that serves the area.

    What each report added to the last one before it that had the figure; percentages become money. A report of a whole
    year counts in its last month. A month in which no project has the figure has none (NaN).
    """
    by_code = weights.set_index("project_code").reindex(every.codes)
    share = by_code["share"].to_numpy(dtype=float)
    money = share * by_code["investment_planned"].to_numpy(dtype=float) / 100
    months, month = _months(every)
    sums = {}
    for name in FIGURES:
        added = _added(every.project, every.figures[_MONEY_OF.get(name, name)])
        sums[name] = _sum_by(month, added * (money if name in _MONEY_OF else share)[every.project], len(months))
    present = np.bincount(month[~np.isnan(share)[every.project]], minlength=len(months)) > 0
    return pd.DataFrame({"month": pd.array(months, dtype="str"), **sums})[present].reset_index(drop=True)


def _months(every: ReportList) -> tuple[list[str], NDArray[np.int64]]:
    """The months there are, and the place of each row's month among them."""
    ends = [end_of(day)[:_MONTH] for day in every.days]
    months = sorted(set(ends))
    return months, np.array([months.index(end) for end in ends], dtype="int64")[every.day]


def _added(project: NDArray[Any], figure: NDArray[np.float64]) -> NDArray[np.float64]:
    """project: in order. The first report of a figure adds all of it."""
    known = np.flatnonzero(~np.isnan(figure))
    said, is_first = figure[known], np.diff(project[known], prepend=-1) != 0
    added = np.full(len(figure), np.nan)
    added[known] = np.where(is_first, said, np.diff(said, prepend=0.0))
    return added


def _sum_by(group: NDArray[Any], values: NDArray[np.float64], groups: int) -> NDArray[np.float64]:
    known = ~np.isnan(values)
    sums = np.bincount(group[known], weights=values[known], minlength=groups)
    return np.where(np.bincount(group[known], minlength=groups) > 0, sums, np.nan)
