"""The land that can be reached in so many minutes, drawn along the network.

Not a hull of the nodes reached, which would swallow the river between two bridges: every place is inside that lies
within OFF_ROAD_M of a stretch of road that was reached, if the walk from there is done in time too.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import contourpy
import numpy as np
import numpy.typing as npt
import shapely

from analysis.reach.graph import WALK_KMH, Graph, Places
from analysis.reach.roads import Floats

OFF_ROAD_M = 60.0
FINEST_CELL_M = 6.0
MOST_CELLS_ACROSS = 420
_STEPS = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
_SMALLEST_HOLE_CELLS = 8
_WALK_MS = WALK_KMH / 3.6


def isochrones(graph: Graph, sources: Places, minutes: Sequence[float]) -> list[shapely.Geometry]:
    """One multipolygon in metres per number of minutes, each holding the shorter ones; empty where nothing is reached.

    Cells are FINEST_CELL_M wide, or the whole of it in MOST_CELLS_ACROSS of them where it is larger than that.
    """
    limit = max(minutes) * 60
    edge, along, where = graph.samples
    seconds = graph.times(graph.arrivals(sources, limit), sources, edge, along)
    reached = seconds <= limit
    return fields(where[reached], seconds[reached], [m * 60 for m in minutes])


def circles(centres: Floats, metres: float) -> shapely.Geometry:
    """The straight-line stand-in where there is no network: everything within so many metres."""
    return shapely.union_all(shapely.buffer(shapely.points(centres), metres, quad_segs=16))


def spots(where: Floats, radius_m: float) -> shapely.Geometry:
    """The land within radius_m of some points, for thousands of them at once."""
    reach_s = radius_m / _WALK_MS
    return fields(where, np.zeros(len(where)), [reach_s], off_road_m=radius_m)[0]


def fields(
    where: Floats, seconds: Floats, limits: Sequence[float], off_road_m: float = OFF_ROAD_M
) -> list[shapely.Geometry]:
    """Contours of the time it takes to walk to any place from the points (n, 2) reached after so many seconds."""
    if not len(where):
        return [shapely.MultiPolygon() for _ in limits]
    low, high = where.min(axis=0) - off_road_m, where.max(axis=0) + off_road_m
    cell = max(FINEST_CELL_M, float((high - low).max()) / MOST_CELLS_ACROSS)
    low = low - 2 * cell
    columns, rows = np.ceil((high + 2 * cell - low) / cell).astype(int) + 1
    field = np.full((rows, columns), np.inf)
    column, row = np.rint((where - low) / cell).astype(int).T
    np.minimum.at(field, (row, column), seconds)
    _walk_on(field, cell, max(1, round(off_road_m / cell)))
    last = max(limits)
    field = np.where(field > last + cell / _WALK_MS, last + cell / _WALK_MS, field)
    x, y = low[0] + cell * np.arange(columns), low[1] + cell * np.arange(rows)
    return [_contour(x, y, field, limit, cell) for limit in limits]


def _walk_on(field: Floats, cell: float, rounds: int) -> None:
    """From each cell to its neighbours on foot, so many cells far (chamfer distance, Borgefors 1986)."""
    for _ in range(rounds):
        before = field.copy()
        for dx, dy in _STEPS:
            cost = cell * float(np.hypot(dx, dy)) / _WALK_MS
            there, here = _shifted(dx, dy)
            np.minimum(field[there], before[here] + cost, out=field[there])


def _shifted(dx: int, dy: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    def both(step: int) -> tuple[slice, slice]:
        return slice(max(step, 0), min(step, 0) or None), slice(max(-step, 0), min(-step, 0) or None)

    (there_y, here_y), (there_x, here_x) = both(dy), both(dx)
    return (there_y, there_x), (here_y, here_x)


def _contour(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], field: Floats, limit: float, cell: float
) -> shapely.Geometry:
    made: Any = contourpy.contour_generator(x, y, field, fill_type=contourpy.FillType.OuterOffset)
    points, offsets = made.filled(-1.0, limit)
    parts = []
    for ring_points, ring_offsets in zip(points, offsets, strict=True):
        rings = [ring_points[a:b] for a, b in pairwise(ring_offsets)]
        holes = [hole for hole in rings[1:] if shapely.Polygon(hole).area > _SMALLEST_HOLE_CELLS * cell**2]
        parts.append(shapely.Polygon(rings[0], holes))
    whole = shapely.simplify(shapely.MultiPolygon(parts), cell / 2)
    return whole if whole.is_valid else shapely.make_valid(whole)
