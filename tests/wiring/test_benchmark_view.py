"""The benchmark view compares with what compares, says why, and never ranks a district among cities."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from callbacks import benchmark_areas, benchmark_peers, benchmark_progress, benchmark_table
from callbacks.benchmark_options import BenchmarkOptions
from callbacks.scene import Scene
from callbacks.scoring import keep_scoring
from callbacks.selection import Selection
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING
from layouts.components.bullet import Bullet, bullet_svg
from layouts.components.dumbbell import dumbbell_svg
from layouts.theme import DARK
from tests.builders import area, city, indicator, value, write_package

HOSTILE = "<b onmouseover=alert(1)>甲市"


@pytest.fixture(autouse=True)
def installation() -> Iterator[None]:
    server = Flask("installation")
    keep_scoring(server, None)
    with server.app_context():
        yield


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> IndicatorStore:
    folder: Path = tmp_path_factory.mktemp("benchmark")
    up = {"direction": "higher_better"}
    peers = [
        {"peer_code": f"P{n}", "name_zh": HOSTILE if n == 0 else f"城{n}", "tier": "大" if n < 5 else "小"}
        | {"population": 400_000 if n < 4 else 6e6}
        for n in range(8)
    ]
    tables = city(
        area=[area("01", "city", None), area("0101", "district", "01"), area("0102", "district", "01")],
        indicator=[indicator("R", "none", **up), indicator("D", "none"), indicator("G", "none", **up)],
        indicator_value=[
            *(value("R", "01", str(year), 70.0 + year - 2020) for year in range(2020, 2025)),
            value("D", "01", "2023", 9, caliber="old"),
            value("D", "01", "2024", 5),
            value("G", "01", "2024", 5),
            *(value(code, place, "2024", n) for code in "RD" for n, place in enumerate(["0101", "0102"], 1)),
        ],
        reference_value=[
            {"reference_code": f"S{code}", "indicator_code": code, "kind": "standard", "operator": op, "value": bound}
            | {"name_zh": "国标"}
            for code, op, bound in (("R", ">=", 70), ("D", "<=", 3))
        ]
        + [
            {"reference_code": "T", "indicator_code": "R", "kind": "plan_target", "operator": ">=", "value": 80}
            | {"period": "2025", "name_zh": "规划"},
            {"reference_code": "I", "indicator_code": "R", "kind": "international", "operator": ">=", "value": 90}
            | {"name_zh": "国际"},
        ],
        peer_city=peers,
        peer_value=[
            {"indicator_code": code, "peer_code": f"P{n}", "period": "2024", "value": float(n)}
            | {"definition_differs": n == 7}
            for code in "RD"
            for n in range(8)
        ],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", tables)], url)
    return open_store(url)


def scene(store: IndicatorStore, **chosen: Any) -> Scene:
    selection = Selection(view="benchmark", area="01", indicator="R", period="2024").changed(chosen)
    return Scene(selection, store, EVERYTHING)


def said(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def verdicts(store: IndicatorStore, **chosen: Any) -> dict[str, str]:
    return {one.judged["indicator_code"]: one.verdict.word for one in benchmark_table.standings(scene(store, **chosen))}


def test_a_strength_meets_its_standard_and_leads(store: IndicatorStore) -> None:
    assert verdicts(store) == {"R": "strength", "D": "shortfall", "G": "undecided"}


def test_a_district_is_not_ranked_among_cities(store: IndicatorStore) -> None:
    assert set(verdicts(store, area="0101").values()) == {"undecided"}
    assert "只与全市可比" in said(benchmark_peers.peers_panel(scene(store, area="0101")))


def test_a_group_of_peers_ranks_among_itself(store: IndicatorStore) -> None:
    ranked = {
        one.judged["indicator_code"]: one.peers for one in benchmark_table.standings(scene(store, show="peers=tier=大"))
    }
    assert ranked["R"].n == 6  # five peers of the tier and the city


def test_history_leaves_out_what_was_defined_differently(store: IndicatorStore) -> None:
    found = {one.judged["indicator_code"]: one.history for one in benchmark_table.standings(scene(store))}
    assert (found["R"].best, found["R"].best_period, found["R"].years) == (73.0, "2023", 4)
    assert found["D"].n == 0


def test_the_tally_lists_what_does_not_compare(store: IndicatorStore) -> None:
    panel = said(benchmark_progress.tally_panel(scene(store)))
    assert "口径变化 1 项" in panel
    assert "上期缺数 1 项" in panel


def test_international_values_say_that_their_definition_differs(store: IndicatorStore) -> None:
    assert "口径不同" in said(benchmark_table.table_panel(scene(store)))
    peers = benchmark_peers.peers_table(scene(store)).set_index("kind")
    assert peers.loc["international", ["value", "definition_differs"]].to_list() == [90.0, True]


def test_a_peer_of_another_definition_is_listed_and_does_not_rank(store: IndicatorStore) -> None:
    panel = said(benchmark_peers.peers_panel(scene(store)))
    assert "第 1 名，共 8" in panel
    assert "城7" in panel


def test_peers_are_grouped_by_population_too(store: IndicatorStore) -> None:
    assert "50 万以下（4）" in said(benchmark_peers.group_menu(scene(store)))
    assert set(benchmark_peers.chosen_peers(scene(store, show="peers=size=very_large"))["peer_code"]) == {
        "P4", "P5", "P6", "P7",
    }  # fmt: skip


def test_scores_stand_beside_attainment_with_their_formula(store: IndicatorStore) -> None:
    scores = benchmark_table.scores_now(scene(store)).set_index("indicator_code")["score"]
    assert scores["R"] == 100
    assert scores["D"] == pytest.approx(100 / 3)  # at most 3, and 5 is two thirds of the way to 6
    assert scores.isna()["G"]  # nothing to compare with
    panel = said(benchmark_table.table_panel(scene(store)))
    assert "100 ×（现值" in panel
    assert "2 项，应计 3 项" in panel
    assert "66.7" in panel  # the composite of 100 and 33.3


def test_a_z_score_needs_eight_cities_of_one_definition(store: IndicatorStore) -> None:
    found = {one.judged["indicator_code"]: one.z for one in benchmark_table.standings(scene(store))}
    assert isinstance(found["R"], float) and found["R"] > 2
    few = benchmark_table.standings(scene(store, show="peers=tier=大"))
    assert all(not isinstance(one.z, float) for one in few)


def test_the_scores_that_moved_are_drawn_the_worst_loss_first(store: IndicatorStore) -> None:
    at = scene(store, period="2021", area="01")
    assert benchmark_progress.score_moves(at, "2020").empty  # both years met the standard
    svg = dumbbell_svg(20, 80, 0, (60,), DARK)
    assert DARK.meets in svg and DARK.fails not in svg


def test_areas_are_ranked_by_the_direction_of_good(store: IndicatorStore) -> None:
    panel = said(benchmark_areas.areas_panel(scene(store)))
    assert "第 1 名，共 2" in panel


def test_the_link_chooses_radar_dimension_and_peers_at_once(store: IndicatorStore) -> None:
    options = BenchmarkOptions(is_radar=True, dimension="d", peers=("tier", "一.五线"))
    assert BenchmarkOptions.of(options.choosing()["show"]) == options
    assert BenchmarkOptions.of("nonsense.peers=nonsense=x") == BenchmarkOptions()
    assert BenchmarkOptions.of(None).choosing(is_radar=False) == {"show": None}
    assert set(verdicts(store, show="dimension~d.peers=tier=小")) == {"R", "D", "G"}
    assert verdicts(store, show="dimension~nonsense") == {}


def test_a_radar_with_too_few_axes_says_so(store: IndicatorStore) -> None:
    assert "不足 3 项" in said(benchmark_areas.areas_panel(scene(store, show="radar")))


def test_right_is_better_whatever_the_direction() -> None:
    drawn = [bullet_svg(Bullet(1.0, [0.0, 9.0], None, None, None, lower), DARK) for lower in (False, True)]
    places = [float(svg.split('cx="')[1].split('"')[0]) for svg in drawn]
    assert places[0] < 80 < places[1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("place", ["01", "0101"])
@pytest.mark.parametrize("period", ["2020", "2024"])
def test_every_panel_draws(store: IndicatorStore, place: str, period: str, language: str) -> None:
    at = scene(store, area=place, period=period, lang=language)
    assert benchmark_table.table_panel(at)
    assert benchmark_peers.peers_panel(at)
    assert benchmark_progress.tally_panel(at)
    assert benchmark_areas.areas_panel(at)
