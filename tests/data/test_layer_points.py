"""Points and shapes of spatial layers, from files and from tables that others write, on both databases."""

from collections.abc import Callable

import geopandas
import numpy as np
import pytest
import shapely
from sqlalchemy import insert

from data_access import contract
from data_access.engine import layers_path, open_engine
from data_access.errors import UnknownCode
from data_access.importing import load_packages
from data_access.points.bundles import WITH_OVERVIEW, PointBundles
from data_access.questions import LayerPointQuestion, LayerPointsQuestion, LayerShapesQuestion
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.builders import boundaries, city, write_package

COUNT = 50
ONE_DISTRICT = Viewer(area_codes=("0102",))


@pytest.fixture(scope="module")
def url(make_module_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """50 schools, 30 of them in 0101 by their own column; the same places without such a column; and as a table."""
    database, folder = make_module_database(), tmp_path_factory.mktemp("points")
    rows = [
        {"layer_code": code, "title_zh": code, "source_kind": "file", "source": f"{code}.gpkg",
         "geometry_type": "Point", "area_column": column, "style": '{"category": "kind"}'}
        for code, column in (("coded", "area_code"), ("bare", None))
    ]  # fmt: skip
    package = write_package(folder / "package", city(spatial_layer=rows))
    boundaries(["0101", "0102"]).to_file(package / "area_boundary.gpkg", layer="area_boundary")
    west = np.arange(COUNT) < 30
    facts = {
        "name": [f"学校{n}" for n in range(COUNT)],
        "kind": np.where(np.arange(COUNT) % 5 == 0, "中学", "小学"),
        "area_code": np.where(west, "0101", "0102"),
    }
    places = shapely.points(121.01 + 0.1 * ~west + 0.001 * np.arange(COUNT), 31.05)
    frame = geopandas.GeoDataFrame(facts, geometry=places, crs="EPSG:4490")
    frame.to_file(package / "coded.gpkg", layer="coded")
    frame.drop(columns=["area_code"]).to_file(package / "bare.gpkg", layer="bare")
    load_packages([package], database)
    _as_table(database, frame)
    return database


@pytest.fixture
def store(url: str) -> IndicatorStore:
    return open_store(url)


def _as_table(database: str, frame: geopandas.GeoDataFrame) -> None:
    engine = open_engine(database, access="load")
    if engine.dialect.name == "sqlite":
        frame.to_file(layers_path(database), layer="school", mode="a")
    else:
        columns = "id int PRIMARY KEY, name text, kind text, area_code text, geometry geometry(Point, 4490)"
        cells = zip(*(frame[name] for name in ("name", "kind", "area_code", "geometry")), strict=True)
        rows = [(n, *texts, shape.wkt) for n, (*texts, shape) in enumerate(cells, 1)]
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE school ({columns})")
            write = "INSERT INTO school VALUES (%s, %s, %s, %s, ST_GeomFromText(%s, 4490))"
            connection.exec_driver_sql(write, rows)
    with engine.begin() as connection:
        connection.execute(
            insert(contract.spatial_layer).values(
                layer_code="table", source_kind="table", source="school", geometry_type="Point", area_column="area_code"
            )
        )
    engine.dispose()


@pytest.mark.parametrize("layer", ["coded", "bare", "table"])
def test_every_point_comes_with_its_place_its_category_and_its_attributes(store: IndicatorStore, layer: str) -> None:
    points = store.layer_points(LayerPointsQuestion(layer=layer))
    assert len(points) == COUNT
    assert points["category"].value_counts().to_dict() == {"小学": 40, "中学": 10}
    assert points[["lon", "lat"]].iloc[0].tolist() == pytest.approx([121.01, 31.05])
    known = store.layer_point(LayerPointQuestion(layer=layer, feature_no=int(points["feature_no"].iloc[7])))
    assert known["name"] == "学校7"


@pytest.mark.parametrize("layer", ["coded", "bare", "table"])
def test_who_sees_one_district_gets_its_points_alone(store: IndicatorStore, layer: str) -> None:
    assert len(store.layer_points(LayerPointsQuestion(layer=layer, viewer=ONE_DISTRICT))) == 20
    assert len(store.layer_shapes(LayerShapesQuestion(layer=layer, viewer=ONE_DISTRICT))) == 20
    assert len(store.layer_points(LayerPointsQuestion(layer=layer, viewer=Viewer(area_codes=())))) == 0


def test_two_viewers_have_two_addresses_for_one_layer_and_the_same_viewer_one(store: IndicatorStore) -> None:
    bundles = PointBundles(store)
    assert bundles.bundle("coded", EVERYTHING).path != bundles.bundle("coded", ONE_DISTRICT).path
    assert bundles.bundle("coded", EVERYTHING).path == PointBundles(store).bundle("coded", EVERYTHING).path
    assert bundles.bundle("coded", EVERYTHING).overview is None
    assert COUNT < WITH_OVERVIEW


def test_shapes_bring_the_columns_asked_as_text_and_missing_where_there_are_none(store: IndicatorStore) -> None:
    rows = store.layer_shapes(LayerShapesQuestion(layer="coded", columns=("name", "storeys")))
    assert rows["name"].iloc[3] == "学校3"
    assert rows["storeys"].isna().all()


def test_a_layer_that_is_not_in_the_store_is_unknown(store: IndicatorStore) -> None:
    for question in (LayerPointsQuestion(layer="nothing"), LayerPointsQuestion(layer="")):
        with pytest.raises(UnknownCode):
            store.layer_points(question)
    with pytest.raises(UnknownCode):
        store.layer_point(LayerPointQuestion(layer="coded", feature_no=10**6))
