"""Scores and grades beside attainment: min–max with fixed bounds, z-scores, grades by configurable intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_FOR_Z = 8
"""With fewer units a z-score is bounded by (n - 1) / √n and says more about n than about the unit."""
GRADES = ("grade.very_good", "grade.good", "grade.fair", "grade.poor")
TIERS = ("tier.excellent", "tier.good", "tier.middling", "tier.poor")


@dataclass(frozen=True, slots=True)
class Intervals:
    """words from the best to the worst; a score of at least bounds[k] earns words[k], any other the last word."""

    words: tuple[str, ...]
    bounds: tuple[float, ...]

    def __post_init__(self) -> None:
        falling = all(above > below for above, below in zip(self.bounds, self.bounds[1:], strict=False))
        if len(self.words) != len(self.bounds) + 1 or not falling:
            raise ValueError("intervals need falling bounds, one fewer than words")

    def word(self, score: float) -> str:
        reached = (word for word, bound in zip(self.words, self.bounds, strict=False) if score >= bound)
        return next(reached, self.words[-1])


GRADE_INTERVALS = Intervals(GRADES, (90, 75, 60))
TIER_INTERVALS = Intervals(TIERS, (85, 70, 60))


@dataclass(frozen=True, slots=True)
class Composite:
    """score: weighted mean. included: how many indicators are in it, of how many that could be."""

    score: float
    included: int
    possible: int


def min_max(value: pd.Series, worst: float, best: float) -> pd.Series:
    """0 at the worst bound, 100 at the best, clipped: 100 (x - worst) / (best - worst). Missing stays missing.

    Fixed bounds keep scores of different years and cities comparable (OECD/JRC Handbook 2008, §5.2). worst above best
    for indicators of which less is better.
    """
    if worst == best:
        raise ValueError("the bounds of a score differ")
    return (100 * (value.astype(float) - worst) / (best - worst)).clip(0, 100)


def z_scores(value: pd.Series, direction: str) -> pd.Series | Unanswered:
    """Standard deviations better than the mean of the given units (n - 1 in the variance), positive is good."""
    if direction not in {"higher_better", "lower_better"}:
        return Unanswered(Reason.NO_DIRECTION, int(value.count()))
    known = value.dropna().astype(float)
    if len(known) < FEWEST_FOR_Z:
        return too_few(len(known), FEWEST_FOR_Z)
    if np.ptp(known.to_numpy()) == 0:
        return Unanswered(Reason.CONSTANT, len(known))
    z = (value.astype(float) - known.mean()) / known.std(ddof=1)
    return z if direction == "higher_better" else -z


def composite(
    scores: pd.DataFrame, city_dimensions: Sequence[str], weights: dict[str, float] | None = None
) -> Composite | Unanswered:
    """One score of an area, from graded indicators of the city dimension only: the others are counted, not judged.

    scores: `indicator_code`, `dimension_code`, `graded`, `score` (0–100 or missing). weights: by indicator, else equal;
    those of missing indicators fall away and the count says so.
    """
    possible = scores[scores["graded"].astype(bool) & scores["dimension_code"].isin(list(city_dimensions))]
    known = possible.dropna(subset=["score"])
    if not len(possible):
        return Unanswered(Reason.NOT_GRADED)
    weight = known["indicator_code"].map(weights or {}).fillna(1.0 if weights is None else 0.0).astype(float)
    if not weight.sum():
        return Unanswered(Reason.ALL_MISSING, 0)
    return Composite(float(np.average(known["score"], weights=weight)), int((weight > 0).sum()), len(possible))
