"""Isochrones on 90,000 edges: the graph of analysis/reach beside plain Python and straight lines, in the same run.

    .venv/bin/python -m benchmarks.reach

A grid city of 150 × 300 crossings, 120 m apart, every tenth street faster, one street in twenty one-way. Warm: the
graph is built once per version of the data. CPU milliseconds of one isochrone of 5, 10 and 15 minutes, median of
rounds; the limit is 300 ms. Plain Python is Dijkstra with a heap and the reached edges buffered and united, as
networkx would do it.
"""

import heapq
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely

from analysis.reach.graph import MODES, WALK, Graph, Places, make_graph
from analysis.reach.isochrone import OFF_ROAD_M, circles, isochrones
from analysis.reach.roads import Roads, read_roads

ROWS, COLUMNS, SPACING_DEG = 150, 300, 0.00115
BANDS = (5, 10, 15)
LIMIT_MS = 300
ROUNDS = 5


def grid_city() -> pd.DataFrame:
    """Two features per crossing: the way east and the way north."""
    chance = np.random.default_rng(1)
    x, y = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    here = np.column_stack([x.ravel(), y.ravel()])
    parts = []
    for step in ((1, 0), (0, 1)):
        there = here + step
        inside = (there[:, 0] < COLUMNS) & (there[:, 1] < ROWS)
        parts.append(np.stack([here[inside], there[inside]], axis=1))
    ends = np.concatenate(parts)
    degrees = ends * [SPACING_DEG, SPACING_DEG * 0.85] + [114, 30]
    number = ends[..., 1] * COLUMNS + ends[..., 0]
    fast = (ends[:, 0, 0] % 10 == 0) | (ends[:, 0, 1] % 10 == 0)
    return pd.DataFrame(
        {
            "geometry": shapely.linestrings(degrees), "class": np.where(fast, "primary", "local"),
            "speed_kmh": np.where(fast, 50, 25), "oneway": chance.random(len(ends)) < 0.05,
            "from_node": number[:, 0], "to_node": number[:, 1],
        }
    )  # fmt: skip


def plain_python(graph: Graph, place: Places) -> Any:
    """Dijkstra over lists with a heap, then every reached edge buffered and all of them united."""
    roads, limit = graph.roads, max(BANDS) * 60
    ways: dict[int, list[tuple[int, float]]] = {}
    for a, b, forward, backward in zip(roads.source, roads.target, graph.forward_s, graph.backward_s, strict=True):
        ways.setdefault(int(a), []).append((int(b), float(forward)))
        if np.isfinite(backward):
            ways.setdefault(int(b), []).append((int(a), float(backward)))
    start = int(roads.source[place.edge[0]])
    seconds, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        now, here = heapq.heappop(queue)
        for there, cost in ways.get(here, []) if now <= seconds[here] else []:
            if now + cost < min(seconds.get(there, np.inf), limit):
                seconds[there] = now + cost
                heapq.heappush(queue, (now + cost, there))
    times = np.array([seconds.get(node, np.inf) for node in range(roads.nodes)])
    reached = np.maximum(times[roads.source], times[roads.target])
    return [shapely.union_all(shapely.buffer(roads.lines[reached <= band * 60], OFF_ROAD_M)) for band in BANDS]


def cpu_ms(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    took, made = [], None
    for _ in range(rounds):
        start = time.process_time()
        made = work()
        took.append(1000 * (time.process_time() - start))
    return statistics.median(took), made


def main() -> None:
    roads: Roads = read_roads(grid_city())
    print(f"{len(roads.lines):,} edges, {roads.nodes:,} nodes; limit {LIMIT_MS} ms, CPU time")
    middle = np.array([[0.0, 0.0]])
    for mode in MODES:
        built, graph = cpu_ms(lambda mode=mode: _warmed(make_graph(roads, mode)), 1)  # type: ignore[misc]
        place = graph.place(middle)
        ours, shapes = cpu_ms(lambda graph=graph, place=place: isochrones(graph, place, BANDS), ROUNDS)  # type: ignore[misc]
        plain, theirs = cpu_ms(lambda graph=graph, place=place: plain_python(graph, place), 1)  # type: ignore[misc]
        straight, _ = cpu_ms(lambda: circles(middle, 1000.0), ROUNDS)
        areas = [f"{one.area / 1e6:.1f}" for one in (shapes[-1], theirs[-1])]
        verdict = "" if ours <= LIMIT_MS else "  OVER THE LIMIT"
        print(
            f"{mode}: {ours:.0f} ms{verdict} | plain Python {plain:.0f} ms | straight line {straight:.1f} ms | "
            f"15 min {areas[0]} km² (plain {areas[1]}) | graph once {built:.0f} ms"
        )
    walking = _warmed(make_graph(roads, WALK))
    chance = np.random.default_rng(2)
    spread = shapely.total_bounds(walking.roads.lines).reshape(2, 2)
    people, facilities = (walking.place(chance.uniform(*spread, (count, 2))) for count in (100_000, 200))
    took, _ = cpu_ms(lambda: walking.times_at(walking.arrivals(facilities, 900), facilities, people), ROUNDS)
    print(f"coverage of 100,000 homes by 200 facilities, 15 min on foot: {took:.0f} ms")


def _warmed(graph: Graph) -> Graph:
    """With everything that is kept between questions."""
    _ = graph.matrix, graph.samples, graph.tree.geometries
    return graph


if __name__ == "__main__":
    main()
