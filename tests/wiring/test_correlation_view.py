"""The correlation view computes from what is asked, warns where figures deceive, and draws where a pair clusters."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.correlation import correlate
from callbacks.correlation_choice import closest
from callbacks.correlation_data import Pairing
from callbacks.correlation_felt import cells_of
from callbacks.correlation_map import clusters, morans, share_done, terciles
from callbacks.correlation_need import overlay, weights
from callbacks.correlation_options import Options
from callbacks.correlation_painting import map_panel
from callbacks.correlation_panels import findings_panel, matrix_panel, scatter_panel
from callbacks.correlation_strip import strip
from callbacks.scene import Scene
from callbacks.selection import Selection
from dashboard.app import create_app
from dashboard.exports.patterns import PATTERN_MAKERS
from dashboard.exports.places import map_picture, pattern_places_bytes
from dashboard.settings import Settings
from data_access.geometry.bundles import BoundaryBundles
from data_access.importing import load_packages
from data_access.questions import MatrixQuestion, ValuesQuestion
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.builders import area, city, indicator, value, write_package

SIDE = 6
PLACES = [(y, x) for y in range(SIDE) for x in range(SIDE)]
CODES = [f"01{y}{x}" for y, x in PLACES]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> IndicatorStore:
    """36 districts on a board: A high in one corner, B follows A, C and D follow population alone, E follows A of the
    year before, F is of 2023 only; one value of A is suspect, in one district only twelve persons were asked."""
    folder: Path = tmp_path_factory.mktemp("correlation")
    random = np.random.default_rng(3)
    people = random.integers(1000, 9000, len(CODES))
    a = [9.0 * (y < 3 and x < 3) + random.normal() for y, x in PLACES]
    numbers = {
        "A": a,
        "B": [one + random.normal() for one in a],
        "C": [n / 100 + random.normal() for n in people],
        "D": [n / 50 + random.normal() for n in people],
    }
    values = [
        value(code, place, "2024", float(v))
        for code, row in numbers.items()
        for place, v in zip(CODES, row, strict=True)
    ]
    values[0] |= {"status": "suspect"}
    before = random.normal(size=len(CODES))
    for place, v in zip(CODES, before, strict=True):
        values += [value("A", place, "2023", float(v)), value("F", place, "2023", float(random.normal()))]
        values.append(value("E", place, "2024", float(v + random.normal() / 9)))
    tables = city(
        area=[
            area("01", "city", None),
            *(area(code, "district", "01", population=int(n)) for code, n in zip(CODES, people, strict=True)),
        ],
        indicator=[
            indicator("A", "none"),
            indicator("B", "none", dimension_code="e"),
            indicator("C", unit="处"),
            indicator("D", unit="处", dimension_code="e"),
            indicator("E", "none", dimension_code="e"),
            indicator("F", "none", dimension_code="e"),
        ],
        survey_result=[
            {
                "topic_code": topic,
                "area_code": code,
                "period": "2024",
                "respondent_group": "all",
                "dimension_code": dimension,
                "topic_zh": topic,
                "score": 70 + float(n % 7),
                "respondents": 12 if code == CODES[-1] else 40,
            }
            for topic, dimension in (("T1", "d"), ("T2", "e"))
            for n, code in enumerate(CODES)
        ],
        dimension=[{"dimension_code": code, "system_code": "s", "name_zh": f"维度{code}"} for code in "de"],
        indicator_value=values,
    )
    package = write_package(folder / "package", tables)
    boxes = [shapely.box(114 + x / 50, 30 + y / 50, 114.02 + x / 50, 30.02 + y / 50) for y, x in PLACES]
    frame = geopandas.GeoDataFrame({"area_code": CODES}, geometry=boxes, crs="EPSG:4490")
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return open_store(f"sqlite:///{folder}/city.sqlite")


def pairing(store: IndicatorStore, **chosen: Any) -> Pairing:
    selection = Selection(view="correlation", area="01", indicator="A", period="2024").changed(chosen)
    return Pairing(Scene(selection, store, EVERYTHING))


def said(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_without_a_pair_the_strongest_that_size_does_not_explain_is_chosen(store: IndicatorStore) -> None:
    """C and D go together more closely than A and B, until population is held constant."""
    assert pairing(store).matrix.cell("C", "D").r > pairing(store).matrix.cell("A", "B").r
    assert (pairing(store).pair, pairing(store).choice.note) == (("A", "B"), "strongest")
    assert pairing(store, indicator="B").pair == ("B", "A")
    assert pairing(store, other="D").pair == ("A", "D")
    nonsense = pairing(store, other="nonsense")
    assert (nonsense.pair, nonsense.choice.note) == (("A", "B"), "not_both")


def test_where_no_pair_is_significant_the_greatest_coefficient_is_shown_and_said(store: IndicatorStore) -> None:
    random = np.random.default_rng(0)
    values = pd.DataFrame(random.normal(size=(12, 3)), columns=["a", "b", "c"]).assign(same=1.0)
    found = correlate(values)
    links = dict.fromkeys(("parent_indicator_code", "predecessor_code", "weight_indicator_code"))
    rows = {code: {"indicator_code": code, "root_dimension_code": code, **links} for code in values}
    one, other = closest(found, rows, None)
    assert "same" not in (one, other)
    assert abs(found.cell(one, other).r) == np.nanmax(np.abs(np.tril(found.r, -1)))
    assert closest(found, rows, "a")[0] == "a"
    twins = rows | {one: rows[one] | {"predecessor_code": other}}
    assert set(closest(found, twins, None)) != {one, other}
    assert closest(correlate(values.assign(a=1.0, b=1.0, c=1.0)), rows, None) == ("a", "b")


def test_suspect_values_stay_out(store: IndicatorStore) -> None:
    assert pairing(store).matrix.cell("A", "B").n == len(CODES) - 1


def test_counts_that_share_only_their_size_are_warned_of(store: IndicatorStore) -> None:
    words = said(findings_panel(pairing(store, indicator="C", other="D", lang="en")))
    assert "Both are counts" in words
    assert "they rise together" in words
    taken_out = pairing(store, indicator="C", other="D", show="given").matrix.cell("C", "D")
    assert not taken_out.is_significant


def test_the_corner_is_found_as_a_cluster(store: IndicatorStore) -> None:
    words, why, islands = clusters(pairing(store), "lisa")
    assert why is None and islands == ()
    assert words["0111"] == "high_high"
    assert dict(morans(pairing(store)))["x"].i > 0.4


def test_weights_come_from_the_link_and_a_click_raises_them(store: IndicatorStore) -> None:
    asked = pairing(store, show="need.A*2.B*1", indicator="A")
    assert weights(asked) == {"A": 2, "B": 1}
    assert "A*3.B*1.need" in said(findings_panel(asked))
    assert weights(pairing(store, show="need.A*9.nonsense*1.*.A*")) == {"A": 1, "B": 1}


def test_the_greatest_need_is_where_both_indicators_are_worst(store: IndicatorStore) -> None:
    found = overlay(pairing(store, show="need.A*1.B*1"))
    assert set(found.areas.index[:5]) <= {"0100", "0101", "0102", "0110", "0111", "0112", "0120", "0121", "0122"}
    assert found.left_out == ("0100",)  # its value of A is suspect


def test_the_map_paints_every_area_in_the_order_of_its_geometry(store: IndicatorStore) -> None:
    _, data, legend = map_panel(pairing(store), BoundaryBundles(store), "/")
    assert sorted(data["codes"]) == CODES
    assert len(data["colours"]) == len(CODES)
    assert "高—高" in said(legend)


def test_an_area_without_a_colour_is_hatched_for_its_reason_and_counted(store: IndicatorStore) -> None:
    """One value of A is suspect, twelve persons are too few; the other areas have a word for who cannot see colours."""
    for show, code, hatch, word in (
        (None, CODES[0], "dotted", "存疑"),
        ("values", CODES[0], "dotted", "存疑"),
        ("need.A*1", CODES[0], "dotted", "存疑"),
        ("felt", CODES[-1], "crossed", "样本不足"),
    ):
        _, data, legend = map_panel(pairing(store, show=show), BoundaryBundles(store), "/")
        hatched = dict(zip(data["codes"], data["hatches"], strict=True))
        assert {one: way for one, way in hatched.items() if way} == {code: hatch}
        assert word in said(legend) and all(data["words"])


def test_an_island_has_a_hatch_of_its_own(store: IndicatorStore, monkeypatch: pytest.MonkeyPatch) -> None:
    words = dict.fromkeys(CODES[1:-1], "not_significant")
    monkeypatch.setattr("callbacks.correlation_painting.clusters", lambda *_: (words, None, (CODES[-1],)))
    _, data, legend = map_panel(pairing(store), BoundaryBundles(store), "/")
    hatched = dict(zip(data["codes"], data["hatches"], strict=True))
    assert (hatched[CODES[-1]], hatched[CODES[0]], hatched[CODES[1]]) == ("falling", "dotted", None)
    assert "无相邻区域" in said(legend)


def test_who_waits_for_the_map_hears_how_far_its_permutations_are(store: IndicatorStore) -> None:
    fresh = pairing(store, other="E", show="nearest~8")
    assert share_done(fresh) is None
    told: list[float] = []
    tell = store.cache.tell
    try:
        store.cache.tell = lambda *said: (tell(*said), told.append(said[-1]))[0]
        clusters(fresh, "lisa")
    finally:
        store.cache.tell = tell
    assert told[0] == 0.0 and told[-1] == 1.0 and told == sorted(told)
    assert share_done(fresh) == 1.0
    assert share_done(pairing(store, show="need.A*1")) is None
    client = create_app(store, Settings()).server.test_client()
    asked = "/pattern/progress?view=correlation&area=01&ind=A&with=E&period=2024&show=nearest~8"
    assert client.get(asked).get_json() == {"done": 1.0}
    assert client.get(asked.replace("nearest~8", "nearest~12")).get_json() == {"done": None}


def test_a_bivariate_map_has_nine_cells(store: IndicatorStore) -> None:
    cells = terciles(pairing(store, other="C").both)
    assert cells.between(0, 8).all()
    assert cells.nunique() == 9


def test_arrows_start_where_the_areas_were(store: IndicatorStore) -> None:
    _, figure = scatter_panel(pairing(store, show="arrows"))
    assert [trace.name for trace in figure.data if trace.customdata is not None] == ["areas"]


def test_too_few_areas_are_said_and_not_drawn(store: IndicatorStore) -> None:
    few = pairing(store, area=CODES[0])
    assert few.pair is None
    assert "不足 10 个" in said(findings_panel(few))
    assert map_panel(few, BoundaryBundles(store), "/")[1] is None


def test_the_matrix_rests_on_the_same_values_as_the_map(store: IndicatorStore) -> None:
    rows = store.values_by_area_indicator(MatrixQuestion(area="01", level="district", period="2024"))
    mine = rows[rows["indicator_code"] == "C"].set_index("area_code")["value"]
    shown = store.values_by_area(ValuesQuestion(indicator="C", area="01", level="district", period="2024"))
    assert mine.to_dict() == shown.set_index("area_code")["value"].to_dict()


def test_a_restricted_viewer_gets_no_other_districts_rows(store: IndicatorStore) -> None:
    viewer = Viewer(area_codes=(CODES[0],))
    asked = MatrixQuestion(area=CODES[0], level="district", period="2024", viewer=viewer)
    assert set(store.values_by_area_indicator(asked)["area_code"]) <= {CODES[0]}


def test_a_relation_with_the_year_before_is_found_and_corrected_over_all_lags(store: IndicatorStore) -> None:
    assert not pairing(store, other="E").found.is_significant
    lagged = pairing(store, other="E", show="lag~1", lang="en")
    assert lagged.found.r > 0.9
    assert lagged.found.q_value > lagged.found.p_value
    assert "0: r =" in said(findings_panel(lagged))
    assert pairing(store, other="E", show="lag~9").lag == 0


def test_the_latest_period_that_has_both_is_shown_and_said(store: IndicatorStore) -> None:
    found = pairing(store, other="F", lang="en")
    assert (found.pair, found.period) == (("A", "F"), "2023")
    assert "2024 lacks one of the two" in said(findings_panel(found))
    assert found.shown.selection.period == "2023"


def test_any_indicator_can_be_held_constant(store: IndicatorStore) -> None:
    """B follows A: what is left of A and B when B's like is held is less than the raw relation."""
    raw, held = pairing(store, other="B").found, pairing(store, other="C", show="given~B")
    assert held.given is not None and held.found.n == raw.n
    assert pairing(store, other="B", show="given~nonsense", lang="en").given is None
    assert "is unknown here" in said(findings_panel(pairing(store, other="B", show="given~nonsense", lang="en")))


def test_both_indicators_are_chosen_from_menus_too(store: IndicatorStore) -> None:
    words = said(strip(pairing(store, other="B")))
    assert r"{\"indicator\": \"C\", \"other\": \"B\"}" in words
    assert r"{\"other\": \"C\", \"indicator\": \"A\"}" in words
    assert r"{\"indicator\": \"B\", \"other\": \"B\"}" not in words


def test_counts_per_resident_lose_what_size_gave_them(store: IndicatorStore) -> None:
    asked = {"indicator": "C", "other": "D", "lang": "en"}
    words = said(findings_panel(pairing(store, **asked, show="per_capita")))
    assert "Both are counts" not in words
    assert pairing(store, **asked, show="per_capita").found.r < pairing(store, **asked).found.r


@pytest.mark.parametrize(("word", "rule"), [("rook", "rook"), ("nearest~4", "nearest"), ("distance~10", "distance")])
def test_neighbours_are_chosen_in_the_link(store: IndicatorStore, word: str, rule: str) -> None:
    asked = pairing(store, show=word)
    assert asked.options.rule == rule and asked.options.neighbours == word
    assert dict(morans(asked))["x"].n == len(CODES) - 1


def test_areas_without_neighbours_are_said_once(store: IndicatorStore) -> None:
    far = pairing(store, show="distance~0-5", lang="en")
    assert clusters(far, "lisa")[1].reason == "only_islands"
    assert said(findings_panel(far)).count("None of these areas has a neighbour") == 1


def test_a_choice_replaces_only_its_own_group() -> None:
    options = Options(frozenset({"rook", "spearman", "A*2"}))
    assert options.choosing("neighbours", "nearest~4") == {"show": "A*2.nearest~4.spearman"}
    assert Options(frozenset({"rook"})).choosing("neighbours", None) == {"show": None}
    assert Options(frozenset({"nearest~999", "lag~x"})).nearest == 6


def test_measured_against_felt_by_area_and_by_dimension(store: IndicatorStore) -> None:
    cells, rows = cells_of(pairing(store, show="felt"))
    words = rows.set_index("code")["quadrant"]
    assert words[CODES[-1]] == "suppressed" and words.drop(CODES[-1]).ne("suppressed").all()
    assert np.isnan(rows.set_index("code")["satisfaction"][CODES[-1]])
    assert set(words) >= {"keep", "perception_gap", "latent_shortfall", "fix_first"}
    assert cells.measure == "standing"
    assert rows["changes"].iloc[0] == {"area": CODES[0], "show": "by_dimension.felt"}
    one = cells_of(pairing(store, area=CODES[0], show="felt.by_dimension"))[1]
    assert one["code"].tolist() == ["d", "e"]
    assert one["changes"].iloc[0] == {"show": "dimension~d.felt"}
    assert CODES[-1] not in scatter_panel(pairing(store, show="felt"))[1].data[0].customdata


def test_what_the_map_shows_is_taken_along(store: IndicatorStore) -> None:
    at = pairing(store, indicator="A", other="B").at
    features = json.loads(pattern_places_bytes("pattern", at, "geojson"))["features"]
    assert {one["properties"]["cluster"] for one in features} >= {"high_high", "not_significant"}
    assert len(features) == len(CODES)
    need = PATTERN_MAKERS["need"](pairing(store, show="need.A*1.B*1").at)
    assert need["rank"].iloc[0] == 1 and {"stays_pct", "A", "B"} <= set(need)
    felt = PATTERN_MAKERS["felt"](pairing(store, show="felt").at).set_index("area_code")
    assert np.isnan(felt["satisfaction"][CODES[-1]])
    assert len(PATTERN_MAKERS["correlation"](at)) == 10
    for show in (None, "values", "need", "felt"):
        picture = ElementTree.fromstring(map_picture(pairing(store, show=show).at))
        assert len(picture.findall("{*}g/{*}path")) == len(CODES)
        strokes = {one.get("fill") for one in picture.findall("{*}g/{*}path")} & {"url(#dotted)", "url(#crossed)"}
        assert strokes == {"url(#crossed)" if show == "felt" else "url(#dotted)"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("show", [None, "spearman.given", "hotspots", "bivariate.arrows", "values", "need", "felt"])
def test_every_panel_draws(store: IndicatorStore, show: str | None, language: str) -> None:
    asked = pairing(store, show=show, lang=language)
    heads = [matrix_panel(asked)[0], scatter_panel(asked)[0]]
    assert [head is not None for head in heads] == [asked.options.lens == "pair", asked.options.lens != "need"]
    assert findings_panel(asked) and strip(asked)
    assert map_panel(asked, BoundaryBundles(store), "/")[1]
