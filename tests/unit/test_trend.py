"""Trend statistics agree with published examples and answer degenerate series with a reason."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pace import Arrival, pace_to_target, projection
from analysis.timeline import last_segment, last_segments, one_series, timeline
from analysis.trend import Slope, mann_kendall, outliers, theil_sen_slope
from analysis.unanswered import Reason, Unanswered


def line(*values: float, start: int = 2019) -> tuple[pd.Series, pd.Series]:
    return pd.Series([start + n + 0.5 for n in range(len(values))]), pd.Series(values, dtype=float)


def yearly(values: list[float | None], **columns: list[str | None]) -> pd.DataFrame:
    years = [str(2019 + n) for n in range(len(values))]
    periods = pd.DataFrame(
        {
            "period": years,
            "kind": "year",
            "starts_on": [f"{y}-01-01" for y in years],
            "ends_on": [f"{y}-12-31" for y in years],
        }
    )
    none = [None] * len(values)
    facts = {"status": ["valid"] * len(values), "caliber": none, "boundary_version": none} | columns
    return timeline(pd.DataFrame({"period": years, "value": values} | facts), periods)


def test_the_slope_of_the_cloud_seeding_example_is_minus_0_06() -> None:
    """Hollander & Wolfe, Nonparametric Statistical Methods, 2nd ed., table 9.1 and p. 418."""
    slope = theil_sen_slope(*line(1.26, 1.27, 1.12, 1.16, 1.03))
    assert isinstance(slope, Slope)
    assert slope.per_year == pytest.approx(-0.05625)
    assert slope.low < slope.per_year < slope.high


def test_the_slope_and_interval_of_sens_own_example() -> None:
    """Sen 1968, section 6: slope 4, interval 26/7 to 35/8 at 93 %. At 95 % half the width of the ranks is
    1.96 · √(7·6·19 / 18) = 13.05 of 21 slopes, which are again the 4th and the 18th."""
    x, y = pd.Series([1.0, 2, 3, 4, 10, 12, 18]), pd.Series([9.0, 15, 19, 20, 45, 55, 78])
    slope = theil_sen_slope(x, y)
    assert isinstance(slope, Slope)
    assert (slope.per_year, slope.low, slope.high) == pytest.approx((4, 26 / 7, 35 / 8))


def test_mann_kendall_of_the_cloud_seeding_example_has_the_published_p() -> None:
    """Same example: C = -6, one-sided P = .117."""
    found = mann_kendall(*line(1.26, 1.27, 1.12, 1.16, 1.03))
    assert not isinstance(found, Unanswered)
    assert found.s == -6
    assert found.p_value == pytest.approx(2 * 0.117, abs=1e-3)


def test_mann_kendall_is_kendalls_test_against_time() -> None:
    """R, ?cor.test (Hollander & Wolfe 1973, p. 187): T = 26 of 36, tau = 0.4444, one-sided p = 0.05972."""
    lightness = pd.Series([44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1])
    score = pd.Series([2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])
    found = mann_kendall(lightness, score)
    assert not isinstance(found, Unanswered)
    assert (found.s, found.is_exact) == (26 - 10, True)
    assert found.tau == pytest.approx(0.4444444)
    assert found.p_value == pytest.approx(2 * 0.05972, abs=1e-4)


def test_ties_use_the_corrected_variance() -> None:
    """Gilbert 1987, eq. 16.2: here var S = (5*4*15 - 2*1*9) / 18 = 15.667, S = 9, Z = 8 / 3.958 = 2.021."""
    found = mann_kendall(*line(1, 2, 2, 3, 4))
    assert not isinstance(found, Unanswered)
    assert (found.s, found.is_exact) == (9, False)
    assert found.p_value == pytest.approx(0.04327, abs=1e-4)


def test_four_periods_can_never_be_significant_and_say_so() -> None:
    found = mann_kendall(*line(1, 2, 3, 4))
    assert not isinstance(found, Unanswered)
    assert found.smallest_p == pytest.approx(2 / 24)
    assert not found.can_reject
    assert found.needs_caution


def test_degenerate_series_are_answered_with_a_reason() -> None:
    assert mann_kendall(*line(5, 5, 5, 5, 5)) == Unanswered(Reason.CONSTANT, 5)
    assert mann_kendall(*line(1, 2)) == Unanswered(Reason.TOO_FEW, 2, 4)
    assert theil_sen_slope(*line()) == Unanswered(Reason.ALL_MISSING, 0, 4)
    assert theil_sen_slope(*line(5, 5, 5, 5)) == Slope(0.0, 0.0, 0.0, 5.0, 4)


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=4, max_size=12))
def test_a_mirrored_series_has_the_opposite_trend_and_the_same_p(values: list[int]) -> None:
    up, down = mann_kendall(*line(*values)), mann_kendall(*line(*(-v for v in values)))
    if isinstance(up, Unanswered) or isinstance(down, Unanswered):
        assert up == down
        return
    assert up.s == -down.s
    assert up.p_value == pytest.approx(down.p_value)
    assert 0 <= up.p_value <= 1


def test_one_bad_year_is_an_outlier_and_hardly_moves_the_slope() -> None:
    years, values = line(10.4, 10.8, 12.3, 12.9, 40, 15.3, 15.8)
    assert outliers(years, values).tolist() == [False, False, False, False, True, False, False]
    slope = theil_sen_slope(years, values)
    assert isinstance(slope, Slope)
    assert slope.per_year == pytest.approx(1, abs=0.1)


def test_a_smooth_series_that_flattens_has_no_outlier() -> None:
    coverage = line(67.3, 69.6, 71.4, 73.2, 74.9, 76.5)
    assert not outliers(*coverage).any()
    assert not outliers(*line(100.0, 99.9, 100.0, 99.9, 100.0, 99.4)).any()


@settings(deadline=None)
@given(st.floats(0.85, 0.98), st.integers(6, 10))
def test_no_slowing_growth_is_called_an_outlier(rate: float, periods: int) -> None:
    assert not outliers(*line(*(100 - 50 * rate**n for n in range(periods)))).any()


def test_a_jump_at_the_end_of_a_calm_series_is_an_outlier() -> None:
    assert outliers(*line(50, 51, 50.4, 50.9, 51.2, 62)).tolist() == [False] * 5 + [True]


def test_a_change_of_caliber_interrupts_the_statistics() -> None:
    shown = yearly([1.0, 2.0, 9.0, 10.0], caliber=[None, None, "new", "new"])
    assert shown["is_break"].tolist() == [False, False, True, False]
    assert last_segment(shown)["value"].tolist() == [9.0, 10.0]


def test_a_boundary_nobody_named_is_no_break() -> None:
    shown = yearly([1.0, 2.0, 3.0, 4.0], boundary_version=[None, "2020", None, "2020"])
    assert not shown["is_break"].any()


def test_a_missing_year_is_a_gap_and_no_break() -> None:
    shown = yearly([1.0, None, 3.0], status=["valid", "not_collected", "valid"])
    assert not shown["is_break"].any()
    assert last_segment(shown)["value"].tolist() == [1.0, 3.0]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from(["valid", "suspect"]),
                  st.sampled_from([None, "new"]), st.sampled_from([None, "2020", "2023"])),
        min_size=4, max_size=4,
    )
)  # fmt: skip
def test_all_indicators_at_once_have_the_segments_that_each_has_alone(rows: list[tuple[Any, str, Any, Any]]) -> None:
    years = [str(2019 + n) for n in range(4)]
    columns = ["value", "status", "caliber", "boundary_version"]
    values = pd.DataFrame(rows, columns=columns).astype({"value": float}).assign(period=years, indicator_code="A")
    days = {"starts_on": [f"{y}-01-01" for y in years], "ends_on": [f"{y}-12-31" for y in years]}
    periods = pd.DataFrame({"period": years, "kind": "year", **days})
    alone = last_segment(one_series(values, periods, "2022"))
    both = last_segments(pd.concat([values, values.assign(indicator_code="B")]), periods, "2022")
    for code in "AB":
        assert both.loc[both["indicator_code"] == code, "value"].tolist() == alone["value"].tolist()


def test_suspect_values_stay_out_of_statistics() -> None:
    shown = yearly([1.0, 99.0, 3.0], status=["valid", "suspect", "valid"])
    assert last_segment(shown)["value"].tolist() == [1.0, 3.0]


def test_a_target_of_90_from_80_at_2_a_year_is_reached_in_2029() -> None:
    pace = pace_to_target(Slope(2, 1, 4, 0, 6), (2024.5, 80.0), ">=", 90.0, due_year=2026.0)
    assert (pace.arrival, pace.year, pace.earliest, pace.latest) == (Arrival.REACHED, 2029, 2027, 2034)
    assert pace.in_time is False
    assert pace.needed_per_year == pytest.approx(10 / 1.5)


def test_a_falling_indicator_never_reaches_a_higher_target() -> None:
    pace = pace_to_target(Slope(-1, -2, 0.5, 0, 6), (2024.5, 80.0), ">=", 90.0)
    assert (pace.arrival, pace.year, pace.earliest, pace.latest) == (Arrival.NOT_REACHED, None, 2044, None)


def test_a_lower_is_better_target_counts_downwards() -> None:
    pace = pace_to_target(Slope(-5, -6, -4, 0, 6), (2024.5, 100.0), "<=", 80.0)
    assert (pace.arrival, pace.year) == (Arrival.REACHED, 2028)
    assert pace_to_target(Slope(-5, -6, -4, 0, 6), (2024.5, 80.0), "<=", 80.0).arrival == Arrival.MET


def test_the_projection_has_the_textbook_prediction_interval() -> None:
    """The closed formula ŷ ± t(.975, n-2) s √(1 + 1/n + (x₀-x̄)²/Sxx), t(.975, 4) = 2.7764."""
    x, y = pd.Series([4.0, 4, 7, 7, 8, 9]), pd.Series([2.0, 10, 4, 22, 16, 10])
    found = projection(x, y, pd.Series([12.0]))
    assert not isinstance(found, Unanswered)
    slope, intercept = np.polyfit(x, y, 1)
    s = np.sqrt(((y - intercept - slope * x) ** 2).sum() / 4)
    half = 2.7764451 * s * np.sqrt(1 + 1 / 6 + (12 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    assert found.iloc[0].to_list() == pytest.approx(
        [12, intercept + slope * 12, intercept + slope * 12 - half, intercept + slope * 12 + half]
    )
