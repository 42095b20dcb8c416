"""Classes of a map: every value in one class, and at a glance on the right side of the standard."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classification import Classes, Scheme, Standard, classify, classify_changes

NUMBERS = st.lists(st.floats(-1e6, 1e6, width=32), max_size=60)
SCHEMES = [scheme for scheme in get_args(Scheme) if scheme != "change"]


def class_of(classes: Classes, value: float) -> int:
    return int(np.searchsorted(np.array(classes.bounds, dtype=np.float32), np.float32(value), side="left"))


def side_of(classes: Classes, value: float) -> str:
    assert classes.sides is not None
    return classes.sides[class_of(classes, value)]


@pytest.mark.parametrize("scheme", SCHEMES)
@given(values=NUMBERS, k=st.integers(2, 9))
@settings(max_examples=25, deadline=None)
def test_every_value_is_counted_in_one_of_at_most_k_classes(scheme: Scheme, values: list[float], k: int) -> None:
    classes = classify(values, scheme, k)
    assert sum(classes.counts) == len(values)
    assert len(classes.counts) <= k
    assert list(classes.bounds) == sorted(set(classes.bounds))


@pytest.mark.parametrize("scheme", ["quantiles", "equal_interval", "natural_breaks"])
def test_missing_values_are_in_no_class(scheme: Scheme) -> None:
    assert sum(classify([1, 2, np.nan, np.inf, 3], scheme, 3).counts) == 3


def test_quantiles_hold_equally_many_and_intervals_are_equally_wide() -> None:
    values = np.arange(100) ** 2
    assert classify(values, "quantiles", 4).counts == (25, 25, 25, 25)
    assert np.diff(classify(values, "equal_interval", 4).edges) == pytest.approx(9801 / 4, abs=1)


def test_natural_breaks_fall_into_the_gaps() -> None:
    groups = [*range(10), *range(100, 110), *range(1000, 1010)]
    assert classify(groups, "natural_breaks", 3).counts == (10, 10, 10)


def test_natural_breaks_of_many_values_are_the_same_each_time() -> None:
    values = np.random.default_rng(1).lognormal(size=5000)
    assert classify(values, "natural_breaks", 5) == classify(values, "natural_breaks", 5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_value_makes_one_class_and_none_makes_none(scheme: Scheme) -> None:
    assert classify([7, 7, 7], scheme, 5).counts == (3,)
    assert classify([np.nan], scheme, 5).counts == ()


@given(values=NUMBERS, standard=st.floats(-1e5, 1e5), k=st.integers(2, 9))
@settings(max_examples=40, deadline=None)
def test_what_meets_at_least_never_shares_a_class_with_what_fails(values: list[float], standard: float, k: int) -> None:
    classes = classify(values, "standard", k, Standard(low=standard))
    limit = np.float32(standard)
    for value in values:
        assert (side_of(classes, value) == "meets") == (np.float32(value) >= limit)


@given(values=NUMBERS, low=st.floats(-1e5, 0), width=st.floats(1, 1e5), k=st.integers(2, 9))
@settings(max_examples=40, deadline=None)
def test_a_range_has_what_falls_short_and_what_exceeds_on_either_side(
    values: list[float], low: float, width: float, k: int
) -> None:
    classes = classify(values, "standard", k, Standard(low=low, high=low + width))
    for value in values:
        expected = "below" if np.float32(value) < np.float32(low) else "meets"
        expected = "above" if np.float32(value) > np.float32(low + width) else expected
        assert side_of(classes, value) == expected


@pytest.mark.parametrize(
    ("standard", "value", "side"),
    [
        (Standard(low=85.3), 85.3, "meets"),
        (Standard(high=0.1), 0.1, "meets"),
        (Standard(low=8.1, high=8.3), 8.1, "meets"),
        (Standard(low=8.1, high=8.3), 8.3, "meets"),
        (Standard(high=0.1), 0.1001, "above"),
    ],
)
def test_a_value_on_the_standard_meets_it(standard: Standard, value: float, side: str) -> None:
    assert side_of(classify([value, 0.05, 90], "standard", 4, standard), value) == side


def test_both_sides_of_the_standard_are_shown_even_when_all_meet_it() -> None:
    classes = classify([90, 95, 99], "standard", 4, Standard(low=85))
    assert classes.sides is not None
    assert set(classes.sides) == {"below", "meets"}
    assert classes.counts[0] == 0


def test_without_a_standard_the_anchored_classes_are_quantiles() -> None:
    assert classify([1, 2, 3, 4], "standard", 2) == classify([1, 2, 3, 4], "quantiles", 2)


@given(changes=NUMBERS, k=st.integers(2, 9))
@settings(max_examples=40, deadline=None)
def test_changes_of_the_same_size_are_equally_far_from_the_middle(changes: list[float], k: int) -> None:
    classes = classify_changes(changes, k, "up")
    last = len(classes.counts) - 1
    assert len(classes.counts) % 2 == 1
    for change in changes:
        assert class_of(classes, change) + class_of(classes, -change) == last


@pytest.mark.parametrize(("better", "side"), [("up", "better"), ("down", "worse")])
def test_whether_a_rise_is_good_depends_on_the_direction(better: str, side: str) -> None:
    classes = classify_changes([-5, -1, 0, 1, 5], 5, better)  # type: ignore[arg-type]
    assert side_of(classes, 5) == side
    assert side_of(classes, 0) == "same"


def test_no_change_anywhere_is_one_class() -> None:
    assert classify_changes([0, 0, np.nan], 5, "up").counts == (2,)


def test_the_one_area_that_differs_from_all_others_is_in_a_class_of_its_own() -> None:
    assert classify([97.9, 100, 100, 100, 100], "quantiles", 5).counts == (1, 4)


def test_intervals_of_values_that_hardly_differ_are_found_too() -> None:
    assert sum(classify([0.0, 1.4e-45], "equal_interval", 2).counts) == 2
