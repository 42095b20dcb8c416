"""Which areas count as neighbours: by a shared border, the k nearest, or a distance; islands are named."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from libpysal.graph import Graph
from scipy.spatial import KDTree

RULES = ("contiguity", "nearest", "distance")
Positions = npt.NDArray[np.int64]
_TOUCHING_DEGREES = 1e-5
"""About a metre: borders drawn twice by hand still touch."""
_KM_PER_DEGREE = 111.32


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


def neighbours(
    boundaries: pd.DataFrame, rule: str = "contiguity", *, k: int = 6, distance_km: float = 3.0
) -> Neighbours:
    """boundaries: `area_code`, `geometry` in degrees. Areas without geometry are left out.

    contiguity: borders closer than about a metre, corners included (queen). nearest: the k nearest centroids, not
    always mutual. distance: centroids within distance_km. Distances on a local plane, right to 1 % within a city.
    """
    drawn = boundaries[boundaries["geometry"].notna()]
    codes, shapes = drawn["area_code"].to_numpy(), drawn["geometry"].to_numpy()
    if rule == "contiguity":
        focal, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_TOUCHING_DEGREES)
    else:
        focal, other = _near(_centroids_km(shapes), k if rule == "nearest" else None, distance_km)
    pairs = focal != other
    return Neighbours(rule, pd.Index(codes), focal[pairs], other[pairs])


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
