"""Boundaries and points: what is not drawn, drawn wrongly or in the wrong place."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, Table, exists, func, select

from data_access.checking.findings import Finding, ask, collect
from data_access.contract import area, area_boundary, cim_object, problem, project

_CHUNK = 1_000
_TOLERANCE_DEG = 0.001
"""About 100 m: a point on the street before the boundary is not in the wrong place."""

_Boxes = dict[str, tuple[float, float, float, float]]


def check_boundaries(connection: Connection) -> Iterator[Finding]:
    """Areas without boundary by level, boundaries without area, invalid ones, and those away from their parent's."""
    bare = ~exists().where(area_boundary.c.area_code == area.c.area_code)
    levels = select(area.c.level, func.count().label("areas"), func.min(area.c.area_code).label("first_area_code"))
    levels = levels.where(bare).group_by(area.c.level).order_by(area.c.level)
    yield from ask(
        connection, "area_without_boundary", "warning", "levels with areas that are listed but not drawn", levels
    )
    boxes: _Boxes = {}
    invalid = collect("invalid_geometry", "error", "boundaries that are not valid polygons", _walk(connection, boxes))
    yield from invalid
    yield from collect(
        "boundary_far_from_parent", "warning", "boundaries away from their parent's", _far(connection, boxes)
    )


def _walk(connection: Connection, boxes: _Boxes) -> Iterator[dict[str, Any]]:
    """Invalid boundaries; `boxes` is filled on the way."""
    rows = select(area_boundary.c.area_code, area_boundary.c.geometry).order_by(area_boundary.c.area_code)
    for part in connection.execute(rows.execution_options(yield_per=_CHUNK)).partitions():
        codes, geometries = zip(*part, strict=True)
        drawn = np.array(geometries, dtype=object)
        boxes.update(zip(codes, map(tuple, shapely.bounds(drawn)), strict=True))
        for position in np.flatnonzero(~shapely.is_valid(drawn) | shapely.is_empty(drawn)):
            yield {"area_code": codes[position], "reason": shapely.is_valid_reason(drawn[position])}


def _far(connection: Connection, boxes: _Boxes) -> Iterator[dict[str, Any]]:
    """Boundaries whose box does not touch the box of the parent's."""
    tree = (
        select(area.c.area_code, area.c.parent_code).where(area.c.parent_code.is_not(None)).order_by(area.c.area_code)
    )
    for code, parent in connection.execute(tree):
        if code in boxes and parent in boxes:
            west, south, east, north = boxes[code]
            parent_west, parent_south, parent_east, parent_north = boxes[parent]
            if west > parent_east or east < parent_west or south > parent_north or north < parent_south:
                yield {"area_code": code, "parent_code": parent}


def check_points(connection: Connection) -> Iterator[Finding]:
    """Problems, projects and objects whose point lies outside the boundary of their area."""
    for table in (problem, project, cim_object):
        message = f"{table.name}: points more than 100 m outside the boundary of their area"
        yield from collect("point_outside_area", "warning", message, _outside(connection, table))


def _outside(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    key = next(iter(table.primary_key))
    located = table.c.lon.is_not(None) & table.c.lat.is_not(None)
    used = select(table.c.area_code).where(located)
    boundaries = select(area_boundary.c.area_code, area_boundary.c.geometry).where(area_boundary.c.area_code.in_(used))
    rows = boundaries.order_by(area_boundary.c.area_code).execution_options(yield_per=_CHUNK)
    for part in connection.execute(rows).partitions():
        shapes = dict(part)
        query = select(key.label("code"), table.c.area_code, table.c.lon, table.c.lat)
        points = pd.read_sql(query.where(located, table.c.area_code.in_(list(shapes))).order_by(key), connection)
        geometries = shapely.points(points.lon.to_numpy(), points.lat.to_numpy())
        distance = shapely.distance(geometries, points.area_code.map(shapes).to_numpy())
        for row in points[distance > _TOLERANCE_DEG].itertuples():
            yield {str(key.name): row.code, "area_code": row.area_code, "lon": row.lon, "lat": row.lat}
