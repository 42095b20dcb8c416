"""Scores have fixed bounds, grades begin at theirs, composites say how many indicators are in them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.scores import Composite, composite, composites_by, fixed_bounds, min_max, score_of, scored, z_scores
from analysis.scoring import DEFAULT, Intervals, ScoringFault, read_scoring
from analysis.unanswered import Reason, Unanswered

SCORING = read_scoring()


def points(value: float, low: float | None, high: float | None) -> float:
    bounds = fixed_bounds("A", value, low, high, SCORING)
    assert bounds is not None
    return score_of(value, low, high, bounds)


def judged(*rows: dict[str, Any]) -> pd.DataFrame:
    filled = {"graded": True, "status": "valid", "standard_low": None, "standard_high": None, "predecessor_code": None}
    return pd.DataFrame([filled | {"root_dimension_code": "city", "dimension_code": "d"} | row for row in rows])


def test_scores_have_fixed_bounds_and_are_clipped() -> None:
    assert min_max(pd.Series([0.0, 50, 120]), 0, 100).tolist() == [0, 50, 100]
    assert min_max(pd.Series([0.0, 50]), 100, 0).tolist() == [100, 50]
    with pytest.raises(ValueError, match="differ"):
        min_max(pd.Series([1.0]), 5, 5)


def test_the_standard_has_100_points_and_twice_the_limit_has_none() -> None:
    assert [points(value, 80, None) for value in (80, 90, 60, 0, -1)] == [100, 100, 75, 0, 0]
    assert [points(value, None, 20) for value in (20, 5, 30, 40, 99)] == [100, 100, 50, 0, 0]
    assert [points(value, 4, 6) for value in (4, 5, 6, 2, 9)] == [100, 100, 100, 50, 50]


def test_a_standard_of_zero_is_met_or_missed() -> None:
    assert [points(value, None, 0) for value in (0, 1)] == [100, 0]


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_better_value_never_scores_less(standard: float, value: float, better: float) -> None:
    assert 0 <= points(value, standard, None) <= points(value + better, standard, None) <= 100
    assert points(value, None, standard) >= points(value + better, None, standard)


def test_only_graded_trusted_values_with_a_standard_are_scored() -> None:
    rows = [
        {"indicator_code": "A", "value": 60.0, "standard_low": 80.0},
        {"indicator_code": "B", "value": 60.0, "standard_low": 80.0, "graded": False},
        {"indicator_code": "C", "value": 60.0, "standard_low": 80.0, "status": "suspect"},
        {"indicator_code": "D", "value": 60.0},
        {"indicator_code": "E", "value": None, "standard_low": 80.0},
    ]
    found = scored(judged(*rows), SCORING)
    assert found["score"].fillna(-1).tolist() == [75, -1, -1, -1, -1]
    assert found["grade_word"].tolist() == ["fair", "", "", "", ""]
    assert found.loc[0, ["worst", "best"]].tolist() == [0, 80]


def test_z_scores_need_eight_units() -> None:
    assert z_scores(pd.Series(range(7)), "higher_better") == Unanswered(Reason.TOO_FEW, 7, 8)
    assert z_scores(pd.Series([4.0] * 8), "higher_better") == Unanswered(Reason.CONSTANT, 8)
    found = z_scores(pd.Series([2.0, 4, 4, 4, 5, 5, 7, 9]), "lower_better")
    assert not isinstance(found, Unanswered)
    assert found.iloc[-1] == pytest.approx(-4 / (32 / 7) ** 0.5)


def test_grades_begin_at_their_bounds() -> None:
    words = [SCORING.grades.word(score) for score in (100, 99.9, 90, 60, 59.9)]
    assert words == ["very_good", "good", "good", "fair", "poor"]
    assert [SCORING.tiers.word(score) for score in (90, 80, 60, 0)] == ["excellent", "good", "middling", "poor"]
    with pytest.raises(ScoringFault, match="falling"):
        Intervals(("a", "b", "c"), (60, 70))


def test_a_composite_holds_graded_indicators_only_and_says_how_many() -> None:
    scores = judged(
        {"indicator_code": "a", "score": 80.0},
        {"indicator_code": "b", "score": None, "dimension_code": "e"},
        {"indicator_code": "c", "score": 10.0, "graded": False},
    )
    assert composite(scores, SCORING) == Composite(80.0, 1, 2)
    assert composites_by(scores, "dimension_code", SCORING) == {
        "d": Composite(80.0, 1, 1),
        "e": Unanswered(Reason.ALL_MISSING, 0),
    }
    assert composite(scores[2:], SCORING) == Unanswered(Reason.NOT_GRADED)


def test_an_indicator_and_its_successor_count_once() -> None:
    scores = judged(
        {"indicator_code": "old", "score": 20.0}, {"indicator_code": "new", "score": 80.0, "predecessor_code": "old"}
    )
    assert composite(scores, SCORING) == Composite(80.0, 1, 1)
    assert composite(scores.assign(score=[20.0, None]), SCORING) == Composite(20.0, 1, 2)


def test_a_city_sets_its_own_intervals_bounds_and_weights(tmp_path: Path) -> None:
    file = tmp_path / "scoring.toml"
    own = DEFAULT.read_text("utf-8").replace("# G01 = [0, 100]", "a = [50, 90]").replace("# G01 = 2", "a = 3")
    file.write_text(own.replace("dimensions = []", 'dimensions = ["city"]'), "utf-8")
    scoring = read_scoring(file)
    assert fixed_bounds("a", 70, None, None, scoring) == (50, 90)
    rows = judged(
        {"indicator_code": "a", "score": 100.0},
        {"indicator_code": "b", "score": 60.0},
        {"indicator_code": "c", "score": 0.0, "root_dimension_code": "housing"},
    )
    assert composite(rows, scoring) == Composite(90.0, 2, 2)


@pytest.mark.parametrize(
    "wrong",
    ["[grades]\nvery_good = 1", "[rule]\nzero_at_share = 0", "[bounds]\na = [1, 1]", "[weights]\na = -1", "[x]", "="],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_name(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "scoring.toml"
    file.write_text(wrong, "utf-8")
    with pytest.raises(ScoringFault, match=r"scoring\.toml"):
        read_scoring(file)
