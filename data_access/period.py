"""Periods and partial dates as the contract writes them, read into days."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "day", "span"]

EXPECTED_PERIOD = "a period such as 2024, 2024-H1, 2024-Q3, 2024-06, 2024-06-30 or 2018-12/2019-02"
EXPECTED_DAY = "a date such as 2025, 2025-06 or 2025-06-30"

_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("year", re.compile(r"([0-9]{4})")),
    ("half", re.compile(r"([0-9]{4})-H([12])")),
    ("quarter", re.compile(r"([0-9]{4})-Q([1-4])")),
    ("month", re.compile(r"([0-9]{4})-([0-9]{2})")),
    ("day", re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """One period: the text as recorded, its first and last day, and its kind."""

    text: str
    starts_on: date
    ends_on: date
    kind: Kind

    @property
    def series(self) -> str:
        """Periods share a line only within one series: the kind, and for spans the same season and length.

        `2018-12/2019-02` and `2019-12/2020-02` are one series whatever February has; `2020/2022` goes with `2021/2023`.
        """
        if self.kind != "span":
            return self.kind
        years = self.ends_on.year - self.starts_on.year
        last = "02-28" if (self.ends_on.month, self.ends_on.day) == (2, 29) else f"{self.ends_on:%m-%d}"
        return f"span {self.starts_on:%m-%d}/+{years}-{last}"


def parse_period(text: str) -> Period:
    """The period that `text` names. Raises ValueError, in words a person can act on, for anything else."""
    first, slash, second = text.partition("/")
    start = _single(first, text)
    if not slash:
        return start
    end = _single(second, text)
    if start.starts_on > end.starts_on or start.ends_on > end.ends_on:
        raise ValueError(f"{text!r} ends before it starts")
    return Period(text, start.starts_on, end.ends_on, "span")


def parse_day(text: str) -> tuple[date, date]:
    """First and last day of a possibly partial ISO date. Raises ValueError when it is none."""
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text) is None:
        raise ValueError(f"{text!r} is not {EXPECTED_DAY}")
    period = _single(text, text)
    return period.starts_on, period.ends_on


def _single(text: str, whole: str) -> Period:
    for kind, shape in _SHAPES:
        if match := shape.fullmatch(text):
            numbers = [int(number) for number in match.groups()]
            try:
                return Period(text, *_DAYS[kind](*numbers), kind)
            except ValueError as error:
                raise ValueError(f"{whole!r} names a day or month that does not exist") from error
    raise ValueError(f"{whole!r} is not {EXPECTED_PERIOD}")


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    starts_on = date(year, first, 1)
    return starts_on, date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


_DAYS: dict[Kind, Callable[..., tuple[date, date]]] = {
    "year": lambda year: _months(year, 1, 12),
    "half": lambda year, half: _months(year, half * 6 - 5, half * 6),
    "quarter": lambda year, quarter: _months(year, quarter * 3 - 2, quarter * 3),
    "month": lambda year, month: _months(year, month, month),
    "day": _day,
}
