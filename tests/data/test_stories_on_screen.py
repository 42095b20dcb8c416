"""The planted stories of the demo city are found by who looks at the correlation view (docs/demo-city.md)."""

import pytest

from analysis.correlation import Correlation
from callbacks.correlation_data import Pairing
from callbacks.correlation_map import clusters
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.demo.stories import HAZARD_CLUSTER, RELATED, SEEMINGLY_RELATED
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING


@pytest.fixture(scope="module")
def store(demo_url: str) -> IndicatorStore:
    return open_store(demo_url)


def asked(store: IndicatorStore, pair: tuple[str, str], level: str, show: str) -> Pairing:
    one, other = pair
    selection = Selection(area=store.home_area(), indicator=one, other=other, period="2024", level=level, show=show)
    return Pairing(Scene(selection, store, EVERYTHING))


def test_the_true_pair_stays_and_the_seeming_one_vanishes_given_population(store: IndicatorStore) -> None:
    for pair, stays in ((RELATED, True), (SEEMINGLY_RELATED, False)):
        found = asked(store, pair, "compound", "spearman")
        raw, rest = found.found, found.given_population()
        assert isinstance(raw, Correlation) and isinstance(rest, Correlation)
        assert raw.is_significant
        assert rest.is_significant == stays


def test_the_old_town_is_a_cluster_of_hazards(store: IndicatorStore) -> None:
    words, why, _ = clusters(asked(store, ("H01", "C21"), "community", "per_capita"), "lisa")
    high = [code for code, word in words.items() if word == "high_high"]
    assert why is None and len(high) >= 3
    assert all(code.startswith(HAZARD_CLUSTER) for code in high)
