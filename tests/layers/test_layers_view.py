"""The layer view as a browser asks for it: catalogue, tiles, features, counts, and nothing but layers by their code."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from callbacks.link import from_search, to_search
from callbacks.selection import Selection
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.layers.naming import name_of
from data_access.startup import open_store
from layouts.layers.specs import style_payload
from layouts.layers.state import MOST_SHOWN, ShownLayer, focused, read_layers, write_layers
from tests.layers.servers import NASTY, TOWN
from tests.layers.test_layers_services import tile_around
from tests.layers.town import layer, load_town
from tests.wiring.asking import Screen, texts_of

TILE = "/".join(map(str, tile_around(*TOWN, 12)))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, map_server: str) -> Dash:
    folder = tmp_path_factory.mktemp("view")
    url = f"sqlite:///{folder}/town.sqlite"
    wms, down = f"{map_server}/mapserv", "http://127.0.0.1:9/"
    load_town(
        url, folder,
        layer("wms", "wms", wms, source_layer="parks", board="plan"), layer("down", "wms", down, source_layer="x"),
        layer("wfs", "wfs", wms, source_layer="schools"), layer(NASTY, "wms", wms, title_zh=NASTY),
    )  # fmt: skip
    return create_app(open_store(url), Settings(database_url=url, layer_networks="127.0.0.0/8"))


@pytest.fixture
def screen(app: Dash) -> Screen:
    return Screen(app)


def specs(screen: Screen, layers: str) -> dict[str, Any]:
    selection, _ = screen.open(f"?view=layers&layers={layers}")
    return screen.ask("layers-specs.data", selection=selection)[1]["response"]["layers-specs"]["data"]


def test_a_link_carries_order_opacity_visibility_focus_and_measure() -> None:
    shown = [ShownLayer("a~b,c", 80, True), ShownLayer("路", in_focus=True, measure="density"), ShownLayer("x")]
    assert read_layers(write_layers(shown)) == shown
    selection = Selection(area="01").changed({"layers": write_layers(shown)})
    assert from_search(to_search(selection))[0].layers == selection.layers
    assert focused(shown) == shown[1] and focused([]) is None
    assert write_layers([]) is None


@pytest.mark.parametrize("written", ["~", ",,,", "a~999999", "~80", "a~z", None, ","])
def test_a_broken_link_shows_what_can_be_read(written: str | None) -> None:
    assert all(layer.code for layer in read_layers(written))
    assert len(read_layers(",".join(map(str, range(100))))) == MOST_SHOWN


def test_layers_that_are_not_there_leave_the_link_with_a_sentence(screen: Screen) -> None:
    """One that was taken out of the catalogue, or that reach asks about, takes nothing else down."""
    selection, notice = screen.open("?view=layers&layers=gone~50,schools~80f&reach=layer:nothing;minutes:5")
    assert (selection["layers"], selection["reach"]) == ("schools~80f", "minutes:5")
    said = " ".join(texts_of(notice))
    assert "“gone”" in said and "“nothing”" in said
    assert screen.open("?view=layers&layers=schools")[1] == []
    assert screen.open("?view=layers&layers=gone")[0]["layers"] is None


def test_the_catalogue_is_found_by_pinyin_initials_chinese_and_english(screen: Screen) -> None:
    address = specs(screen, "schools")["catalogue"]
    answer = screen.client.get(address)
    listed = {row["code"]: row for row in json.loads(gzip.decompress(answer.data))}
    assert "tc" in listed["schools"]["found"] and "教育" in listed["schools"]["found"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert screen.client.get("/layers/catalogue/old.json").status_code == 404


def test_tiles_are_kept_for_ever_under_their_version_and_gone_under_another(screen: Screen) -> None:
    spec = specs(screen, "schools")["layers"]["schools"]
    address = spec["tiles"].replace("{z}/{x}/{y}", TILE)
    answer = screen.client.get(address)
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]
    assert screen.client.get(f"{spec['base']}/0000/{TILE}.mvt").status_code == 404
    assert screen.client.get(f"{spec['base']}/x/99/1/1.mvt").status_code == 400


def test_a_layer_of_many_points_comes_as_one_packed_file(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callbacks.layers_specs.PACKED_FROM", 5)
    found = specs(screen, "schools,parks")["layers"]
    assert [found[code]["kind"] for code in ("schools", "parks")] == ["points", "vector"]
    answer = screen.client.get(found["schools"]["points"])
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]


def test_a_clicked_feature_is_answered_as_text(screen: Screen) -> None:
    base = specs(screen, "schools")["layers"]["schools"]["base"]
    found = screen.client.get(f"{base}/feature?key=1&number=1").get_json()
    assert found["properties"] == {"name": NASTY, "pupils": "100"}
    assert screen.client.get(f"{base}/feature?key=99&number=1").status_code == 404
    assert screen.client.get(f"{base}/feature?key=' OR 1=1").status_code in (400, 404)


def test_the_browser_names_layers_never_addresses(screen: Screen) -> None:
    for name in (name_of("http://169.254.169.254/"), "..", "%2e%2e", "x" * 500):
        assert screen.client.get(f"/layers/{name}/facts").status_code == 404


def test_pictures_come_through_and_a_service_that_is_down_says_why(screen: Screen) -> None:
    found = specs(screen, "wms,down")["layers"]
    picture = screen.client.get(found["wms"]["tiles"].replace("{z}/{x}/{y}", TILE))
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    broken = screen.client.get(found["down"]["tiles"].replace("{z}/{x}/{y}", TILE))
    assert (broken.status_code, broken.get_json()["error"]["name"]) == (503, "unreachable")
    assert screen.client.get(found["down"]["base"] + "/state").get_json()["reason"] == "unreachable"
    assert screen.client.get(found["wms"]["base"] + "/state").get_json()["reason"] is None


def test_the_table_filters_features_of_files_and_services_alike(screen: Screen) -> None:
    for code in ("schools", "wfs"):
        selection, _ = screen.open(f"?view=layers&layers={code}")
        asked = {"layers_table": {"startRow": 0, "endRow": 100}, "selection": selection, "layers_table_filter": "第3"}
        answer = screen.ask("layers-table.getRowsResponse", **asked)[1]["response"]["layers-table"]["getRowsResponse"]
        assert (answer["rowCount"], len(answer["rowData"])) == (1, 1)
        assert {"第3小学", "400"} <= set(map(str, answer["rowData"][0].values()))


def test_the_sheet_says_what_is_wrong_with_a_layer(screen: Screen) -> None:
    selection, _ = screen.open("?view=layers&layers=nowhere")
    said = " ".join(
        texts_of(
            screen.ask("layers-sheet.data-markup", selection=selection)[1]["response"]["layers-sheet"]["data-markup"]
        )
    )
    assert "EPSG:4547" in said, "the operator is told what to write"


def test_areas_are_coloured_by_what_a_layer_holds(screen: Screen) -> None:
    selection, _ = screen.open("?view=layers&layers=schools~n")
    answer = screen.ask("layers-paint.data", selection=selection)[1]["response"]
    legend = " ".join(texts_of(answer["layers-legend"]["children"]))
    assert "个" in legend and answer["layers-paint"]["data"]["indicator"] is None


def test_a_drawing_is_counted_and_nonsense_refused(screen: Screen) -> None:
    base = specs(screen, "schools")["layers"]["schools"]["base"]
    west, south = TOWN
    ring = [
        [west - 0.005, south - 0.005],
        [west + 0.015, south - 0.005],
        [west + 0.015, south + 0.015],
        [west - 0.005, south + 0.015],
    ]
    found = screen.client.post(f"{base}/within", json={"ring": ring}).get_json()
    assert (found["kind"], found["count"]) == ("points", 4)
    for bad in (None, [], [[0, 0]], [[0, 0], [1, "x"], [1, 1]], [[0, 0], [1, 999], [2, 2]], [[0, 0], [1, 1], [2, 2]]):
        assert screen.client.post(f"{base}/within", json={"ring": bad}).status_code == 400


def test_styles_pass_on_nothing_but_colours_and_numbers() -> None:
    found = style_payload({"color": "red;background:url(x)", "weight": "1", "colors": {"a": "#fff", "b": "x"}}, "dark")
    assert found == {"colour": "#8fd0ff", "weight": 1.0, "fill": 0.5, "colours": {"a": "#fff"}}


def test_networks_are_read_from_the_settings_and_nonsense_is_refused(tmp_path: Path, app: Dash) -> None:
    with pytest.raises(ValueError, match="does not appear"):
        create_app(open_store(f"sqlite:///{tmp_path}/x.sqlite"), Settings(layer_networks="everywhere"))


def test_browser_packages_are_served_under_their_hash_for_ever(screen: Screen) -> None:
    address = specs(screen, "schools")["packages"]["vector-tile"]
    answer = screen.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript"), "scripts/fetch-browser-packages has run"
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"from './point-geometry.js'" in answer.data, "a browser finds relative addresses only"
    assert screen.client.get("/third-party/0/vector-tile.js").status_code == 404
    assert screen.client.get(address.replace("vector-tile.js", ".of")).status_code == 404
