"""How long it takes to resolve a problem, with the unresolved ones counted and not forgotten."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from analysis import day_intervals as days
from analysis.problems.deadlines import DONE_STATUSES

MOST_IMPRECISE_DAYS = 31
"""A date known to the month is precise enough; one known to the year is not."""
NO_PROBLEMS, TOO_FEW, MEDIAN_NOT_REACHED = "no_problems", "too_few", "median_not_reached"
FEWEST_RESOLVED = 5
_HALF = 0.5 + 1e-9


@dataclass(frozen=True, slots=True)
class TimeToResolve:
    """Median days with its 95 % interval (an open end is None), and what it rests on.

    reason: why there is no median; with MEDIAN_NOT_REACHED, at_least_days says what is known.
    left_out: problems without a usable pair of dates, among them contradictory ones (resolved before found).
    """

    median_days: float | None
    low_days: float | None
    high_days: float | None
    resolved: int
    unresolved: int
    left_out: int
    reason: str | None = None
    at_least_days: float | None = None


def time_to_resolve(problems: pd.DataFrame, today: date) -> TimeToResolve:
    """Median of the Kaplan-Meier estimate of the days from found to resolved.

    The mean or median of the resolved alone is too short, since the slow ones are still open; they enter as censored at
    today (Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452). A date known to the month stands for its middle.
    problems: `found_on`, `resolved_on`, `status`.
    """
    spans = durations(problems, today)
    resolved, unresolved = int(spans["is_resolved"].sum()), int((~spans["is_resolved"]).sum())
    nothing = TimeToResolve(None, None, None, resolved, unresolved, len(problems) - len(spans))
    if resolved < FEWEST_RESOLVED:
        return replace(nothing, reason=NO_PROBLEMS if spans.empty else TOO_FEW)
    curve = SurvfuncRight(spans["days"].to_numpy(), spans["is_resolved"].astype(int).to_numpy())
    halved = curve.surv_times[curve.surv_prob <= _HALF]
    if not len(halved):
        longest = float(spans["days"].max())
        return replace(nothing, reason=MEDIAN_NOT_REACHED, at_least_days=longest)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = curve.quantile_ci(0.5)
    return replace(nothing, median_days=float(halved[0]), low_days=_finite(low), high_days=_finite(high))


def durations(problems: pd.DataFrame, today: date) -> pd.DataFrame:
    """`days` and `is_resolved` of each problem whose length of time is known, found by today."""
    now = pd.Timestamp(today)
    found, resolved = days.middle_day(problems["found_on"]), days.middle_day(problems["resolved_on"])
    is_resolved = days.has_come(problems["resolved_on"], today)
    undated = problems["status"].isin(DONE_STATUSES) & problems["resolved_on"].isna()
    span = (resolved.where(is_resolved & (resolved < now), now) - found).dt.total_seconds() / 86_400
    precise = (days.width_days(problems["found_on"]) <= MOST_IMPRECISE_DAYS) & (
        ~is_resolved | (days.width_days(problems["resolved_on"]) <= MOST_IMPRECISE_DAYS)
    )
    usable = precise & (span >= 0) & ~undated
    return pd.DataFrame({"days": span[usable], "is_resolved": is_resolved[usable]})


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
