"""An object of the CIM platform is found by its id, from the model's table or the building layer, by those who may."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from sqlalchemy import insert

from data_access.city_objects import CityObjectQuestion
from data_access.engine import open_engine
from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.data.small_city import write

PLACES = {"a-1": "A", "a-10": "A", "b-1": "B", "nowhere": None}


@pytest.fixture(scope="module")
def url(make_module_database: Callable[[], str]) -> str:
    url = make_module_database()
    area = [{"area_code": "C", "name_zh": "C", "level": "c"}]
    area += [{"area_code": code, "name_zh": code, "level": "d", "parent_code": "C"} for code in "AB"]
    write(
        url,
        area_level=[{"level": level, "rank": n, "name_zh": level} for n, level in enumerate("cd")],
        area=area,
        cim_object=[{"object_id": "b-1", "area_code": "B", "cim_level": 4, "lon": 118.5, "lat": 32.5},
                    {"object_id": "adrift", "cim_level": 2}],
        spatial_layer=[{"layer_code": "buildings", "source_kind": "file", "source": "b.gpkg"}],
    )  # fmt: skip
    engine = open_engine(url, access="load")
    with engine.begin() as connection:
        connection.execute(
            insert(layer_feature), [_building(n, code, at) for n, (code, at) in enumerate(PLACES.items())]
        )
    engine.dispose()
    return url


@pytest.fixture
def store(url: str) -> IndicatorStore:
    return open_store(url)


def _building(number: int, code: str, area: str | None) -> dict[str, Any]:
    properties = json.dumps({"building_id": code, "area_code": area, "storeys": number})
    box = {"minx": 118.0, "miny": 32.0, "maxx": 118.0, "maxy": 32.0}
    row = {
        "layer_code": "buildings",
        "feature_no": number,
        "properties": properties,
        "geometry": shapely.Point(118, 32),
    }
    return row | box


def ask(store: IndicatorStore, code: str, viewer: Viewer = EVERYTHING) -> dict[str, Any]:
    return store.city_object(CityObjectQuestion(object_id=code, viewer=viewer))


def test_a_building_without_a_row_in_the_model_is_found_by_its_whole_id(store: IndicatorStore) -> None:
    found = ask(store, "a-1")
    assert found["model"] is None and found["building"]["storeys"] == 0
    assert (found["area_code"], found["lon"], found["lat"]) == ("A", 118, 32)


def test_the_model_says_where_an_object_lies_and_the_layer_adds_its_attributes(store: IndicatorStore) -> None:
    found = ask(store, "b-1")
    assert (found["lon"], found["model"]["cim_level"], found["building"]["storeys"]) == (118.5, 4, 2)


@pytest.mark.parametrize("code", ["b-1", "nowhere", "adrift", "%", "no such"])
def test_what_a_viewer_of_another_district_asks_for_is_unknown(store: IndicatorStore, code: str) -> None:
    assert ask(store, "a-1", Viewer(area_codes=("A",)))["area_code"] == "A"
    with pytest.raises(UnknownCode):
        ask(store, code, Viewer(area_codes=("A",)))


def test_a_part_of_an_id_or_a_wildcard_finds_nothing(store: IndicatorStore) -> None:
    for code in ("a-", "%", "_-1", '"'):
        with pytest.raises(UnknownCode):
            ask(store, code)
