"""What the land is like: a river with an island, a brook from the hills, centres, and how finely it is settled.

Coordinates are kilometres in the local plane.
"""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from shapely import LineString, MultiLineString, Polygon

from data_access.demo.chance import stream
from data_access.demo.plane import Points

RIVER = (
    (-34, 9), (-25, 5.6), (-20.5, 2.6), (-16, 1.2), (-12.2, 3.6), (-8.0, 4.2), (-5.2, 1.2), (-4.2, -2.6), (-0.8, -4.9),
    (2.9, -3.2), (4.6, 0.2), (7.9, 2.2), (12.0, 0.2), (15.0, -3.6), (19.5, -3.2), (25, -6.5), (34, -7),
)  # fmt: skip
BROOK = ((-9.5, 24), (-8.6, 18), (-5.2, 14.2), (-6.3, 10.4), (-3.6, 7.6), (-4.6, 4.6), (-5.6, 2.2))
ISLAND_BESIDE = (6.6, 1.9)
ISLAND_LENGTH_KM, ISLAND_OFFSET_KM = 5.4, 1.25
STEP_KM = 0.1

# x, y, radius of the settled core, spacing of the finest cells, growth of the spacing per km outside
CENTRES = (
    (-0.6, 0.2, 2.4, 0.27, 0.11),
    (3.4, -7.0, 3.4, 0.46, 0.11),
    (14.6, 2.6, 2.6, 0.62, 0.12),
    (-13.5, -3.5, 2.0, 0.55, 0.14),
    (-10.5, 8.2, 1.0, 0.60, 0.17),
    (6.8, 9.0, 1.4, 0.62, 0.17),
    (-6.5, -14.0, 1.2, 0.66, 0.17),
    (9.5, -13.0, 1.2, 0.62, 0.16),
)
COARSEST_KM = 1.75


def _curve(knots: tuple[tuple[float, float], ...]) -> LineString:
    """A smooth line through the knots, one point about every STEP_KM."""
    points = np.array(knots, dtype=float)
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    spline = CubicSpline(along, points)
    return LineString(spline(np.arange(0, along[-1], STEP_KM)))


@cache
def river() -> LineString:
    """The midline of the main channel, from west to east."""
    return _curve(RIVER)


@cache
def brook() -> LineString:
    return LineString([*_curve(BROOK).coords, river().interpolate(river().project(shapely.Point(BROOK[-1]))).coords[0]])


@cache
def side_channel() -> LineString:
    """The channel south of the island: it leaves the main channel and comes back."""
    share = np.linspace(0, 1, int(ISLAND_LENGTH_KM / STEP_KM) + 1)
    along = _island_from_km() + share * ISLAND_LENGTH_KM
    points, ahead = (shapely.get_coordinates(shapely.line_interpolate_point(river(), along + d)) for d in (0, 0.05))
    tangent = (ahead - points) / np.hypot(*(ahead - points).T)[:, None]
    right = np.column_stack([tangent[:, 1], -tangent[:, 0]])
    return LineString(points + right * (ISLAND_OFFSET_KM * np.sin(np.pi * share) ** 1.1)[:, None])


@cache
def waterways() -> MultiLineString:
    return MultiLineString([river(), brook(), side_channel()])


@cache
def island() -> Polygon:
    """The land between the two channels, up to their midlines."""
    main = [point for point in river().coords if _within_island(shapely.Point(point))]
    return Polygon([*side_channel().coords, *reversed(main)]).buffer(0)


def _within_island(point: shapely.Point) -> bool:
    return bool(0 < river().project(point) - _island_from_km() < ISLAND_LENGTH_KM)


def _island_from_km() -> float:
    return float(river().project(shapely.Point(ISLAND_BESIDE)))


@cache
def south_bank() -> Polygon:
    return Polygon([*river().coords, (60, -60), (-60, -60)]).buffer(0)


@cache
def west_of_brook() -> Polygon:
    return Polygon([*brook().coords, (brook().coords[-1][0], -60), (-60, -60), (-60, 60)]).buffer(0)


def bank_of(points: Points) -> NDArray[np.int_]:
    """Which land between the waterways a point lies on: 0 north-east, 1 north-west, 2 south, 3 the island."""
    located = shapely.points(points)
    bank = np.where(shapely.contains(west_of_brook(), located), 1, 0)
    bank = np.where(shapely.contains(south_bank(), located), 2, bank)
    return np.where(shapely.contains(island(), located), 3, bank)


def spacing_km(points: Points) -> NDArray[np.float64]:
    """Distance between neighbouring cells: fine in the old town, coarse in the hills."""
    candidates = [
        finest + growth * np.clip(np.hypot(points[:, 0] - x, points[:, 1] - y) - radius, 0, None)
        for x, y, radius, finest, growth in CENTRES
    ]
    spacing: NDArray[np.float64] = np.minimum(np.min(candidates, axis=0), COARSEST_KM)
    return spacing


def hilliness(points: Points) -> NDArray[np.float64]:
    """0 in the plain … 1 in the northern hills, with two spurs."""
    x, y = points.T
    ridge = (y - 10.5 - 1.8 * np.sin(x / 5.0) - 0.9 * np.sin(x / 2.3 + 1)) / 5
    spur = 1 - np.hypot((x + 19) / 4.0, (y + 11) / 5.0)
    hilly: NDArray[np.float64] = np.clip(np.maximum(ridge, spur), 0, 1)
    return hilly


@cache
def outline() -> Polygon:
    """The extent of the city before its edge follows the cells."""
    angle = np.linspace(0, 2 * np.pi, 361)[:-1]
    phases, sizes = stream("outline").uniform(0, 2 * np.pi, 9), 0.13 / np.arange(2, 11) ** 0.6
    wave = sum(size * np.cos(k * angle + phase) for k, (size, phase) in enumerate(zip(sizes, phases, strict=True), 2))
    return Polygon(np.column_stack([22.3 * np.cos(angle), 19.3 * np.sin(angle)]) * (1 + np.asarray(wave))[:, None])
