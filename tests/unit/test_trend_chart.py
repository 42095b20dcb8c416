"""Names at the ends of lines stand apart, as near to their lines as that allows; labels of levels hide no line."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.figures.trend import Level, Pen, TrendLine, stacks, trend_figure
from layouts.formatting import Formatter
from layouts.texts import texts

PEN = Pen(Formatter(texts("zh_CN"), "CNY"), "dark", 13)
INDICATOR = {"unit": "%", "decimals": 1}


def line(name: str, *values: float) -> TrendLine:
    periods = [str(2019 + number) for number in range(len(values))]
    return TrendLine(name, pd.DataFrame({"period": periods, "value": values}))


def test_names_that_would_lie_on_each_other_are_stacked_and_the_others_stay() -> None:
    assert stacks([1.0, 1.1, 5.0], 1) == [(pytest.approx(1.05), 2), (5.0, 1)]
    names = trend_figure(
        PEN, INDICATOR, [line("市<b>", 1, 20), line("区", 2, 21), line("街", 3, 90)]
    ).layout.annotations
    assert ["市&lt;b&gt;" in name.text and "区" in name.text for name in names] == [True, False]


def test_the_label_of_a_level_stands_where_no_line_passes() -> None:
    figure = trend_figure(PEN, INDICATOR, [line("市", 51, 52, 60, 70, 80, 90)], [Level("平均", 50, "average")])
    assert [label.xanchor for label in figure.layout.annotations if label.text == "平均"] == ["right"]


@settings(deadline=None)
@given(st.lists(st.floats(-100, 100), max_size=6), st.floats(0.1, 20))
def test_stacks_hold_every_name_and_keep_the_gap(places: list[float], gap: float) -> None:
    found = stacks(sorted(places), gap)
    assert sum(count for _, count in found) == len(places)
    edges = [(middle - count * gap / 2, middle + count * gap / 2) for middle, count in found]
    assert all(low >= high - 1e-6 for (_, high), (low, _) in pairwise(edges))
