from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.projects.earned_value import earned_value, schedule_variance_days
from analysis.projects.reports import latest_reports, setbacks
from analysis.projects.status import statuses
from tests.project_rows import progress, projects, report

TODAY = date(2025, 3, 31)


def status(project: dict[str, object], *reports: dict[str, object]) -> str:
    return str(statuses(projects(project), progress(*reports), TODAY)["status"].item())


GOOD = report("p0", "2025-03", 50, 50, 500)


@pytest.mark.parametrize(
    ("project", "reports", "expected"),
    [
        ({"planned_finish_on": "2025-12"}, [GOOD], "on_time"),
        ({"planned_finish_on": "2025-03-30"}, [GOOD], "late"),
        ({"planned_finish_on": "2025-03"}, [GOOD], "on_time"),
        ({"planned_finish_on": "2025"}, [GOOD], "on_time"),
        ({"planned_finish_on": "2024"}, [GOOD], "late"),
        ({"planned_finish_on": "2024", "stage": "cancelled"}, [], "cancelled"),
        ({"planned_finish_on": "2024", "stage": "completed"}, [], "finished"),
        ({"planned_finish_on": "2024-10", "stage": "completed", "actual_finish_on": "2024-11"}, [], "finished_late"),
        ({"planned_finish_on": "2024-10", "stage": "completed", "actual_finish_on": "2024"}, [], "finished"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2025-03", 50, 40, 400)], "at_risk"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2025-03", 50, 41, 410)], "on_time"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2025-03", 50, 50, 1060)], "over_budget"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2025-03", 50, 50, 600)], "over_budget"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2025-03", 10, 10, 120)], "on_time"),
        ({"planned_finish_on": "2025-12"}, [report("p0", "2024-11-30", 10, 10, 100)], "silent"),
        ({"planned_finish_on": "2025-12"}, [], "silent"),
        ({"planned_finish_on": "2025-12", "stage": "approval"}, [], "on_time"),
        ({"stage": "unknown"}, [], "unknown"),
        ({"planned_finish_on": "下半年", "stage": "planning"}, [], "unknown"),
    ],
)
def test_the_status_is_computed_from_dates_reports_and_money(
    project: dict[str, object], reports: list[dict[str, object]], expected: str
) -> None:
    assert status(project, *reports) == expected


def test_a_project_late_and_over_budget_keeps_both_findings() -> None:
    row = statuses(
        projects({"planned_finish_on": "2025-02-13"}), progress(report("p0", "2025-03", 100, 80, 1200)), TODAY
    ).iloc[0]
    assert row["status"] == "late" and row["is_over_budget"] and row["is_behind"]
    assert row["delay_days"] == 46
    assert row["over_budget_pct"] == pytest.approx(50)


def test_the_latest_report_is_the_last_row_not_after_today_with_any_actual() -> None:
    rows = progress(
        report("p0", "2025-01", 30, 30, 300),
        report("p0", "2025-02", 40, None, 350),
        report("p0", "2025-03", 50, None, None),
        report("p0", "2025-04", 60, 99, 999),
    )
    latest = latest_reports(rows, TODAY).loc["p0"]
    assert latest["reported_on"] == "2025-02" and latest["investment_actual"] == 350
    assert np.isnan(latest["physical_actual_pct"])


def test_a_silent_project_is_measured_against_the_plan_of_today() -> None:
    rows = progress(report("p0", "2024-10", 20, 20, 200), report("p0", "2025-03", 70, None, None))
    row = statuses(projects({"planned_finish_on": "2025-12"}), rows, TODAY).iloc[0]
    assert (row["status"], row["schedule_variance_points"], row["is_behind"]) == ("silent", -50, True)


def test_a_budget_of_zero_and_impossible_percentages_are_unknown_and_never_on_budget_or_complete() -> None:
    rows = progress(report("p0", "2025-03", 50, 150, 10), report("p1", "2025-03", 50, 50, 10))
    found = statuses(projects({"planned_finish_on": "2026"}, {"investment_planned": 0.0}), rows, TODAY)
    assert np.isnan(found.loc[0, "physical_actual_pct"])
    assert np.isnan(found.loc[1, "over_budget_pct"])


def test_progress_that_falls_back_is_listed() -> None:
    rows = progress(
        report("p0", "2025-01", None, 40, 400),
        report("p0", "2025-02", None, 30, 410),
        report("p0", "2025-03", None, 35, 420),
    )
    fallen = setbacks(rows, TODAY)
    assert fallen[["reported_on", "before", "after"]].to_numpy().tolist() == [["2025-02", 40, 30], ["2025-03", 40, 35]]


def test_the_standards_worked_example_of_earned_value() -> None:
    """Budget 1000, planned 60 %, complete 50 %, spent 600: SV -100, CV -100, SPI 0.833, CPI 0.833, EAC 1200."""
    row = earned_value(pd.Series([1000.0]), pd.Series([60.0]), pd.Series([50.0]), pd.Series([600.0])).iloc[0]
    figures = ["schedule_variance", "cost_variance", "schedule_index", "cost_index", "estimate_at_completion"]
    assert row[figures].tolist() == pytest.approx([-100, -100, 5 / 6, 5 / 6, 1200])
    assert row["schedule_variance_pct"] == pytest.approx(-100 / 6)
    assert row["cost_variance_pct"] == -20


def test_what_is_complete_now_was_due_a_month_ago() -> None:
    plan = pd.DataFrame({"on": pd.to_datetime(["2025-01-01", "2025-03-02", "2025-05-01"]), "planned_pct": [0, 60, 100]})
    assert schedule_variance_days(plan, 30, pd.Timestamp("2025-03-02")) == pytest.approx(-30)
    assert np.isnan(schedule_variance_days(plan, np.nan, pd.Timestamp("2025-03-02")))
    assert np.isnan(schedule_variance_days(plan.iloc[1:], 30, pd.Timestamp("2025-03-02")))
