from datetime import date

import pandas as pd
import pytest

from analysis.problems.crosstab import OTHER, UNKNOWN, cross_table
from analysis.problems.funnel import fix_rates, funnel
from analysis.problems.resolution import time_to_resolve
from analysis.problems.watch import fates, indicator_fates, watch_list

TODAY = date(2025, 3, 31)


def text(*cells: str | None) -> object:
    return pd.array(list(cells), dtype="str")


def test_whoever_reached_a_step_passed_the_ones_before_it() -> None:
    counts = pd.DataFrame({"status": ["open", "closed", "in_progress", "open"], "problems": [3, 2, 4, 1]})
    assert funnel(counts)["reached"].tolist() == [10, 6, 2, 2]
    assert funnel(counts)["here"].tolist() == [4, 4, 0, 2]
    assert funnel(counts)["reached_pct"].tolist() == [100, 60, 20, 20]


def test_an_empty_list_has_no_shares_rather_than_zero_ones() -> None:
    assert funnel(pd.DataFrame({"status": [], "problems": []}))["reached_pct"].isna().all()


def test_the_fix_rate_is_all_fixed_of_all_listed_not_the_mean_of_rates() -> None:
    counts = pd.DataFrame(
        {"area_code": ["a", "a", "b"], "status": ["open", "closed", "resolved"], "problems": [90, 10, 1]}
    )
    assert fix_rates(counts)["fix_rate_pct"].item() == pytest.approx(100 * 11 / 101)
    by_area = fix_rates(counts, ["area_code"])
    assert by_area[["area_code", "fix_rate_pct"]].to_numpy().tolist() == [["a", 10.0], ["b", 100.0]]
    assert by_area[["open", "in_progress", "resolved", "closed"]].to_numpy().tolist() == [[90, 0, 0, 10], [0, 0, 1, 0]]


def test_problems_without_a_department_are_their_own_group() -> None:
    counts = pd.DataFrame({"department": text("x", None), "status": ["open", "open"], "problems": [1, 5]})
    assert fix_rates(counts, ["department"])["listed"].tolist() == [5, 1]


def resolved_after(*days: int | None) -> pd.DataFrame:
    found = pd.Timestamp(2025, 1, 1)
    done = [None if d is None else (found + pd.Timedelta(days=d)).date().isoformat() for d in days]
    status = ["open" if d is None else "closed" for d in days]
    return pd.DataFrame({"found_on": text(*["2025-01-01"] * len(days)), "resolved_on": text(*done), "status": status})


def test_open_problems_lengthen_the_median_time_to_resolve() -> None:
    alone = time_to_resolve(resolved_after(10, 20, 30, 40, 50), TODAY)
    with_open = time_to_resolve(resolved_after(10, 20, 30, 40, 50, None, None, None), TODAY)
    assert (alone.median_days, with_open.median_days) == (30, 40)
    assert (with_open.resolved, with_open.unresolved) == (5, 3)


def test_a_median_that_is_not_reached_says_so_and_what_is_known() -> None:
    result = time_to_resolve(resolved_after(10, 20, 30, 40, 50, *[None] * 20), TODAY)
    assert (result.median_days, result.reason, result.at_least_days) == (None, "median_not_reached", 89)


def test_contradictory_and_vague_dates_stay_out_and_are_counted() -> None:
    odd = pd.DataFrame(
        {
            "found_on": text("2025-02-01", "2024", "2025-01-05", None),
            "resolved_on": text("2025-01-01", "2025-01-01", None, None),
            "status": ["closed", "closed", "closed", "open"],
        }
    )
    result = time_to_resolve(pd.concat([resolved_after(1, 2, 3, 4, 5), odd]), TODAY)
    assert (result.left_out, result.resolved, result.median_days) == (4, 5, 3)


def test_the_watch_list_tells_what_became_of_last_years_problems() -> None:
    problems = pd.DataFrame(
        {
            "problem_code": ["back", "back2", "done", "better", "worse", "same", "mute", "new", "old"],
            "indicator_code": text("i", "i", "i", "up", "down", "flat", None, "i", "i"),
            "area_code": ["a"] * 9,
            "status": ["closed", "open", "closed", "open", "in_progress", "open", "open", "open", "closed"],
            "found_on": text("2024", "2025-02", "2024-03", "2023", "2024", "2024", "2024", "2025-01", "2022"),
            "resolved_on": text("2024-09", None, "2025-01-15", *[None] * 5, "2023-05"),
            "recurs_from_code": text(None, "back", *[None] * 7),
        }
    )
    moves = pd.DataFrame(
        {"indicator_code": ["up", "down", "flat"], "area_code": "a", "valuation": ["better", "worse", "same"]}
    )
    listed = watch_list(problems, moves, 2025, TODAY).set_index("problem_code")
    assert listed["fate"].to_dict() == {
        "back": "recurring",
        "done": "resolved",
        "better": "improving",
        "worse": "worse",
        "same": "unchanged",
        "mute": "unchanged",
    }
    assert listed.loc["back", "recurred_as"] == "back2"
    assert listed.loc[["same", "mute"], "rule"].tolist() == ["indicator_same", "no_later_value"]
    assert fates(listed)["problems"].sum() == 6


def test_an_indicator_that_met_its_standard_for_one_year_only_is_recurring() -> None:
    judged = pd.DataFrame(
        {
            "attainment_earlier": ["fails", "meets", "fails", "fails"],
            "attainment_before": ["meets", "fails", "fails", "near"],
            "attainment": ["fails", "meets", "fails", "near"],
            "valuation": ["worse", "better", "worse", "better"],
        }
    )
    assert indicator_fates(judged)["fate"].tolist() == ["recurring", "resolved", "worse", "improving"]


def test_a_cross_table_keeps_every_problem_and_marks_the_pair_that_surprises() -> None:
    counted = pd.DataFrame(
        {
            "decade": text("1980", "1980", "2000", "2000", None),
            "structure": text("brick", "concrete", "brick", "concrete", "brick"),
            "problems": [40, 10, 10, 40, 3],
        }
    )
    table = cross_table(counted, "decade", "structure")
    assert table.total == table.counts.to_numpy().sum() == 103
    assert list(table.counts.index) == ["1980", "2000", UNKNOWN]
    assert table.residuals.loc["1980", "brick"] > 1.96 > -1.96 > table.residuals.loc["2000", "brick"]


def test_rare_words_are_folded_together_and_not_lost() -> None:
    counted = pd.DataFrame({"kind": [f"k{n}" for n in range(20)], "area": "a", "problems": range(1, 21)})
    table = cross_table(counted, "kind", "area", most_rows=5)
    assert list(table.counts.index) == ["k19", "k18", "k17", "k16", OTHER]
    assert table.total == 210
    assert table.residuals.isna().all(axis=None)
