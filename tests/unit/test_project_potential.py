import pandas as pd
import pytest

from analysis.projects.potential import POTENTIAL, mean_satisfaction, ranked_units, renewal_potential
from analysis.unanswered import Unanswered

INDICATORS = pd.DataFrame(
    {
        "indicator_code": ["leaks", "green", "steps", "note"],
        "direction": ["lower_better", "higher_better", "lower_better", "neutral"],
        "aggregation": ["sum", "ratio", "none", "none"],
    }
)
PEOPLE = pd.Series({"a": 10_000.0, "b": 20_000.0, "c": 10_000.0, "d": 5_000.0})


def values(**by_indicator: dict[str, float]) -> pd.DataFrame:
    rows = [(area, code, value) for code, areas in by_indicator.items() for area, value in areas.items()]
    return pd.DataFrame(rows, columns=["area_code", "indicator_code", "value"])


def test_the_worst_in_everything_has_the_whole_potential_and_counts_are_per_resident() -> None:
    measured = values(
        leaks={"a": 30, "b": 30, "c": 0},
        green={"a": 10, "b": 20, "c": 30},
        steps={"a": 9, "b": 5, "c": 1},
        note={"a": 1, "b": 2, "c": 3},
    )
    found = renewal_potential(measured, INDICATORS, PEOPLE)
    assert found[["a", "b", "c"]].tolist() == [1.0, 0.5, 0.0]
    assert pd.isna(found["d"])


def test_a_city_may_name_the_indicators_and_one_of_them_is_then_enough() -> None:
    measured = values(green={"a": 10, "b": 30})
    assert renewal_potential(measured, INDICATORS, PEOPLE).isna().all()
    assert renewal_potential(measured, INDICATORS, PEOPLE, ("green",))[["a", "b"]].tolist() == [1.0, 0.0]


def test_units_are_ranked_by_problems_and_potential_together_and_gaps_are_named() -> None:
    potential = pd.Series({"a": 0.2, "b": 0.9, "c": 0.5})
    found = ranked_units(pd.Series({"a": 1, "b": 8}), pd.Series(1.0, index=["a", "b", "c", "d"]), potential)
    assert not isinstance(found, Unanswered)
    assert found.areas.index.tolist() == ["b", "c", "a"]
    assert found.areas.loc["b", POTENTIAL] == 100
    assert found.left_out == ("d",)


def test_satisfaction_is_everyones_latest_word_weighed_by_how_many_answered() -> None:
    survey = pd.DataFrame(
        {
            "area_code": "a",
            "topic_code": ["t", "t", "u", "u"],
            "period": ["2023", "2024", "2024", "2024"],
            "respondent_group": ["all", "all", "all", "old"],
            "score": [10.0, 60.0, 80.0, 5.0],
            "respondents": [100, 300, 100, 900],
        }
    )
    assert mean_satisfaction(survey) == {"a": pytest.approx(65)}
    assert mean_satisfaction(survey.iloc[:0]) == {}
