"""Vector tiles of tables and files: the same from a GeoPackage and from PostGIS, in every coordinate system."""

from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from data_access.errors import UnknownCode
from data_access.layers.failures import Unusable
from data_access.layers.features import Feature
from data_access.layers.sources import LayerSources
from data_access.layers.tiling import BUFFER, EXTENT, degrees, encode_tile, mercator_box
from data_access.startup import open_store
from data_access.viewer import EVERYTHING, Viewer
from tests.empty_databases import EmptyDatabases
from tests.layers.servers import NASTY, TOWN
from tests.layers.test_layers_services import tile_around
from tests.layers.town import layer, load_town

EAST_ONLY = Viewer(area_codes=("0102",))
TILES = [tile_around(TOWN[0] + 0.002, TOWN[1] + 0.002, z) for z in (10, 13, 15)]


@pytest.fixture(scope="module")
def stores(empty_databases: EmptyDatabases, tmp_path_factory: pytest.TempPathFactory) -> dict[str, LayerSources]:
    """The same town behind both databases."""
    made = {}
    for kind in ("sqlite", "postgresql"):
        url = empty_databases.make(kind)
        told = layer("told", "table", "town_nowhere", style='{"crs": "EPSG:4490"}')
        coloured = layer("coloured", "table", "town_parks", style='{"column": "name"}')
        load_town(url, tmp_path_factory.mktemp(kind), told, coloured)
        made[kind] = LayerSources(open_store(url))
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def layers(request: pytest.FixtureRequest, stores: dict[str, LayerSources]) -> LayerSources:
    return stores[request.param]


def decoded(layers: LayerSources, code: str, tile: tuple[int, int, int], viewer: Viewer = EVERYTHING) -> dict[Any, Any]:
    """Number of the feature → its shape on the tile's grid and its properties."""
    found = layers.tile(layers.entry(code, viewer), viewer, *tile)
    features = (
        mapbox_vector_tile.decode(found, default_options={"y_coord_down": True})["features"]["features"]
        if found
        else []
    )
    return {one["id"]: (shapely.geometry.shape(one["geometry"]), one["properties"]) for one in features}


@pytest.mark.parametrize("code", ["schools", "parks", "parks_gk", "told", "coloured"])
@pytest.mark.parametrize("tile", TILES, ids=lambda tile: f"z{tile[0]}")
def test_both_stores_make_the_same_tile(stores: dict[str, LayerSources], code: str, tile: tuple[int, int, int]) -> None:
    """The same features with the same properties, no corner further than a unit of the 4096-grid apart."""
    one, other = (decoded(stores[kind], code, tile) for kind in ("sqlite", "postgresql"))
    assert one.keys() == other.keys()
    assert one, "something is drawn"
    for key, (shape, properties) in one.items():
        assert properties == other[key][1]
        assert shapely.hausdorff_distance(shape, other[key][0]) <= 1.5


def test_a_gauss_krueger_table_lies_where_the_same_in_degrees_does(layers: LayerSources) -> None:
    for key, (shape, _) in decoded(layers, "parks", TILES[1]).items():
        assert shapely.hausdorff_distance(shape, decoded(layers, "parks_gk", TILES[1])[key][0]) <= 1.5


def test_a_missing_coordinate_system_is_asked_for(layers: LayerSources) -> None:
    with pytest.raises(Unusable) as caught:
        layers.tile(layers.entry("nowhere", EVERYTHING), EVERYTHING, *TILES[0])
    assert caught.value.reason == "crs_missing"


def test_tables_without_geometry_are_no_layers(layers: LayerSources) -> None:
    """A catalogue row cannot open the tables of the indicators."""
    with pytest.raises(Unusable) as caught:
        layers.facts(layers.entry("secret", EVERYTHING), EVERYTHING)
    assert caught.value.reason == "no_table"


def test_facts_rows_and_single_features(layers: LayerSources) -> None:
    schools = layers.entry("schools", EVERYTHING)
    facts = layers.facts(schools, EVERYTHING)
    assert (facts["count"], facts["columns"]) == (9, ["name", "pupils"])
    assert facts["bounds"] == pytest.approx([117.0, 32.0, 117.02, 32.02])
    with layers.features(schools, EVERYTHING) as source:
        rows, total = source.page(0, 5, "小学")
        assert (len(rows), total) == (5, 8)
        assert source.page(0, 5, "pupils")[1] == 0, "the name of an attribute is no value"
        assert source.feature(1).properties["name"] == NASTY  # type: ignore[union-attr]
        assert [source.feature(key) for key in ("1", "x", 10**30, -1)] == [None] * 4
    with layers.features(layers.entry("parks", EVERYTHING), EVERYTHING) as source:
        assert [one.properties["name"] for one in source.page(0, 5, "西")[0]] == ["西园"]


def test_a_viewer_of_a_part_gets_the_features_of_this_part(layers: LayerSources) -> None:
    schools = layers.entry("schools", EAST_ONLY)
    assert layers.facts(schools, EAST_ONLY)["count"] == 3
    assert set(decoded(layers, "schools", TILES[0], EAST_ONLY)) == {3, 6, 9}
    with layers.features(schools, EAST_ONLY) as source:
        assert source.feature(1) is None
        assert source.page(0, 10, "")[1] == 3
    assert layers.version(schools, EAST_ONLY) != layers.version(schools, EVERYTHING)


def test_unknown_layers_are_unknown(layers: LayerSources) -> None:
    with pytest.raises(UnknownCode):
        layers.entry("'; DROP TABLE area; --", EVERYTHING)


def test_empty_tiles_cost_nothing(layers: LayerSources) -> None:
    far = tile_around(TOWN[0] + 1, TOWN[1], 14)
    assert layers.tile(layers.entry("parks", EVERYTHING), EVERYTHING, *far) == b""


def test_points_in_the_buffer_come_with_the_tile() -> None:
    """So that circles at its edge are whole."""
    z, x, y = TILES[1]
    _, _, east, north = mercator_box(z, x, y)
    corner = Feature(1, {}, shapely.Point(degrees(east + 10, north - 10)))
    found = mapbox_vector_tile.decode(encode_tile([corner], z, x, y), default_options={"y_coord_down": True})
    across = found["features"]["features"][0]["geometry"]["coordinates"][0]
    assert EXTENT <= across <= EXTENT + BUFFER and np.isfinite(across)
