"""Indicator values as they are shown: recorded, else rolled up."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, literal, select, true

from data_access import contract, scope
from data_access.answers.areas import area_rows
from data_access.answers.shown import Row, value_columns, value_rows
from data_access.calendar import in_time, readable, recorded_periods
from data_access.contract.columns import CODE
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.frames import read_columns
from data_access.period import Period, parse_period
from data_access.questions import BoundariesQuestion, ProfileQuestion, SeriesQuestion, ValuesQuestion
from data_access.rollup import Key
from data_access.tree import ADMINISTRATIVE, descendants, is_tile, nodes

_area = contract.area
_indicator = contract.indicator
_row = contract.indicator_value
Found = tuple[Key, Period, Row]


def values_by_area(connection: Connection, question: ValuesQuestion) -> pd.DataFrame:
    """One row per asked area, also those without a value, by rank and code."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    _require_period(question.period)
    asked = asked_areas(connection, question)
    about = area_rows(question.viewer, "area_code", "name_zh", "name_en", "level", "parent_code", "population")
    areas = read_columns(connection, about.where(_area.c.area_code.in_(asked)))
    recorded = and_(
        _row.c.indicator_code == question.indicator, _row.c.period == question.period, _row.c.area_code.in_(asked)
    )
    mine = _indicator.c.indicator_code == question.indicator
    wanted = _one_period(mine, _area.c.area_code.in_(asked), question.period)
    by_area = not _is_root(connection, question.area)
    found = value_rows(connection, recorded, wanted, mine, by_area=by_area, most=len(areas["area_code"]))
    rows = (found.get((code, question.indicator, question.period)) for code in areas["area_code"])
    return pd.DataFrame(areas | value_columns(rows))


def series(connection: Connection, question: SeriesQuestion) -> pd.DataFrame:
    """One row per area and period that has an answer, in the order asked and of time."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    found: list[Found] = []
    for area in dict.fromkeys(question.areas):
        scope.require_area(connection, question.viewer, area)
        recorded = and_(_row.c.indicator_code == question.indicator, _row.c.area_code == area)
        mine = _indicator.c.indicator_code == question.indicator
        wanted = _every_period(mine, _area.c.area_code == area)
        found += _in_time(value_rows(connection, recorded, wanted, mine, **_place(connection, area)))
    texts: dict[str, list[str]] = {
        "area_code": [area for (area, _, _), _, _ in found],
        "period": [period.text for _, period, _ in found],
        "kind": [period.kind for _, period, _ in found],
        "ends_on": [period.ends_on.isoformat() for _, period, _ in found],
    }
    return _frame(texts, found)


def profile(connection: Connection, question: ProfileQuestion) -> pd.DataFrame:
    """One row per indicator and period that has an answer, by code and time."""
    scope.require_area(connection, question.viewer, question.area)
    seen = scope.sees_indicator(question.viewer, _row.c.indicator_code)
    recorded = and_(_row.c.area_code == question.area, seen)
    mine = scope.sees_work(question.viewer, _indicator)
    here = _area.c.area_code == question.area
    if question.period is None:
        wanted = _every_period(mine, here)
    else:
        _require_period(question.period)
        recorded = and_(recorded, _row.c.period == question.period)
        wanted = _one_period(mine, here, question.period)
    found = _in_time(value_rows(connection, recorded, wanted, mine, **_place(connection, question.area)))
    codes = [indicator for (_, indicator, _), _, _ in found]
    return _frame({"indicator_code": codes, "period": [period.text for _, period, _ in found]}, found)


def asked_areas(connection: Connection, question: ValuesQuestion | BoundariesQuestion) -> Select[tuple[str]]:
    """Codes of the areas that the question names. Raises UnknownCode for an area, level or partition there is not."""
    scope.require_area(connection, question.viewer, question.area)
    asked = _area.alias("asked_area")
    if question.level is not None:
        scope.require_level(connection, question.level)
        chosen = asked.c.level == question.level
        if not _is_root(connection, question.area):
            chosen = and_(chosen, asked.c.area_code.in_(select(descendants([question.area]).c.area_code)))
        chosen = and_(chosen, asked.c.area_code != question.area)
    else:
        chosen = asked.c.area_code.in_(_children(connection, question.area, question.partition))
    if getattr(question, "include_self", False):
        chosen = chosen | (asked.c.area_code == question.area)
    return select(asked.c.area_code).where(chosen)


def _children(connection: Connection, area: str, partition: str | None) -> Select[tuple[str]]:
    child, parent = nodes("asked_child"), nodes("asked_parent")
    if partition is None:
        tiles = select(child.c.area_code).select_from(parent).join(child, is_tile(child, parent, parent.c.area_code))
        return tiles.where(parent.c.area_code == area)
    known = {ADMINISTRATIVE, *connection.scalars(select(contract.area_level.c.partition).distinct())}
    if partition not in known:
        raise UnknownCode("partition", partition)
    return select(child.c.area_code).where(child.c.parent_code == area, child.c.partition == partition)


def _place(connection: Connection, area: str) -> dict[str, Any]:
    """How one area's figures are rolled up; below an area without children there is nothing to look for."""
    has_children = connection.scalar(select(exists().where(_area.c.parent_code == area)))
    return {"by_area": not _is_root(connection, area), "most": None if has_children else 0}


def _is_root(connection: Connection, area: str) -> bool:
    """Below the root lies everything: reading whole indicators costs less than looking up each area."""
    return connection.scalar(select(_area.c.parent_code).where(_area.c.area_code == area)) is None


def _every_period(indicators: ColumnElement[bool], areas: ColumnElement[bool]) -> Select[Any]:
    """The areas × the periods in which those indicators that roll up have rows anywhere."""
    codes = select(_indicator.c.indicator_code).where(indicators, _indicator.c.aggregation != "none")
    found = recorded_periods(codes)
    pairs = select(_area.c.area_code, found.c.indicator_code, found.c.period).join(found, true())
    return pairs.where(areas, found.c.period.is_not(None))


def _one_period(indicators: ColumnElement[bool], areas: ColumnElement[bool], period: str) -> Select[Any]:
    """The areas × those indicators that roll up, in one period."""
    pairs = select(_area.c.area_code, _indicator.c.indicator_code, literal(period, CODE).label("period"))
    return pairs.join(_indicator, true()).where(areas, indicators, _indicator.c.aggregation != "none")


def _require_period(period: str) -> None:
    try:
        parse_period(period)
    except ValueError as error:
        raise InvalidQuestion(str(error)) from error


def _in_time(rows: dict[Key, Row]) -> list[Found]:
    """By indicator and time; rows of unreadable periods are dropped."""
    periods = {text: period for text in {key[2] for key in rows} if (period := readable(text)) is not None}
    found = [(key, periods[key[2]], row) for key, row in rows.items() if key[2] in periods]
    return sorted(found, key=lambda one: (one[0][1], in_time(one[1])))


def _frame(texts: dict[str, list[str]], found: list[Found]) -> pd.DataFrame:
    columns = {name: pd.array(cells, dtype="str") for name, cells in texts.items()}
    return pd.DataFrame(columns | value_columns(row for _, _, row in found))
