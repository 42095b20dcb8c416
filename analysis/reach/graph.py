"""A road graph for one way of moving: how long each edge takes, and how long everything is from some places."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from analysis.reach.roads import Floats, Integers, Roads

WALK, CYCLE, DRIVE = "walk", "cycle", "drive"
MODES = (WALK, CYCLE, DRIVE)
WALK_KMH, CYCLE_KMH = 4.0, 12.0
"""1 km is 15 minutes on foot and 5 by bicycle, as the greenway indicator of the 2021 health-check system counts."""
DRIVE_KMH = {"motorway": 80.0, "trunk": 60.0, "primary": 50.0, "secondary": 40.0, "tertiary": 30.0, "rural": 40.0}
OTHER_ROADS_KMH = 20.0
SNAP_TOLERANCE_M = 500.0
"""A place further from any road than this is not on the network; up to there the walk to the road counts."""
SAMPLE_M = 25.0
_NOT_FOR = {
    WALK: {"motorway", "motorway_link"},
    CYCLE: {"motorway", "motorway_link", "steps"},
    DRIVE: {"footway", "path", "steps", "pedestrian", "cycleway"},
}
_LEAST_S = 1e-3


@dataclass(frozen=True)
class Places:
    """Points brought onto the network: their edge (-1: too far away), how far along it (0–1), seconds to walk there."""

    edge: Integers
    along: Floats
    walk_s: Floats


@dataclass(frozen=True)
class Graph:
    """roads: the edges open to this way of moving. forward_s, backward_s: seconds along each; inf against a one-way."""

    roads: Roads
    forward_s: Floats
    backward_s: Floats

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.roads.lines)

    @cached_property
    def reversed(self) -> "Graph":
        """The graph on which times *from* a place are the times *to* it."""
        turned = replace(self, forward_s=self.backward_s, backward_s=self.forward_s)
        turned.__dict__.update(tree=self.tree, samples=self.samples)
        return turned

    @cached_property
    def samples(self) -> tuple[Integers, Floats, Floats]:
        """Edge, how far along, and position (n, 2) of points at most SAMPLE_M apart on every edge."""
        count = np.maximum(1, np.ceil(self.roads.length_m / SAMPLE_M)).astype(np.int64)
        edge = np.repeat(np.arange(len(count)), count + 1)
        first = np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
        along = (np.arange(len(edge)) - first) / np.repeat(count, count + 1)
        points = shapely.line_interpolate_point(self.roads.lines[edge], along, normalized=True)
        return edge, along, shapely.get_coordinates(points)

    @cached_property
    def matrix(self) -> Any:
        """Seconds from node to node; of parallel edges the fastest."""
        roads = self.roads
        start = np.concatenate([roads.source, roads.target])
        end = np.concatenate([roads.target, roads.source])
        cost = np.maximum(np.concatenate([self.forward_s, self.backward_s]), _LEAST_S)
        usable = np.isfinite(cost) & (start != end)
        start, end, cost = start[usable], end[usable], cost[usable]
        order = np.lexsort((cost, end, start))
        start, end, cost = start[order], end[order], cost[order]
        fastest = np.ones(len(start), dtype=bool)
        fastest[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        shape = (roads.nodes, roads.nodes)
        return csr_matrix((cost[fastest], (start[fastest], end[fastest])), shape=shape)

    def place(self, metres: Floats, tolerance_m: float = SNAP_TOLERANCE_M) -> Places:
        """The nearest road of each point (n, 2)."""
        edge = np.full(len(metres), -1, dtype=np.int64)
        along, far = np.zeros(len(metres)), np.full(len(metres), np.inf)
        if len(metres) and len(self.roads.lines):
            points = shapely.points(metres)
            (which, found), distance = self.tree.query_nearest(
                points, max_distance=tolerance_m, return_distance=True, all_matches=False
            )
            edge[which], far[which] = found, distance
            along[which] = shapely.line_locate_point(self.roads.lines[found], points[which], normalized=True)
        return Places(edge, along, far / (WALK_KMH / 3.6))

    def arrivals(self, sources: Places, limit_s: float) -> Floats:
        """Seconds from the nearest source to each node, inf beyond the limit or where no road leads."""
        on = sources.edge >= 0
        edge, along, walk = sources.edge[on], sources.along[on], sources.walk_s[on]
        ends = np.concatenate([self.roads.target[edge], self.roads.source[edge]])
        cost = np.concatenate([self.forward_s[edge] * (1 - along), _times(self.backward_s[edge], along)])
        first = np.full(self.roads.nodes, np.inf)
        np.minimum.at(first, ends, np.concatenate([walk, walk]) + np.where(np.isnan(cost), np.inf, cost))
        return _from_one_start(self.matrix, first, limit_s)

    def times(self, nodes_s: Floats, sources: Places, edge: Integers, along: Floats) -> Floats:
        """Seconds from the nearest source to points on edges, given the nodes' times; directly along a shared edge too.

        edge: -1 for a point that is not on the network, which is never reached.
        """
        from_source = nodes_s[self.roads.source[edge]] + _times(self.forward_s[edge], along)
        from_target = nodes_s[self.roads.target[edge]] + _times(self.backward_s[edge], 1 - along)
        found = np.minimum(from_source, from_target)
        found[edge < 0] = np.inf
        for point, source in _sharing(edge, sources.edge):
            ahead = along[point] - sources.along[source]
            cost = self.forward_s[edge[point]] if ahead >= 0 else self.backward_s[edge[point]]
            direct = sources.walk_s[source] + (abs(ahead) * cost if ahead else 0.0)
            found[point] = min(found[point], direct)
        return found

    def times_at(self, nodes_s: Floats, sources: Places, targets: Places) -> Floats:
        """Seconds from the nearest source to each target, the walk to and from the road included."""
        return np.asarray(self.times(nodes_s, sources, targets.edge, targets.along) + targets.walk_s)


def make_graph(roads: Roads, mode: str) -> Graph:
    """The graph of one of MODES: who walks ignores one-way streets, who cycles or drives does not."""
    is_open = ~np.isin(roads.kind, list(_NOT_FOR[mode]))
    kept = replace(
        roads,
        **{
            name: getattr(roads, name)[is_open]
            for name in ("lines", "source", "target", "kind", "speed_kmh", "is_one_way", "length_m")
        },
    )
    seconds = kept.length_m / (_speed_kmh(kept, mode) / 3.6)
    against = np.where(kept.is_one_way & (mode != WALK), np.inf, seconds)
    return Graph(kept, seconds, against)


def _speed_kmh(roads: Roads, mode: str) -> Floats:
    if mode != DRIVE:
        return np.full(len(roads.lines), WALK_KMH if mode == WALK else CYCLE_KMH)
    usual = np.array([DRIVE_KMH.get(str(kind), OTHER_ROADS_KMH) for kind in roads.kind])
    return np.where(roads.speed_kmh > 0, roads.speed_kmh, usual)


def _times(cost: npt.NDArray[Any], share: npt.NDArray[Any]) -> Floats:
    """cost × share, where nothing of an impassable edge costs nothing."""
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, 0.0, cost * share)


def _from_one_start(matrix: Any, first_s: Floats, limit_s: float) -> Floats:
    """Dijkstra from all places at once: one more node leads to where each of them meets the network."""
    count = matrix.shape[0]
    begins = np.flatnonzero(first_s <= limit_s)
    if not len(begins):
        return np.full(count, np.inf)
    data = np.concatenate([matrix.data, np.maximum(first_s[begins], _LEAST_S)])
    indices = np.concatenate([matrix.indices, begins.astype(matrix.indices.dtype)])
    indptr = np.append(matrix.indptr, len(data)).astype(matrix.indptr.dtype)
    whole = csr_matrix((data, indices, indptr), shape=(count + 1, count + 1))
    return np.asarray(dijkstra(whole, indices=count, limit=limit_s))[:count]


def _sharing(edge: Integers, source_edge: Integers) -> list[tuple[int, int]]:
    """Pairs (point, source) that lie on the same edge."""
    on = np.flatnonzero(source_edge >= 0)
    by_edge: dict[int, list[int]] = {}
    for source in on:
        by_edge.setdefault(int(source_edge[source]), []).append(int(source))
    points = np.flatnonzero(np.isin(edge, source_edge[on]))
    return [(int(point), source) for point in points for source in by_edge[int(edge[point])]]
