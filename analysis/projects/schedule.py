"""Whether a project is late on a day, and by how many days."""

from datetime import date

import numpy as np
import pandas as pd

from analysis import day_intervals as days

FINISHED_STAGES = ("completed", "accepted", "post_evaluation")
CANCELLED = "cancelled"


def is_finished(projects: pd.DataFrame, today: date) -> pd.Series:
    """Finished by today: by its date where there is one, else by its stage, since the day is then unknown."""
    finish = projects["actual_finish_on"]
    return days.has_come(finish, today) | (finish.isna() & projects["stage"].isin(FINISHED_STAGES))


def schedule(projects: pd.DataFrame, today: date) -> pd.DataFrame:
    """`is_finished`, `is_late`, `delay_days`, `days_to_finish` of each project, same index.

    projects: `stage`, `planned_finish_on`, `actual_finish_on`. The contract: late on a day when `planned_finish_on` has
    passed, it had not finished by then, and it is not cancelled; completed without a finish date is not late.
    delay_days: of a late project, the days since the end of its planned finish; of a finished one, its finish against
    its plan, negative when early, 0 where the two intervals touch. NaN where either date is unknown.
    days_to_finish: until the end of the planned finish, negative after it; NaN once finished or cancelled.
    """
    finished, cancelled = is_finished(projects, today), projects["stage"] == CANCELLED
    left = days.days_until_end(projects["planned_finish_on"], today)
    late = (left < 0) & ~finished & ~cancelled
    delay = np.select([late, finished & ~cancelled], [-left, finish_delay_days(projects)], np.nan)
    return pd.DataFrame(
        {
            "is_finished": finished,
            "is_late": late,
            "delay_days": delay,
            "days_to_finish": left.where(~finished & ~cancelled),
        },
        index=projects.index,
    )


def finish_delay_days(projects: pd.DataFrame) -> pd.Series:
    """Days from plan to actual finish: the least delay, or the least earliness, that partial dates admit."""
    planned, actual = projects["planned_finish_on"], projects["actual_finish_on"]
    after = days.days_between(days.last_day(planned), days.first_day(actual))
    before = days.days_between(days.first_day(planned), days.last_day(actual))
    touching = after.notna() & before.notna()
    return after.where(after > 0, before.where(before < 0, 0.0)).where(touching)
