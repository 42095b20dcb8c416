"""Changes that stand out from an indicator's own changes, and decimal points in the wrong place."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data_access.checking.findings import EXAMPLES, Finding
from data_access.contract import indicator_value
from data_access.period import parse_period

_FEWEST_CHANGES = 20
_LIMIT = 10.0
_NORMAL = 1.4826
_SLIP_TOLERANCE = 0.03
_STEADY = 0.3


def check_jumps(connection: Connection) -> Iterator[Finding]:
    """One indicator at a time, so memory stays flat.

    A jump is a change farther than 10 robust standard deviations (1.4826 × median absolute deviation) from the
    indicator's median change; a slip is a value that is, within 7 %, 10 or 100 times its predecessor, or a tenth or a
    hundredth, in an indicator whose values otherwise seldom double.
    """
    codes = connection.scalars(
        select(indicator_value.c.indicator_code).distinct().order_by(indicator_value.c.indicator_code)
    )
    jumps = _Tally("suspicious_jump", "changes far outside the indicator's own changes")
    slips = _Tally("decimal_slip", "values that look ten or a hundred times too large or too small")
    for code in codes.all():
        changes = _changes(connection, code)
        if len(changes) >= _FEWEST_CHANGES:
            slipped = _slips(changes)
            slips.add(changes[slipped])
            jumps.add(changes[_far(changes) & ~slipped])
    yield from (tally.finding() for tally in (jumps, slips) if tally.count)


class _Tally:
    def __init__(self, check: str, message: str) -> None:
        self.count = 0
        self._check, self._message = check, message
        self._examples: list[dict[str, Any]] = []

    def add(self, rows: pd.DataFrame) -> None:
        self.count += len(rows)
        room = EXAMPLES - len(self._examples)
        columns = ["indicator_code", "area_code", "period", "previous", "value"]
        self._examples += [{str(k): v for k, v in row.items()} for row in rows[columns].head(room).to_dict("records")]

    def finding(self) -> Finding:
        return Finding(self._check, "warning", self.count, self._message, tuple(self._examples))


def _changes(connection: Connection, code: str) -> pd.DataFrame:
    """Each value with the one before it, of the same area and the same series of periods."""
    value = indicator_value.c
    query = select(value.indicator_code, value.area_code, value.period, value.value)
    rows = pd.read_sql(query.where(value.indicator_code == code, value.value.is_not(None)), connection)
    known = {period: _period_order(period) for period in rows.period.unique()}
    rows["series"] = rows.period.map({period: series for period, (series, _) in known.items()})
    rows["day"] = rows.period.map({period: day for period, (_, day) in known.items()})
    rows = rows.sort_values(["area_code", "series", "day"], ignore_index=True)
    rows["previous"] = rows.groupby(["area_code", "series"])["value"].shift()
    return rows.dropna(subset=["previous"])


def _period_order(text: str) -> tuple[str, int]:
    try:
        period = parse_period(text)
    except ValueError:
        return "malformed", 0
    return period.series, period.starts_on.toordinal()


def _far(changes: pd.DataFrame) -> pd.Series:
    change = changes["value"] - changes["previous"]
    deviation = (change - change.median()).abs()
    spread = _NORMAL * deviation.median()
    return deviation > _LIMIT * spread if spread > 0 else pd.Series(False, index=changes.index)


def _slips(changes: pd.DataFrame) -> pd.Series:
    same_sign = (changes["value"] * changes["previous"]) > 0
    ratio = (changes["value"] / changes["previous"]).where(same_sign, 1.0)
    power = pd.Series(np.log10(ratio.to_numpy()), index=changes.index)
    if power.abs().quantile(0.9) > _STEADY:
        return pd.Series(False, index=changes.index)
    nearest = power.round()
    slipped: pd.Series = nearest.abs().between(1, 2) & ((power - nearest).abs() < _SLIP_TOLERANCE)
    return slipped
