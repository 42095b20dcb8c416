"""How a value changed since the previous period of the same series, and whether that is good."""

import math

import pandas as pd

BETTER, WORSE, SAME, UNVALUED = "better", "worse", "same", "unvalued"
"""`unvalued`: it changed, but the indicator has no good direction."""


def series_of(periods: pd.DataFrame) -> pd.Series:
    """Which series each period belongs to, from `period`, `kind`, `starts_on`, `ends_on`.

    Periods of different length are different series. Spans compare with the same season only, so their months and the
    years they cover are part of the name (not their days: a leap February is the same season).
    """
    rows = zip(periods["kind"], periods["starts_on"], periods["ends_on"], strict=True)
    named = [_season(str(start), str(end)) if kind == "span" else kind for kind, start, end in rows]
    return pd.Series(named, index=periods.index, dtype="str")


def _season(starts_on: str, ends_on: str) -> str:
    years = int(ends_on[:4]) - int(starts_on[:4])
    return f"span {starts_on[4:7]}{ends_on[4:7]} {years}"


def previous_values(values: pd.DataFrame, periods: pd.DataFrame, key: str) -> pd.DataFrame:
    """Each value with the one before it: adds `previous_period`, `previous_value`, `difference`.

    values: one row per `key` and `period` with `value`. periods: `period`, `kind`, `starts_on`, `ends_on`. Periods
    without a value are passed over, so a gap compares with the last value known.
    """
    calendar = periods.assign(series=series_of(periods))[["period", "series", "ends_on"]]
    known = values[values["value"].notna()].merge(calendar, on="period", suffixes=("_own", ""))
    known = known.sort_values([key, "series", "ends_on"], kind="stable")
    before = known.groupby([key, "series"], sort=False)[["period", "value"]].shift()
    known["previous_period"], known["previous_value"] = before["period"], before["value"]
    known["difference"] = known["value"] - known["previous_value"]
    return known


def valuation(
    difference: float | None, direction: str, decimals: int | None = None, *, nearer: bool | None = None
) -> str:
    """Whether a change is for the better, judged by the indicator's direction of good.

    A change that vanishes at the shown decimals is `same`. nearer: for `range` indicators, whether the value came
    nearer to its range; None leaves it unvalued.
    """
    if difference is None or math.isnan(difference) or (decimals is not None and round(difference, decimals) == 0):
        return SAME
    if difference == 0:
        return SAME
    if direction == "range" and nearer is not None:
        return BETTER if nearer else WORSE
    if direction not in {"higher_better", "lower_better"}:
        return UNVALUED
    return BETTER if (difference > 0) == (direction == "higher_better") else WORSE


def previous_period(periods: pd.DataFrame, period: str | None) -> str | None:
    """The period before this one in its series; None for the first, or for one that is not there."""
    calendar = periods.assign(series=series_of(periods)).set_index("period")
    if period not in calendar.index:
        return None
    own = calendar.loc[period]
    earlier = calendar[(calendar["series"] == own["series"]) & (calendar["ends_on"] < own["ends_on"])]
    return str(earlier["ends_on"].idxmax()) if len(earlier) else None
