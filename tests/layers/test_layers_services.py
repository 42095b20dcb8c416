"""Layers of real servers: MapServer, MapCache and pygeoapi draw and tell what the town holds."""

import io
import math
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image

from data_access.layers.entry import LayerEntry
from data_access.layers.failures import Unusable
from data_access.layers.remote.fetching import Answer, Wish
from data_access.layers.remote.pictures import picture_tile
from data_access.layers.remote.services import Services
from data_access.layers.remote.snapshots import snapshot
from tests.layers.servers import NASTY, TOWN


def layer(kind: str, source: str, name: str | None = None) -> LayerEntry:
    return LayerEntry(f"{kind} {name}", kind, source, name)


def tile_around(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    x = (lon + 180) / 360 * 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z
    return z, int(x), int(y)


TILE = tile_around(TOWN[0] + 0.002, TOWN[1] + 0.002, 14)
"""Holds the whole eastern park: a square of 0.004°, 46 × 55 pixels at level 14."""


def drawn_box(services: Services, entry: LayerEntry) -> list[int]:
    """Left, top, right and bottom of what is drawn on the tile, in pixels."""
    found = picture_tile(services, entry, *TILE)
    solid = np.asarray(Image.open(io.BytesIO(found.body)).convert("RGBA"))[..., 3] > 0
    rows, columns = np.nonzero(solid)
    return [columns.min(), rows.min(), columns.max(), rows.max()]


def test_every_kind_of_picture_service_draws_the_park_at_the_same_place(services: Services, map_server: str) -> None:
    """Web mercator as it comes; 3° Gauss–Krüger (EPSG:4548) and degree tiles after warping, within two pixels."""
    kinds = {
        "wms": layer("wms", f"{map_server}/mapserv", "parks"),
        "wms in Gauss–Krüger": layer("wms", f"{map_server}/mapserv", "parks_gk"),
        "wmts": layer("wmts", f"{map_server}/mapcache/wmts", "parks"),
        "wmts by addresses": layer("wmts", f"{map_server}/mapcache/wmts/1.0.0/WMTSCapabilities.xml", "parks"),
        "wmts in degrees": layer("wmts", f"{map_server}/mapcache/wmts", "parks_degrees"),
        "xyz": layer("xyz", f"{map_server}/mapcache/gmaps/parks@GoogleMapsCompatible/{{z}}/{{x}}/{{y}}.png"),
    }
    boxes = {name: drawn_box(services, entry) for name, entry in kinds.items()}
    expected = boxes["wms"]
    assert abs(expected[2] - expected[0] - 46) <= 1 and abs(expected[3] - expected[1] - 55) <= 1
    assert {name: bool(np.abs(np.subtract(box, expected)).max() <= 2) for name, box in boxes.items()} == dict.fromkeys(
        kinds, True
    )


def test_features_of_wfs_and_ogc_api_arrive_whole_and_in_place(
    services: Services, map_server: str, feature_server: str
) -> None:
    """pygeoapi sends four to a page here; MapServer's GML writes latitude first."""
    for entry in (layer("wfs", f"{map_server}/mapserv", "schools"), layer("ogc_features", feature_server, "schools")):
        found = snapshot(services, entry)
        assert (found.count(), found.is_whole) == (9, True)
        assert found.bounds() == pytest.approx((117.0, 32.0, 117.02, 32.02))
        assert {"name", "pupils"} <= set(found.columns())
        assert found.features[0].properties["name"] == NASTY
        assert [one.properties["pupils"] for one in found.page(0, 10, "第3小学")[0]] == [400]


def test_gauss_krueger_features_are_reprojected(services: Services, map_server: str) -> None:
    found = snapshot(services, layer("wfs", f"{map_server}/mapserv", "parks_gk"))
    assert found.bounds() == pytest.approx((117.0, 32.0, 117.019, 32.019), abs=1e-6)


@pytest.mark.parametrize("kind", ["wms", "wfs"])
def test_a_layer_that_is_not_there_is_the_reason_given(services: Services, map_server: str, kind: str) -> None:
    asked = picture_tile if kind == "wms" else lambda *all_: snapshot(*all_[:2])
    with pytest.raises(Unusable) as caught:
        asked(services, layer(kind, f"{map_server}/mapserv", "nothing"), *TILE)
    assert caught.value.reason == "no_such_layer"


def test_addresses_that_a_service_advertises_are_not_followed(services: Services, map_server: str) -> None:
    """Its capabilities name the cloud's metadata address as their OnlineResource; the catalogue's address is asked."""
    told = services.document(f"{map_server}/mapserv?SERVICE=WMS&REQUEST=GetCapabilities").decode()
    assert "169.254.169.254" in told
    assert drawn_box(services, layer("wms", f"{map_server}/mapserv", "parks"))


class Recorder(Services):
    """Answers every question with a white picture and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, str]] = []

    def get(self, wish: Wish) -> Answer:
        self.asked.append({name: said[0] for name, said in parse_qs(urlsplit(wish.url).query).items()})
        file = io.BytesIO()
        Image.new("RGB", (256, 256), "white").save(file, "PNG")
        return Answer(file.getvalue(), "image/png")


def test_tianditu_is_asked_by_its_own_conventions() -> None:
    """`w`: web mercator, our own rows and columns. `c`: CGCS2000 degrees, level 14 has tiles of 360° / 2^14."""
    z, x, y = TILE
    mercator, degrees = Recorder(), Recorder()
    picture_tile(mercator, layer("wmts", "http://t0.tianditu.example/cva_w/wmts"), z, x, y)
    expected = {"LAYER": "cva", "TILEMATRIXSET": "w", "TILEMATRIX": "14", "TILECOL": str(x), "TILEROW": str(y)}
    assert expected.items() <= mercator.asked[0].items() and len(mercator.asked) == 1
    found = picture_tile(degrees, layer("wmts", "http://t0.tianditu.example/img_c/wmts"), z, x, y)
    assert all({"LAYER": "img", "TILEMATRIXSET": "c"}.items() <= one.items() for one in degrees.asked)
    level, side = int(degrees.asked[0]["TILEMATRIX"]), 360 / 2 ** int(degrees.asked[0]["TILEMATRIX"])
    wanted = (int((TOWN[0] + 180.002) / side), int((90 - TOWN[1] - 0.002) / side))
    assert level in (14, 15) and wanted in {(int(one["TILECOL"]), int(one["TILEROW"])) for one in degrees.asked}
    assert (np.asarray(Image.open(io.BytesIO(found.body)))[..., 3] == 255).all(), "the tile is covered"


RESTFUL = """<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1">
<Contents><Layer><ows:Title>b</ows:Title><ows:Identifier>base</ows:Identifier>
<Style isDefault="true"><ows:Identifier>day night</ows:Identifier></Style><Format>image/png</Format>
<Dimension><ows:Identifier>Time</ows:Identifier><Default>2024</Default><Value>2024</Value></Dimension>
<TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink>
<ResourceURL format="image/png" resourceType="tile" template="{template}"/></Layer>
<TileMatrixSet><ows:Identifier>web</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
<TileMatrix><ows:Identifier>L 14</ows:Identifier><ScaleDenominator>34123.67334</ScaleDenominator>
<TopLeftCorner>-20037508.3428 20037508.3428</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>
<MatrixWidth>16384</MatrixWidth><MatrixHeight>16384</MatrixHeight></TileMatrix></TileMatrixSet></Contents></Capabilities>"""
WORDS = "{Style}/{TIME}/{TileMatrixSet}/{TileMatrix}/{TileCol}/{TileRow}.png"


class Described(Recorder):
    """Tells of its tiles only where they lie."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.template, self.addresses = template, list[str]()

    def document(self, url: str, kinds: frozenset[str] = frozenset()) -> bytes:
        return RESTFUL.replace("{template}", self.template).encode()

    def get(self, wish: Wish) -> Answer:
        self.addresses.append(wish.url)
        return super().get(wish)


def test_tiles_that_have_addresses_of_their_own_are_fetched_from_the_catalogued_host_alone() -> None:
    """A template of another host, port or user is refused: an address that a service advertises is not followed."""
    z, x, y = TILE
    here = layer("wmts", "http://tiles.example:8080/wmts", "base")
    for template in (f"http://tiles.example:8080/t/{WORDS}", f"/t/{WORDS}"):
        service = Described(template)
        picture_tile(service, here, z, x, y)
        assert service.addresses == [f"http://tiles.example:8080/t/day%20night/2024/web/L%2014/{x}/{y}.png"]
    hosts = ("169.254.169.254", "tiles.example", "tiles.example:8080@evil.example", "{Style}.example:8080")
    for template in (*(f"http://{host}/{WORDS}" for host in hosts), f"//evil.example/{WORDS}", "/{Password}"):
        service = Described(template)
        with pytest.raises(Unusable) as caught:
            picture_tile(service, here, z, x, y)
        assert (caught.value.reason in ("refused_address", "unreadable"), service.addresses) == (True, [])
