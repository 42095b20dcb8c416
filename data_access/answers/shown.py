"""Value rows: what is recorded, and what is rolled up where nothing recorded is an answer."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, or_, select

from data_access import contract
from data_access.calendar import recorded_days
from data_access.contract.words import STATUSES_WITHOUT_VALUE
from data_access.rollup import KEY, Figure, Key, has_value, is_answer, rolled_up

VALUE_COLUMNS = (
    "value",  # float, NaN where missing
    "numerator",
    "denominator",
    "status",  # one of the contract's words; missing where nothing is recorded and nothing rolls up
    "grade",  # official, recorded values only
    "origin",  # "recorded", "rolled_up" or missing
    "coverage_contributing",  # direct children that contribute to a rolled-up figure
    "coverage_children",  # direct children there are, in the tiling that rolls up
    "coverage_population_share",  # 0-1, the contributing areas' share of the area's population; NaN where unknown
    "contains_estimated",  # bool: a frontier value of a rolled-up figure is estimated …
    "contains_suspect",  # … or suspect …
    "misses_suppressed",  # … or a suppressed one is missing from it
    "source",
    "caliber",
    "boundary_version",
    "updated_at",
)
"""Columns of a value row. Missing text is NaN, as everywhere in pandas' `str` columns."""

Row = tuple[Any, ...]
"""What stands in VALUE_COLUMNS for one figure."""

_row = contract.indicator_value
_MARKS = ("contains_estimated", "contains_suspect", "misses_suppressed")
_TEXTS = ("status", "grade", "origin", "source", "caliber", "boundary_version", "updated_at")


def value_rows(
    connection: Connection,
    recorded: ColumnElement[bool],
    wanted: Select[Any],
    indicators: ColumnElement[bool],
    *,
    by_area: bool,
    most: int | None = None,
) -> dict[Key, Row]:
    """Every asked figure that is recorded or rolls up.

    recorded: which rows of indicator_value are asked. wanted: area_code, indicator_code, period of every figure asked.
    indicators: which indicators are asked. by_area: see `rolled_up`. most: how many figures are asked, where known;
    when that many are recorded none rolls up.
    """
    rows = _recorded(connection, recorded)
    if most is not None and sum(row[3] != "not_collected" for row in rows.values()) >= most:
        return rows
    asked = wanted.subquery("question")
    final = exists().where(and_(*(_row.c[name] == asked.c[name] for name in KEY)), is_answer(_row))
    has_children = exists().where(contract.area.c.parent_code == asked.c.area_code)
    figures = rolled_up(
        connection, select(asked).where(has_children, ~final), _weight_periods(connection, indicators), by_area=by_area
    )
    return rows | {key: _as_row(figure) for key, figure in figures.items()}


def value_columns(rows: Iterable[Row | None]) -> dict[str, Any]:
    """VALUE_COLUMNS with their dtypes; None is a figure that is neither recorded nor rolls up."""
    blank = tuple(False if name in _MARKS else None for name in VALUE_COLUMNS)
    cells = list(zip(*(blank if row is None else row for row in rows), strict=True)) or [()] * len(VALUE_COLUMNS)
    return {name: _array(name, column) for name, column in zip(VALUE_COLUMNS, cells, strict=True)}


def _array(name: str, cells: tuple[Any, ...]) -> Any:
    if name in _TEXTS:
        return pd.array(list(cells), dtype="str")
    return np.array(cells, dtype="bool" if name in _MARKS else "float64")


def _recorded(connection: Connection, condition: ColumnElement[bool]) -> dict[Key, Row]:
    """Rows as recorded; a number is shown only under a status that goes with one."""
    shown = [case((has_value(_row), _row.c[name])) for name in ("value", "numerator", "denominator")]
    texts = [_row.c[name] for name in ("source", "caliber", "boundary_version", "updated_at")]
    known = or_(has_value(_row), _row.c.status.in_(STATUSES_WITHOUT_VALUE))
    found = select(*(_row.c[name] for name in KEY), *shown, _row.c.status, _row.c.grade, *texts).where(condition, known)
    uncovered = (None, None, None, False, False, False)
    return {
        (area, indicator, period): (*rest[:5], "recorded", *uncovered, *rest[5:])
        for area, indicator, period, *rest in connection.execute(found)
    }


def _as_row(figure: Figure) -> Row:
    numbers = (figure.value, figure.numerator, figure.denominator)
    coverage = (figure.contributing, figure.children, figure.population_share)
    marks = (figure.contains_estimated, figure.contains_suspect, figure.misses_suppressed)
    return (*numbers, "valid", None, "rolled_up", *coverage, *marks, None, None, None, None)


def _weight_periods(connection: Connection, indicators: ColumnElement[bool]) -> str | None:
    """The days of the weighted indicators asked and of their weights; None where there are none."""
    indicator = contract.indicator
    weighed = and_(indicators, indicator.c.weight_indicator_code.is_not(None))
    weights = select(indicator.c.weight_indicator_code).where(weighed)
    if connection.scalar(weights.limit(1)) is None:
        return None
    return recorded_days(connection, weights.union(select(indicator.c.indicator_code).where(weighed)))
