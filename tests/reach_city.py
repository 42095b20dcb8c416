"""A town along one road: homes every 193 m, a school at its western end, two communities, and what is reported."""

import json
from pathlib import Path
from typing import Any

import geopandas
import shapely

from data_access.importing import load_packages
from tests.builders import area, city, indicator, value, write_package

WEST, EAST, LAT, STEP = 114.11, 114.19, 30.1, 0.002
"""The road; STEP degrees of longitude are 193 m, so 1 km on foot in 15 minutes is a little over five homes."""
SCHOOL = (WEST, LAT)
HOMES = [WEST + STEP * n for n in range(41)]
MIDDLE = 114.15
PEOPLE = 4100
HOSTILE = "<img src=x onerror=alert(1)>"


def load_town(folder: Path, *, with_roads: bool = True) -> str:
    """URL of a SQLite database. Community 010101 has the homes west of MIDDLE, 010102 the others."""
    levels = ("city", "district", "community")
    homes_of = {"010101": sum(x < MIDDLE for x in HOMES), "010102": sum(x >= MIDDLE for x in HOMES)}
    layers = {
        "secondary_school": ("中学", "Point"),
        "buildings": ("房屋建筑", "Point"),
        "land_use": ("土地利用现状", "Polygon"),
    }
    layers |= {"roads": ("城市道路", "LineString")} if with_roads else {}
    tables = city(
        area_level=[{"level": one, "rank": rank, "name_zh": one} for rank, one in enumerate(levels)],
        area=[
            area("01", "city", None, population=PEOPLE + 1000),
            area("0101", "district", "01", population=PEOPLE),
            area("0102", "district", "01", population=1000),
            *(area(code, "community", "0101", population=100 * homes) for code, homes in homes_of.items()),
        ],
        indicator=[
            indicator("N", unit="处"),
            indicator("S22", "ratio", name_zh="中学服务半径覆盖率", direction="higher_better", decimals=1),
        ],
        indicator_value=[value("S22", "0101", value=60, numerator=6, denominator=10), value("N", "0101")],
        spatial_layer=[
            {
                "layer_code": code, "title_zh": title, "board": "status", "source_kind": "file",
                "source": f"{code}.geojson", "geometry_type": kind,
                "area_column": None if code == "roads" else "area_code",
            }
            for code, (title, kind) in layers.items()
        ],
    )  # fmt: skip
    package = write_package(folder / "package", tables)
    for code in layers:
        features = [
            {"type": "Feature", "properties": facts, "geometry": json.loads(shapely.to_geojson(shape))}
            for facts, shape in _features(code)
        ]
        (package / f"{code}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    shapes = {
        "01": shapely.box(114.1, 30, 114.3, 30.2), "0101": shapely.box(114.1, 30, 114.2, 30.2),
        "0102": shapely.box(114.2, 30, 114.3, 30.2), "010101": shapely.box(114.1, 30, MIDDLE, 30.2),
        "010102": shapely.box(MIDDLE, 30, 114.2, 30.2),
    }  # fmt: skip
    frame = geopandas.GeoDataFrame({"area_code": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4490")
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


def community(lon: float) -> str:
    return "010101" if lon < MIDDLE else "010102"


def _features(layer: str) -> list[tuple[dict[str, Any], Any]]:
    if layer == "secondary_school":
        return [({"name": HOSTILE, "area_code": "010101"}, shapely.Point(SCHOOL))]
    if layer == "buildings":
        homes = [({"area_code": community(x), "use": "住宅", "storeys": 6}, shapely.Point(x, LAT)) for x in HOMES]
        return [*homes, ({"area_code": "010101", "use": "商业", "storeys": 30}, shapely.Point(WEST, LAT))]
    if layer == "land_use":
        return [
            (
                {"area_code": community(x), "use": "residential"},
                shapely.box(x - 0.001, LAT - 0.001, x + 0.001, LAT + 0.001),
            )
            for x in HOMES
        ]
    return [
        ({"class": "local", "speed_kmh": 30, "oneway": False}, shapely.LineString([(x, LAT), (x + STEP, LAT)]))
        for x in HOMES[:-1]
    ]
