import pandas as pd

from analysis.neighbours import listed
from analysis.problems.density import PER, crowding, densities

ROW = [f"a{n:02}" for n in range(20)]
BESIDE = {code: [other for other in ROW if abs(ROW.index(code) - ROW.index(other)) == 1] for code in ROW}


def test_problems_are_counted_per_ten_thousand_residents_and_no_problem_is_zero() -> None:
    people = pd.Series({"a": 20_000.0, "b": 5_000.0, "c": 0.0, "d": float("nan")})
    density = densities(pd.Series({"a": 6}), people, PER["population"])
    assert density[["a", "b"]].tolist() == [3.0, 0.0]
    assert density[["c", "d"]].isna().all()


def test_crowded_neighbours_are_hot_and_a_lonely_peak_is_not() -> None:
    street = [f"a{n:02}" for n in range(40)]
    near = {one: [two for two in street if 0 < abs(street.index(one) - street.index(two)) <= 3] for one in street}
    problems = pd.Series(1, index=street)
    problems[street[:5]] = 40
    problems["a25"] = 12
    found = crowding(problems, pd.Series(10_000.0, index=street), PER["population"], listed(near))
    clusters = found.areas["cluster"]
    assert (clusters[["a01", "a02", "a03"]] == "hot").all()
    assert clusters["a25"] != "hot"
    assert found.areas.index[0] in street[:5]


def test_with_too_few_areas_the_densities_stand_and_the_reason_is_told() -> None:
    few = pd.Series(10_000.0, index=ROW[:5])
    found = crowding(pd.Series({"a01": 4}), few, PER["population"], listed(BESIDE).among(few.index))
    assert found.unanswered is not None and found.unanswered.reason == "too_few"
    assert found.areas.loc["a01", "density"] == 4
    assert set(found.areas["cluster"]) == {"unknown"}


def test_where_most_areas_have_no_problem_having_none_is_nothing_special() -> None:
    people = pd.Series(10_000.0, index=ROW)
    found = crowding(pd.Series({"a03": 3, "a11": 2, "a17": 4}), people, PER["population"], listed(BESIDE))
    assert "cold" not in set(found.areas["cluster"])
