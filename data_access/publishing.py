"""What is published to other systems: areas in a fixed order, and one indicator's figures for some of them.

A page of a published collection needs the figures of its own areas only, however many the city has.
"""

from dataclasses import dataclass

import pandas as pd
import shapely
from sqlalchemy import Connection, Select, and_, literal, select

from data_access import contract, scope
from data_access.answers.areas import area_rows
from data_access.answers.shown import value_columns, value_rows
from data_access.contract.columns import CODE
from data_access.errors import InvalidQuestion
from data_access.frames import read_columns, read_frame
from data_access.period import parse_period
from data_access.questions import Question
from data_access.tree import descendants
from data_access.viewer import Viewer

Box = tuple[float, float, float, float]
_ABOUT = ("area_code", "name_zh", "name_en", "level", "rank", "parent_code", "population", "has_boundary")
_area, _boundary, _row, _indicator = contract.area, contract.area_boundary, contract.indicator_value, contract.indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAreasQuestion(Question):
    """All areas the viewer sees, or those of a level, an area with all below it, one area, or in a box.

    box: west, south, east, north in degrees; areas without a boundary are in none.
    """

    level: str | None = None
    within: str | None = None
    area: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValuesQuestion(Question):
    """One indicator in one period for the areas named; those the viewer may not see are left out."""

    indicator: str
    period: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundariesOfQuestion(Question):
    """The boundaries of the areas named; those the viewer may not see are left out."""

    areas: tuple[str, ...]


def published_areas(connection: Connection, question: PublishedAreasQuestion) -> pd.DataFrame:
    """One row per area, by rank and code."""
    chosen = area_rows(question.viewer, *_ABOUT)
    if question.level is not None:
        scope.require_level(connection, question.level)
        chosen = chosen.where(_area.c.level == question.level)
    if question.within is not None:
        scope.require_area(connection, question.viewer, question.within)
        below = _area.c.area_code.in_(select(descendants([question.within]).c.area_code))
        chosen = chosen.where(below | (_area.c.area_code == question.within))
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
        chosen = chosen.where(_area.c.area_code == question.area)
    found = read_frame(connection, chosen)
    if question.box is None:
        return found
    touched = _codes_in_box(connection, chosen.with_only_columns(_area.c.area_code).order_by(None), question.box)
    return found[found["area_code"].isin(touched)].reset_index(drop=True)


def _codes_in_box(connection: Connection, codes: Select[tuple[str]], box: Box) -> pd.Series:
    """The exact test, in shapely: a GeoPackage opened without its extension knows no spatial functions."""
    shapes = select(_boundary.c.area_code, _boundary.c.geometry).where(_boundary.c.area_code.in_(codes))
    found = read_frame(connection, shapes)
    touched: pd.Series = found["area_code"][shapely.intersects(found["geometry"].to_numpy(), shapely.box(*box))]
    return touched


def published_values(connection: Connection, question: PublishedValuesQuestion) -> pd.DataFrame:
    """One row per named area that the viewer sees, also without a value, by rank and code."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    try:
        parse_period(question.period)
    except ValueError as error:
        raise InvalidQuestion(str(error)) from error
    named = _area.c.area_code.in_(question.areas)
    areas = read_columns(connection, area_rows(question.viewer, "area_code").where(named))
    codes = list(areas["area_code"])
    recorded = and_(
        _row.c.indicator_code == question.indicator, _row.c.period == question.period, _row.c.area_code.in_(codes)
    )
    mine = _indicator.c.indicator_code == question.indicator
    wanted = select(_area.c.area_code, _indicator.c.indicator_code, literal(question.period, CODE).label("period"))
    wanted = wanted.join(_indicator, mine).where(_area.c.area_code.in_(codes), _indicator.c.aggregation != "none")
    has_root = connection.scalar(
        select(_area.c.area_code).where(_area.c.area_code.in_(codes), _area.c.parent_code.is_(None))
    )
    found = value_rows(connection, recorded, wanted, mine, by_area=has_root is None, most=len(codes))
    rows = (found.get((code, question.indicator, question.period)) for code in codes)
    return pd.DataFrame(areas | value_columns(rows))


def boundaries_of(connection: Connection, question: BoundariesOfQuestion) -> pd.DataFrame:
    """One row per named area that the viewer sees and that has a boundary, by code: area_code, geometry."""
    seen = scope.sees_area(question.viewer, _boundary.c.area_code)
    chosen = select(_boundary.c.area_code, _boundary.c.geometry).where(_boundary.c.area_code.in_(question.areas), seen)
    return read_frame(connection, chosen.order_by(_boundary.c.area_code))


def published_box(connection: Connection, viewer: Viewer) -> list[float] | None:
    """West, south, east, north of every boundary the viewer sees; None where there is none."""
    shapes = select(_boundary.c.geometry).where(scope.sees_area(viewer, _boundary.c.area_code))
    found = read_frame(connection, shapes)["geometry"].to_numpy()
    return [float(edge) for edge in shapely.total_bounds(found)] if len(found) else None
