"""Statistics at city size beside the obvious pandas way, in one run: seconds, processor seconds and their ratios.

Limits: matrix of 100 indicators × 10,000 areas in 1.5 s cold and 0.1 s warm; LISA with 999 permutations on 5,000 areas
in 5 s. The naive matrix is measured on a fifth of the columns and scaled, naive partial correlation on one pair in a
hundred; the naive LISA on a tenth of the permutations.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely

from analysis.correlation import CorrelationMatrix, clustered_order, correlate
from analysis.neighbours import Neighbours, neighbours
from analysis.spatial import global_moran, hot_spots, local_moran
from data_access.cache import AnswerCache

INDICATORS, AREAS, BOARD = 100, 10_000, 71
COLD_S, WARM_S, LISA_S = 1.5, 0.1, 5.0
PERMUTATIONS = 99
"""Of the naive baseline."""
PAIRS = [(one, one + 50) for one in range(50)]


class Cost(NamedTuple):
    wall: float
    processor: float


def cost(work: Callable[[], object]) -> Cost:
    """Seconds on the clock and of the processor: on a busy machine only the second says what the work is."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - processor)


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


def naive_partial(frame: pd.DataFrame, method: str, control: pd.Series) -> None:
    """One pair after another: ranks where asked, three correlations, the formula."""
    for one, other in PAIRS:
        rows = frame[[one, other]].assign(z=control).dropna()
        r = (rows.rank() if method == "spearman" else rows).corr()
        (r.iloc[0, 1] - r.iloc[0, 2] * r.iloc[1, 2]) / np.sqrt((1 - r.iloc[0, 2] ** 2) * (1 - r.iloc[1, 2] ** 2))


def line(name: str, ours: Cost, naive: Cost, scale: float, limit: float | None) -> None:
    kept = "" if limit is None else f"  limit {limit:.1f} s: {'kept' if ours.wall <= limit else 'BROKEN'}"
    ratio = naive.processor * scale / ours.processor
    print(f"{name:<52}{ours.wall:7.3f}{ours.processor:9.3f}{naive.processor * scale:10.3f}{ratio:9.1f} ×{kept}")


def matrices() -> None:
    control = pd.Series(np.random.default_rng(2).lognormal(size=AREAS))
    for holes, name in ((0.0, "complete"), (0.05, "5 % missing at random")):
        frame = values(holes)
        some = frame.iloc[:, : INDICATORS // 5]
        for method in ("pearson", "spearman"):
            ours = cost(lambda f=frame, m=method: clustered_order(correlate(f, m)))  # type: ignore[misc]
            naive = cost(lambda c=some, m=method: c.corr(m))  # type: ignore[misc]
            line(f"matrix {INDICATORS} × {AREAS} {method}, {name}", ours, naive, 25, COLD_S)
            ours = cost(lambda f=frame, m=method: clustered_order(correlate(f, m, control)))  # type: ignore[misc]
            naive = cost(lambda f=frame, m=method: naive_partial(f, m, control))  # type: ignore[misc]
            line(f"  partial, {method}, {name}", ours, naive, INDICATORS**2 / 2 / len(PAIRS), COLD_S)


def warm() -> None:
    """The matrix as the store keeps it, read again and made into what the panel draws from."""
    cache, found = AnswerCache("benchmark"), correlate(values(0.05))
    question = ("a matrix",)
    cache.frame("correlation_matrix", question, 1, found.to_frame)
    ours = cost(lambda: CorrelationMatrix.from_frame(cache.frame("correlation_matrix", question, 1, found.to_frame)))
    line("matrix, warm", ours, cost(values(0.05).iloc[:, :20].corr), 25, WARM_S)


def main() -> None:
    print(f"{'':<52}{'wall s':>7}{'cpu s':>9}{'naive cpu':>10}{'ratio':>9}")
    matrices()
    warm()
    value, near = board()
    naive, scale = cost(lambda: naive_lisa(value, near)), 999 / PERMUTATIONS
    line("LISA 5,000 areas, 999 permutations", cost(lambda: local_moran(value, near)), naive, scale, LISA_S)
    line("Getis–Ord Gi* 5,000 areas, 999 permutations", cost(lambda: hot_spots(value, near)), naive, scale, LISA_S)
    line("Moran's I 5,000 areas, 999 permutations", cost(lambda: global_moran(value, near)), naive, scale, None)


if __name__ == "__main__":
    main()
