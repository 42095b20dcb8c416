import numpy as np
import pandas as pd
import pytest

from analysis.projects.effect import Unanswerable, effect

TREATED = ("t0",)


def values(
    treated: int = 1, comparable: int = 12, jump: float = -5, noise: float = 0.3, years: range = range(2019, 2025)
):
    chance = np.random.default_rng(11)
    rows = []
    for n in range(treated + comparable):
        level = chance.normal(20, 3)
        for year in years:
            after = jump if n < treated and year > 2022 else 0
            value = level + 0.5 * (year - 2019) + after + chance.normal(0, noise)
            code = f"t{n}" if n < treated else f"c{n}"
            rows.append((code, f"{year}-01-01", f"{year}-12-31", value))
    return pd.DataFrame(rows, columns=["area_code", "starts_on", "ends_on", "value"])


def test_a_project_that_took_five_off_its_indicator_is_found_to_have_done_so() -> None:
    result = effect(values(), TREATED, "2021-06-01", "2022-09-30")
    assert result.effect == pytest.approx(-5, abs=0.6)
    assert result.low < -5 < result.high < 0 and result.errors == "pooled"
    assert (result.periods_before, result.periods_after, result.comparable_areas) == (2, 2, 12)


def test_many_project_areas_are_estimated_with_robust_errors() -> None:
    result = effect(values(treated=8), [f"t{n}" for n in range(8)], "2021-06-01", "2022-09-30")
    assert result.errors == "HC3" and result.low < -5 < result.high


def test_a_project_without_effect_has_an_interval_across_zero() -> None:
    result = effect(values(jump=0), TREATED, "2021-06-01", "2022-09-30")
    assert result.low < 0 < result.high
    assert result.pretrend_p_value > 0.01


def test_the_effect_is_the_difference_of_two_differences() -> None:
    frame = values(noise=0.5)
    frame["side"] = np.where(
        frame["ends_on"] < "2021-06-01", "before", np.where(frame["starts_on"] > "2022-09-30", "after", "")
    )
    frame["group"] = np.where(frame["area_code"] == "t0", "t", "c")
    m = frame.groupby(["group", "side"])["value"].mean()
    by_hand = (m["t", "after"] - m["t", "before"]) - (m["c", "after"] - m["c", "before"])
    assert effect(frame.drop(columns=["side", "group"]), TREATED, "2021-06-01", "2022-09-30").effect == pytest.approx(
        by_hand
    )


@pytest.mark.parametrize(
    ("frame", "started", "finished", "reason"),
    [
        (values(), "2021-06-01", None, Unanswerable.FINISH_UNKNOWN),
        (values(), "2021-06-01", "2024-03-01", Unanswerable.TOO_EARLY),
        (values(), "2018-06-01", "2019-03-01", Unanswerable.NO_BASELINE),
        (values(comparable=4), "2021-06-01", "2022-09-30", Unanswerable.TOO_FEW_COMPARABLE),
        (values(treated=0), "2021-06-01", "2022-09-30", Unanswerable.NO_VALUES),
        (values(noise=0), "2021-06-01", "2022-09-30", Unanswerable.NO_VARIATION),
        (values().assign(value=np.nan), "2021-06-01", "2022-09-30", Unanswerable.TOO_EARLY),
    ],
)
def test_what_cannot_be_estimated_is_answered_with_the_reason(
    frame: pd.DataFrame, started: str, finished: str | None, reason: Unanswerable
) -> None:
    result = effect(frame, TREATED, started, finished)
    assert (result.reason, result.effect) == (reason, None)
