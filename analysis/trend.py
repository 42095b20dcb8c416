"""Whether an indicator moves, how fast, whether that is more than chance, and where it leads.

All functions take `year` (decimal) and `value` of one unbroken segment of one series, without missing values.
"""

from dataclasses import dataclass
from math import comb, factorial

import numpy as np
import pandas as pd
from scipy import stats

from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_FOR_SLOPE = 4
FEWEST_FOR_TEST = 4
FEWEST_FOR_OUTLIERS = 5
CAUTION_BELOW = 10
"""With fewer periods Mann–Kendall seldom finds even a strong trend (Hamed & Rao 1998); the screen says so."""
_MODIFIED_Z = 3.5
_MAD_TO_SIGMA = 0.6745
_USUAL_STEPS, _NO_CHANGE = 2.0, 0.01


@dataclass(frozen=True, slots=True)
class Slope:
    """Change per year with its 95 % interval; `intercept` places the line at year 0."""

    per_year: float
    low: float
    high: float
    intercept: float
    n: int


@dataclass(frozen=True, slots=True)
class TrendTest:
    """s: pairs that rise minus pairs that fall. smallest_p: the least p that so few periods could reach at all."""

    s: int
    tau: float
    p_value: float
    is_exact: bool
    smallest_p: float
    n: int

    @property
    def can_reject(self) -> bool:
        return self.smallest_p <= 0.05  # noqa: PLR2004

    @property
    def is_significant(self) -> bool:
        return self.p_value <= 0.05  # noqa: PLR2004

    @property
    def needs_caution(self) -> bool:
        return self.n < CAUTION_BELOW


def theil_sen_slope(year: pd.Series, value: pd.Series) -> Slope | Unanswered:
    """Median of pairwise slopes per year, with its 95 % interval.

    Robust to a single bad year (Sen 1968, doi:10.1080/01621459.1968.10480934; `scipy.stats.theilslopes`). The
    interval has few slopes to choose from below ten periods and is then wide: that is the truth, not a fault.
    """
    if len(value) < FEWEST_FOR_SLOPE:
        return too_few(len(value), FEWEST_FOR_SLOPE)
    found = stats.theilslopes(value.to_numpy(float), year.to_numpy(float), 0.95)
    slope, intercept, low, high = (float(one) for one in found)
    return Slope(slope, low, high, intercept, len(value))


def mann_kendall(year: pd.Series, value: pd.Series) -> TrendTest | Unanswered:
    """Whether the series rises or falls more often than chance (Mann 1945, doi:10.2307/1907187; Kendall 1975).

    Without ties the exact distribution of Kendall's S; with ties the normal approximation with tie-corrected variance
    and continuity correction. Assumes no autocorrelation. A constant series has no answer.
    """
    n = len(value)
    if n < FEWEST_FOR_TEST:
        return too_few(n, FEWEST_FOR_TEST)
    ordered = value.to_numpy(float)[np.argsort(year.to_numpy(float), kind="stable")]
    if np.ptp(ordered) == 0:
        return Unanswered(Reason.CONSTANT, n)
    s = int(np.sign(ordered[None, :] - ordered[:, None])[np.triu_indices(n, 1)].sum())
    counts = np.unique(ordered, return_counts=True)[1]
    has_ties = bool((counts > 1).any())
    p_value = _tied_p(s, n, counts) if has_ties else float(stats.kendalltau(range(n), ordered, method="exact").pvalue)
    tau = s / (comb(n, 2) * (comb(n, 2) - sum(comb(int(count), 2) for count in counts))) ** 0.5
    return TrendTest(s, float(tau), p_value, not has_ties, min(1.0, 2 / factorial(n)), n)


def outliers(year: pd.Series, value: pd.Series) -> pd.Series:
    """Whether each value lies far from the robust line: modified z above 3.5 (Iglewicz & Hoaglin 1993, §3).

    Few values of a smooth series hug their line so closely that its own curvature would look far: an outlier also lies
    further off than twice the usual step between two periods, and further than the 1 % that counts as a change.
    All false where there are too few values, or where more than half lie exactly on the line.
    """
    line = theil_sen_slope(year, value)
    if isinstance(line, Unanswered) or line.n < FEWEST_FOR_OUTLIERS:
        return pd.Series(False, index=value.index)
    residual = value - (line.intercept + line.per_year * year)
    residual = residual - residual.median()
    spread = residual.abs().median()
    if spread <= 1e-9 * max(1.0, float(value.abs().max())):
        return pd.Series(False, index=value.index)
    is_far = (_MAD_TO_SIGMA * residual.abs() / spread) > _MODIFIED_Z
    ordered = value.to_numpy(float)[np.argsort(year.to_numpy(float), kind="stable")]
    step = float(np.median(np.abs(np.diff(ordered))))
    return is_far & (residual.abs() > max(_USUAL_STEPS * step, _NO_CHANGE * float(value.abs().median())))


def _tied_p(s: int, n: int, counts: np.ndarray) -> float:
    variance = (n * (n - 1) * (2 * n + 5) - float((counts * (counts - 1) * (2 * counts + 5)).sum())) / 18
    if s == 0 or variance <= 0:
        return 1.0
    return float(2 * stats.norm.sf((abs(s) - 1) / variance**0.5))
