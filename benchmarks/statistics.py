"""Statistics at city size beside the obvious pandas way, in one run: seconds and ratios.

Limits: matrix of 100 indicators × 10,000 areas in 1.5 s; LISA with 999 permutations on 5,000 areas in 5 s.
"""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely

from analysis.correlation import clustered_order, correlate
from analysis.neighbours import Neighbours, neighbours
from analysis.spatial import global_moran, hot_spots, local_moran

INDICATORS, AREAS, BOARD = 100, 10_000, 71
PERMUTATIONS = 99
"""Of the naive baseline: its time is scaled to 999."""


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def values(holes: float) -> pd.DataFrame:
    random = np.random.default_rng(0)
    data = random.normal(size=(AREAS, INDICATORS))
    data[:, :30] = data[:, :30].round(1)
    data[random.random(data.shape) < holes] = np.nan
    return pd.DataFrame(data)


def board() -> tuple[pd.Series, Neighbours]:
    places = [(n % BOARD, n // BOARD) for n in range(5000)]
    boxes = [shapely.box(120 + x / 100, 31 + y / 100, 120.01 + x / 100, 31.01 + y / 100) for x, y in places]
    codes = [f"{n:05d}" for n in range(5000)]
    areas = pd.DataFrame({"area_code": codes, "geometry": pd.Series(boxes, dtype=object)})
    return pd.Series(np.random.default_rng(1).normal(size=5000), index=codes), neighbours(areas)


def naive_lisa(value: pd.Series, near: Neighbours) -> None:
    """Shuffle, take the neighbours' mean by groupby, compare: what one writes without a library."""
    z = (value - value.mean()) / value.std()
    pairs = pd.DataFrame({"focal": near.focal, "other": near.other})
    for seed in range(PERMUTATIONS):
        shuffled = z.sample(frac=1, random_state=seed).to_numpy()
        pairs.assign(value=shuffled[near.other]).groupby("focal")["value"].mean()


def line(name: str, ours: float, naive: float, limit: float | None) -> None:
    said = "" if limit is None else f"  limit {limit:.1f} s: {'kept' if ours <= limit else 'BROKEN'}"
    print(f"{name:<52}{ours:8.3f} s{naive:10.3f} s{naive / ours:9.1f} ×{said}")


def main() -> None:
    print(f"{'':<52}{'ours':>10}{'naive':>12}{'ratio':>10}")
    for holes, name in ((0.0, "complete"), (0.05, "5 % missing at random")):
        frame = values(holes)
        for method in ("pearson", "spearman"):
            ours = seconds(lambda f=frame, m=method: clustered_order(correlate(f, m)))  # type: ignore[misc]
            columns = frame.iloc[:, :20]
            naive = seconds(lambda c=columns, m=method: c.corr(m)) * (INDICATORS / 20) ** 2  # type: ignore[misc]
            line(f"matrix {INDICATORS} × {AREAS} {method}, {name}", ours, naive, 1.5)
    value, near = board()
    naive = seconds(lambda: naive_lisa(value, near)) * 999 / PERMUTATIONS
    line("LISA 5,000 areas, 999 permutations", seconds(lambda: local_moran(value, near)), naive, 5.0)
    line("Getis–Ord Gi* 5,000 areas, 999 permutations", seconds(lambda: hot_spots(value, near)), naive, 5.0)
    line("Moran's I 5,000 areas, 999 permutations", seconds(lambda: global_moran(value, near)), naive, None)


if __name__ == "__main__":
    main()
