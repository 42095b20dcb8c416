"""Columns of dates that may be partial: `2025` and `2025-06` mean the whole interval.

An interval has passed when its last day lies before today, and has come when its first day is not after today.
What cannot be read as a date is unknown (NaT), never early and never late.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_UNKNOWN = np.datetime64("NaT", "s")
_SECONDS_PER_DAY = 86_400
_MOST_KNOWN = 100_000
DAYS_PER_MONTH = 365.2425 / 12


def first_day(days: pd.Series) -> pd.Series:
    """First day of each interval, NaT where missing or unreadable."""
    return _once_each(days, 0)


def last_day(days: pd.Series) -> pd.Series:
    """Last day of each interval, NaT where missing or unreadable."""
    return _once_each(days, 1)


def _once_each(days: pd.Series, end: int) -> pd.Series:
    """Long lists name few days: each is read once. end: 0 for the first day, 1 for the last."""
    places, texts = pd.factorize(days.astype("str"))
    known = np.array([_ends(text)[end] for text in texts] + [_UNKNOWN], dtype="datetime64[s]")
    return pd.Series(known[places], index=days.index)  # a missing day has the place -1


@lru_cache(_MOST_KNOWN)
def _ends(text: str) -> tuple[np.datetime64, np.datetime64]:
    """First and last day; both NaT where the text is no date."""
    found = _SHAPE.fullmatch(text)
    year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return _UNKNOWN, _UNKNOWN
    last = first
    if day is None:
        last_month = month or 12
        last = date(first.year, last_month, monthrange(first.year, last_month)[1])
    return np.datetime64(first, "s"), np.datetime64(last, "s")


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
