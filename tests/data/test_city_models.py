"""Buildings of a 3D city model become footprints with heights; a model that is not one, or hostile, is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from data_access.importing import load_packages
from data_access.importing.city_models import read_citygml, read_cityjson
from data_access.importing.faults import Unreadable
from data_access.importing.spatial_files import read_features
from data_access.questions import LayerShapesQuestion
from data_access.startup import open_store
from tests.builders import city, write_package

WEST, NORTH = 500_000, 3_600_000  # metres in CGCS2000 / 3-degree Gauss-Kruger CM 117E (EPSG:4548)
FACES = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
CORNERS = [(0, 0), (20, 0), (20, 10), (0, 10)]


def box(low: int, high: int) -> list[list[int]]:
    """Eight corners of a block of 20 × 10 m, in millimetres as CityJSON compresses them."""
    return [[x * 1000, y * 1000, z * 1000] for z in (low, high) for x, y in CORNERS]


def cityjson(**changes: Any) -> dict[str, Any]:
    """A house measured 17.5 m high, a house of two parts without a measured height, and a tree."""
    solid = {"type": "Solid", "lod": "1", "boundaries": [[[face] for face in FACES]]}
    upper = {"type": "Solid", "lod": "1", "boundaries": [[[[corner + 8 for corner in face]] for face in FACES]]}
    return {
        "type": "CityJSON",
        "version": "2.0",
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/4548"},
        "transform": {"scale": [0.001, 0.001, 0.001], "translate": [WEST, NORTH, 30]},
        "vertices": box(0, 6) + box(6, 15),
        "CityObjects": {
            "measured": {
                "type": "Building",
                "attributes": {"measuredHeight": 17.5, "storeysAboveGround": 6},
                "geometry": [solid],
            },
            "parts": {"type": "Building", "children": ["low", "high"]},
            "low": {"type": "BuildingPart", "parents": ["parts"], "geometry": [solid]},
            "high": {"type": "BuildingPart", "parents": ["parts"], "geometry": [upper]},
            "tree": {"type": "SolitaryVegetationObject", "geometry": [solid]},
        },
    } | changes


def citygml(srs: str, swap: bool, head: str = "") -> str:
    def polygon(face: list[int]) -> str:
        corners = [(WEST + x, NORTH + y, z) for z in (0, 12) for x, y in CORNERS]
        ring = [corners[at] for at in [*face, face[0]]]
        text = " ".join(f"{y} {x} {z}" if swap else f"{x} {y} {z}" for x, y, z in ring)
        posted = f"<gml:LinearRing><gml:posList>{text}</gml:posList></gml:LinearRing>"
        return (
            f"<gml:surfaceMember><gml:Polygon><gml:exterior>{posted}</gml:exterior></gml:Polygon></gml:surfaceMember>"
        )

    surfaces = "".join(map(polygon, FACES))
    return f"""<?xml version="1.0"?>{head}
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml"
 xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
<gml:boundedBy><gml:Envelope srsName="{srs}" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="b1"><bldg:storeysAboveGround>4</bldg:storeysAboveGround>
<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface>{surfaces}</gml:CompositeSurface></gml:exterior></gml:Solid>
</bldg:lod1Solid></bldg:Building></core:cityObjectMember></core:CityModel>"""


def test_a_measured_height_wins_and_parts_are_one_building() -> None:
    frame = read_cityjson(cityjson()).set_index("building_id")
    assert list(frame.index) == ["measured", "parts"]
    assert frame["height_m"].to_list() == [17.5, 15.0]
    assert frame.loc["measured", "storeys"] == 6
    assert frame.geometry.area.round(6).to_list() == [200, 200] and frame.crs.to_epsg() == 4548


@pytest.mark.parametrize(("srs", "swap"), [("EPSG:4548", False), ("urn:ogc:def:crs:EPSG::4548", True)])
def test_citygml_is_read_in_the_order_of_axes_that_its_reference_implies(srs: str, swap: bool, tmp_path: Path) -> None:
    (tmp_path / "city.gml").write_text(citygml(srs, swap), encoding="utf-8")
    (row,) = read_citygml(tmp_path / "city.gml").to_dict("records")
    assert (row["building_id"], row["height_m"], row["storeys"]) == ("b1", 12, 4)
    assert row["geometry"].bounds == (WEST, NORTH, WEST + 20, NORTH + 10)


def test_a_city_model_as_the_file_of_the_building_layer_stands_on_the_globe(tmp_path: Path) -> None:
    layer = {"layer_code": "buildings", "source_kind": "file", "source": "model.city.json", "title_zh": "房屋"}
    package = write_package(tmp_path / "package", city(spatial_layer=[layer]))
    (package / "model.city.json").write_text(json.dumps(cityjson()), encoding="utf-8")
    url = f"sqlite:///{tmp_path}/city.sqlite"
    load_packages([package], url)
    shapes = open_store(url).layer_shapes(LayerShapesQuestion(layer="buildings", columns=("building_id", "height_m")))
    assert shapes["height_m"].astype(float).to_list() == [17.5, 15]
    west, south, east, north = shapes["geometry"].iloc[0].bounds
    assert 116 < west < east < 118 and 32 < south < north < 33


@pytest.mark.parametrize(
    "changes",
    [
        {"CityObjects": {}},
        {"vertices": []},
        {"vertices": [[0, 0]]},
        {"metadata": {"referenceSystem": "my town"}},
        {"CityObjects": {"b": {"type": "Building", "geometry": [{"boundaries": [[["x"]]]}]}}},
        {"CityObjects": {"b": {"type": "Building", "geometry": [{"boundaries": [FACES[2:3]]}]}}},  # a wall only
        {"CityObjects": {"b": 7}},
        {"CityObjects": []},
    ],
)
def test_a_broken_city_model_is_refused_as_unreadable(changes: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(cityjson(**changes)), encoding="utf-8")
    with pytest.raises(Unreadable):
        list(read_features(tmp_path / "m.json"))


@pytest.mark.parametrize(
    "text",
    [
        citygml("EPSG:4548", False, '<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        citygml("EPSG:4548", False, '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'),
        citygml("EPSG:4548", False)[:-40],
        "<a/>",
        "not xml",
        "",
    ],
)
def test_hostile_or_cut_citygml_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.gml").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        list(read_features(tmp_path / "m.gml"))
