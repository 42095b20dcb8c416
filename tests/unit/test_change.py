"""What a change is measured against, and whether it is good."""

import pandas as pd
import pytest

from analysis.change import previous_period, previous_values, series_of, valuation

PERIODS = pd.DataFrame(
    [
        ("2022", "year", "2022-01-01", "2022-12-31"),
        ("2023", "year", "2023-01-01", "2023-12-31"),
        ("2024-Q1", "quarter", "2024-01-01", "2024-03-31"),
        ("2022-12/2023-02", "span", "2022-12-01", "2023-02-28"),
        ("2023-06/2023-08", "span", "2023-06-01", "2023-08-31"),
        ("2023-12/2024-02", "span", "2023-12-01", "2024-02-29"),
        ("2024", "year", "2024-01-01", "2024-12-31"),
    ],
    columns=["period", "kind", "starts_on", "ends_on"],
)


def test_periods_of_different_length_are_different_series() -> None:
    assert previous_period(PERIODS, "2024") == "2023"
    assert previous_period(PERIODS, "2024-Q1") is None
    assert previous_period(PERIODS, "2022") is None


def test_a_season_compares_with_the_same_season_even_over_a_leap_february() -> None:
    assert previous_period(PERIODS, "2023-12/2024-02") == "2022-12/2023-02"
    assert series_of(PERIODS).nunique() == 4


def test_a_gap_compares_with_the_last_value_known() -> None:
    values = pd.DataFrame({"indicator_code": ["I"] * 3, "period": ["2022", "2023", "2024"], "value": [5.0, None, 8.0]})
    last = previous_values(values, PERIODS, "indicator_code").set_index("period").loc["2024"]
    assert (last["previous_period"], last["difference"]) == ("2022", 3.0)


@pytest.mark.parametrize(
    ("difference", "direction", "word"),
    [
        (3.0, "higher_better", "better"),
        (-3.0, "higher_better", "worse"),
        (-3.0, "lower_better", "better"),
        (3.0, "lower_better", "worse"),
        (3.0, "neutral", "unvalued"),
        (3.0, "range", "unvalued"),
        (0.0, "higher_better", "same"),
        (None, "higher_better", "same"),
    ],
)
def test_a_change_is_judged_by_the_direction_of_good(difference: float | None, direction: str, word: str) -> None:
    assert valuation(difference, direction) == word


def test_a_change_that_rounds_away_is_none() -> None:
    assert valuation(0.04, "higher_better", 1) == "same"


def test_a_range_indicator_is_better_when_it_comes_nearer_to_its_range() -> None:
    assert valuation(-2.0, "range", nearer=True) == "better"
    assert valuation(-2.0, "range", nearer=False) == "worse"
