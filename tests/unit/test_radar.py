"""Small radar charts: outwards is better whatever the direction, few axes, and nothing drawn where nothing is known."""

import json
from typing import Any

import pandas as pd

from callbacks.benchmark_areas import heat_ranks
from layouts.components.radar import MOST_RADARS, radar_charts, radar_svg, shares
from layouts.formatting import Formatter
from layouts.texts import texts
from layouts.theme import DARK

VALUES = pd.DataFrame({"more": [9, 5, 1], "less": [9, 5, 1], "gap": [2, 1, None]}, index=list("abc"), dtype=float)
RANKS = heat_ranks(VALUES, {"more": "higher_better", "less": "lower_better", "gap": "higher_better"})
AXES = [{"indicator_code": code, "name_zh": f"指标{code}", "unit": "%", "decimals": 0} for code in VALUES]


def drawn(areas: list[str]) -> str:
    rows = [{"area_code": code, "name_zh": f"区{code}"} for code in areas]
    body: Any = radar_charts(Formatter(texts("zh_CN")), rows, AXES, RANKS, VALUES, DARK)
    return json.dumps(body, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_the_best_is_at_the_rim_whichever_way_is_good() -> None:
    assert shares(RANKS).loc["a"].tolist() == [1.0, 0.0, 1.0]
    assert shares(RANKS).loc["c", ["more", "less"]].tolist() == [0.0, 1.0]


def test_an_axis_without_a_value_is_left_open() -> None:
    whole, open_shape = radar_svg([1.0, 0.5, 0.2], DARK), radar_svg([1.0, 0.5, None], DARK)
    assert (whole.count("<circle"), open_shape.count("<circle")) == (3, 2)
    assert "fill-opacity" in whole and "fill-opacity" not in open_shape


def test_every_chart_is_told_in_words_with_value_and_rank() -> None:
    said = drawn(["a", "c"])
    assert "区a: 1 指标more 9 % · 第 1 名，共 3" in said
    assert "3 指标gap —" in said
    assert "只画 8 项以内" in said


def test_what_is_not_drawn_is_said() -> None:
    assert "不足 3 项" in json.dumps(
        radar_charts(Formatter(texts("zh_CN")), [{"area_code": "a"}], AXES[:2], RANKS, VALUES, DARK).to_plotly_json(),
        ensure_ascii=False,
    )
    assert f"只画平均名次靠前的 {MOST_RADARS} 个" in drawn(["a"] * (MOST_RADARS + 1))
