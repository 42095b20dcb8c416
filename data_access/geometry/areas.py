"""From the boundaries of a set of areas to the binary that the browser draws."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from data_access.geometry.coverage import bounds, detail_m, simplify
from data_access.geometry.mercator import Geometries, to_mercator
from data_access.geometry.packing import Grid, PackedAreas, pack
from data_access.geometry.topology import Arcs, cut, on_grid

STEPS_PER_DETAIL = 4
MAX_EXACT_LABELS = 1500


def encode_areas(geometries: Sequence[Any], names: dict[str, Any]) -> bytes:
    """One binary for polygons in CGCS2000 degrees; None and empty ones keep their index and draw nothing.

    names: what the browser must know of each area, as lists in the same order.
    """
    plane = to_mercator(_polygons(geometries))
    detail = detail_m(plane)
    simple = simplify(plane, detail)
    west, _, _, north = bounds(simple)
    grid = Grid(west, north, detail / STEPS_PER_DETAIL)
    return pack(PackedAreas(grid, _arcs(simple, grid), grid.snap(_label_points(simple)), names))


def _polygons(geometries: Sequence[Any]) -> Geometries:
    found = np.array([shapely.Polygon() if item is None else item for item in geometries], dtype=object)
    return np.asarray(shapely.force_2d(found), dtype=object)


def _arcs(geometries: Geometries, grid: Grid) -> Arcs:
    parts, area_of_part = shapely.get_parts(geometries, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    metres, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    closing = np.append(ring_of_point[1:] != ring_of_point[:-1], True)[: len(metres)]
    lengths = np.bincount(ring_of_point[~closing], minlength=len(rings))
    return cut(on_grid(grid.snap(metres[~closing]), lengths, area_of_part[part_of_ring].astype(np.int64)))


def _label_points(geometries: Geometries) -> Any:
    """Where a name stands best: the middle of the widest circle inside, or on city-sized sets any point well inside."""
    if len(geometries) > MAX_EXACT_LABELS:
        points = shapely.point_on_surface(geometries)
    else:
        points = np.array([_widest(item) for item in geometries], dtype=object)
    places = np.zeros((len(points), 2))
    places[~shapely.is_empty(points)] = shapely.get_coordinates(points)
    return places


def _widest(geometry: Any) -> Any:
    if geometry.is_empty:
        return shapely.Point()
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=np.sqrt(largest.area) / 20)
    return shapely.get_point(circle, 0)
