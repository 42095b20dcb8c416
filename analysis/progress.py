"""提升 / 持平 / 下降: how many indicators improved between two health checks, and why others do not compare."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

IMPROVED, UNCHANGED, DECLINED = "improved", "unchanged", "declined"
NOT_COMPARABLE = "not_comparable"
TOLERANCE_PCT = 1.0
"""Less than this share of the earlier value is no change."""


@dataclass(frozen=True, slots=True)
class Tally:
    """rows: one per indicator with `verdict` and, where it does not compare, `reason`."""

    rows: pd.DataFrame

    def count(self, verdict: str) -> int:
        return int((self.rows["verdict"] == verdict).sum())

    @property
    def comparable(self) -> int:
        return len(self.rows) - self.count(NOT_COMPARABLE)


def year_on_year(now: float, before: float, direction: str, tolerance_pct: float = TOLERANCE_PCT) -> str:
    """The verdict on one change; `not_comparable` without a direction of good. From zero any change counts."""
    if direction not in {"higher_better", "lower_better"}:
        return NOT_COMPARABLE
    difference = now - before
    if abs(difference) <= abs(before) * tolerance_pct / 100 or difference == 0:
        return UNCHANGED
    return IMPROVED if (difference > 0) == (direction == "higher_better") else DECLINED


def tally(
    now: pd.DataFrame, before: pd.DataFrame, indicators: pd.DataFrame, tolerance_pct: float = TOLERANCE_PCT
) -> Tally:
    """now, before: one row per `indicator_code` with `value`, `status`, `caliber`, `boundary_version`, of one area.

    indicators: `indicator_code`, `direction`. Reasons, the first that applies: `no_direction`, `missing_now`,
    `missing_before`, `suspect`, `caliber_changed`, `boundary_changed`.
    """
    both = now.merge(before, on="indicator_code", how="outer", suffixes=("", "_before"))
    rows = both.merge(indicators[["indicator_code", "direction"]], on="indicator_code")
    records = rows.to_dict("records")
    reasons = [_reason(row) for row in records]
    rows["verdict"] = [
        NOT_COMPARABLE if reason else year_on_year(row["value"], row["value_before"], row["direction"], tolerance_pct)
        for row, reason in zip(records, reasons, strict=True)
    ]
    rows["reason"] = reasons
    return Tally(rows)


def _reason(row: dict[Hashable, Any]) -> str:
    """Empty where the two values compare."""
    if row["direction"] not in {"higher_better", "lower_better"}:
        return "no_direction"
    if pd.isna(row["value"]):
        return "missing_now"
    if pd.isna(row["value_before"]):
        return "missing_before"
    if "suspect" in (row["status"], row["status_before"]):
        return "suspect"
    if _text(row["caliber"]) != _text(row["caliber_before"]):
        return "caliber_changed"
    boundaries = (_text(row["boundary_version"]), _text(row["boundary_version_before"]))
    return "boundary_changed" if all(boundaries) and boundaries[0] != boundaries[1] else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
