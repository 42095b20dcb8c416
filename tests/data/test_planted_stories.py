"""The analyses find what was planted in the demo city (docs/demo-city.md), and only that."""

from typing import Any

import pytest

from analysis.correlation import correlate
from callbacks.correlation_data import Pairing
from callbacks.correlation_map import clusters, morans
from callbacks.indicator_series import area_story
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.demo import stories
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING

CITY = "990100"


@pytest.fixture(scope="module")
def store(demo_url: str) -> IndicatorStore:
    return open_store(demo_url)


def scene(store: IndicatorStore, indicator: str, **chosen: Any) -> Scene:
    selection = Selection(area=CITY, indicator=indicator, period="2024").changed(chosen)
    return Scene(selection, store, EVERYTHING)


def test_the_old_town_cluster_of_hazards_is_found_and_nothing_far_from_it(store: IndicatorStore) -> None:
    pairing = Pairing(scene(store, "H01", level="community"))
    words, why, _ = clusters(pairing, "lisa")
    assert why is None
    high = [code for code, word in words.items() if word == "high_high"]
    inside = [code for code in high if code.startswith(stories.HAZARD_CLUSTER)]
    assert len(inside) >= 2, "two-sided, after FDR over 180 communities: its core"
    assert all(code.startswith("990102") for code in high)
    assert dict(morans(pairing))["x"].p_value < 0.01


def test_the_true_pair_stays_and_the_seeming_pair_vanishes_given_population(store: IndicatorStore) -> None:
    pairing = Pairing(scene(store, "H06", level="community"))
    population = pairing.areas["population"].astype(float)
    given = correlate(pairing.values, "pearson", population)
    plain = correlate(pairing.values)
    assert plain.cell(*stories.RELATED).is_significant and given.cell(*stories.RELATED).is_significant
    assert plain.cell(*stories.SEEMINGLY_RELATED).is_significant
    assert not given.cell(*stories.SEEMINGLY_RELATED).is_significant


def test_a_redefinition_and_new_boundaries_interrupt_the_line(store: IndicatorStore) -> None:
    for code, year in ((stories.REDEFINED, stories.REDEFINED_IN), (stories.REDRAWN, stories.REDRAWN_IN)):
        line = area_story(scene(store, code)).line
        assert line.loc[line["is_break"], "period"].tolist() == [str(year)]


def test_the_missing_year_is_a_gap(store: IndicatorStore) -> None:
    code, year = stories.MISSING_YEAR
    line = area_story(scene(store, code)).line.set_index("period")
    assert line["value"].isna().loc[str(year)]
    assert line["value"].drop(str(year)).notna().all()


def test_the_suspect_value_stays_out_of_the_statistics(store: IndicatorStore) -> None:
    code, place, year = stories.SUSPECT
    story = area_story(scene(store, code, area=place))
    assert story.line.set_index("period")["status"].loc[str(year)] == "suspect"
    assert str(year) not in set(story.recent["period"])


def test_one_parking_gap_grows_while_another_closes(store: IndicatorStore) -> None:
    grows = area_story(scene(store, "C15", area=stories.PARKING_GROWS))
    closes = area_story(scene(store, "C15", area=stories.PARKING_CLOSES))
    assert grows.moves and grows.slope.per_year > 0
    assert closes.moves and closes.slope.per_year < 0
