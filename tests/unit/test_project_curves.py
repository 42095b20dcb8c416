from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.projects.chain import NO_PROJECT, chain
from analysis.projects.curves import annual_investment, increments, s_curve, value_on
from analysis.projects.funding import UNNAMED, funding_mix
from analysis.projects.stages import annual_plan, flow, stage_funnel, stages_on
from tests.project_rows import progress, projects, report

TODAY = date(2025, 3, 31)


def test_the_curve_of_two_projects_adds_money_by_share_and_not_percentages() -> None:
    rows = progress(
        report("p0", "2025-01", 20, 10, 100),
        report("p0", "2025-02", 40, 30, 300),
        report("p1", "2025-02", 50, 50, 40),
        report("p0", "2025-05", 100, None, None),
    )
    shared = projects({}, {"investment_planned": 100.0}).assign(share=[0.5, 1.0])
    curve = s_curve(increments(rows, shared), TODAY).set_index("month")
    assert curve["earned_value"].tolist()[:2] == [50, 200]
    assert curve["planned_value"].tolist() == [100, 250, 250, 250, 550]
    assert curve["investment_actual"].dropna().tolist() == [50, 190]


def test_the_actual_curve_ends_with_the_last_report_and_does_not_fall_to_zero() -> None:
    rows = progress(report("p0", "2025-01", 20, 10, 100), report("p0", "2025-04", 40, 30, 300))
    curve = s_curve(increments(rows, projects({}).assign(share=1.0)), TODAY)
    assert curve["earned_value"].tolist()[0] == 100
    assert curve["earned_value"].isna().tolist() == [False, True, True, True]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_the_end_of_the_curve_is_the_latest_report_whatever_came_before(percentages: list[int]) -> None:
    rows = progress(*(report("p0", f"2024-{n + 1:02}", None, pct, pct) for n, pct in enumerate(percentages)))
    curve = s_curve(increments(rows, projects({}).assign(share=1.0)), TODAY)
    assert value_on(curve, "earned_value", "2025-03") == pytest.approx(10 * percentages[-1])


def test_a_year_invests_what_it_adds_to_the_cumulative_curve() -> None:
    rows = [report("p0", "2023-12", None, 10, 100), report("p0", "2024-06", None, 30, 250)]
    rows += [report("p0", "2024-12", None, 50, 400)]
    curve = s_curve(increments(progress(*rows), projects({}).assign(share=1.0)), TODAY)
    assert annual_investment(curve, [2023, 2024])["invested"].tolist() == [100, 300]
    assert np.isnan(annual_investment(curve, [2021])["invested"].item())


def milestones(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["project_code", "stage", "actual_on"]).astype("str")


def test_projects_flow_between_the_stages_of_two_days() -> None:
    listed = projects({"stage": "completed"}, {"stage": "construction"}, {"stage": "pipeline"}, {"stage": "unknown"})
    reached = milestones(
        ("p0", "pipeline", "2023-01"),
        ("p0", "construction", "2024-02-01"),
        ("p0", "completed", "2025-01"),
        ("p1", "started", "2024-06-01"),
    )
    before, after = stages_on(listed, reached, date(2024, 3, 1), TODAY), stages_on(listed, reached, TODAY, TODAY)
    assert before.to_dict() == {"p0": "construction", "p1": "before", "p2": "unknown", "p3": "unknown"}
    moved = flow(before, after)
    assert moved["projects"].sum() == 4
    assert ["construction", "completed", 1] in moved.to_numpy().tolist()


def test_a_cancelled_project_leaves_the_funnel_rather_than_ending_it() -> None:
    counts = pd.DataFrame({"stage": ["pipeline", "construction", "cancelled", "unknown"], "projects": [5, 3, 2, 1]})
    funnel = stage_funnel(counts).set_index("stage")["reached"]
    assert (funnel["pipeline"], funnel["construction"], funnel["completed"]) == (8, 3, 0)


def test_the_annual_plan_counts_what_was_promised_and_what_was_done() -> None:
    listed = projects(
        {"planned_start_on": "2025-02", "actual_start_on": "2025-03-01", "planned_finish_on": "2026"},
        {"planned_start_on": "2025", "planned_finish_on": "2025-12-31"},
        {"planned_start_on": "2024", "actual_start_on": "2025-01", "actual_finish_on": "2025-03-15"},
        {"planned_start_on": "2025", "actual_start_on": "2025-06-01"},
    )
    assert annual_plan(listed, 2025, TODAY) == {
        "start_planned": 3, "started": 2, "start_met": 1, "finish_planned": 1, "finished": 1, "finish_met": 0,
    }  # fmt: skip


def test_the_funding_mix_shows_what_no_source_is_named_for() -> None:
    listed = projects({}, {"investment_planned": 500.0}).assign(share=[0.5, 1.0])
    funding = pd.DataFrame(
        {"project_code": ["p0", "p0", "p1"], "fund_source": ["债券", "财政", "财政"], "amount": [300.0, 300.0, 900.0]}
    )
    mix = funding_mix(funding, listed).set_index("fund_source")["amount"]
    assert mix.to_dict() == {"财政": 1050.0, "债券": 150.0, UNNAMED: 200.0}


def test_problems_without_a_project_end_in_their_own_band() -> None:
    counted = pd.DataFrame(
        {
            "category": ["housing", "housing", "block"],
            "action_code": ["a1", None, None],
            "project_type": ["renewal", None, "roads"],
            "stage": ["construction", None, "planning"],
            "problems": [7, 3, 2],
        }
    )
    made = chain(counted)
    labelled = made.links.assign(
        source=made.nodes["key"].to_numpy()[made.links["source"]],
        target=made.nodes["key"].to_numpy()[made.links["target"]],
    )
    assert ["housing", NO_PROJECT, 3] in labelled.to_numpy().tolist()
    assert NO_PROJECT not in set(labelled["source"])
    assert made.nodes[made.nodes["step"] == "category"]["problems"].sum() == 12
