"""What problems are about: on which subjects they pile up."""

import pandas as pd

from analysis.problems.deadlines import DONE

SUBJECT = ("indicator_code", "kind")
TALLIED_BY = (*SUBJECT, "track", "deadline")
"""The attributes by which the problems must have been counted."""


def by_subject(tally: pd.DataFrame) -> pd.DataFrame:
    """Problems by `indicator_code`, or by `kind` where they name no indicator; the worst first.

    tally: counts `problems` and `overdue` by TALLIED_BY. Columns: indicator_code, kind, listed, unsolved, overdue,
    time_limited (true: all of them must be solved by a date).
    """
    marked = tally.assign(
        kind=tally["kind"].where(tally["indicator_code"].isna()),
        unsolved=tally["problems"].where(tally["deadline"] != DONE, 0),
        unlimited=tally["problems"].where(tally["track"] != "time_limited", 0),
    )
    counts = {"problems": "listed", "unsolved": "unsolved", "overdue": "overdue", "unlimited": "time_limited"}
    counted = marked.groupby(list(SUBJECT), dropna=False, sort=True)[list(counts)].sum().rename(columns=counts)
    counted["time_limited"] = counted["time_limited"] == 0
    return counted.reset_index().sort_values(["overdue", "unsolved", "listed"], ascending=False, kind="stable")
