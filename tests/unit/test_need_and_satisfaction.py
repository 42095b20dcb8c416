"""Where need is greatest and how sure that is; what residents feel about what is measured; a pair's line."""

import numpy as np
import pandas as pd
import pytest

from analysis.overlay import Overlay, weighted_overlay
from analysis.regression import Regression, regress
from analysis.satisfaction import objective_scores, pooled, quadrants, standings
from analysis.unanswered import Reason, Unanswered
from layouts.figures.quadrant import _SIDES, _labels

DIRECTIONS = {"hazard": "lower_better", "green": "higher_better"}


def overlay(values: pd.DataFrame, weights: dict[str, float], **options: int) -> Overlay:
    found = weighted_overlay(values, DIRECTIONS, weights, **options)
    assert isinstance(found, Overlay)
    return found


def test_most_hazards_and_least_green_need_renewal_most() -> None:
    values = pd.DataFrame({"hazard": [10.0, 0, 5], "green": [1.0, 9, 5]}, index=list("xyz"))
    found = overlay(values, {"hazard": 1, "green": 3})
    assert found.areas.index.tolist() == ["x", "z", "y"]
    assert found.areas["need"].tolist() == [100, 50, 0]
    assert found.weights == {"hazard": 0.25, "green": 0.75}


def test_who_leads_everywhere_stays_ahead_whatever_the_weights() -> None:
    random = np.random.default_rng(0)
    values = pd.DataFrame(random.random((60, 2)), columns=["hazard", "green"], index=[f"a{n:02d}" for n in range(60)])
    values.loc["a00"] = [2.0, -1.0]
    found = overlay(values, {"hazard": 1, "green": 1})
    assert found.areas.loc["a00", "stays_pct"] == 100
    assert found.areas["stays_pct"].sum() == pytest.approx(1000)
    assert found.areas["stays_pct"].iloc[-1] == 0


def test_an_area_that_lacks_a_value_is_named_and_not_guessed() -> None:
    values = pd.DataFrame({"hazard": [1.0, 2, 3, None], "green": [1.0, 2, 3, 4]}, index=list("wxyz"))
    assert overlay(values, {"hazard": 1, "green": 1}).left_out == ("z",)


def test_an_overlay_without_weights_directions_or_areas_says_why() -> None:
    values = pd.DataFrame({"hazard": [1.0, 2], "pop": [1.0, 2]})
    assert weighted_overlay(values, DIRECTIONS, {"hazard": 0}) == Unanswered(Reason.ALL_MISSING)
    assert weighted_overlay(values, DIRECTIONS, {"pop": 1}) == Unanswered(Reason.NO_DIRECTION)
    assert weighted_overlay(values, DIRECTIONS, {"hazard": 1}) == Unanswered(Reason.TOO_FEW, 2, 3)


def test_the_four_quadrants_and_the_suppressed_cell() -> None:
    cells = pd.DataFrame(
        {
            "objective": [90, 90, 10, 10, 90, None],
            "satisfaction": [90, 10, 90, 10, 90, 90],
            "respondents": [30, 99, 99, 99, 29, 99],
        }
    )
    found = quadrants(cells, 60, 60)
    assert found["quadrant"].tolist() == [
        "keep",
        "perception_gap",
        "latent_shortfall",
        "fix_first",
        "suppressed",
        "unknown",
    ]
    assert np.isnan(found["satisfaction"].iloc[4])


def test_pooled_satisfaction_weighs_by_respondents_and_counts_persons_once() -> None:
    """Twenty persons who answer two topics are twenty, and stay below the thirty that may be shown."""
    results = pd.DataFrame(
        {
            "area_code": ["a", "a", "b"],
            "topic_code": ["x", "y", "x"],
            "score": [50.0, 80, 70],
            "respondents": [10, 20, 5],
        }
    )
    found = pooled(results, ["area_code"])
    assert found["satisfaction"].tolist() == [70, 70]
    assert found["respondents"].tolist() == [20, 5]


def test_an_area_stands_as_high_as_the_share_of_areas_it_beats() -> None:
    values = pd.DataFrame({"up": [1.0, 2, 3, 4, 5], "down": [1.0, 1, 3, 4, 5], "few": [1.0, 2, None, None, None]})
    directions = dict.fromkeys(values, "lower_better") | {"up": "higher_better"}
    found = standings(values, directions)
    assert found["up"].tolist() == [0, 25, 50, 75, 100]
    assert found["down"].tolist() == [87.5, 87.5, 50, 25, 0]
    assert "few" not in found
    assert objective_scores(found)["objective"].isna().all()


def test_the_line_of_anscombes_first_quartet() -> None:
    """Anscombe 1973; R: summary(lm(y1 ~ x1, anscombe)): 3.0001 + 0.5001 x, R² 0.6665, p 0.00217."""
    x = pd.Series([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    y = pd.Series([8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68])
    found = regress(x, y)
    assert isinstance(found, Regression)
    assert (found.intercept, found.slope) == pytest.approx((3.0001, 0.5001), abs=1e-4)
    assert (found.r_squared, found.p_value) == pytest.approx((0.6665, 0.00217), abs=1e-4)
    assert (found.low, found.high) == pytest.approx((0.2333701, 0.7668117), abs=1e-5)
    assert ((found.band["low"] < found.band["y"]) & (found.band["y"] < found.band["high"])).all()


def test_a_line_needs_five_areas_that_differ() -> None:
    assert regress(pd.Series([1.0, 2, None]), pd.Series([1.0, 2, 3])) == Unanswered(Reason.TOO_FEW, 2, 5)
    assert regress(pd.Series([1.0] * 6), pd.Series(range(6))) == Unanswered(Reason.CONSTANT, 6)


def test_a_name_in_the_quarters_stands_where_no_other_dot_and_no_word_of_a_corner_is() -> None:
    rows = pd.DataFrame(
        {
            "name": ["alone", "under a dot", "the dot above", "far in a corner"],
            "objective": [20.0, 50.0, 50.0, 90.0],
            "satisfaction": [70.0, 60.0, 65.0, 89.0],
        }
    )
    names, sides = _labels(rows, 70.0)
    assert names == ["alone", "under a dot", "the dot above", "far in a corner"]
    assert sides[:3] == ["top center", "bottom center", "top center"]
    assert sides[3] == "bottom center"
    crowd = pd.concat([rows.iloc[:1]] * 12, ignore_index=True)
    assert _labels(crowd, 70.0)[0].count("alone") <= len(_SIDES)
