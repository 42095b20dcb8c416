"""Names at the ends of lines stand apart, as near to their lines as that allows."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.figures.trend import apart


def test_names_that_would_lie_on_each_other_move_apart_and_the_others_stay() -> None:
    assert apart([1.0, 1.1, 5.0], 1) == pytest.approx([0.55, 1.55, 5.0])


@settings(deadline=None)
@given(st.lists(st.floats(-100, 100), max_size=6), st.floats(0.1, 20))
def test_neighbours_keep_their_order_and_the_gap(places: list[float], gap: float) -> None:
    found = apart(sorted(places), gap)
    assert len(found) == len(places)
    assert all(high - low >= gap - 1e-6 for low, high in pairwise(found))
