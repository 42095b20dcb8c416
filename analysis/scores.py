"""Scores beside attainment: min–max with fixed bounds, z-scores among units, and composites of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.scoring import Scoring
from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_FOR_Z = 8
"""With fewer units a z-score is bounded by (n - 1) / √n and says more about n than about the unit."""
FULL = 100.0


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
    return (FULL * (value.astype(float) - worst) / (best - worst)).clip(0, FULL)


def fixed_bounds(
    code: str, value: float, low: float | None, high: float | None, scoring: Scoring
) -> tuple[float, float] | None:
    """(value with 0 points, value with 100 points) on the side of the standard where the value lies.

    The city's own bounds, else from the standard outwards: `low` or `high` has 100 points, and 0 points lie
    `zero_at_share` of it further. None without bounds and without a standard. Both are the same for a standard of 0.
    """
    if code in scoring.bounds:
        return scoring.bounds[code]
    if low is not None and (high is None or value < low):
        return low - scoring.zero_at_share * abs(low), low
    return None if high is None else (high + scoring.zero_at_share * abs(high), high)


def score_of(value: float, low: float | None, high: float | None, bounds: tuple[float, float]) -> float:
    """Points of one value; inside a two-sided standard 100. A standard of 0 is met (100) or missed (0)."""
    worst, best = bounds
    if worst == best:
        is_met = (low is None or value >= low) and (high is None or value <= high)
        return FULL if is_met else 0.0
    return min(FULL, max(0.0, FULL * (value - worst) / (best - worst)))


def scored(judged: pd.DataFrame, scoring: Scoring) -> pd.DataFrame:
    """judged: of `analysis.health.judged_profile`. Adds `score` (0–100), `worst`, `best`, `grade_word` to its rows.

    Only graded indicators have a score, only with a value that is not suspect, and only with bounds or a standard.
    """
    found = [_scored(row, scoring) for row in judged.to_dict("records")]
    facts = pd.DataFrame(found, columns=["score", "worst", "best", "grade_word"], index=judged.index)
    return judged.assign(
        **{name: facts[name].astype(float) for name in ("score", "worst", "best")}, grade_word=facts["grade_word"]
    )


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


def z_among(value: float | None, others: Sequence[float], direction: str) -> float | Unanswered:
    """The z-score of one value among the others and itself."""
    if value is None:
        return Unanswered(Reason.ALL_MISSING, len(others))
    found = z_scores(pd.Series([*others, value], dtype=float), direction)
    return found if isinstance(found, Unanswered) else float(found.iloc[-1])


def composite(scores: pd.DataFrame, scoring: Scoring) -> Composite | Unanswered:
    """One score of an area, from graded indicators of the city's dimensions only: the others are counted, not judged.

    scores: `indicator_code`, `root_dimension_code`, `predecessor_code`, `graded`, `score` (0–100 or missing). An
    indicator whose successor is scored stays out, so that nothing counts twice. Weights of missing indicators fall
    away and the count says so.
    """
    possible = _possible(scores, scoring)
    known = possible.dropna(subset=["score"])
    if not len(possible):
        return Unanswered(Reason.NOT_GRADED)
    weight = known["indicator_code"].map(lambda code: scoring.weights.get(code, 1.0)).astype(float)
    if not weight.sum():
        return Unanswered(Reason.ALL_MISSING, 0)
    return Composite(float(np.average(known["score"], weights=weight)), int((weight > 0).sum()), len(possible))


def composites_by(scores: pd.DataFrame, column: str, scoring: Scoring) -> dict[str, Composite | Unanswered]:
    """The composite of each group of `column`, such as the aspects, in the order in which they first appear."""
    possible = _possible(scores, scoring)
    return {str(key): composite(group, scoring) for key, group in possible.groupby(column, sort=False)}


def _possible(scores: pd.DataFrame, scoring: Scoring) -> pd.DataFrame:
    graded = scores[scores["graded"].astype(bool)]
    if scoring.dimensions:
        graded = graded[graded["root_dimension_code"].isin(scoring.dimensions)]
    replaced = set(graded.loc[graded["score"].notna(), "predecessor_code"].dropna())
    kept: pd.DataFrame = graded[~graded["indicator_code"].isin(replaced)]
    return kept


def _scored(row: dict[Any, Any], scoring: Scoring) -> Sequence[Any]:
    value = float(row["value"]) if pd.notna(row["value"]) and row["status"] != "suspect" else None
    if value is None or not row["graded"]:
        return np.nan, np.nan, np.nan, ""
    low, high = (float(row[side]) if pd.notna(row[side]) else None for side in ("standard_low", "standard_high"))
    bounds = fixed_bounds(str(row["indicator_code"]), value, low, high, scoring)
    if bounds is None:
        return np.nan, np.nan, np.nan, ""
    score = score_of(value, low, high, bounds)
    return score, *bounds, scoring.grades.word(score)
