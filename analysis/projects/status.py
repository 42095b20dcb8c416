"""The computed status of a project, and the findings that explain it. Never a hand-set traffic light."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.projects.earned_value import FIGURES, earned_value
from analysis.projects.reports import latest_reports, planned_now
from analysis.projects.schedule import CANCELLED, schedule

LATE, OVER_BUDGET, SILENT, AT_RISK, ON_TIME, UNKNOWN = "late", "over_budget", "silent", "at_risk", "on_time", "unknown"
FINISHED, FINISHED_LATE = "finished", "finished_late"
STATUSES = (LATE, OVER_BUDGET, SILENT, AT_RISK, ON_TIME, UNKNOWN, FINISHED_LATE, FINISHED, CANCELLED)
"""The most urgent first. The first finding of `_status` that applies is the status; the others stay beside it."""
UNDER_WAY = ("started", "construction")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as behind, over and silent.

    behind_points: complete % below planned % that puts a project at risk. over_budget_pct: investment, or the estimate
    at completion, above the budget by this share of it. stable_from_pct: the estimate counts only once this much is
    complete, since the cost index settles by a fifth (Christensen & Payne 1992). silent_months: without a report while
    under way.
    """

    behind_points: float = 10
    over_budget_pct: float = 5
    stable_from_pct: float = 20
    silent_months: float = 3


def statuses(
    projects: pd.DataFrame, progress: pd.DataFrame, today: date, thresholds: Thresholds | None = None
) -> pd.DataFrame:
    """One row per project, same index: `status`, the findings `is_…`, and every figure behind them.

    projects: rows of the contract's `project`; progress: rows of `project_progress` of any of them.
    """
    limits = thresholds or Thresholds()
    on_plan = _figures(projects, progress, today)
    timing = schedule(projects, today)
    findings = pd.concat([timing, on_plan], axis=1)
    active = ~timing["is_finished"] & (projects["stage"] != CANCELLED)
    findings["over_budget_pct"] = _over_budget_pct(findings, projects["investment_planned"], limits)
    findings["is_over_budget"] = (projects["stage"] != CANCELLED) & (
        findings["over_budget_pct"] > limits.over_budget_pct
    )
    findings["is_behind"] = active & (findings["schedule_variance_points"] <= -limits.behind_points)
    findings["is_silent"] = active & _is_silent(projects, findings["months_since"], limits)
    findings["status"] = _status(projects, findings)
    return findings


def _figures(projects: pd.DataFrame, progress: pd.DataFrame, today: date) -> pd.DataFrame:
    codes = projects["project_code"]
    latest = latest_reports(progress, today).reindex(codes.to_numpy())
    planned = planned_now(progress, today).reindex(codes.to_numpy())
    latest.index = planned.index = projects.index
    figures = earned_value(
        projects["investment_planned"].astype(float),
        planned,
        latest["physical_actual_pct"],
        latest["investment_actual"],
    )
    kept = latest[["reported_on", "physical_actual_pct", "investment_actual", "months_since"]]
    return pd.concat([kept, planned.rename("physical_planned_pct"), figures[list(FIGURES)]], axis=1)


def _over_budget_pct(findings: pd.DataFrame, budget: pd.Series, limits: Thresholds) -> pd.Series:
    """By how much the money spent, or expected at completion, exceeds the budget; the larger of the two."""
    budget = budget.astype(float).where(budget > 0)
    stable = findings["physical_actual_pct"] >= limits.stable_from_pct
    expected = findings["estimate_at_completion"].where(stable)
    largest = pd.concat([findings["actual_cost"], expected], axis=1).max(axis=1)
    return 100 * (largest / budget - 1)


def _is_silent(projects: pd.DataFrame, months_since: pd.Series, limits: Thresholds) -> pd.Series:
    """Under way, and either its last report is old or it never reported."""
    under_way = projects["stage"].isin(UNDER_WAY)
    return under_way & (months_since.isna() | (months_since > limits.silent_months))


def _status(projects: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    finished = findings["is_finished"]
    nothing_known = findings["days_to_finish"].isna() & findings["schedule_variance_points"].isna()
    word = np.select(
        [
            projects["stage"] == CANCELLED,
            findings["is_late"],
            findings["is_over_budget"],
            finished & (findings["delay_days"] > 0),
            finished,
            findings["is_silent"],
            findings["is_behind"],
            nothing_known,
        ],
        [CANCELLED, LATE, OVER_BUDGET, FINISHED_LATE, FINISHED, SILENT, AT_RISK, UNKNOWN],
        ON_TIME,
    )
    return pd.Series(word, index=projects.index, dtype="str")
