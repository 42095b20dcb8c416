"""Which standard judges a value, and how."""

import pandas as pd
import pytest

from analysis.attainment import applicable_references, attainment_of, judge, judging_standards

COLUMNS = ["reference_code", "indicator_code", "kind", "area_code", "period", "operator", "value", "value_high"]
COLUMNS += ["effective_on", "is_primary"]


def references(*rows: dict[str, object]) -> pd.DataFrame:
    whole = [{"indicator_code": "I", "kind": "standard", "operator": ">=", "reference_code": str(n)} | row
             for n, row in enumerate(rows)]  # fmt: skip
    frame = pd.DataFrame(whole).reindex(columns=COLUMNS)
    frame["is_primary"] = frame["is_primary"].map(lambda flag: flag is True)
    text = ["reference_code", "indicator_code", "kind", "area_code", "period", "operator", "effective_on"]
    return frame.astype({"value": float, "value_high": float} | dict.fromkeys(text, "str"))


def standard_value(frame: pd.DataFrame, path: list[str], period: str = "2024", ends_on: str = "2024-12-31") -> float:
    return float(judging_standards(applicable_references(frame, path, period, ends_on)).loc["I", "value"])


def test_the_primary_standard_judges_even_against_a_more_local_one() -> None:
    frame = references({"value": 80.0, "is_primary": True}, {"value": 85.0, "area_code": "0101"})
    assert standard_value(frame, ["01", "0101"]) == 80


def test_without_a_primary_one_the_most_local_standard_judges() -> None:
    frame = references({"value": 80.0}, {"value": 85.0, "area_code": "01"}, {"value": 90.0, "area_code": "0101"})
    assert standard_value(frame, ["01", "0101"]) == 90
    assert standard_value(frame, ["01", "0102"]) == 85


def test_of_equally_local_standards_the_latest_in_effect_judges() -> None:
    frame = references({"value": 80.0, "effective_on": "2019"}, {"value": 85.0, "effective_on": "2022-05"})
    assert standard_value(frame, ["01"]) == 85
    assert standard_value(frame, ["01"], "2021", "2021-12-31") == 80


def test_a_standard_judges_the_period_on_whose_last_day_it_is_in_effect() -> None:
    frame = references({"value": 80.0, "effective_on": "2024-07-01"})
    assert len(applicable_references(frame, ["01"], "2024", "2024-12-31")) == 1
    assert applicable_references(frame, ["01"], "2024-H1", "2024-06-30").empty


def test_a_target_is_shown_but_never_judges() -> None:
    frame = references({"value": 99.0, "kind": "plan_target", "period": "2030", "is_primary": True})
    applicable = applicable_references(frame, ["01"], "2024", "2024-12-31")
    assert len(applicable) == 1
    assert judging_standards(applicable).empty


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict"),
    [
        (86.4, 85, None, "meets"),
        (85, 85, None, "meets"),
        (77, 85, None, "near"),
        (76, 85, None, "fails"),
        (20, None, 20, "meets"),
        (21.9, None, 20, "near"),
        (1, None, 0, "fails"),
        (5, 4, 6, "meets"),
        (6.5, 4, 6, "near"),
        (3, 4, 6, "fails"),
        (None, 85, None, "not_judged"),
        (5, None, None, "not_judged"),
    ],
)
def test_near_is_within_a_tenth_of_the_missed_bound(
    value: float | None, low: float | None, high: float | None, verdict: str
) -> None:
    series = [pd.Series([bound], dtype=float) for bound in (value, low, high)]
    assert attainment_of(*series).iloc[0] == verdict


def test_an_ungraded_indicator_is_never_judged_even_with_a_standard() -> None:
    standards = judging_standards(
        applicable_references(references({"value": 0.0, "operator": "<="}), ["01"], "2024", "2024-12-31")
    )
    values = pd.DataFrame({"indicator_code": ["I"], "value": [5.0]})
    for graded, verdict in ((True, "fails"), (False, "not_judged")):
        indicators = pd.DataFrame({"indicator_code": ["I"], "graded": [graded]})
        assert judge(values, indicators, standards)["attainment"].to_list() == [verdict]
