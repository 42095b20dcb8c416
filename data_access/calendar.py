"""The periods that occur in the recorded values, found by skipping through the index, and put in order of time."""

from typing import Any

from sqlalchemy import CTE, Connection, SelectBase, func, select

from data_access import contract
from data_access.bound_rows import as_bound, bound_rows
from data_access.period import Period, parse_period

DAYS = "days"
"""The parameter that brings the rows of `calendar`."""

_row = contract.indicator_value


def recorded_periods(indicators: SelectBase) -> CTE:
    """Every (indicator_code, period) that has rows, for the indicator codes selected.

    One index seek per pair instead of a scan over every value; the last period of each indicator is followed by NULL.
    """
    codes = indicators.subquery("asked_indicator")
    code = next(iter(codes.c))
    earliest = select(func.min(_row.c.period)).where(_row.c.indicator_code == code).correlate(codes)
    start = select(code.label("indicator_code"), earliest.scalar_subquery().label("period"))
    found = start.cte("recorded_period", recursive=True)
    following = select(func.min(_row.c.period)).where(
        _row.c.indicator_code == found.c.indicator_code, _row.c.period > found.c.period
    )
    step = select(found.c.indicator_code, following.correlate(found).scalar_subquery())
    return found.union_all(step.where(found.c.period.is_not(None)))


def calendar() -> CTE:
    """Rows period, starts_on, ends_on, as DAYS brings them.

    Which period comes before which cannot be read from the text, so the days are computed here and bound.
    """
    return bound_rows(("period", "starts_on", "ends_on"), DAYS).cte("calendar").prefix_with("MATERIALIZED")


def recorded_days(connection: Connection, indicators: SelectBase) -> str | None:
    """DAYS of the recorded periods of the indicators selected; None where there are none."""
    found = recorded_periods(indicators)
    texts = connection.scalars(select(found.c.period).distinct().where(found.c.period.is_not(None)))
    periods = sorted((period for text in texts if (period := readable(text)) is not None), key=in_time)
    rows = [(period.text, period.starts_on.isoformat(), period.ends_on.isoformat()) for period in periods]
    return as_bound(rows) if rows else None


def readable(text: str) -> Period | None:
    """The period, or None where a writer broke the contract's form: such rows are never shown."""
    try:
        return parse_period(text)
    except ValueError:
        return None


def in_time(period: Period) -> tuple[Any, ...]:
    """Order of periods: by last day, the longer of two that end together first."""
    return period.ends_on, period.starts_on, period.text
