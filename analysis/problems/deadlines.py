"""Where each problem stands on a day: the countdown of its deadline, and whether it was done by then."""

from datetime import date

import numpy as np
import pandas as pd

from analysis import day_intervals as days

DONE, OVERDUE, DUE_SOON, RUNNING, NO_DEADLINE, NOT_YET_FOUND = (
    "done",
    "overdue",
    "due_soon",
    "running",
    "no_deadline",
    "not_yet_found",
)
DEADLINES = (OVERDUE, DUE_SOON, RUNNING, NO_DEADLINE, DONE, NOT_YET_FOUND)
SOON_DAYS = 30
DONE_STATUSES = ("resolved", "closed")


def is_done(problems: pd.DataFrame, today: date) -> pd.Series:
    """Resolved by today: by its date where there is one, else by its status, since the day is then unknown."""
    resolved_on = problems["resolved_on"]
    return days.has_come(resolved_on, today) | (resolved_on.isna() & problems["status"].isin(DONE_STATUSES))


def deadlines(problems: pd.DataFrame, today: date, soon_days: int = SOON_DAYS) -> pd.DataFrame:
    """One row per problem, same index: `deadline` (one of DEADLINES), `days_left`, `days_overdue`, `plan_year`.

    problems: `status`, `found_on`, `due_on`, `resolved_on`. The contract: overdue on a day when `due_on` has passed and
    it was not resolved by then. days_left is NaN once done or without a deadline; days_overdue is 0 unless overdue.
    plan_year: the year of the deadline, which is what the best-effort track plans by.
    """
    done = is_done(problems, today)
    left = days.days_until_end(problems["due_on"], today).where(~done)
    later = ~days.has_come(problems["found_on"], today) & days.first_day(problems["found_on"]).notna()
    word = np.select(
        [later, done, left < 0, left <= soon_days, left.notna()],
        [NOT_YET_FOUND, DONE, OVERDUE, DUE_SOON, RUNNING],
        NO_DEADLINE,
    )
    deadline = pd.Series(word, index=problems.index, dtype="str")
    return pd.DataFrame(
        {
            "deadline": deadline,
            "days_left": left.where(~later),
            "days_overdue": (-left).where(deadline == OVERDUE, 0).astype(float),
            "plan_year": days.first_day(problems["due_on"]).dt.year,
        },
        index=problems.index,
    )
