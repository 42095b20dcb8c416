"""What every progress report added to the one before it: read once per version of the data, summed here (ADR 0018)."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import DBAPIError

from data_access import contract
from data_access.answers.projects import served_projects
from data_access.frames import read_frame
from data_access.questions import ProjectsQuestion

_report = contract.project_progress
_project = contract.project
_RECORDED = {
    "planned_value": _report.c.physical_planned_pct,
    "investment_planned": _report.c.investment_planned,
    "earned_value": _report.c.physical_actual_pct,
    "investment_actual": _report.c.investment_actual,
}
FIGURES = tuple(_RECORDED)
_PERCENTAGES = ("planned_value", "earned_value")
_END_OF_YEAR = "-12-31"
_MONTH, _YEAR = 7, 4


def report_steps(connection: Connection, _everything: None) -> pd.DataFrame:
    """One row per report, by project and day: `project_code`, `month` (categories), and what it added to each figure.

    A figure left out adds nothing (NaN), and the next report that has it adds all since the last that had it. A report
    of a whole year counts in its last month. This is of the whole database: whoever answers from it keeps to the
    viewer's scope.
    """
    codes, days, *figures = _columns(connection)
    project, names = pd.factorize(codes, sort=True)
    place, months, month = _in_time(days)
    order = np.lexsort((place, project))
    project = project[order]
    added = {name: _added(project, figure[order]) for name, figure in zip(FIGURES, figures, strict=True)}
    return pd.DataFrame(
        {
            "project_code": pd.Categorical.from_codes(project, names.astype("str")),
            "month": pd.Categorical.from_codes(month[order], months),
            **added,
        }
    )


def report_weights(connection: Connection, question: ProjectsQuestion) -> pd.DataFrame:
    """One row per project that serves the asked area, by code: project_code, share, investment_planned."""
    served = served_projects(connection, question)
    rows = select(served.c.project_code, served.c.share, _project.c.investment_planned)
    rows = rows.join(_project, _project.c.project_code == served.c.project_code)
    return read_frame(connection, rows.order_by(served.c.project_code))


def monthly_sums(steps: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """One row per month with reports of these projects: month, FIGURES, each weighed by the share that serves the area.

    Percentages become money. A month in which no project has the figure has none (NaN).
    """
    by_code = weights.set_index("project_code").reindex(steps["project_code"].cat.categories)
    project, month = (steps[name].cat.codes.to_numpy() for name in ("project_code", "month"))
    share = by_code["share"].to_numpy(dtype=float)
    money = share * by_code["investment_planned"].to_numpy(dtype=float) / 100
    months = len(steps["month"].cat.categories)
    sums = {
        name: _sum_by(month, steps[name].to_numpy() * (money if name in _PERCENTAGES else share)[project], months)
        for name in FIGURES
    }
    present = np.bincount(month[~np.isnan(share)[project]], minlength=months) > 0
    named = pd.DataFrame({"month": steps["month"].cat.categories.astype("str"), **sums})
    return named[present].sort_values("month").reset_index(drop=True)


def _columns(connection: Connection) -> tuple[Any, ...]:
    rows = _driver_rows(connection, select(_report.c.project_code, _report.c.reported_on, *_RECORDED.values()))
    texts, numbers = [], []
    for place in range(2 + len(FIGURES)):
        cells = [row[place] for row in rows]
        (texts if place < 2 else numbers).append(cells)  # noqa: PLR2004
    return (
        *(np.array(cells, dtype=object) for cells in texts),
        *(np.array(cells, dtype="float64") for cells in numbers),
    )


def _driver_rows(connection: Connection, statement: Select[Any]) -> list[tuple[Any, ...]]:
    """As the driver gives them: wrapping 300,000 of them takes longer than reading them."""
    cursor: Any = connection.execute(statement).cursor
    driver: Any = connection.dialect.loaded_dbapi
    try:
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    except driver.Error as error:
        raise DBAPIError(None, None, error) from error
    return rows


def _in_time(days: NDArray[np.object_]) -> tuple[NDArray[Any], list[str], NDArray[Any]]:
    """The place in time of each report, the months, and the place of each report's month among them."""
    number, texts = pd.factorize(days)
    ends = [f"{text}{_END_OF_YEAR[len(text) - _YEAR :]}" for text in texts]
    months = sorted({end[:_MONTH] for end in ends})
    place = np.argsort(np.argsort(np.array([end + text for end, text in zip(ends, texts, strict=True)], dtype=str)))
    month = np.array([months.index(end[:_MONTH]) for end in ends], dtype="int64")
    return place[number], months, month[number]


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
