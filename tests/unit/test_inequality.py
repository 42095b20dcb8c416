"""Inequality between areas, against published figures."""

import pandas as pd
import pytest

from analysis.inequality import Distribution, distribution, gini, inequality_by_period, range_ratio
from analysis.unanswered import Reason, Unanswered

INCOMES = pd.Series([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])


def test_gini_of_rs_ineq_example() -> None:
    """R package ineq, ?ineq, example data of its help page: Gini(x) = 0.4620911."""
    assert gini(INCOMES) == pytest.approx(0.4620911, abs=1e-6)


def test_equal_areas_have_no_inequality() -> None:
    assert gini(pd.Series([3.0, 3, 3])) == 0
    assert range_ratio(pd.Series([3.0, 3, 3])) == 1


def test_all_in_one_of_ten_areas_is_nine_tenths() -> None:
    assert gini(pd.Series([0.0] * 9 + [7])) == pytest.approx(0.9)


def test_what_has_no_answer_says_why() -> None:
    assert gini(pd.Series([-1.0, 2, 3])) == Unanswered(Reason.NEGATIVE, 3)
    assert gini(pd.Series([0.0, 0, 0])) == Unanswered(Reason.ZERO_TOTAL, 3)
    assert gini(pd.Series([None, None], dtype=float)) == Unanswered(Reason.ALL_MISSING, 0, 3)
    assert range_ratio(pd.Series([0.0, 1, 2])) == Unanswered(Reason.ZERO_TOTAL, 3)
    assert distribution(pd.Series([1.0, 2])) == Unanswered(Reason.TOO_FEW, 2, 3)


def test_quartiles_are_those_of_r_type_7() -> None:
    """R: quantile(1:10) is 1, 3.25, 5.5, 7.75, 10."""
    assert distribution(pd.Series(range(1, 11))) == Distribution(10, 1, 3.25, 5.5, 7.75, 10, 5.5)


def test_only_areas_known_in_every_period_compare() -> None:
    values = pd.DataFrame(
        {
            "area_code": list("abcdabcd"),
            "period": ["2023"] * 4 + ["2024"] * 4,
            "value": [1.0, 2, 3, 100, 1, 1, 1, None],
        }
    )
    found = inequality_by_period(values)
    assert found["n"].tolist() == [3, 3]
    assert found["range_ratio"].tolist() == [3.0, 1.0]
    assert found["gini"].tolist() == pytest.approx([2 / 9, 0.0])
