"""Base cells: one seamless coverage of small cells with natural edges, from which every level is dissolved.

Seeds relax to a centroidal Voronoi diagram (Lloyd 1982) that is fine where people live. Pairs of seeds mirrored at the
waterways make these into borders. Every shared edge is bent once, so neighbours stay exactly coincident: a point of an
edge moves only on the line to the seed of one of its two cells, whence bent edges can neither cross nor touch; one that
would cross itself changes sides on its chord.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

from data_access.demo import terrain
from data_access.demo.chance import stream
from data_access.demo.plane import Points

HALF_WIDTH_KM, HALF_HEIGHT_KM = 29.0, 26.0
ROUNDS = 14
SAMPLES = 120_000
FINEST_KM = 0.13
"""About the shortest stretch of a bent edge."""


@dataclass(frozen=True)
class Cells:
    """seeds (n, 2); polygons (n,); bank (n,); pairs (m, 2) of neighbouring cells and their common edges (m,)."""

    seeds: Points
    polygons: NDArray[np.object_]
    bank: NDArray[np.int_]
    pairs: NDArray[np.int_]
    edges: NDArray[np.object_]


def make_cells() -> Cells:
    """The cells inside the city's outline."""
    seeds = _relaxed(_waterside_seeds())
    diagram = Voronoi(seeds)
    bank = terrain.bank_of(seeds)
    bent = _bend(diagram, bank)
    inside = shapely.contains(terrain.outline(), shapely.points(seeds))
    return _inside(diagram, seeds, bank, bent, inside)


def _waterside_seeds() -> Points:
    """Pairs on both banks, as far apart along the water as the cells there are wide."""
    kept: list[tuple[float, float]] = []
    for line in (terrain.river(), terrain.side_channel(), terrain.brook()):
        along = 0.35 if line is terrain.side_channel() else 0.0
        while along < line.length:
            here, ahead = (np.array(line.interpolate(along + d).coords[0]) for d in (0.0, 0.02))
            width = float(terrain.spacing_km(here[None, :])[0])
            normal = np.array([here[1] - ahead[1], ahead[0] - here[0]]) / max(np.hypot(*(ahead - here)), 1e-9)
            pair = [tuple(here + side * 0.42 * width * normal) for side in (-1, 1)]
            if all(_far_from(kept, point, 0.55 * width) for point in pair):
                kept += pair
            along += 0.9 * width
    return np.array(kept)


def _far_from(kept: list[tuple[float, float]], point: tuple[float, ...], distance: float) -> bool:
    return not kept or bool(np.min(np.hypot(*(np.array(kept) - point).T)) > distance)


def _relaxed(fixed: Points) -> Points:
    """Fixed seeds, then free ones moved to the centres of what lies nearest to them."""
    chance = stream("cells")
    box = np.array([HALF_WIDTH_KM, HALF_HEIGHT_KM])
    samples = chance.uniform(-1, 1, (SAMPLES * 12, 2)) * box
    density = 1 / terrain.spacing_km(samples) ** 2
    weighty = chance.uniform(0, density.max(), len(samples)) < density
    samples = samples[weighty][:SAMPLES]
    count = int(4 * box.prod() * density.mean() * 1.08)
    free = samples[chance.permutation(len(samples))[: count - len(fixed)]]
    for _ in range(ROUNDS):
        seeds = np.vstack([fixed, free])
        nearest = cKDTree(seeds).query(samples)[1]
        size = np.bincount(nearest, minlength=len(seeds))[len(fixed) :]
        centres = [np.bincount(nearest, samples[:, axis], len(seeds))[len(fixed) :] for axis in (0, 1)]
        free = np.where(size[:, None] > 0, np.column_stack(centres) / np.maximum(size, 1)[:, None], free)
    return np.vstack([fixed, free])


def _bend(diagram: Voronoi, bank: NDArray[np.int_]) -> list[Points | None]:
    """The points of every ridge of the diagram; None for those that reach to infinity."""
    vertices = _on_water(diagram, bank)
    ends = vertices[np.array(diagram.ridge_vertices)]
    roughness, levels = _roughness(ends)
    chance = stream("edges")
    bent: list[Points | None] = []
    for ridge, (first, second) in enumerate(diagram.ridge_points):
        if -1 in diagram.ridge_vertices[ridge]:
            bent.append(None)
        elif bank[first] != bank[second]:
            bent.append(_along_water(*ends[ridge]))
        else:
            offset = _fractal(roughness[ridge], levels[ridge], chance)
            bent.append(
                _towards(ends[ridge][0], ends[ridge][1], offset, (diagram.points[first], diagram.points[second]))
            )
    return bent


def _roughness(ends: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """How far the middle of each ridge may move (km) and how often it is halved: more in the hills than in town."""
    length = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    middle = ends.mean(axis=1)
    open_land = np.minimum(1.0, terrain.spacing_km(middle) / 1.2)
    rough = length * (0.05 + 0.07 * open_land + 0.06 * terrain.hilliness(middle))
    return rough, np.clip(np.ceil(np.log2(np.maximum(length, 0.01) / FINEST_KM)), 1, 4).astype(int)


def _on_water(diagram: Voronoi, bank: NDArray[np.int_]) -> Points:
    """The diagram's vertices, those between two banks moved onto the nearest waterway."""
    parts = zip(diagram.ridge_points, diagram.ridge_vertices, strict=True)
    wet = sorted({v for (a, b), ends in parts if bank[a] != bank[b] and -1 not in ends for v in ends})
    vertices: Points = diagram.vertices.copy()
    water = terrain.waterways()
    here = shapely.points(vertices[wet])
    close = shapely.distance(here, water) < 0.8 * terrain.spacing_km(vertices[wet])
    nearest = shapely.get_coordinates(shapely.line_interpolate_point(shapely.shortest_line(water, here), 0.0))
    vertices[wet] = np.where(close[:, None], nearest, vertices[wet])
    return vertices


def _along_water(start: Points, end: Points) -> Points:
    """The stretch of waterway between two points on it; a straight line where they lie on different ones."""
    for line in terrain.waterways().geoms:
        ends = [shapely.Point(point) for point in (start, end)]
        if all(line.distance(point) < 1e-6 for point in ends):
            a, b = (line.project(point) for point in ends)
            if abs(a - b) < 2.2 * np.hypot(*(end - start)) + 0.01:
                count = max(2, round(abs(a - b) / 0.08) + 1)
                inner = [line.interpolate(s).coords[0] for s in np.linspace(a, b, count)[1:-1]]
                return np.array([start, *inner, end])
    return np.array([start, end])


def _fractal(size: float, levels: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Offsets of a rough line from its chord, 0 at both ends: midpoint displacement (Fournier et al. 1982)."""
    offset = np.zeros(2)
    for _ in range(levels):
        between = (offset[:-1] + offset[1:]) / 2 + chance.normal(0, size, len(offset) - 1)
        offset = _woven(offset, between)
        size *= 0.52
    return offset


def _woven(outer: NDArray[np.float64], between: NDArray[np.float64]) -> NDArray[np.float64]:
    woven = np.empty(len(outer) + len(between))
    woven[::2], woven[1::2] = outer, between
    return woven


def _towards(start: Points, end: Points, offset: NDArray[np.float64], apexes: tuple[Points, Points]) -> Points:
    along = np.linspace(0, 1, len(offset))
    bent = _moved(start, end, along, offset, apexes)
    if shapely.LineString(bent).is_simple:
        return bent
    return _moved(start, end, *_meeting_the_chord(along, offset), apexes)


def _moved(
    start: Points, end: Points, along: NDArray[np.float64], offset: NDArray[np.float64], apexes: tuple[Points, Points]
) -> Points:
    straight = start + along[:, None] * (end - start)
    apex = np.where((offset > 0)[:, None], apexes[0], apexes[1])
    way = apex - straight
    share = np.minimum(np.abs(offset) / np.maximum(np.hypot(*way.T), 1e-9), 0.42)
    bent: Points = straight + share[:, None] * way
    bent[0], bent[-1] = start, end
    return bent


def _meeting_the_chord(
    along: NDArray[np.float64], offset: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same line with a point of its own wherever it passes from one side of its chord to the other."""
    before = np.flatnonzero(offset[:-1] * offset[1:] < 0)
    share = offset[before] / (offset[before] - offset[before + 1])
    crossing = along[before] + share * (along[before + 1] - along[before])
    return np.insert(along, before + 1, crossing), np.insert(offset, before + 1, 0.0)


def _inside(
    diagram: Voronoi, seeds: Points, bank: NDArray[np.int_], bent: list[Points | None], inside: NDArray[np.bool_]
) -> Cells:
    number = np.full(len(seeds), -1)
    number[inside] = np.arange(inside.sum())
    rings: list[list[Any]] = [[] for _ in range(int(inside.sum()))]
    pairs, edges = [], []
    for (first, second), points in zip(diagram.ridge_points, bent, strict=True):
        if points is None or not (inside[first] or inside[second]):
            continue
        line = shapely.LineString(points)
        for cell in (number[first], number[second]):
            if cell >= 0:
                rings[cell].append(line)
        if inside[first] and inside[second]:
            pairs.append((number[first], number[second]))
            edges.append(line)
    polygons = np.array([shapely.get_parts(shapely.polygonize(lines))[0] for lines in rings])
    return Cells(seeds[inside], polygons, bank[inside], np.array(pairs), np.array(edges))
