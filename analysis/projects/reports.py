"""Progress reports as they come: the latest one, how long ago it was, and what cannot be believed in them."""

from datetime import date

import pandas as pd

from analysis import day_intervals as days

ACTUALS = ("physical_actual_pct", "investment_actual")
_WHOLE = 100


def latest_reports(progress: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row per project, indexed by `project_code`: the latest row, not after today, with any actual.

    progress: rows of `project_progress`. The figures are as reported: a gap in the latest report is not filled from an
    earlier one. Adds `months_since`. Percentages outside 0-100 are unknown.
    """
    said = progress[days.has_come(progress["reported_on"], today) & progress[list(ACTUALS)].notna().any(axis=1)]
    said = said.assign(_on=days.last_day(said["reported_on"])).sort_values(["project_code", "_on"], kind="stable")
    latest = said.drop_duplicates("project_code", keep="last").set_index("project_code").drop(columns="_on")
    latest["months_since"] = days.months_since_end(latest["reported_on"], today)
    for column in ("physical_planned_pct", "physical_actual_pct"):
        latest[column] = latest[column].where(latest[column].between(0, _WHOLE))
    return latest


def planned_now(progress: pd.DataFrame, today: date) -> pd.Series:
    """The physical share planned for today, per project_code: of the last planned row that has come.

    A plan stands whether or not its month was reported, so a silent project is measured against today's plan.
    """
    rows = progress[days.has_come(progress["reported_on"], today) & progress["physical_planned_pct"].between(0, _WHOLE)]
    rows = rows.assign(_on=days.last_day(rows["reported_on"])).sort_values(["project_code", "_on"], kind="stable")
    return rows.drop_duplicates("project_code", keep="last").set_index("project_code")["physical_planned_pct"]


def setbacks(progress: pd.DataFrame, today: date) -> pd.DataFrame:
    """Reports whose cumulative figure falls below an earlier one.

    Columns `project_code`, `reported_on`, `figure`, `before`, `after`. Cumulative progress cannot fall, so one of
    the two reports is wrong; both are shown as given and the list says where.
    """
    said = progress[days.has_come(progress["reported_on"], today)]
    said = said.assign(_on=days.last_day(said["reported_on"])).sort_values(["project_code", "_on"], kind="stable")
    found = []
    for figure in ACTUALS:
        known = said[said[figure].notna()]
        highest = known.groupby("project_code")[figure].cummax().groupby(known["project_code"]).shift()
        fallen = known[known[figure] < highest]
        found.append(
            pd.DataFrame(
                {
                    "project_code": fallen["project_code"],
                    "reported_on": fallen["reported_on"],
                    "figure": figure,
                    "before": highest[fallen.index],
                    "after": fallen[figure],
                }
            )
        )
    return pd.concat(found, ignore_index=True)
