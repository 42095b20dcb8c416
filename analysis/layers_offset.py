"""Whether a layer lies in GCJ-02 although it says CGCS2000: tested against the boundaries its features claim to lie in.

GCJ-02 is the system of Chinese consumer maps: geographic coordinates moved by 300 to 600 m with a smooth function of
the place (published widely since 2010; series of sines around 105° E, 35° N on the Krasovsky 1940 ellipsoid).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.stats import binomtest

FEWEST = 20
CLEARLY = 0.10
"""The share by which taking the offset back must place more features in the area they name."""
EDGE_DEGREES = 0.01
"""About a kilometre: twice the offset."""
FEWEST_TOSSES, SURE, MOSTLY_INSIDE = 8, 0.01, 0.9
_A, _EE = 6378245.0, 0.00669342162296594323
_ROUNDS = 3


@dataclass(frozen=True)
class OffsetTest:
    """verdict: `fits`, `offset` or `undecided`. The shares are those of n features inside the area they name."""

    verdict: str
    n: int
    share_as_is: float
    share_moved_back: float


def offset_test(shapes: Sequence[Any], named: Sequence[Any], boundaries: dict[str, Any]) -> OffsetTest:
    """shapes: geometries in degrees. named: the area code each feature claims, or None. boundaries: by code."""
    pairs = [(shape, boundaries[code]) for shape, code in zip(shapes, named, strict=True) if code in boundaries]
    if len(pairs) < FEWEST:
        return OffsetTest("undecided", len(pairs), math.nan, math.nan)
    points = shapely.get_coordinates(shapely.centroid([shape for shape, _ in pairs]))
    areas = np.array([area for _, area in pairs], dtype=object)
    as_is, back = (_inside(areas, where) for where in (points, to_cgcs2000(points)))
    verdict = "offset" if back - as_is > CLEARLY else "fits" if as_is >= back else "undecided"
    return OffsetTest(verdict, len(pairs), as_is, back)


def edge_test(shapes: Sequence[Any], outline: Any) -> OffsetTest:
    """The same for features that name no area: of those near the edge of the city, more must lie inside it.

    outline: the city's boundary, in degrees. n and the shares are of the features within EDGE_DEGREES of it. Each that
    is inside only as it is or only when moved back is a toss of a coin (the sign test); a layer of which many features
    lie outside either way does not end at the city, so it decides nothing. Where no feature lies near the edge, no test
    is possible: any place in the city would do as well as any other.
    """
    if outline is None or not len(shapes):
        return OffsetTest("undecided", 0, math.nan, math.nan)
    points = shapely.get_coordinates(shapely.centroid(np.asarray(shapes, dtype=object)))
    moved, edge = to_cgcs2000(points), shapely.boundary(outline)
    shapely.prepare([outline, edge])
    near = shapely.dwithin(edge, shapely.points(points), EDGE_DEGREES)
    as_is, back = (shapely.contains_xy(outline, where[near, 0], where[near, 1]) for where in (points, moved))
    gained, lost = int((back & ~as_is).sum()), int((as_is & ~back).sum())
    n = len(as_is)
    if n < FEWEST or gained + lost < FEWEST_TOSSES:
        return OffsetTest("undecided", n, math.nan, math.nan)
    is_clear = binomtest(gained, gained + lost).pvalue < SURE
    said = (back if gained > lost else as_is).mean() >= MOSTLY_INSIDE
    verdict = "undecided" if not (is_clear and said) else "offset" if gained > lost else "fits"
    return OffsetTest(verdict, n, float(as_is.mean()), float(back.mean()))


def _inside(areas: Any, points: Any) -> float:
    return float(np.mean(shapely.contains_xy(areas, points[:, 0], points[:, 1])))


def to_gcj02(points: Any) -> Any:
    """points: rows of longitude, latitude."""
    x, y = points[:, 0] - 105.0, points[:, 1] - 35.0
    waves = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    root = np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    latitude = np.radians(points[:, 1])
    bend = 1 - _EE * np.sin(latitude) ** 2
    north_degrees = np.degrees(north / (_A * (1 - _EE) / bend**1.5))
    east_degrees = np.degrees(east / (_A / np.sqrt(bend) * np.cos(latitude)))
    return points + np.column_stack((east_degrees, north_degrees))


def to_cgcs2000(points: Any) -> Any:
    """The inverse, to a centimetre, by stepping back the offset of the place last found."""
    found = np.array(points, dtype=float)
    for _ in range(_ROUNDS):
        found = found - (to_gcj02(found) - points)
    return found
