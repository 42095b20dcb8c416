"""How far the problems of a list have come, and how many of them are fixed.

Everything is reckoned from counts, so that a city's list is counted where it is stored.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

STEPS = ("open", "in_progress", "resolved", "closed")
FIXED = ("resolved", "closed")


def funnel(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per step: `step`, `here` (problems that stand there), `reached` (there or further), `reached_pct`.

    counts: `status`, `problems`, any grain. reached_pct is of all listed, NaN for an empty list.
    """
    here = counts.groupby("status")["problems"].sum().reindex(STEPS, fill_value=0)
    reached = here[::-1].cumsum()[::-1]
    listed = reached.iloc[0]
    share = 100 * reached / listed if listed else reached * float("nan")
    return pd.DataFrame(
        {"step": STEPS, "here": here.to_numpy(), "reached": reached.to_numpy(), "reached_pct": share.to_numpy()}
    )


def fix_rates(counts: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """One row per group: STEPS (problems that stand there), `listed`, `fixed`, `overdue`, `unfixed`, `fix_rate_pct`.

    The most unfixed first.

    The rate of a group is Σ fixed / Σ listed, never the mean of its parts' rates; NaN where nothing is listed.
    counts: `status`, `problems`, optionally `overdue`, and the columns of `by`. Missing keys form their own group.
    """
    steps: dict[str, Any] = {step: counts["problems"].where(counts["status"] == step, 0) for step in STEPS}
    rows = counts.assign(
        **steps,
        listed=counts["problems"],
        fixed=counts["problems"].where(counts["status"].isin(FIXED), 0),
        overdue=counts.get("overdue", 0),
    )
    figures = [*STEPS, "listed", "fixed", "overdue"]
    if by:
        totals = rows.groupby(list(by), dropna=False, sort=True)[figures].sum().reset_index()
    else:
        totals = rows[figures].sum().to_frame().T
    totals["unfixed"] = totals["listed"] - totals["fixed"]
    totals["fix_rate_pct"] = 100 * totals["fixed"] / totals["listed"].where(totals["listed"] > 0)
    return totals.sort_values(["unfixed", "overdue"], ascending=False, kind="stable").reset_index(drop=True)
