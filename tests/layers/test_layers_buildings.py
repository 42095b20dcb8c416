"""Buildings of others stand up in 3D: tables with their own column names, in Gauss–Krüger, on both databases."""

import geopandas
import pytest
import shapely
from sqlalchemy import create_engine, make_url, text

from callbacks.solid_buildings import BY_STOREYS, MEASURED, UNKNOWN, Buildings
from data_access.city_objects import CityObjectQuestion
from data_access.engine import layers_path, normal_url
from data_access.errors import UnknownCode
from data_access.questions import CatalogueQuestion
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.conftest import EmptyDatabases
from tests.layers.servers import GAUSS_KRUEGER, TOWN
from tests.layers.town import layer, load_town

SIDE = 0.0002
PLACES = {"L-1": (0.002, 21.5, 7), "L-2": (0.003, None, 6), "L-3": (0.020, None, None)}
"""By number: degrees north-east of the town's corner, height and storeys. The last stands in the eastern district."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, empty_databases: EmptyDatabases, tmp_path_factory: pytest.TempPathFactory
) -> IndicatorStore:
    url: str = empty_databases.make(request.param)
    houses = layer("houses", "table", "town_houses", geometry_type="Polygon", title_zh="不动产楼盘")
    load_town(url, tmp_path_factory.mktemp(request.param), houses)
    _write(url)
    return open_store(url)


def _write(url: str) -> None:
    corners = [TOWN[0] + by for by, _, _ in PLACES.values()], [TOWN[1] + by for by, _, _ in PLACES.values()]
    shapes = [shapely.box(x, y, x + SIDE, y + SIDE) for x, y in zip(*corners, strict=True)]
    facts = {
        "楼栋编号": list(PLACES),
        "建筑高度": [one[1] for one in PLACES.values()],
        "层数": [one[2] for one in PLACES.values()],
    }
    frame = geopandas.GeoDataFrame(facts, geometry=shapes, crs="EPSG:4490").to_crs(GAUSS_KRUEGER)
    if make_url(url).get_backend_name() == "sqlite":
        frame.to_file(layers_path(url), layer="town_houses", mode="a")
        return
    engine = create_engine(normal_url(url))
    srid = int(GAUSS_KRUEGER.removeprefix("EPSG:"))
    columns = '"楼栋编号" text, "建筑高度" float, "层数" int'
    with engine.begin() as connection:
        connection.execute(
            text(f"CREATE TABLE town_houses (fid serial PRIMARY KEY, {columns}, geom geometry(Polygon, {srid}))")
        )
        put = text(f"INSERT INTO town_houses VALUES (DEFAULT, :a, :b, :c, ST_GeomFromText(:d, {srid}))")
        for (name, (_, height, storeys)), shape in zip(PLACES.items(), frame.geometry, strict=True):
            connection.execute(put, {"a": name, "b": height, "c": storeys, "d": shape.wkt})
    engine.dispose()


def test_a_layer_with_heights_or_storeys_is_one_of_buildings_and_no_other_is(store: IndicatorStore) -> None:
    (found,) = store.building_layers(CatalogueQuestion())
    assert (found["layer_code"], found["columns"]["height_m"], found["columns"]["storeys"]) == (
        "houses",
        "建筑高度",
        "层数",
    )


def test_its_outlines_stand_with_the_height_that_is_known_in_the_district_that_holds_them(
    store: IndicatorStore,
) -> None:
    found = Buildings(store, EVERYTHING, "01").columns()
    assert (found["id"], found["total"]) == (list(PLACES), 3)
    assert (found["height"], found["known"]) == ([21.5, 18.0, 3.0], [MEASURED, BY_STOREYS, UNKNOWN])
    assert found["outline"][0][0] == pytest.approx([TOWN[0] + 0.002 + SIDE, TOWN[1] + 0.002], abs=1e-6)
    assert [found["areas"][place][0] for place in found["area"]] == ["0101", "0101", "0102"]
    assert Buildings(store, EVERYTHING, "0102", "houses").columns()["id"] == ["L-3"]
    with pytest.raises(UnknownCode):
        Buildings(store, EVERYTHING, "01", "parks").columns()


def test_a_click_finds_the_building_and_what_is_known_of_it(store: IndicatorStore) -> None:
    found = store.city_object(CityObjectQuestion(object_id="L-2"))
    assert (found["building"]["storeys"], found["building"]["height_m"]) == (6, None)
    assert (found["lon"], found["lat"]) == pytest.approx((TOWN[0] + 0.0031, TOWN[1] + 0.0031), abs=1e-6)
    for unknown in ("L", "L-4", "%"):
        with pytest.raises(UnknownCode):
            store.city_object(CityObjectQuestion(object_id=unknown))


def test_who_sees_one_district_sees_its_buildings_alone(store: IndicatorStore) -> None:
    east = Viewer(area_codes=("0102",))
    assert Buildings(store, east, "0102").columns()["id"] == ["L-3"]
    assert store.city_object(CityObjectQuestion(object_id="L-3", viewer=east))["building"]["storeys"] is None
    with pytest.raises(UnknownCode):
        store.city_object(CityObjectQuestion(object_id="L-1", viewer=east))
