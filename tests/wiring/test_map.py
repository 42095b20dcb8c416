"""The map's answers: boundaries once and for ever under their content's address, values apart, nobody else's areas."""

import base64
import json
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from dash import Dash
from flask.testing import FlaskClient

from callbacks.boundaries import kept_boundaries
from callbacks.map_view import MapView, map_view
from callbacks.scene import Scene
from callbacks.selection import Selection
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.geometry.bundles import name_of, question_of
from data_access.geometry.packing import unpack
from data_access.importing import load_packages
from data_access.questions import BoundariesQuestion
from data_access.startup import open_store
from data_access.viewer import EVERYTHING, Viewer
from layouts.map.payload import pack
from tests.builders import area, city, value, write_package

HOSTILE = "<img src=x onerror=alert(1)>"
ROOT = BoundariesQuestion(area="01")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three districts side by side, one of them without boundary, and communities in the first."""
    folder = tmp_path_factory.mktemp("map")
    names = ["city", "district", "community"]
    levels = [{"level": name, "rank": rank, "name_zh": name} for rank, name in enumerate(names)]
    package = write_package(
        folder / "package",
        city(
            area_level=levels,
            area=[
                area("01", "city", None),
                area("0101", "district", "01", population=900),
                area("0102", "district", "01", name_zh=HOSTILE),
                area("0103", "district", "01"),
                area("010101", "community", "0101"),
                area("010102", "community", "0101"),
            ],
            indicator_value=[
                value("N", "0101", "2023", 10),
                value("N", "0101", "2024", 12),
                value("N", "0102", "2024", 30),
                value("N", "0103", "2024", None, status="suppressed"),
            ],
        ),
    )
    boxes = {"0101": (114, 30, 114.1, 30.1), "0102": (114.1, 30, 114.2, 30.1)}
    boxes |= {"010101": (114, 30, 114.05, 30.1), "010102": (114.05, 30, 114.1, 30.1)}
    frame = geopandas.GeoDataFrame(
        {"area_code": list(boxes)}, geometry=[shapely.box(*box) for box in boxes.values()], crs="EPSG:4490"
    )
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


@pytest.fixture(scope="module")
def app(url: str) -> Dash:
    return create_app(open_store(url), Settings(database_url=url))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


def view(app: Dash, url: str, viewer: Viewer = EVERYTHING, **chosen: Any) -> MapView:
    store = open_store(url)
    wanted = {"area": "01", "indicator": "N", "period": "2024"} | chosen
    return map_view(Scene(Selection(**wanted), store, viewer), kept_boundaries(app.server, store))


def address(app: Dash, url: str, **chosen: Any) -> str:
    return str(view(app, url, **chosen).payload("/")["geometry"]["url"])


def test_boundaries_are_kept_for_ever(app: Dash, url: str, client: FlaskClient) -> None:
    answer = client.get(address(app, url), headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    again = client.get(address(app, url), headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, br", "br"), ("gzip", "gzip"), ("", "identity")])
def test_every_browser_gets_the_best_compression_it_takes(
    app: Dash, url: str, client: FlaskClient, accepted: str, sent: str
) -> None:
    answer = client.get(address(app, url), headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == sent
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_the_file_holds_every_area_drawn_or_not(app: Dash, url: str, client: FlaskClient) -> None:
    answer = client.get(address(app, url), headers={"Accept-Encoding": "identity"})
    packed = unpack(answer.data)
    assert packed.names["codes"] == ["0101", "0102", "0103"]
    assert packed.names["names_zh"][1] == HOSTILE
    assert set(packed.arcs.areas.tolist()) == {0, 1}


@pytest.mark.parametrize("path", ["/geometry/x.y.bin", "/geometry/%20.0.bin", "/geometry/{name}.0000.bin"])
def test_an_unknown_or_outdated_address_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path.format(name=name_of(ROOT)))
    assert (answer.status_code, answer.get_json()["error"]["status"]) == (404, 404)


def test_a_viewer_gets_no_boundary_of_another_district(url: str) -> None:
    mine = Viewer(area_codes=("0101",))
    for_all = create_app(open_store(url), Settings(database_url=url))
    restricted = create_app(open_store(url), Settings(database_url=url), identify=lambda _: mine)
    for chosen in ({"area": "01"}, {"area": "01", "level": "community"}):
        refused = restricted.server.test_client().get(address(for_all, url, **chosen))
        assert refused.status_code == 404
    packed = unpack(
        restricted.server.test_client()
        .get(address(restricted, url, viewer=mine, area="0101"), headers={"Accept-Encoding": "identity"})
        .data
    )
    assert packed.names["codes"] == ["010101", "010102"]


@pytest.mark.parametrize("code", ["01", "a/b", "区.1~2", "x\\y%2F"])
def test_any_code_survives_the_way_through_an_address(code: str) -> None:
    question = BoundariesQuestion(area=code, level="l/1", partition=None)
    assert name_of(question).replace("-", "").replace("_", "").isalnum()
    assert question_of(name_of(question), EVERYTHING) == question


def unpacked(packed: dict[str, Any]) -> list[float | None]:
    """As assets/js/area_values.js reads it."""
    numbers = np.frombuffer(base64.b64decode(packed["data"]), dtype=f"<{packed['type']}")
    missing = np.isnan(numbers) if packed["type"] == "f4" else numbers == np.iinfo("<i2").min
    shown = zip(numbers / packed["scale"], missing, strict=True)
    return [None if is_missing else float(number) for number, is_missing in shown]


@pytest.mark.parametrize(
    ("values", "kind"), [([85.3, -0.7], "i2"), ([1.25, 3276.7], "f4"), ([123456, 1], "f4"), ([1 / 3], "f4")]
)
def test_values_take_two_bytes_where_they_fit_exactly(values: list[float], kind: str) -> None:
    packed = pack(pd.Series([*values, np.nan]))
    assert packed["type"] == kind
    assert unpacked(packed) == [*[pytest.approx(value, rel=1e-6) for value in values], None]


def test_values_come_in_the_order_of_the_boundaries(app: Dash, url: str) -> None:
    sent = view(app, url).payload("/")
    assert unpacked(sent["values"]) == [12, 30, None]
    assert sent["status"] == [0, 2, 5, 1]
    assert json.dumps(sent)


def test_an_area_without_parts_is_shown_among_its_siblings(app: Dash, url: str) -> None:
    sent = view(app, url, area="010102").payload("/")
    assert (sent["area"], sent["selected"]) == ("0101", "010102")


def test_the_surroundings_of_a_district_are_its_siblings(app: Dash, url: str) -> None:
    assert view(app, url).payload("/")["geometry"]["context_url"] is None
    assert view(app, url, area="0101").payload("/")["geometry"]["context_url"] == address(app, url)


def test_all_areas_of_a_level_are_shown_at_once(app: Dash, url: str) -> None:
    assert view(app, url, level="community").bundle.codes == ("010101", "010102")


def test_the_levels_offered_are_the_children_and_what_lies_below(app: Dash, url: str) -> None:
    offered = view(app, url).level_choices()
    assert [choice["name_zh"] for choice in offered] == ["district", "community"]
    assert [choice["shown"] for choice in offered] == [True, False]


def test_areas_without_boundary_are_listed_beside_the_map(app: Dash, url: str) -> None:
    assert [row["area_code"] for row in view(app, url).legend_facts()["undrawn"]] == ["0103"]


def test_each_reason_for_a_missing_value_is_counted(app: Dash, url: str) -> None:
    assert view(app, url).legend_facts()["missing"]["suppressed"] == 1
    assert view(app, url, period="2023").legend_facts()["missing"]["none"] == 2


def test_the_change_map_shows_only_what_both_periods_have(app: Dash, url: str) -> None:
    changes = view(app, url, compare="2023")
    assert changes.changes
    assert changes.shown["value"].to_list()[0] == 2
    assert int(changes.shown["value"].notna().sum()) == 1
    assert changes.classes.scheme == "change"


def test_a_later_period_is_no_comparison(app: Dash, url: str) -> None:
    assert not view(app, url, period="2023", compare="2024").changes
