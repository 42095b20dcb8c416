"""The indicator view says what the data say: breaks, too few periods, relatives, and where each figure comes from."""

import json
from pathlib import Path
from typing import Any

import pytest

from callbacks import indicator_card, indicator_spread, indicator_trend
from callbacks.indicator_series import area_story, areas_below
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING
from layouts.components.catalogue_tree import catalogue_tree
from layouts.texts import texts
from tests.builders import area, city, indicator, value, write_package

YEARS = [str(year) for year in range(2017, 2025)]
DISTRICTS = ["0101", "0102", "0103", "0104"]


def in_time(code: str, place: str, numbers: list[float | None], **facts: Any) -> list[dict[str, Any]]:
    return [value(code, place, year, number, **facts) for year, number in zip(YEARS, numbers, strict=False)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> IndicatorStore:
    folder: Path = tmp_path_factory.mktemp("indicator")
    values = [row for n, code in enumerate(DISTRICTS) for row in in_time("N", code, [10.0 + n + y for y in range(8)])]
    values += [row | ({"caliber": "new"} if row["period"] >= "2021" else {}) for row in in_time("B", "0101", [5.0] * 8)]
    values += in_time("R", "01", [80.0, 81, 82, None, 84, 85, 86, 87]) + in_time("P", "01", [3.0, 3])
    values += [*in_time("Q", "01", [5.0, 6.2, 7, 8.1, 9, 10.2, 11]), value("Q", "01", "2024", 90, status="suspect")]
    values += in_time("F", "01", [7.0] * 8) + in_time("E", "0101", [-3.0] * 8)
    values += in_time("C", "01", [9.0, 4, 8, 3, 8, 4, 7, 4])
    tables = city(
        area=[area("01", "city", None), *(area(code, "district", "01") for code in DISTRICTS)],
        indicator=[
            indicator("N", unit="处", graded=False),
            indicator("B", unit="处"),
            indicator("Q", "none", unit="处"),
            indicator("C", "none", unit="处"),
            indicator("F", "none", unit="处"),
            indicator("E", unit="处"),
            indicator("R", "none", direction="higher_better", name_en="Rate"),
            indicator("P", "none", parent_indicator_code="R", predecessor_code="N", predecessor_sign=-1),
        ],
        indicator_value=values,
        reference_value=[
            {"reference_code": "S", "indicator_code": "R", "kind": "standard", "operator": ">=", "value": 85}
            | {"name_zh": "国标", "verified": True, "clause": "3.1"},
            {
                "reference_code": "Z",
                "indicator_code": "C",
                "kind": "standard",
                "operator": "<=",
                "value": 2,
                "name_zh": "限",
            },
            {"reference_code": "T", "indicator_code": "R", "kind": "plan_target", "operator": ">=", "value": 95}
            | {"name_zh": "规划", "period": "2030", "verified": False},
        ],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", tables)], url)
    return open_store(url)


def scene(store: IndicatorStore, indicator: str, **chosen: Any) -> Scene:
    selection = Selection(view="indicator", area="01", indicator=indicator, period="2024").changed(chosen)
    return Scene(selection, store, EVERYTHING)


def said(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_the_story_says_level_change_trend_and_pace(store: IndicatorStore) -> None:
    story = said(indicator_trend.story_panel(scene(store, "R", lang="en")))
    assert "meets the standard" in story
    assert "improved" in story
    assert "a significant rise" in story
    assert "reached only in 2032 at this pace, too late" in story


def test_a_change_says_which_way_it_went_and_by_how_much(store: IndicatorStore) -> None:
    assert "Up 1 percentage points since 2023, for the better (improved)." in said(
        indicator_trend.story_panel(scene(store, "R", lang="en"))
    )
    assert "较 2023 年上升 1 个百分点，向好（提升）。" in said(indicator_trend.story_panel(scene(store, "R")))
    assert "与 2023 年相同（持平）。" in said(indicator_trend.story_panel(scene(store, "F")))


def test_an_outlier_is_said_and_not_only_drawn(store: IndicatorStore) -> None:
    outlier = "2024: far off the line (outliers)"
    assert outlier in said(indicator_trend.story_panel(scene(store, "Q", lang="en", show="suspect")))
    assert outlier not in said(indicator_trend.story_panel(scene(store, "Q", lang="en")))


def test_what_cannot_be_computed_is_answered_in_words(store: IndicatorStore) -> None:
    """A constant series, two periods, no value at all, no area or a single one with values below."""
    assert "no change at all (n = 8)" in said(indicator_trend.story_panel(scene(store, "F", lang="en")))
    assert "Only 2 periods" in said(indicator_trend.story_panel(scene(store, "P", lang="en", period="2018")))
    assert "has no value for" in said(indicator_trend.story_panel(scene(store, "P", lang="en")))
    assert "There are no values." in said(indicator_spread.spread_panel(scene(store, "F", lang="en"))[2])
    single = scene(store, "E", lang="en", show="suspect")
    assert "Only 1 values; at least 3" in said(indicator_spread.spread_panel(single)[2])
    assert "−3" in said(indicator_trend.multiples_panel(single))


def test_a_pace_that_may_be_chance_says_so(store: IndicatorStore) -> None:
    story = said(indicator_trend.story_panel(scene(store, "C", lang="en")))
    assert "no trend beyond chance" in story
    assert "an indication only" in story
    assert "an indication only" not in said(indicator_trend.story_panel(scene(store, "R", lang="en")))


def test_a_rolled_up_series_breaks_where_its_districts_were_redefined(store: IndicatorStore) -> None:
    story = area_story(scene(store, "B"))
    assert story.line.loc[story.line["is_break"], "period"].tolist() == ["2021"]
    assert len(story.recent) == 4


def test_a_missing_year_is_a_gap_in_the_line(store: IndicatorStore) -> None:
    _, figure = indicator_trend.trend_panel(scene(store, "R"))
    main = next(trace for trace in figure.data if trace.line.width == 3)
    assert list(main.y) == [80, 81, 82, None, 84, 85, 86, 87]
    assert main.connectgaps is False


def test_a_target_is_drawn_to_the_year_it_is_due(store: IndicatorStore) -> None:
    _, figure = indicator_trend.trend_panel(scene(store, "R"))
    assert max(max(trace.x) for trace in figure.data if trace.line.dash == "dot") == 2030.5


def test_a_projection_is_drawn_only_when_asked_for_and_says_so(store: IndicatorStore) -> None:
    label = texts("zh_CN")("indicator.projection_label")
    plain, asked = (indicator_trend.trend_panel(scene(store, "R", show=show))[1] for show in (None, "projection"))
    assert label not in [note.text for note in plain.layout.annotations]
    assert label in [note.text for note in asked.layout.annotations]


def test_suspect_values_come_in_when_the_viewer_says_so(store: IndicatorStore) -> None:
    trusted, all_of_them = (area_story(scene(store, "Q", show=show)) for show in (None, "suspect"))
    assert len(trusted.recent) == 7
    assert len(all_of_them.recent) == 8
    assert all_of_them.line["is_outlier"].sum() == 1
    head, _ = indicator_trend.trend_panel(scene(store, "Q", show="suspect"))
    assert "含存疑" in said(head)


def test_children_stand_on_one_scale_the_worst_first(store: IndicatorStore) -> None:
    assert [row["area_code"] for row in areas_below(scene(store, "N"))[1].to_dict("records")] == DISTRICTS
    panel = said(indicator_trend.multiples_panel(scene(store, "N")))
    assert panel.index("名0104") < panel.index("名0101")


def test_inequality_is_said_in_words(store: IndicatorStore) -> None:
    _, _, words = indicator_spread.spread_panel(scene(store, "N"))
    assert "最高是最低的 1.2 倍" in said(words)
    _, _, none = indicator_spread.spread_panel(scene(store, "R"))
    assert texts("zh_CN")("unanswered.all_missing") in said(none)


def test_the_card_names_standards_components_and_turned_predecessors(store: IndicatorStore) -> None:
    card = said(indicator_card.card_panel(scene(store, "R")))
    assert "3.1" in card and "已核" in card and "示例/待核" in card and "指标P" in card
    assert "方向相反" in said(indicator_card.card_panel(scene(store, "P")))


def test_the_catalogue_finds_by_pinyin_initials(store: IndicatorStore) -> None:
    from data_access.questions import CatalogueQuestion  # noqa: PLC0415

    asked = CatalogueQuestion()
    tree = catalogue_tree(texts("zh_CN"), store.systems(asked), store.dimensions(asked), store.indicators(asked))
    assert "zbn" in said(tree)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("place", ["01", "0101"])
@pytest.mark.parametrize("code", ["N", "B", "R", "P"])
def test_every_panel_draws_in_both_languages_at_every_level(
    store: IndicatorStore, code: str, place: str, language: str
) -> None:
    at = scene(store, code, area=place, lang=language, show="children.siblings.projection")
    panels = (
        indicator_trend.story_panel,
        indicator_trend.trend_panel,
        indicator_trend.multiples_panel,
        indicator_spread.spread_panel,
        indicator_card.card_panel,
    )
    assert all(panel(at) for panel in panels)
