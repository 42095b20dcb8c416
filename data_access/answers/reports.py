"""Progress reports, read once per version of the data; what is asked of them is worked out here (ADR 0018)."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from data_access import contract
from data_access.answers.projects import served_projects
from data_access.frames import read_frame
from data_access.questions import ProjectsQuestion

_report = contract.project_progress
_project = contract.project
_NAMES = ("physical_planned_pct", "investment_planned", "physical_actual_pct", "investment_actual")
_MONEY_OF = {"planned_value": "physical_planned_pct", "earned_value": "physical_actual_pct"}
FIGURES = ("planned_value", "investment_planned", "earned_value", "investment_actual")
_END_OF_YEAR = "-12-31"
_MONTH, _YEAR = 7, 4
_PART_ROWS = 5_000


def reports(connection: Connection, _everything: None) -> pd.DataFrame:
    """One row per report, by project and in time: `project_code`, `reported_on` (ordered categories), the figures.

    Of the whole database: whoever answers from it keeps to the viewer's scope.
    """
    codes, days, *figures = _columns(connection)
    project, names = pd.factorize(codes, sort=True)
    number, texts = pd.factorize(days)
    in_time = sorted(texts, key=lambda text: (_end(text), text))
    place = np.argsort(np.array([texts.tolist().index(text) for text in in_time], dtype="int64"))[number]
    order = np.lexsort((place, project))
    return pd.DataFrame(
        {
            "project_code": pd.Categorical.from_codes(project[order], pd.Index(names, dtype="str")),
            "reported_on": pd.Categorical.from_codes(place[order], pd.Index(in_time, dtype="str")),
            **{name: figure[order] for name, figure in zip(_NAMES, figures, strict=True)},
        }
    )


def report_weights(connection: Connection, question: ProjectsQuestion) -> pd.DataFrame:
    """One row per project that serves the asked area, by code: project_code, share, investment_planned."""
    served = served_projects(connection, question)
    rows = select(served.c.project_code, served.c.share, _project.c.investment_planned)
    rows = rows.join(_project, _project.c.project_code == served.c.project_code)
    return read_frame(connection, rows.order_by(served.c.project_code))


def deciding(every: pd.DataFrame, weights: pd.DataFrame, today: date) -> pd.DataFrame:
    """Rows of `reports` of these projects: each one's latest with any actual and latest with a physical plan."""
    days = every["reported_on"].cat.categories
    come = np.array([day <= today.isoformat()[: len(day)] for day in days], dtype=bool)[every["reported_on"].cat.codes]
    mine = every["project_code"].cat.categories.isin(weights["project_code"])[every["project_code"].cat.codes]
    planned, _, *actuals = (every[name].notna().to_numpy() for name in _NAMES)
    chosen = _last(every, come & mine & (actuals[0] | actuals[1])) | _last(every, come & mine & planned)
    found = every[chosen].reset_index(drop=True)
    return found.astype({"project_code": "str", "reported_on": "str"})


def monthly_sums(every: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """One row per month with reports of these projects: month, FIGURES, each weighed by the share that serves the area.

    What each report added to the last one before it that had the figure; percentages become money. A report of a whole
    year counts in its last month. A month in which no project has the figure has none (NaN).
    """
    by_code = weights.set_index("project_code").reindex(every["project_code"].cat.categories)
    project = every["project_code"].cat.codes.to_numpy()
    share = by_code["share"].to_numpy(dtype=float)
    money = share * by_code["investment_planned"].to_numpy(dtype=float) / 100
    months, month = _months(every["reported_on"])
    sums = {}
    for name in FIGURES:
        added = _added(project, every[_MONEY_OF.get(name, name)].to_numpy())
        sums[name] = _sum_by(month, added * (money if name in _MONEY_OF else share)[project], len(months))
    present = np.bincount(month[~np.isnan(share)[project]], minlength=len(months)) > 0
    return pd.DataFrame({"month": pd.array(months, dtype="str"), **sums})[present].reset_index(drop=True)


def _columns(connection: Connection) -> list[NDArray[Any]]:
    """Codes, days and figures: the driver's own rows, since wrapping 300,000 of them takes longer than reading them.

    Part by part, so that the rows of one make room for those of the next.
    """
    names = ("project_code", "reported_on", *_NAMES)
    kinds = [object if name in names[:2] else "float64" for name in names]
    cursor: Any = connection.execute(select(*(_report.c[name] for name in names))).cursor
    parts = [[np.empty(0, dtype=kind) for kind in kinds]]
    driver: Any = connection.dialect.loaded_dbapi
    try:
        while rows := cursor.fetchmany(_PART_ROWS):
            parts.append([np.array([row[place] for row in rows], dtype=kind) for place, kind in enumerate(kinds)])
    except driver.Error as error:
        raise DBAPIError(None, None, error) from error
    return [np.concatenate(cells) for cells in zip(*parts, strict=True)]


def _end(day: str) -> str:
    """Of a partial date, the end of the interval; every month may have 31 days here."""
    return f"{day}{_END_OF_YEAR[len(day) - _YEAR :]}"


def _months(days: pd.Series) -> tuple[list[str], NDArray[np.int64]]:
    """The months there are, and the place of each row's month among them."""
    ends = [_end(day)[:_MONTH] for day in days.cat.categories]
    months = sorted(set(ends))
    return months, np.array([months.index(end) for end in ends], dtype="int64")[days.cat.codes]


def _last(every: pd.DataFrame, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of the chosen rows the last of each project."""
    rows = np.flatnonzero(chosen)
    is_last = np.diff(every["project_code"].cat.codes.to_numpy()[rows], append=-1) != 0
    found = np.zeros(len(every), dtype=bool)
    found[rows[is_last]] = True
    return found


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
