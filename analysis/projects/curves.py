"""S-curves: what was planned and what was reached, cumulated over time, of one project or of many.

Many projects are added as money: share x budget x complete %, which is planned and earned value, and share x
investment. Percentages of different projects are never averaged without the budgets they stand for.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis import day_intervals as days

PLANS = ("planned_value", "investment_planned")
ACTUALS = ("earned_value", "investment_actual")
FIGURES = (*PLANS, *ACTUALS)


def increments(progress: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """What each month with reports added to each cumulative figure: `month`, the columns of FIGURES.

    progress: rows of `project_progress`; projects: `project_code`, `investment_planned`, `share` (the part that counts
    here). The first report of a figure adds all of it. A partial date counts in its last month.
    """
    rows = progress.merge(
        projects[["project_code", "investment_planned", "share"]], on="project_code", suffixes=("", "_total")
    )
    rows["on"] = days.last_day(rows["reported_on"])
    rows = rows[rows["on"].notna()].sort_values(["project_code", "on"], kind="stable")
    for pct, value in (("physical_planned_pct", "planned_value"), ("physical_actual_pct", "earned_value")):
        rows[value] = rows["investment_planned_total"] * rows[pct] / 100
    added = pd.DataFrame({figure: _added(rows, figure) * rows["share"] for figure in FIGURES})
    added["month"] = rows["on"].dt.strftime("%Y-%m")
    return added.groupby("month", as_index=False).sum(min_count=1)


def s_curve(added: pd.DataFrame, today: date) -> pd.DataFrame:
    """Cumulative FIGURES by `month`, every month from the first to the last; actuals end with the last report by today.

    added: of `increments`, or the same summed where the data are stored.
    """
    if added.empty:
        return pd.DataFrame(columns=["month", *FIGURES])
    months = pd.period_range(added["month"].min(), added["month"].max(), freq="M").strftime("%Y-%m")
    monthly = added.set_index("month")[list(FIGURES)].reindex(months)
    curve = monthly.fillna(0).cumsum()
    this_month = f"{today:%Y-%m}"
    for figure in FIGURES:
        known = monthly.index[monthly[figure].notna()]
        if figure in ACTUALS:
            known = known[known <= this_month]
        inside = (curve.index >= known.min()) & (curve.index <= known.max()) if len(known) else curve.index == ""
        curve[figure] = curve[figure].where(inside)
    return curve.rename_axis("month").reset_index()


def value_on(curve: pd.DataFrame, figure: str, month: str) -> float:
    """The cumulative figure at the end of a month: the last known one by then, 0 before the first; NaN without any."""
    known = curve[["month", figure]].dropna()
    if known.empty:
        return float("nan")
    by_then = known[known["month"] <= month]
    return float(by_then[figure].iloc[-1]) if len(by_then) else 0.0


def annual_investment(curve: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """`year`, `planned`, `invested`, `completion_pct`: what each year adds to the cumulative investment."""
    rows = []
    for year in years:
        planned, invested = (_during(curve, figure, year) for figure in ("investment_planned", "investment_actual"))
        rows.append({"year": year, "planned": planned, "invested": invested})
    frame = pd.DataFrame(rows, columns=["year", "planned", "invested"])
    return frame.assign(completion_pct=100 * frame["invested"] / frame["planned"].where(frame["planned"] > 0))


def _during(curve: pd.DataFrame, figure: str, year: int) -> float:
    known = curve["month"][curve[figure].notna()]
    if known.empty or known.min() > f"{year}-12" or known.max() < f"{year}-01":
        return float("nan")
    return value_on(curve, figure, f"{year}-12") - value_on(curve, figure, f"{year - 1}-12")


def _added(rows: pd.DataFrame, figure: str) -> pd.Series:
    known = rows.loc[rows[figure].notna(), ["project_code", figure]]
    before = known.groupby("project_code")[figure].shift().fillna(0)
    return (known[figure] - before).reindex(rows.index)
