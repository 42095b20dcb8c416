"""Geometries of any size and shape, kept to a cost that is known beforehand: GEOS cannot be interrupted."""

import math
from typing import Any

import numpy as np
import shapely

MOST_REPAIRED = 3_000
"""Vertices of an invalid geometry: its edges may all cross each other, which costs the square."""
MOST_DRAWN = 20_000
"""Vertices of one geometry in a tile. A comb of a million teeth keeps GEOS busy for half a minute at every step."""
_FEWEST = 4


def thinned(shape: Any, most: int) -> Any:
    """The geometry itself, or every n-th of its vertices, so that there are about so many."""
    count = int(shapely.get_num_coordinates(shape))
    if count <= most:
        return shape
    every = math.ceil(count / most)
    parts = [_part(part, every) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else shapely.geometrycollections(parts)


def repaired(shape: Any, most: int = MOST_DRAWN) -> Any:
    """A valid geometry; the same where it is valid and has no more vertices than `most`."""
    if shape is None:
        return None
    shape = thinned(shape, most)
    return shape if shapely.is_valid(shape) else shapely.make_valid(thinned(shape, MOST_REPAIRED))


def _part(part: Any, every: int) -> Any:
    if part.geom_type == "Polygon":
        outer, *holes = (_ring(ring, every) for ring in (part.exterior, *part.interiors))
        return shapely.polygons(outer, holes or None)
    coordinates = shapely.get_coordinates(part)
    return part if len(coordinates) < _FEWEST else shapely.linestrings(_some(coordinates, every))


def _ring(ring: Any, every: int) -> Any:
    coordinates = shapely.get_coordinates(ring)[:-1]
    return shapely.linearrings(_some(coordinates, every))


def _some(coordinates: Any, every: int) -> Any:
    """At least as many as make a ring."""
    step = max(min(every, len(coordinates) // _FEWEST), 1)
    return np.concatenate([coordinates[::step], coordinates[-1:]])
