"""Greenways along both waters, and from there along streets to where most homes lack one."""

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from data_access.demo import terrain
from data_access.demo.city import City
from data_access.demo.facilities import Flags, homes_and_record

WATERS = {"澜江绿道": terrain.river, "青溪绿道": terrain.brook}
REACH_KM = 1.0
BESIDE_WATER_KM = 0.28


def make_greenways(city: City, streets: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Lines until the share of residential land within reach of one is the recorded one (U34)."""
    inside = terrain.outline()
    rows = [(name, shapely.intersection(line().offset_curve(BESIDE_WATER_KM), inside)) for name, line in WATERS.items()]
    homes = homes_and_record(city, values, "U34")
    points = shapely.points(homes.where)
    covered = _within_reach(points, shapely.union_all([line for _, line in rows]))
    network = _Network(streets)
    network.join(shapely.union_all([line for _, line in rows]))
    near = cKDTree(homes.where).query_ball_point(homes.where, REACH_KM)
    while homes.km2[covered].sum() < (homes.km2 * homes.wanted).sum():
        open_km2 = np.where(covered, 0.0, homes.km2)
        target = homes.where[int(np.argmax([open_km2[among].sum() for among in near]))]
        line = network.extend_to(target)
        covered |= _within_reach(points, line)
        if shapely.length(line):
            rows.append((f"林荫绿道{len(rows) - len(WATERS) + 1}号线", line))
    return pd.DataFrame(rows, columns=["name", "geometry"])


def _within_reach(points: NDArray[np.object_], line: shapely.Geometry) -> Flags:
    within: Flags = shapely.dwithin(points, line, REACH_KM)
    return within


class _Network:
    """Streets, and the nodes that a greenway has reached so far."""

    def __init__(self, streets: pd.DataFrame) -> None:
        ends = streets[["from_node", "to_node"]].to_numpy()
        self._streets = streets["geometry"].to_numpy()
        self._edge = {(int(a), int(b)): n for n, (a, b) in enumerate(ends)}
        count = int(ends.max()) + 1
        self._graph = csr_matrix((shapely.length(self._streets), (ends[:, 0], ends[:, 1])), shape=(count, count))
        self._where = np.full((count, 2), np.inf)
        self._where[ends[:, 0]] = shapely.get_coordinates(shapely.get_point(self._streets, 0))
        self._where[ends[:, 1]] = shapely.get_coordinates(shapely.get_point(self._streets, -1))
        self._reached = np.zeros(count, dtype=bool)

    def join(self, line: shapely.Geometry) -> None:
        """Greenways begin at the nodes beside this line."""
        known = np.isfinite(self._where[:, 0])
        self._reached[known] = shapely.dwithin(shapely.points(self._where[known]), line, 3 * BESIDE_WATER_KM)

    def extend_to(self, place: NDArray[np.float64]) -> shapely.Geometry:
        """The shortest way along streets from what is reached to the node nearest to the place."""
        node = int(np.argmin(np.hypot(*(self._where - place).T)))
        start = np.flatnonzero(self._reached)
        _, before, _ = dijkstra(self._graph, directed=False, indices=start, min_only=True, return_predecessors=True)
        way = [node]
        while before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        self._reached[way] = True
        edges = [self._edge.get(pair, self._edge.get(pair[::-1])) for pair in pairwise(way)]
        pieces = [self._streets[edge] for edge in edges if edge is not None]
        return shapely.line_merge(shapely.union_all(pieces)) if pieces else shapely.Point(self._where[node])
