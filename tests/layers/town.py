"""A database of the small town: two districts, schools as a file layer, parks as tables of the spatial store."""

from pathlib import Path
from typing import Any

import geopandas
import shapely
from sqlalchemy import create_engine, make_url, text

from data_access.engine import layers_path, normal_url
from data_access.importing import load_packages
from tests.builders import area, city, write_package
from tests.layers.servers import GAUSS_KRUEGER, TOWN, town_features, town_parks


def layer(code: str, kind: str, source: str, **facts: Any) -> dict[str, Any]:
    return {"layer_code": code, "title_zh": f"图层{code}", "source_kind": kind, "source": source} | facts


def load_town(url: str, folder: Path, *more: dict[str, Any]) -> None:
    """more: further rows of the layer catalogue."""
    west, south = TOWN
    levels = [{"level": name, "rank": rank, "name_zh": name} for rank, name in enumerate(("city", "district"))]
    package = write_package(
        folder / "package",
        city(
            area_level=levels,
            area=[area("01", "city", None), area("0101", "district", "01"), area("0102", "district", "01")],
            spatial_layer=[
                layer("schools", "file", "schools.gpkg", board="status", category="教育", geometry_type="Point"),
                layer("parks", "table", "town_parks", board="plan", geometry_type="Polygon"),
                layer("parks_gk", "table", "town_parks_gk"),
                layer("nowhere", "table", "town_nowhere"),
                layer("secret", "table", "contract"),
                *more,
            ],
        ),
    )
    boxes = [shapely.box(west - 0.01, south - 0.01, west + 0.012, south + 0.03)]
    boxes.append(shapely.box(west + 0.012, south - 0.01, west + 0.04, south + 0.03))
    halves = geopandas.GeoDataFrame({"area_code": ["0101", "0102"]}, geometry=boxes, crs="EPSG:4490")
    halves.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    town_features().to_file(package / "schools.gpkg", layer="schools")
    load_packages([package], url, layers_path(url) if url.startswith("sqlite") else None)
    for name, frame in tables().items():
        _add_table(url, name, frame)


def tables() -> dict[str, geopandas.GeoDataFrame]:
    parks = town_parks()
    return {
        "town_parks": parks,
        "town_parks_gk": parks.to_crs(GAUSS_KRUEGER),
        "town_nowhere": parks.set_crs(None, allow_override=True),
    }


def _add_table(url: str, name: str, frame: geopandas.GeoDataFrame) -> None:
    if make_url(url).get_backend_name() == "sqlite":
        frame.to_file(layers_path(url), layer=name, mode="a")
        return
    srid = frame.crs.to_epsg() if frame.crs else 0
    engine = create_engine(normal_url(url))
    with engine.begin() as connection:
        made = f"CREATE TABLE {name} (fid serial PRIMARY KEY, name text, geom geometry(Geometry, {srid}))"
        connection.execute(text(made))
        for row in frame.itertuples():
            put = f"INSERT INTO {name} (name, geom) VALUES (:name, ST_GeomFromText(:shape, {srid}))"
            connection.execute(text(put), {"name": row.name, "shape": row.geometry.wkt})
    engine.dispose()
