"""Whether an indicator clusters in space, and where: Moran's I, LISA, Getis–Ord hot spots, bivariate Moran.

Islands and areas without a value take no part and are named in the answer. p-values come from permutations, two-sided,
with a fixed seed, so that the same question has the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from esda import G_Local, Moran, Moran_BV, Moran_Local, Moran_Local_BV
from libpysal.graph import Graph
from scipy import stats

from analysis.neighbours import Neighbours
from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_AREAS = 10
SIGNIFICANT = 0.05
SEED = 20240101
HIGH_HIGH, LOW_HIGH, LOW_LOW, HIGH_LOW = "high_high", "low_high", "low_low", "high_low"
HOT, COLD = "hot", "cold"
NOT_SIGNIFICANT = "not_significant"
QUADRANTS = {1: HIGH_HIGH, 2: LOW_HIGH, 3: LOW_LOW, 4: HIGH_LOW}
_MANY_PERMUTATIONS, _PERMUTATIONS, _MANY_UP_TO = 9999, 999, 1000
_DRAWS_AT_ONCE = 2_000_000
"""Simulated values of one batch of many permutations: little memory, and often enough a word on how far it is."""
_BATCH = 200
"""Permutations of one batch where there are fewer of more areas."""
Vector = npt.NDArray[np.float64]
Tell = Callable[[float], None]
"""Hears the share of the permutations that is done, above 0 up to 1."""


def untold(share: float) -> None:
    """Nobody waits to hear."""


@dataclass(frozen=True, slots=True)
class MoranI:
    """i: about -1 … 1; expected: under no pattern. islands: codes left out for want of a neighbour."""

    i: float
    expected: float
    p_value: float
    n: int
    permutations: int
    islands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalPattern:
    """areas: by `area_code`, with `cluster` (after FDR), `score` (the local statistic), `p_value`, `q_value`, `lag`
    (the neighbours' mean)."""

    areas: pd.DataFrame
    n: int
    permutations: int
    islands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sample:
    values: pd.DataFrame
    graph: Graph
    islands: tuple[str, ...]
    permutations: int

    def column(self, place: int = 0) -> Vector:
        return self.values.iloc[:, place].to_numpy(float)

    def batches(self) -> list[int]:
        """How many permutations at a time."""
        many = self.permutations == _MANY_PERMUTATIONS
        size = _DRAWS_AT_ONCE // len(self.values) if many else _BATCH
        whole, rest = divmod(self.permutations, size)
        return [size] * whole + ([rest] if rest else [])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """words, score: of each area, the same in every batch. simulated (permutations, areas) compares with observed."""

    words: list[str]
    score: Vector
    observed: Vector
    simulated: npt.NDArray[np.float64]


Measure = Callable[[_Sample, dict[str, object]], _Drawn]


def global_moran(values: pd.Series, neighbours: Neighbours) -> MoranI | Unanswered:
    """Moran's I with row-standardised weights (Moran 1950, doi:10.2307/2332142; `esda.Moran`).

    values: by area_code. p: share of permutations at least as far from their mean as the observed I.
    """
    sample = _sample(values.to_frame(), neighbours)
    if isinstance(sample, Unanswered):
        return sample
    y, weights = sample.column(), sample.graph.transform("R")
    found = Moran(y, weights, permutations=0)
    p_value = _permutation_p(float(found.I), y, y, weights.sparse, sample.permutations)
    return MoranI(float(found.I), float(found.EI), p_value, len(y), sample.permutations, sample.islands)


def bivariate_moran(values: pd.Series, of_neighbours: pd.Series, neighbours: Neighbours) -> MoranI | Unanswered:
    """Whether high values go with high values of the *other* indicator next door (Lee 2001; `esda.Moran_BV`)."""
    sample = _sample(pd.concat([values, of_neighbours], axis=1), neighbours)
    if isinstance(sample, Unanswered):
        return sample
    x, y, weights = sample.column(0), sample.column(1), sample.graph.transform("R")
    found = float(Moran_BV(x, y, weights, permutations=0).I)
    p_value = _permutation_p(found, x, y, weights.sparse, sample.permutations)
    return MoranI(found, 0.0, p_value, len(x), sample.permutations, sample.islands)


def local_moran(values: pd.Series, neighbours: Neighbours, tell: Tell = untold) -> LocalPattern | Unanswered:
    """LISA clusters and outliers (Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; `esda.Moran_Local`)."""
    return _local(values.to_frame(), neighbours, _lisa, tell)


def local_bivariate_moran(
    values: pd.Series, of_neighbours: pd.Series, neighbours: Neighbours, tell: Tell = untold
) -> LocalPattern | Unanswered:
    """As `local_moran`; the second word of a cluster speaks of the neighbours' other indicator."""
    return _local(pd.concat([values, of_neighbours], axis=1), neighbours, _bivariate_lisa, tell)


def hot_spots(values: pd.Series, neighbours: Neighbours, tell: Tell = untold) -> LocalPattern | Unanswered:
    """Getis–Ord Gi*, the area itself counted (Ord & Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x).

    `score` is Gi* as a standard normal deviate.
    """
    return _local(values.to_frame(), neighbours, _getis_ord, tell)


def _local(
    values: pd.DataFrame, neighbours: Neighbours, measure: Measure, tell: Tell = untold
) -> LocalPattern | Unanswered:
    sample = _sample(values, neighbours)
    if isinstance(sample, Unanswered):
        return sample
    drawn, one_sided = _compared(sample, measure, tell)
    p_value = np.minimum(1.0, 2 * one_sided)
    q_value = stats.false_discovery_control(p_value)
    cluster = np.where(q_value <= SIGNIFICANT, drawn.words, NOT_SIGNIFICANT)
    lag = sample.graph.transform("R").sparse @ sample.column(sample.values.shape[1] - 1)
    columns = {"cluster": cluster, "score": drawn.score, "p_value": p_value, "q_value": q_value, "lag": lag}
    areas = pd.DataFrame(columns, index=sample.values.index)
    return LocalPattern(areas, len(areas), sample.permutations, sample.islands)


def _compared(sample: _Sample, measure: Measure, tell: Tell) -> tuple[_Drawn, Vector]:
    """The statistics with the pseudo p of their nearer tail, batch by batch. Ties count on both sides.

    esda's own p_sim counts them on one: where most areas have the same value, a neighbourhood like most others would
    be as significant as can be.
    """
    above = below = np.zeros(len(sample.values))
    done = 0
    for batch, count in enumerate(sample.batches()):
        drawn = measure(sample, _options(count, SEED + batch))
        more, less = _tails(drawn.observed, drawn.simulated)
        above, below, done = above + more, below + less, done + count
        tell(done / sample.permutations)
    return drawn, (np.minimum(above, below) + 1.0) / (sample.permutations + 1.0)


def _lisa(sample: _Sample, options: dict[str, object]) -> _Drawn:
    found = Moran_Local(sample.column(), sample.graph, **options)
    return _Drawn([QUADRANTS[int(q)] for q in found.q], found.Is, found.Is, found.sim)


def _bivariate_lisa(sample: _Sample, options: dict[str, object]) -> _Drawn:
    found = Moran_Local_BV(sample.column(0), sample.column(1), sample.graph, **options)
    return _Drawn([QUADRANTS[int(q)] for q in found.q], found.Is, found.Is, found.sim)


def _getis_ord(sample: _Sample, options: dict[str, object]) -> _Drawn:
    """Gi* does not depend on where zero is, but its permutation wants values that are not negative."""
    y = sample.column() - sample.column().min()
    found = G_Local(y, sample.graph, transform="B", star=True, **options)
    return _Drawn([HOT if z > 0 else COLD for z in found.Zs], found.Zs, found.Gs, found.sim)


def _tails(observed: Vector, simulated: npt.NDArray[np.float64]) -> tuple[Vector, Vector]:
    """Of each area how many simulated values are at least, and at most, the observed one, but for rounding."""
    slack = 1e-9 * np.abs(simulated).max(axis=0, initial=1e-300)
    above: Vector = (simulated >= observed - slack).sum(axis=0).astype(float)
    below: Vector = (simulated <= observed + slack).sum(axis=0).astype(float)
    return above, below


def _options(permutations: int, seed: int) -> dict[str, object]:
    return {"permutations": permutations, "seed": seed, "keep_simulations": True, "n_jobs": 1}


def _sample(values: pd.DataFrame, neighbours: Neighbours) -> _Sample | Unanswered:
    """The areas with all values, a boundary and a neighbour, in the order of the graph."""
    known = values.dropna()
    if len(known) < FEWEST_AREAS:
        return too_few(len(known), FEWEST_AREAS)
    present = neighbours.among(known.index)
    if not len(present.codes):
        return Unanswered(Reason.NO_BOUNDARIES, len(known))
    joined = present.among(present.codes[~present.codes.isin(present.islands)])
    if not len(joined.codes):
        return Unanswered(Reason.ONLY_ISLANDS, len(present.codes))
    if len(joined.codes) < FEWEST_AREAS:
        return too_few(len(joined.codes), FEWEST_AREAS)
    chosen = known.loc[joined.codes]
    if (chosen.max() == chosen.min()).any():
        return Unanswered(Reason.CONSTANT, len(chosen))
    permutations = _MANY_PERMUTATIONS if len(chosen) <= _MANY_UP_TO else _PERMUTATIONS
    return _Sample(chosen, joined.graph(), present.islands, permutations)


def _permutation_p(observed: float, x: Vector, y: Vector, weights: Any, permutations: int) -> float:
    """Two-sided pseudo p, (extremes + 1) / (permutations + 1): Phipson & Smyth 2010. y moves, x stays."""
    random = np.random.default_rng(SEED)
    zx, zy = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    same, simulated = x is y, np.empty(permutations)
    for start in range(0, permutations, 500):
        count = min(500, permutations - start)
        shuffled = random.permuted(np.broadcast_to(zy, (count, len(zy))), axis=1)
        lags = (weights @ shuffled.T).T
        simulated[start : start + count] = ((shuffled if same else zx) * lags).mean(axis=1)
    middle = simulated.mean()
    extremes = int((np.abs(simulated - middle) >= abs(observed - middle)).sum())
    return (extremes + 1) / (permutations + 1)
