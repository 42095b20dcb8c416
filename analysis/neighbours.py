"""Which areas count as neighbours: by a shared border, the k nearest, or a distance; islands are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from libpysal.graph import Graph
from scipy.spatial import KDTree

QUEEN, ROOK, NEAREST, DISTANCE = "queen", "rook", "nearest", "distance"
RULES = (QUEEN, ROOK, NEAREST, DISTANCE)
Positions = npt.NDArray[np.int64]
_TOUCHING_DEGREES = 1e-5
"""About a metre: borders drawn twice by hand still touch."""
_KM_PER_DEGREE = 111.32
_SHORTEST_BORDER_DEGREES = 1e-4
"""About ten metres: areas that share less of a border meet at a corner."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """focal, other: positions in `codes` of each ordered pair of neighbours."""

    rule: str
    codes: pd.Index
    focal: Positions
    other: Positions

    @property
    def islands(self) -> tuple[str, ...]:
        """Areas without a neighbour."""
        return tuple(self.codes[np.setdiff1d(np.arange(len(self.codes)), self.focal)])

    def among(self, codes: pd.Index) -> "Neighbours":
        """Only these areas; who loses all neighbours becomes an island."""
        kept = self.codes.isin(codes)
        place = np.cumsum(kept) - 1
        both = kept[self.focal] & kept[self.other]
        return Neighbours(self.rule, self.codes[kept], place[self.focal[both]], place[self.other[both]])

    def graph(self) -> Graph:
        """Binary weights in the order of `codes`; isolates as pairs with themselves of weight 0, as libpysal wants."""
        lonely = np.setdiff1d(np.arange(len(self.codes)), self.focal)
        heads, tails = np.concatenate([self.focal, lonely]), np.concatenate([self.other, lonely])
        weights = np.concatenate([np.ones(len(self.focal)), np.zeros(len(lonely))])
        order = np.lexsort((tails, heads))
        return Graph.from_arrays(self.codes[heads[order]], self.codes[tails[order]], weights[order])


def neighbours(boundaries: pd.DataFrame, rule: str = QUEEN, *, k: int = 6, distance_km: float = 3.0) -> Neighbours:
    """boundaries: `area_code`, `geometry` in degrees. Areas without geometry are left out.

    queen: borders closer than about a metre, corners included. rook: at least about ten metres of common border.
    nearest: the k nearest centroids, not always mutual. distance: centroids within distance_km. Distances on a local
    plane, right to 1 % within a city.
    """
    drawn = boundaries[boundaries["geometry"].notna()]
    codes, shapes = drawn["area_code"].to_numpy(), drawn["geometry"].to_numpy()
    if rule in {QUEEN, ROOK}:
        focal, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_TOUCHING_DEGREES)
    else:
        focal, other = _near(_centroids_km(shapes), k if rule == NEAREST else None, distance_km)
    pairs = focal != other
    focal, other = focal[pairs], other[pairs]
    if rule == ROOK:
        sides = _share_a_side(shapes, focal, other)
        focal, other = focal[sides], other[sides]
    return Neighbours(rule, pd.Index(codes), focal, other)


def listed(near: Mapping[str, Sequence[str]]) -> Neighbours:
    """From the codes that lie beside each code; a code that is not itself a key is no area here."""
    codes = pd.Index(list(near))
    pairs = [(code, one) for code, others in near.items() for one in others if one != code and one in near]
    focal, other = (codes.get_indexer(pd.Index([pair[end] for pair in pairs])) for end in (0, 1))
    return Neighbours(QUEEN, codes, focal, other)


def _share_a_side(shapes: np.ndarray, focal: Positions, other: Positions) -> np.ndarray:
    """Each pair is looked at once: the length of what lies of one border within a metre of the other area."""
    once = focal < other
    borders, surroundings = shapely.boundary(shapes), shapely.buffer(shapes, _TOUCHING_DEGREES, quad_segs=1)
    common = shapely.intersection(borders[focal[once]], surroundings[other[once]])
    lengths = shapely.length(common) >= _SHORTEST_BORDER_DEGREES
    answer = dict(zip(zip(focal[once].tolist(), other[once].tolist(), strict=True), lengths.tolist(), strict=True))
    ordered = zip(np.minimum(focal, other).tolist(), np.maximum(focal, other).tolist(), strict=True)
    return np.array([answer[pair] for pair in ordered], dtype=bool)


def _centroids_km(shapes: np.ndarray) -> np.ndarray:
    points = shapely.get_coordinates(shapely.centroid(shapes))
    scale = np.cos(np.radians(points[:, 1].mean())) if len(points) else 1.0
    return np.asarray(points * _KM_PER_DEGREE * [scale, 1])


def _near(points: np.ndarray, k: int | None, distance_km: float) -> tuple[Positions, Positions]:
    if not len(points):
        return np.empty(0, int), np.empty(0, int)
    tree = KDTree(points)
    if k is None:
        pairs = tree.query_pairs(distance_km, output_type="ndarray")
        return np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    found = tree.query(points, k=min(k + 1, len(points)))[1].reshape(len(points), -1)
    return np.repeat(np.arange(len(points)), found.shape[1]), found.ravel()
