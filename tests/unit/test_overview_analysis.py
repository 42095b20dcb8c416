"""Ranking, search, history, health and subjects: what the overview says about a city."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.health import dimension_summary, meeting_share_pct
from analysis.history import breaks, on_timeline, timeline_of
from analysis.problems.subjects import by_subject
from analysis.ranking import rank_areas
from analysis.search import entry, find


def areas(values: list[float | None], status: str = "valid") -> pd.DataFrame:
    return pd.DataFrame({"area_code": [str(n) for n in range(len(values))], "value": values, "status": status}).astype(
        {"value": float}
    )


def test_the_lowest_ranks_first_where_lower_is_better() -> None:
    assert rank_areas(areas([3, 1, 2]), "lower_better").ranked["area_code"].to_list() == ["1", "2", "0"]
    assert rank_areas(areas([3, 1, 2]), "higher_better").ranked["area_code"].to_list() == ["0", "2", "1"]


def test_equal_values_share_a_rank() -> None:
    assert rank_areas(areas([5, 5, 1]), "higher_better").ranked["rank"].to_list() == [1, 1, 3]


def test_suspect_and_missing_values_are_left_out_of_the_ranking_and_not_forgotten() -> None:
    mixed = pd.concat([areas([1, None]), areas([9], "suspect")])
    order = rank_areas(mixed, "higher_better")
    assert (len(order.ranked), len(order.suspect), len(order.missing)) == (1, 1, 1)


@settings(deadline=None)
@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=20))
def test_a_ranking_loses_no_area(values: list[float | None]) -> None:
    order = rank_areas(areas(values), "neutral")
    assert len(order.ranked) + len(order.suspect) + len(order.missing) == len(values)
    assert order.ranked["value"].is_monotonic_decreasing


FOUND = [
    entry("indicator", "H01", "城市道路网密度", "Road density"),
    entry("area", "990102", "古渡区", "Gudu District"),
]


def test_areas_and_indicators_are_found_by_initials_pinyin_chinese_english_and_code() -> None:
    for query in ("gdq", "gudu", "古渡", "dist", "9901", "GUDU"):
        assert [one.code for one in find(FOUND, query)] == ["990102"], query
    assert [one.code for one in find(FOUND, "dlw")] == ["H01"]
    assert find(FOUND, "  ") == find(FOUND, "zzz") == []


def test_a_year_nobody_recorded_has_its_place_on_the_timeline() -> None:
    years = ["2019", "2020", "2022"]
    periods = pd.DataFrame(
        {
            "period": years,
            "kind": "year",
            "starts_on": [f"{y}-01-01" for y in years],
            "ends_on": [f"{y}-12-31" for y in years],
        }
    )
    timeline = timeline_of(periods, "2022")
    assert timeline == ["2019", "2020", "2021", "2022"]
    points = on_timeline(pd.DataFrame({"period": years, "value": [1.0, 2.0, 3.0]}), timeline)
    assert points["value"].isna().to_list() == [False, False, True, False]


def test_a_change_of_caliber_is_a_break_and_an_unknown_boundary_is_not() -> None:
    points = pd.DataFrame(
        {
            "period": ["2020", "2021", "2022", "2023"],
            "value": [1.0, 2.0, 3.0, 4.0],
            "caliber": [None, None, "new", "new"],
            "boundary_version": [None, "2020", None, "2020"],
        }
    ).astype({"caliber": "str", "boundary_version": "str"})
    assert breaks(points) == ["2022"]


def judged(**columns: list[object]) -> pd.DataFrame:
    rows = len(columns["value"])
    base = {"root_dimension_code": ["d"] * rows, "direction": ["lower_better"] * rows, "aggregation": ["sum"] * rows}
    base |= {"graded": [False] * rows, "attainment": ["not_judged"] * rows, "unit": ["栋"] * rows}
    return pd.DataFrame(base | columns)


DIMENSIONS = pd.DataFrame({"dimension_code": ["d"], "root_dimension_code": ["d"]})


def test_counts_of_one_unit_are_added_up_and_counts_of_different_things_are_not() -> None:
    assert dimension_summary(judged(value=[3.0, 4.0]), DIMENSIONS)["counted"].to_list() == [7]
    mixed = dimension_summary(judged(value=[3.0, 0.0], unit=["栋", "个"]), DIMENSIONS).iloc[0]
    assert pd.isna(mixed["counted"])
    assert mixed["with_problems"] == 1


def test_the_meeting_share_is_of_what_could_be_judged() -> None:
    frame = judged(value=[1.0] * 4, attainment=["meets", "fails", "near", "not_judged"])
    assert round(meeting_share_pct(frame)) == 33
    assert pd.isna(meeting_share_pct(judged(value=[1.0])))


def test_problems_pile_up_by_what_they_are_about() -> None:
    tally = pd.DataFrame(
        {
            "indicator_code": ["N", "N", None],
            "kind": ["engineering", "management", "engineering"],
            "track": ["time_limited", "best_effort", "time_limited"],
            "deadline": ["overdue", "done", "no_deadline"],
            "problems": [3, 4, 5],
            "overdue": [3, 0, 0],
        }
    )
    subjects = by_subject(tally)
    assert subjects["listed"].to_list() == [7, 5]
    assert subjects["overdue"].to_list() == [3, 0]
    assert subjects["unsolved"].to_list() == [3, 5]
    assert subjects["time_limited"].to_list() == [False, True]
    assert subjects["kind"].to_list()[1] == "engineering"
