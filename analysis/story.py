"""What an expert would say about one series: level, latest change, trend since the last break, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.pace import Pace, pace_to_target, projection
from analysis.progress import year_on_year
from analysis.timeline import last_segment
from analysis.trend import Slope, TrendTest, mann_kendall, outliers, theil_sen_slope
from analysis.unanswered import Unanswered

ONE_SIDED = (">=", "<=")


@dataclass(frozen=True, slots=True)
class Change:
    """The latest value against the one before it in the same segment. verdict: of `progress.year_on_year`."""

    before_period: str
    difference: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Story:
    """line: of `timeline`, with `is_outlier`. recent: its rows that the statistics rest on, all since the last break.

    now: the row of the told period, None where it has no value. paces: reference_code → Pace, one-sided ones only.
    """

    line: pd.DataFrame
    recent: pd.DataFrame
    now: dict[str, Any] | None
    change: Change | None
    slope: Slope | Unanswered
    test: TrendTest | Unanswered
    paces: dict[str, Pace]

    @property
    def is_interrupted(self) -> bool:
        return bool(self.line["is_break"].any())

    @property
    def moves(self) -> bool:
        return isinstance(self.test, TrendTest) and self.test.is_significant


def tell(line: pd.DataFrame, period: str | None, direction: str, references: Sequence[dict[Any, Any]]) -> Story:
    """line: one series, of `timeline.timeline`. references: rows that ask for something (standards and targets)."""
    recent = last_segment(line)
    slope, test = theil_sen_slope(recent["year"], recent["value"]), mann_kendall(recent["year"], recent["value"])
    far = outliers(recent["year"], recent["value"]).reindex(line.index, fill_value=False)
    here = line[(line["period"] == period) & line["value"].notna()]
    now = {str(key): value for key, value in here.iloc[0].items()} if len(here) else None
    paces = _paces(slope, recent, references)
    return Story(line.assign(is_outlier=far), recent, now, _change(line, now, direction), slope, test, paces)


def continuation(story: Story, years_ahead: int) -> pd.DataFrame | Unanswered:
    """The projection for the next years, from the segment's own values."""
    last = float(story.recent["year"].iloc[-1]) if len(story.recent) else 0.0
    ahead = pd.Series([last + step for step in range(years_ahead + 1)])
    return projection(story.recent["year"], story.recent["value"], ahead)


def _paces(slope: Slope | Unanswered, recent: pd.DataFrame, references: Sequence[dict[Any, Any]]) -> dict[str, Pace]:
    if isinstance(slope, Unanswered):
        return {}
    latest = (float(recent["year"].iloc[-1]), float(recent["value"].iloc[-1]))
    return {
        str(row["reference_code"]): pace_to_target(
            slope, latest, row["operator"], float(row["value"]), due_year=due_year(row)
        )
        for row in references
        if row["operator"] in ONE_SIDED
    }


def due_year(reference: dict[Any, Any]) -> float | None:
    """The end of the year a target is due in; None for what has no due year."""
    period = reference["period"]
    is_target = reference["kind"] == "plan_target" and isinstance(period, str) and period[:4].isdigit()
    return float(period[:4]) + 1 if is_target else None


def _change(line: pd.DataFrame, now: dict[str, Any] | None, direction: str) -> Change | None:
    if now is None:
        return None
    before = line[line["used"] & (line["segment"] == now["segment"]) & (line["year"] < now["year"])]
    if not len(before):
        return None
    last = before.iloc[-1]
    difference = float(now["value"]) - float(last["value"])
    return Change(str(last["period"]), difference, year_on_year(now["value"], last["value"], direction))
