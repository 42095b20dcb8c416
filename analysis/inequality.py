"""How unequal areas are: measures over the values of the areas of one level in one period."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.unanswered import Reason, Unanswered, too_few

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Distribution:
    """Five numbers, the mean, and how many areas they describe."""

    n: int
    minimum: float
    lower_quartile: float
    median: float
    upper_quartile: float
    maximum: float
    mean: float


def distribution(values: pd.Series) -> Distribution | Unanswered:
    """Quartiles interpolated linearly (Hyndman & Fan 1996, type 7; the default of R and numpy)."""
    known = values.dropna().astype(float)
    if len(known) < FEWEST:
        return too_few(len(known), FEWEST)
    low, first, middle, third, high = (float(number) for number in np.quantile(known, [0, 0.25, 0.5, 0.75, 1]))
    return Distribution(len(known), low, first, middle, third, high, float(known.mean()))


def gini(values: pd.Series) -> float | Unanswered:
    """Gini coefficient, 0 equal … 1 all in one area; each area counts once (Sen 1973, On Economic Inequality).

    Needs values that are not negative and not all zero.
    """
    known = np.sort(values.dropna().to_numpy(float))
    if len(known) < FEWEST:
        return too_few(len(known), FEWEST)
    if known[0] < 0:
        return Unanswered(Reason.NEGATIVE, len(known))
    total = known.sum()
    if total == 0:
        return Unanswered(Reason.ZERO_TOTAL, len(known))
    ranks = np.arange(1, len(known) + 1)
    return max(0.0, float(2 * (ranks * known).sum() / (len(known) * total) - (len(known) + 1) / len(known)))


def range_ratio(values: pd.Series) -> float | Unanswered:
    """How many times the highest value is the lowest; without an answer where the lowest is zero or negative."""
    known = values.dropna().to_numpy(float)
    if len(known) < FEWEST:
        return too_few(len(known), FEWEST)
    if known.min() < 0:
        return Unanswered(Reason.NEGATIVE, len(known))
    return Unanswered(Reason.ZERO_TOTAL, len(known)) if known.min() == 0 else float(known.max() / known.min())


def inequality_by_period(values: pd.DataFrame) -> pd.DataFrame:
    """`period`, `n`, `gini`, `range_ratio`, `gap` (highest minus lowest); a measure without an answer is None.

    values: `period`, `area_code`, `value`. Only areas known in every period compare, so that the number of areas does
    not change the measure; periods in which nobody has a value are left out first.
    """
    known = values.dropna(subset=["value"])
    wide = known.pivot(index="area_code", columns="period", values="value").dropna()
    rows = [
        {
            "period": period,
            "n": len(column),
            "gini": _or_none(gini(column)),
            "range_ratio": _or_none(range_ratio(column)),
            "gap": float(column.max() - column.min()) if len(column) >= FEWEST else None,
        }
        for period, column in wide.items()
    ]
    return pd.DataFrame(rows, columns=["period", "n", "gini", "range_ratio", "gap"])


def _or_none(answer: float | Unanswered) -> float | None:
    return None if isinstance(answer, Unanswered) else answer
