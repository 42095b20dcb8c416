"""Comparison and 3D as the server answers them: honest colours, honest heights, safe links, nobody else's buildings."""

import json
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from dash import Dash

from callbacks import solid_scene
from callbacks.link import from_search
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.viewer import EVERYTHING, Viewer
from layouts.components.photo import web_address
from tests.builders import area, boundaries, city, indicator, problem, value, write_package
from tests.wiring.asking import Screen, texts_of

HOUSES = [
    {"building_id": "h1", "area_code": "0101", "height_m": 30.0, "storeys": 9, "floor_area_m2": None},
    {"building_id": "h2", "area_code": "0102", "height_m": None, "storeys": 4, "floor_area_m2": 1600.0},
    {"building_id": "h3", "area_code": "0102", "height_m": None, "storeys": None, "floor_area_m2": None},
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("scene")
    values = [value("N", code, year, n) for n, (code, year) in enumerate(
        (code, year) for code in ("0101", "0102") for year in ("2023", "2024"))]  # fmt: skip
    tables = city(
        area=[area("01", "city", None), area("0101", "district", "01"), area("0102", "district", "01")],
        indicator=[indicator("N", unit="处"), indicator("R", "ratio"), indicator("M", unit="个")],
        indicator_value=[*values, value("M", "0101", value=500)],
        problem=[
            problem("p1", "0101", object_id="h1", severity="serious"),
            problem("p2", "0101", object_id="h1", severity="critical", status="resolved", photo_url="/photos/p2.jpg"),
        ],
        cim_object=[
            {
                "object_id": "h1",
                "area_code": "0101",
                "viewer_url": "https://cim.example/o/h1",
                "lon": 121.05,
                "lat": 31.05,
            },
            {"object_id": "h2", "area_code": "0102", "viewer_url": "javascript:alert(1)"},
        ],
        spatial_layer=[
            {"layer_code": "buildings", "source_kind": "file", "source": "houses.gpkg", "title_zh": "房屋"},
            {
                "layer_code": "t",
                "source_kind": "tiles3d",
                "source": "https://cim.example/tileset.json",
                "title_zh": "实景",
            },
            {"layer_code": "u", "source_kind": "tiles3d", "source": "javascript:alert(1)", "title_zh": "坏"},
        ],
    )
    package = write_package(folder / "package", tables)
    boundaries(["0101", "0102"]).to_file(package / "area_boundary.gpkg", layer="area_boundary")
    points = [shapely.Point(121.05 + n / 20, 31.05) for n in range(3)]
    geopandas.GeoDataFrame(HOUSES, geometry=points, crs="EPSG:4490").to_file(package / "houses.gpkg", layer="houses")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


def make(url: str, viewer: Viewer = EVERYTHING) -> Dash:
    return create_app(open_store(url), Settings(database_url=url), identify=lambda request: viewer)


@pytest.fixture(scope="module")
def screen(url: str) -> Screen:
    return Screen(make(url))


def painted(screen: Screen, search: str) -> dict[str, Any]:
    selection, _ = screen.open(search)
    status, answer = screen.ask("scene-paint.data", selection=selection)
    assert status == 200, answer
    return {part: next(iter(said.values())) for part, said in answer["response"].items()}


def test_two_periods_are_coloured_by_the_same_classes_and_counted_apart(screen: Screen) -> None:
    answer = painted(screen, "?view=scene&ind=N&period=2024")
    left, right = answer["scene-paint"]["left"], answer["scene-paint"]["right"]
    assert (left["period"], right["period"]) == ("2024", "2023")
    assert left["classes"] == right["classes"] and left["geometry"] == right["geometry"]
    assert answer["scene-left-legend"] != answer["scene-right-legend"]


def test_without_an_earlier_period_another_indicator_stands_on_the_right_with_its_own_classes(screen: Screen) -> None:
    paint = painted(screen, "?view=scene&ind=M")["scene-paint"]
    assert paint["right"]["indicator"] == "N" and paint["right"]["classes"] != paint["left"]["classes"]
    chosen = painted(screen, "?view=scene&ind=N&with=M&show=by_indicator.side.at-30")["scene-paint"]
    assert (chosen["mode"], chosen["divider"], chosen["right"]["indicator"]) == ("side", 30, "M")


@pytest.mark.parametrize("show", ["at-101", "at-x", "at-", "nonsense", "at--1"])
def test_words_that_mean_nothing_leave_the_divider_in_the_middle(screen: Screen, show: str) -> None:
    assert painted(screen, f"?view=scene&show={show}")["scene-paint"]["divider"] == 50


def test_buildings_say_how_their_height_is_known_and_what_is_unresolved_in_them(url: str) -> None:
    found = make(url).server.test_client().get("/buildings/01.json").get_json()
    assert found["id"] == ["h1", "h2", "h3"]
    assert found["height"] == [30, 12, 3] and found["known"] == [0, 1, 2]
    assert found["half"] == [7, 10, 7]  # 1600 m² on four storeys stand on 20 × 20 m
    assert found["problems"] == [2, 0, 0]  # what is resolved no longer counts
    assert found["areas"][found["area"][0]] == ["0101", "01"] and found["outline"] is None


def test_a_viewer_of_one_district_gets_its_buildings_only(url: str) -> None:
    client = make(url, Viewer(area_codes=("0102",))).server.test_client()
    assert client.get("/buildings/0102.json").get_json()["id"] == ["h2", "h3"]
    for hidden in ("01", "0101", "nowhere"):
        assert client.get(f"/buildings/{hidden}.json").status_code == 404


def test_without_the_package_the_view_is_told_to_stay_flat(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solid_scene, "package_address", lambda root, name: None)
    solid = painted(screen, "?view=scene&show=solid.areas")["scene-paint"]["solid"]
    assert solid["packages"] is None and "WebGL" in solid["words"]["no_webgl"] and solid["words"]["no_package"]


def test_a_link_of_the_platform_selects_the_objects_area_and_shows_its_card(screen: Screen) -> None:
    wish, _ = from_search("?object=h1")
    assert (wish.view, wish.show, wish.cim_object) == ("scene", "solid", "h1")
    selection, _ = screen.open("?object=h1")
    assert selection["area"] == "0101"
    card = json.dumps(screen.ask("scene-card.children", selection=selection)[1])
    assert '"href": "https://cim.example/o/h1"' in card and '"rel": "noopener noreferrer"' in card
    assert '"target": "_blank"' in card and "/photos/p2.jpg" in card
    assert painted(screen, "?object=h1")["scene-paint"]["object"]["lon"] == 121.05


def test_an_unknown_object_is_said_to_be_unknown(screen: Screen) -> None:
    selection, _ = screen.open("?object=%3Cscript%3E")
    assert selection["area"] == "01"
    _, answer = screen.ask("scene-card.children", selection=selection)
    assert "查无此对象" in "".join(texts_of(answer["response"]["scene-card"]["children"]))


def test_an_address_that_would_run_something_is_no_link(screen: Screen) -> None:
    selection, _ = screen.open("?object=h2")
    assert "javascript" not in json.dumps(screen.ask("scene-card.children", selection=selection)[1])
    hostile = ["javascript:alert(1)", "data:text/html,x", "//evil", "http://", "https://a b", "ht\ntp://a", None, "x"]
    assert [web_address(one) for one in hostile] == [None] * len(hostile)
    assert web_address("http://10.0.0.8:8080/viewer?id=1") == "http://10.0.0.8:8080/viewer?id=1"


def test_3d_tiles_of_the_catalogue_are_linked_where_their_address_is_one(screen: Screen) -> None:
    selection, _ = screen.open("?view=scene")
    _, answer = screen.ask("scene-services.children", selection=selection)
    links = [link["props"]["href"] for link in answer["response"]["scene-services"]["children"]]
    assert links == ["https://cim.example/tileset.json"]


def test_a_layer_stands_beside_an_indicator_on_areas_without_values(screen: Screen) -> None:
    answer = painted(screen, "?view=scene&ind=N&show=by_layer&layers=buildings")
    paint = answer["scene-paint"]
    assert list(paint["layers"]["layers"]) == ["buildings"] and len(paint["right"]["classes"]["colours"]) == 1
    assert paint["left"]["classes"] != paint["right"]["classes"] and "房屋" in answer["scene-right-title"]


def test_a_city_without_a_layer_of_buildings_raises_its_areas(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert painted(screen, "?view=scene&show=solid&theme=light")["scene-paint"]["solid"]["raised"] == "buildings"
    monkeypatch.setattr(solid_scene, "standing_layer", lambda at: None)
    answer = painted(screen, "?view=scene&show=solid&lang=en")
    assert answer["scene-paint"]["solid"]["raised"] == "areas"
    assert not any("uilding" in said for said in texts_of(answer["scene-strip"]))


def test_the_menu_of_layers_finds_those_it_does_not_list(screen: Screen) -> None:
    strip = painted(screen, "?view=scene&show=side.by_layer")["scene-strip"]
    assert "/layers/catalogue/" in str(strip)
