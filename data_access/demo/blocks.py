"""Blocks: what lies between streets. Built-up cells are cut into blocks as planners do, across their longer side."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data_access.demo import terrain
from data_access.demo.cells import Cells
from data_access.demo.chance import stream
from data_access.demo.plane import Points

URBAN_SPACING_KM = 0.86
"""Cells closer together than this are built up."""

_FAR = 60.0
_ROUNDS = 5


@dataclass(frozen=True)
class Blocks:
    """polygons (n,), the cell each lies in (n,), whether it is built up, and the cuts that became streets."""

    polygons: NDArray[np.object_]
    cell: NDArray[np.int_]
    is_urban: NDArray[np.bool_]
    cuts: NDArray[np.object_]


def make_blocks(cells: Cells) -> Blocks:
    polygons, owner = cells.polygons.copy(), np.arange(len(cells.polygons))
    urban = terrain.spacing_km(cells.seeds) < URBAN_SPACING_KM
    target = 0.030 + 0.15 * np.clip(terrain.spacing_km(cells.seeds) - 0.27, 0, None)
    chance = stream("blocks")
    cuts: list[NDArray[np.object_]] = []
    for _ in range(_ROUNDS):
        large = urban[owner] & (shapely.area(polygons) > 1.5 * target[owner])
        if not large.any():
            break
        halves, lines = _halve(polygons[large], chance)
        kept = ~large
        polygons = np.r_[polygons[kept], halves.ravel()]
        owner = np.r_[owner[kept], np.repeat(owner[large], 2)]
        cuts.append(lines)
    whole = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    return Blocks(polygons[whole], owner[whole], urban[owner[whole]], np.concatenate(cuts))


def _halve(
    polygons: NDArray[np.object_], chance: np.random.Generator
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Both halves (n, 2) of each polygon and the cut between them, across its longer side, a little off the middle."""
    middle, along = _longer_side(polygons)
    turned = along + chance.normal(0, 0.05, len(polygons))
    direction = np.column_stack([np.cos(turned), np.sin(turned)])
    normal = np.column_stack([-direction[:, 1], direction[:, 0]])
    width = np.sqrt(shapely.area(polygons))[:, None]
    at = middle + direction * width * chance.uniform(-0.09, 0.09, len(polygons))[:, None]
    line = shapely.linestrings(np.stack([at - _FAR * normal, at + _FAR * normal], axis=1))
    sides = [_half_plane(at, normal, direction * side) for side in (-1, 1)]
    halves = np.column_stack([shapely.intersection(polygons, side) for side in sides])
    return halves, shapely.intersection(polygons, line)


def _half_plane(at: Points, normal: Points, outward: Points) -> NDArray[np.object_]:
    near = [at - _FAR * normal, at + _FAR * normal]
    far = [near[1] + _FAR * outward, near[0] + _FAR * outward]
    result: NDArray[np.object_] = shapely.polygons(np.stack([*near, *far], axis=1))
    return result


def _longer_side(polygons: NDArray[np.object_]) -> tuple[Points, NDArray[np.float64]]:
    """Middle and direction (radians) of the longer side of the smallest rectangle around each polygon."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(polygons)).reshape(-1, 5, 2)
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    longer = np.where((np.hypot(*first.T) > np.hypot(*second.T))[:, None], first, second)
    return corners[:, :4].mean(axis=1), np.arctan2(longer[:, 1], longer[:, 0])
