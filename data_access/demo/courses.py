"""How a project runs: planned and actual days, stage, milestones, monthly progress and money."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data_access.demo.dates import TODAY, month_ends, plus_days, plus_months

STAGES = ("pipeline", "planning", "approval", "started", "construction", "completed", "accepted", "post_evaluation")
_BEFORE_START = {"pipeline": -16, "planning": -10, "approval": -4, "started": 0, "construction": 1}
_AFTER_FINISH = {"completed": 0, "accepted": 2, "post_evaluation": 12}
_MONTHS_AHEAD = 14
_DAYS_PER_MONTH = 30.4


@dataclass(frozen=True)
class Course:
    """pace: planned over actual duration; cost: actual over planned money; silent_since: the day reports stopped."""

    planned_start: date
    planned_months: int
    delay_days: int
    pace: float
    cost: float = 1.0
    silent_since: date | None = None
    fate: str | None = None

    @property
    def planned_finish(self) -> date:
        return plus_months(self.planned_start, self.planned_months)

    @property
    def start(self) -> date:
        return plus_days(self.planned_start, self.delay_days)

    @property
    def finish(self) -> date:
        """The day it finishes if nothing changes; it may lie ahead."""
        return plus_days(self.start, self.planned_months * _DAYS_PER_MONTH / self.pace)

    @property
    def has_started(self) -> bool:
        return self.start <= TODAY and self.fate != "cancelled"

    @property
    def has_finished(self) -> bool:
        return self.has_started and self.finish <= TODAY

    @property
    def stage(self) -> str:
        if self.fate is not None:
            return self.fate
        if self.has_finished:
            since = (TODAY - self.finish).days
            return "completed" if since < 75 else "accepted" if since < 380 else "post_evaluation"
        if self.has_started:
            return "started" if (TODAY - self.start).days < 50 else "construction"
        ahead = (self.start - TODAY).days
        return "approval" if ahead < 120 else "planning" if ahead < 300 else "pipeline"


def milestones(course: Course) -> list[tuple[str, str, str | None]]:
    """(stage, planned_on, actual_on): actual where the stage has been reached."""
    rows: list[tuple[str, str, str | None]] = []
    for stage in STAGES:
        if stage in _BEFORE_START:
            planned, actual = (plus_months(day, _BEFORE_START[stage]) for day in (course.planned_start, course.start))
        else:
            planned, actual = (plus_months(day, _AFTER_FINISH[stage]) for day in (course.planned_finish, course.finish))
        reached = actual <= TODAY and course.fate is None
        rows.append((stage, planned.isoformat(), actual.isoformat() if reached else None))
    return rows


def progress(course: Course, investment: float) -> pd.DataFrame:
    """Monthly reports up to the demo city's today, and plan rows ahead of it."""
    if not course.has_started or course.fate == "unknown":
        return _ahead(course, investment, course.planned_start)
    last = min(course.finish, course.silent_since or TODAY, TODAY)
    days = [*month_ends(course.start, last)]
    days = [day for day in days if day <= last] + ([course.finish] if course.finish <= last else [])
    done = np.array([_grown(day, course.start, course.finish) for day in days])
    rows = _planned(course, investment, days)
    rows["physical_actual_pct"] = np.round(100 * done, 1)
    rows["investment_actual"] = np.round(investment * course.cost * done**1.08, -3)
    behind = rows["physical_actual_pct"] + 10 < rows["physical_planned_pct"]
    rows["note"] = pd.Series("进度滞后", rows.index).where(behind)
    ahead = _ahead(course, investment, plus_days(TODAY, 1)) if not course.has_finished else None
    return pd.concat([rows, ahead], ignore_index=True) if ahead is not None else rows


def _ahead(course: Course, investment: float, first: date) -> pd.DataFrame:
    until = min(course.planned_finish, plus_months(TODAY, _MONTHS_AHEAD))
    return _planned(course, investment, [day for day in month_ends(first, until) if day > TODAY])


def _planned(course: Course, investment: float, days: list[date]) -> pd.DataFrame:
    share = np.array([_grown(day, course.planned_start, course.planned_finish) for day in days])
    return pd.DataFrame(
        {
            "reported_on": [day.isoformat() for day in days],
            "physical_planned_pct": np.round(100 * share, 1),
            "investment_planned": np.round(investment * share, -3),
        }
    )


def _grown(day: date, first: date, last: date) -> float:
    """Slow at first, fast in the middle, slow at the end."""
    share = min(1.0, max(0.0, (day - first).days / max(1, (last - first).days)))
    return float(share**2 * (3 - 2 * share))
