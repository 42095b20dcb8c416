"""A road network: one connected graph of streets between blocks, with bridges, main roads and speeds."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from data_access.demo import terrain
from data_access.demo.blocks import URBAN_SPACING_KM
from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.plane import Points
from data_access.demo.water import all_water

SNAP_KM = 0.002
SPEEDS_KMH = {"trunk": 70, "primary": 50, "secondary": 40, "rural": 50, "local": 25}
BRIDGE_EVERY_KM = {"river": 2.3, "brook": 1.3, "side": 2.6}
TRUNK_ENDS = (
    (-0.6, 0.2),
    (3.4, -7.0),
    (14.6, 2.6),
    (-13.5, -3.5),
    (-10.5, 8.2),
    (6.8, 9.0),
    (-6.5, -14.0),
    (9.5, -13.0),
)


def make_streets(city: City) -> pd.DataFrame:
    """One row per edge: class, speed_kmh, oneway, length_m, from_node, to_node, geometry (kilometres)."""
    edges, rank = _network(city)
    ends = shapely.get_coordinates(shapely.get_point(np.repeat(edges, 2), np.tile([0, -1], len(edges)))).reshape(
        -1, 2, 2
    )
    where, node = np.unique(np.round(ends.reshape(-1, 2), 4), axis=0, return_inverse=True)
    node = node.reshape(-1, 2)
    kept = _largest(node, len(where))
    edges, rank, node = edges[kept], rank[kept], node[kept]
    rank = _main_roads(edges, rank, node, where)
    chance = stream("oneway")
    return pd.DataFrame(
        {
            "class": rank,
            "speed_kmh": pd.Series(rank).map(SPEEDS_KMH),
            "oneway": (chance.random(len(edges)) < 0.05) & (rank == "local"),
            "length_m": np.round(shapely.length(edges) * 1000, 1),
            "from_node": node[:, 0],
            "to_node": node[:, 1],
            "geometry": edges,
        }
    )


def _network(city: City) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Edges between crossings, off the water, with bridges; and their class by what they divide."""
    first, second = city.cells.pairs.T
    dry = city.cells.bank[first] == city.cells.bank[second]
    lines = np.r_[city.cells.edges[dry], city.blocks.cuts]
    water = all_water()
    shapely.prepare(water)
    wet = shapely.intersects(lines, water)
    lines = np.r_[lines[~wet], shapely.difference(lines[wet], water)]
    lines = shapely.get_parts(shapely.union_all(lines, grid_size=SNAP_KM))
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(np.r_[lines, _bridges(lines)], grid_size=SNAP_KM)))
    lines = lines[shapely.length(lines) > 2 * SNAP_KM]
    return lines, _classes(lines, city)


def _bridges(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Straight across the water, every few kilometres, between the nearest road ends of both banks."""
    ends = shapely.get_coordinates(shapely.get_point(np.repeat(lines, 2), np.tile([0, -1], len(lines))))
    bank = terrain.bank_of(ends)
    found = []
    ways = {"river": terrain.river(), "brook": terrain.brook(), "side": terrain.side_channel()}
    for name, way in ways.items():
        for along in np.arange(1.0, way.length, BRIDGE_EVERY_KM[name]):
            found += _bridge(ends, bank, way, float(along))
    return np.array(found, dtype=object)


def _bridge(ends: Points, bank: NDArray[np.int_], way: shapely.LineString, along: float) -> list[shapely.LineString]:
    here, ahead = (np.array(way.interpolate(s).coords[0]) for s in (along, along + 0.05))
    normal = np.array([here[1] - ahead[1], ahead[0] - here[0]]) / max(float(np.hypot(*(ahead - here))), 1e-9)
    sides = [terrain.bank_of((here + side * 0.3 * normal)[None, :])[0] for side in (-1, 1)]
    if sides[0] == sides[1] or not terrain.outline().contains(shapely.Point(here)):
        return []
    piers = []
    for side in sides:
        candidates = ends[bank == side]
        piers.append(candidates[int(cKDTree(candidates).query(here)[1])])
    span = shapely.LineString(piers)
    return [span] if span.length < 1.2 else []


def _classes(lines: NDArray[np.object_], city: City) -> NDArray[np.object_]:
    """Borders of subdistricts and communities are main roads where it is urban."""
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    where = shapely.get_coordinates(middle)
    rank = np.where(terrain.spacing_km(where) < URBAN_SPACING_KM, "local", "rural").astype(object)
    found, edge = shapely.STRtree(city.cells.edges).query(middle, predicate="dwithin", distance=2 * SNAP_KM)
    first, second = city.cells.pairs[edge].T
    for name, number in (("secondary", city.tiling.community), ("primary", city.tiling.subdistrict)):
        on_border = found[number[first] != number[second]]
        rank[on_border] = np.where(rank[on_border] == "rural", "rural", name)
    return rank


def _largest(node: NDArray[np.int_], count: int) -> NDArray[np.bool_]:
    graph = csr_matrix((np.ones(len(node)), (node[:, 0], node[:, 1])), shape=(count, count))
    label = connected_components(graph, directed=False)[1]
    return np.asarray(label[node[:, 0]] == np.bincount(label[node[:, 0]]).argmax())


def _main_roads(edges: NDArray[np.object_], rank: NDArray[np.object_], node: NDArray[np.int_], where: Points) -> Any:
    """Trunk roads: the cheapest ways between the centres, which draw each other together."""
    cost = (
        shapely.length(edges)
        * pd.Series(rank).map({"primary": 0.6, "secondary": 0.8, "rural": 0.75, "local": 1.3}).to_numpy()
    )
    size = len(where)
    used = np.unique(node)
    hubs = [int(used[cKDTree(where[used]).query(point)[1]]) for point in TRUNK_ENDS]
    order = {tuple(sorted(pair)): number for number, pair in enumerate(node.tolist())}
    trunk: set[int] = set()
    for number, hub in enumerate(hubs[:-1]):
        graph = csr_matrix(
            (np.r_[cost, cost], (np.r_[node[:, 0], node[:, 1]], np.r_[node[:, 1], node[:, 0]])), (size, size)
        )
        _, before = dijkstra(graph, indices=np.array(hub), return_predecessors=True)
        for goal in hubs[number + 1 :]:
            here = goal
            while before[here] >= 0:
                trunk.add(order[tuple(sorted((here, int(before[here]))))])
                here = int(before[here])
        cost[list(trunk)] *= 0.6
    rank[list(trunk)] = "trunk"
    return rank
