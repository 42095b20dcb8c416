"""Columns of dates that may be partial: `2025` and `2025-06` mean the whole interval.

An interval has passed when its last day lies before today, and has come when its first day is not after today.
What cannot be read as a date is unknown (NaT), never early and never late.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

_SHAPES = ((r"\d{4}", "-01-01"), (r"\d{4}-\d{2}", "-01"), (r"\d{4}-\d{2}-\d{2}", ""))
_SECONDS_PER_DAY = 86_400
DAYS_PER_MONTH = 365.2425 / 12


def first_day(days: pd.Series) -> pd.Series:
    """First day of each interval, NaT where missing or unreadable."""
    return _once_each(days, _first_day)


def last_day(days: pd.Series) -> pd.Series:
    """Last day of each interval, NaT where missing or unreadable."""
    return _once_each(days, _last_day)


def _once_each(days: pd.Series, read: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """Long lists name few days: each is read once."""
    places, texts = pd.factorize(days.astype("str"))
    known = read(pd.Series(texts, dtype="str")).to_numpy(dtype="datetime64[s]")
    found = np.append(known, np.datetime64("NaT", "s"))[places]  # a missing day has the place -1
    return pd.Series(found, index=days.index)


def _first_day(text: pd.Series) -> pd.Series:
    first = pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    for shape, completion in _SHAPES:
        fits = text.str.fullmatch(shape).fillna(False).astype(bool)
        if fits.any():
            first[fits] = pd.to_datetime(text[fits] + completion, format="%Y-%m-%d", errors="coerce").dt.as_unit("s")
    return first


def _last_day(text: pd.Series) -> pd.Series:
    first, length = _first_day(text), text.str.len()
    last = first.copy()
    for digits, offset in ((4, pd.offsets.YearEnd(0)), (7, pd.offsets.MonthEnd(0))):
        partial = (length == digits).fillna(False).astype(bool) & first.notna()
        if partial.any():
            last[partial] = (first[partial] + offset).dt.as_unit("s")
    return last


def middle_day(days: pd.Series) -> pd.Series:
    """The middle of each interval: the best single moment where a length of time must be reckoned."""
    first, last = first_day(days), last_day(days)
    return first + (last - first) / 2


def width_days(days: pd.Series) -> pd.Series:
    """How many days each interval spans: 1 for a full date; NaN where unknown."""
    return days_between(first_day(days), last_day(days)) + 1


def days_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Days from start to end as numbers, NaN where either is unknown."""
    return (end - start).dt.total_seconds() / _SECONDS_PER_DAY


def has_passed(days: pd.Series, today: date) -> pd.Series:
    return last_day(days) < pd.Timestamp(today)


def has_come(days: pd.Series, today: date) -> pd.Series:
    return first_day(days) <= pd.Timestamp(today)


def days_until_end(days: pd.Series, today: date) -> pd.Series:
    """Days from today to the last day of each interval: 0 on it, negative after it, NaN where unknown."""
    return (last_day(days) - pd.Timestamp(today)).dt.total_seconds() / _SECONDS_PER_DAY


def months_since_end(days: pd.Series, today: date) -> pd.Series:
    """Mean months from the last day of each interval to today, never negative; NaN where unknown."""
    return (-days_until_end(days, today)).clip(lower=0) / DAYS_PER_MONTH
