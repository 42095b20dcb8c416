"""Areas, their levels, and the way down to one of them."""

from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, and_, exists, func, not_, or_, select

from data_access import contract, scope
from data_access.answers.names import names
from data_access.contract.columns import CODE
from data_access.frames import read_frame
from data_access.questions import AreaPathQuestion, AreasQuestion, CatalogueQuestion
from data_access.tree import ADMINISTRATIVE, ancestors, descendants
from data_access.viewer import Viewer

_area = contract.area
_level = contract.area_level
_partition = func.coalesce(_level.c.partition, ADMINISTRATIVE, type_=CODE).label("partition")


def areas(connection: Connection, question: AreasQuestion) -> pd.DataFrame:
    """One row per area, by rank and code."""
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
    if question.level is not None:
        scope.require_level(connection, question.level)
    tops = [question.area] if question.area is not None else top_areas(connection, question.viewer)
    below = _below(tops, question.level, include_tops=question.area is None and len(tops) > 1)
    return read_frame(connection, area_rows(question.viewer).where(below))


def area_path(connection: Connection, question: AreaPathQuestion) -> pd.DataFrame:
    """One row per area from the top of what the viewer sees down to the one asked."""
    scope.require_area(connection, question.viewer, question.area)
    codes = select(ancestors([question.area]).c.area_code)
    frame = read_frame(connection, area_rows(question.viewer).where(_area.c.area_code.in_(codes)))
    return _from_top(frame, question.area)


def levels(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per level, by rank, partition and level, with the number of areas the viewer sees in it."""
    count = select(func.count()).where(
        _area.c.level == _level.c.level, scope.sees_area(question.viewer, _area.c.area_code)
    )
    columns = (_level.c.level, _level.c.rank, _partition, *names(_level))
    counted = select(*columns, count.correlate(_level).scalar_subquery().label("area_count"))
    return read_frame(connection, counted.order_by(_level.c.rank, _partition, _level.c.level))


def levels_below(connection: Connection, question: AreasQuestion) -> list[str]:
    """The levels that any area below the one asked belongs to."""
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
    tops = [question.area] if question.area is not None else top_areas(connection, question.viewer)
    below = select(descendants(tops).c.area_code)
    visible = scope.sees_area(question.viewer, _area.c.area_code)
    return list(connection.scalars(select(_area.c.level).where(_area.c.area_code.in_(below), visible).distinct()))


def top_areas(connection: Connection, viewer: Viewer) -> list[str]:
    """The visible areas below no other visible area, by rank and code: the root, for a viewer of everything."""
    statement = select(_area.c.area_code).join(_level, _level.c.level == _area.c.level)
    statement = statement.where(_is_top(viewer)).order_by(_level.c.rank, _area.c.area_code)
    return list(connection.scalars(statement))


@lru_cache(maxsize=64)
def area_rows(viewer: Viewer, *only: str) -> Select[Any]:
    """All visible areas with their columns (or only those named) and order; callers narrow it down."""
    child = _area.alias("counted_child")
    boundary = contract.area_boundary
    children = select(func.count()).where(child.c.parent_code == _area.c.area_code).correlate(_area)
    drawn = exists().where(boundary.c.area_code == _area.c.area_code).correlate(_area)
    columns = (
        _area.c.area_code,
        *names(_area),
        _area.c.level,
        _level.c.rank,
        _partition,
        parent_code(viewer),
        _area.c.population,
        _area.c.area_km2,
        children.scalar_subquery().label("child_count"),
        drawn.label("has_boundary"),
    )
    return (
        select(*(column for column in columns if not only or column.key in only))
        .join_from(_area, _level, _level.c.level == _area.c.level)
        .where(scope.sees_area(viewer, _area.c.area_code))
        .order_by(_level.c.rank, _area.c.area_code)
    )


def parent_code(viewer: Viewer) -> Any:
    """The parent's code, missing where the viewer may not see the parent."""
    if viewer.area_codes is None:
        return _area.c.parent_code
    parent = _area.alias("visible_parent")
    visible = select(parent.c.area_code).where(
        parent.c.area_code == _area.c.parent_code, scope.sees_area(viewer, parent.c.area_code)
    )
    return visible.correlate(_area).scalar_subquery().label("parent_code")


def _below(tops: list[str], level: str | None, *, include_tops: bool) -> Any:
    if level is None:
        return _area.c.area_code.in_(tops) if include_tops else _area.c.parent_code.in_(tops)
    below = descendants(tops)
    inside = _area.c.area_code.in_(select(below.c.area_code))
    return and_(_area.c.level == level, or_(inside, _area.c.area_code.in_(tops)) if include_tops else inside)


def _is_top(viewer: Viewer) -> Any:
    if viewer.area_codes is None:
        return _area.c.parent_code.is_(None)
    hidden = or_(_area.c.parent_code.is_(None), not_(scope.sees_area(viewer, _area.c.parent_code)))
    return and_(_area.c.area_code.in_(viewer.area_codes), hidden)


def _from_top(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    parents = dict(zip(frame["area_code"], frame["parent_code"], strict=True))
    places = {code: place for place, code in enumerate(parents)}
    path = [area]
    while parents[path[-1]] in parents:
        path.append(parents[path[-1]])
    return frame.iloc[[places[code] for code in path[::-1]]].reset_index(drop=True)
