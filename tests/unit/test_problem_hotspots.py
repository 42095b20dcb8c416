import numpy as np
import pandas as pd

from analysis.problems.hotspots import hot_spots

SIDE = 8


def grid() -> dict[str, list[str]]:
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1)]
    cells = [(x, y) for x in range(SIDE) for y in range(SIDE)]
    return {f"{x},{y}": [f"{x + a},{y + b}" for a, b in steps if (x + a, y + b) in cells] for x, y in cells}


def counted(crowded: set[str], population: float = 1000) -> pd.DataFrame:
    chance = np.random.default_rng(5)
    codes = list(grid())
    problems = [30 if code in crowded else int(chance.poisson(5)) for code in codes]
    return pd.DataFrame({"area_code": codes, "problems": problems, "population": population})


def test_neighbouring_areas_full_of_problems_are_a_hot_spot_and_others_are_not() -> None:
    crowded = {"2,2", "2,3", "3,2", "3,3"}
    found = hot_spots(counted(crowded), grid()).areas.set_index("area_code")["spot"]
    assert set(found.index[found == "hot"]) >= crowded
    assert (found == "hot").sum() <= 12


def test_many_problems_among_many_residents_are_no_hot_spot() -> None:
    listed = counted(set())
    listed.loc[listed["area_code"].isin(["2,2", "2,3"]), ["problems", "population"]] = [500, 100_000]
    assert not hot_spots(listed, grid()).areas["spot"].eq("hot").any()


def test_an_area_without_population_has_no_density_and_no_spot() -> None:
    listed = counted({"2,2", "2,3", "3,2", "3,3"})
    listed.loc[0, "population"] = 0
    row = hot_spots(listed, grid()).areas.iloc[0]
    assert np.isnan(row["density"]) and row["spot"] == "unknown"


def test_too_few_areas_islands_and_equal_densities_are_answered_with_the_reason() -> None:
    assert hot_spots(counted(set()).head(5), grid()).reason == "too_few_areas"
    assert hot_spots(counted(set()), {}).reason == "islands_only"
    assert hot_spots(counted(set()).assign(problems=3), grid()).reason == "constant"
