"""Which indicators go together: correlation matrices with n, significance and an order that shows groups.

Every pair uses the areas that have both values. A pair without a figure has a reason beside it.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform
from threadpoolctl import threadpool_limits

from analysis.pairwise import pearson_products, spearman_products
from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_AREAS = 10
"""Below ten areas an r of 0.6 is still within chance; such cells stay grey."""
SIGNIFICANT = 0.05
METHODS = ("pearson", "spearman")
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlation:
    """q_value: p after Benjamini–Hochberg over all pairs of the matrix."""

    r: float
    n: int
    p_value: float
    q_value: float

    @property
    def is_significant(self) -> bool:
        return self.q_value <= SIGNIFICANT


@dataclass(frozen=True, slots=True)
class CorrelationMatrix:
    """Square, in the order of `codes`; NaN inside stands for a cell that `cell` answers with its reason."""

    codes: tuple[str, ...]
    r: Matrix
    n: npt.NDArray[np.int64]
    p_value: Matrix
    q_value: Matrix
    fewest: int

    def cell(self, one: str, other: str) -> Correlation | Unanswered:
        i, j = self.codes.index(one), self.codes.index(other)
        n = int(self.n[i, j])
        if n < self.fewest:
            return too_few(n, self.fewest)
        if np.isnan(self.r[i, j]):
            return Unanswered(Reason.CONSTANT, n)
        return Correlation(float(self.r[i, j]), n, float(self.p_value[i, j]), float(self.q_value[i, j]))

    def in_order(self, codes: list[str]) -> "CorrelationMatrix":
        at = [self.codes.index(code) for code in codes]
        cut = np.ix_(at, at)
        return CorrelationMatrix(
            tuple(codes), self.r[cut], self.n[cut], self.p_value[cut], self.q_value[cut], self.fewest
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per cell, line by line: `one`, `other`, `r`, `n`, `p_value`, `q_value`."""
        size = len(self.codes)
        columns = {name: getattr(self, name).ravel() for name in ("r", "n", "p_value", "q_value")}
        return pd.DataFrame({"one": np.repeat(self.codes, size), "other": np.tile(self.codes, size)} | columns)

    @classmethod
    def from_frame(cls, cells: pd.DataFrame, fewest: int = FEWEST_AREAS) -> "CorrelationMatrix":
        """What `to_frame` gave."""
        codes = tuple(map(str, cells["one"].drop_duplicates()))
        r, n, p_value, q_value = (
            cells[name].to_numpy().reshape(len(codes), len(codes)) for name in ("r", "n", "p_value", "q_value")
        )
        return cls(codes, r, n, p_value, q_value, fewest)


def correlate(
    values: pd.DataFrame, method: str = "pearson", given: pd.Series | None = None, fewest: int = FEWEST_AREAS
) -> CorrelationMatrix:
    """values: one row per area, one column per indicator, NaN where missing. method: one of METHODS.

    Spearman is Pearson of the ranks within each pair's own areas, ties averaged, as R and pandas do it. given: a third
    variable whose linear part is taken out of both (first-order partial correlation; Fisher 1924), which costs one
    degree of freedom and the areas where it is missing; partial Spearman ranks each column over all of its areas.
    """
    data = values.to_numpy(float)
    control = None if given is None else given.reindex(values.index).to_numpy(float)
    with threadpool_limits(1, "blas"):
        r, n = _products(data, method, control)
    r[n < fewest] = np.nan
    degrees = n - (2 if control is None else 3)
    p_value = t_test(r, degrees)
    return CorrelationMatrix(tuple(map(str, values.columns)), r, n, p_value, _adjusted(p_value), fewest)


def _products(data: Matrix, method: str, control: Matrix | None) -> tuple[Matrix, npt.NDArray[np.int64]]:
    if method == "spearman" and control is None:
        return spearman_products(data)
    return pearson_products(*_ranked(data, control) if method == "spearman" else (data, control))


def adjusted_together(found: list[Correlation | Unanswered]) -> list[Correlation | Unanswered]:
    """Tests asked together, such as one pair at several lags, with q over those that have an answer."""
    answered = [one.p_value for one in found if isinstance(one, Correlation)]
    q = iter(stats.false_discovery_control(answered) if answered else ())
    return [replace(one, q_value=float(next(q))) if isinstance(one, Correlation) else one for one in found]


def t_test(r: Matrix, degrees: npt.NDArray[np.int64]) -> Matrix:
    """Two-sided p of r = 0 by t = r √(df / (1 - r²)); for Spearman an approximation, good from ten pairs on."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(r) * np.sqrt(degrees / np.clip(1 - r**2, 0, None))
        return np.where(np.isnan(r), np.nan, 2 * stats.t.sf(t, np.maximum(degrees, 1)))


def clustered_order(matrix: CorrelationMatrix) -> list[str]:
    """Codes so that what goes together stands together: average linkage on 1 - |r|, optimal leaves (Bar-Joseph 2001).

    Cells without a figure count as unrelated.
    """
    if len(matrix.codes) < 3:  # noqa: PLR2004
        return list(matrix.codes)
    distance = 1 - np.abs(np.nan_to_num(matrix.r))
    np.fill_diagonal(distance, 0)
    condensed = squareform((distance + distance.T) / 2, checks=False).clip(0)
    tree = optimal_leaf_ordering(linkage(condensed, "average"), condensed)
    return [matrix.codes[leaf] for leaf in leaves_list(tree)]


def _ranked(data: Matrix, control: Matrix | None) -> tuple[Matrix, Matrix | None]:
    rows = np.ones(len(data), dtype=bool) if control is None else ~np.isnan(control)
    ranks = stats.rankdata(np.where(rows[:, None], data, np.nan), axis=0, nan_policy="omit")
    return ranks, None if control is None else stats.rankdata(control, nan_policy="omit")


def _adjusted(p_value: Matrix) -> Matrix:
    """Benjamini & Hochberg 1995, over the pairs that have a p (each once)."""
    upper = np.triu(~np.isnan(p_value), 1)
    adjusted = np.full_like(p_value, np.nan)
    if upper.any():
        adjusted[upper] = stats.false_discovery_control(p_value[upper])
    adjusted = np.where(np.isnan(adjusted), adjusted.T, adjusted)
    np.fill_diagonal(adjusted, np.diag(p_value))
    return adjusted
