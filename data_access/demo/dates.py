"""Days and months of the demo city, counted from its today."""

from datetime import date, timedelta

import numpy as np

from data_access.demo import stories

TODAY = date.fromisoformat(stories.TODAY)


def plus_months(day: date, months: int) -> date:
    """The same day of a later or earlier month, at most its 28th."""
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


def plus_days(day: date, days: float) -> date:
    return day + timedelta(days=int(days))


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month from first to last."""
    ends, month = [], first.replace(day=1)
    while month <= last:
        following = plus_months(month, 1)
        ends.append(following - timedelta(days=1))
        month = following
    return [end for end in ends if end >= first]


def blurred(day: date, chance: np.random.Generator, month_only: float = 0.06, year_only: float = 0.015) -> str:
    """The day as written in practice: now and then only its month or year is known."""
    luck = chance.random()
    if luck < year_only:
        return str(day.year)
    return day.isoformat()[:7] if luck < year_only + month_only else day.isoformat()
