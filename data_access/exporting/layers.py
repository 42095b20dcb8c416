"""The files of file layers, written again under the names by which the layer catalogue knows them."""

import json
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas
import orjson
import pandas as pd
import pyogrio
import shapely
from sqlalchemy import Connection, select

from data_access.contract import TABLES, spatial_layer
from data_access.contract.geometry import SRID
from data_access.importing.chunks import Progress
from data_access.layer_features import layer_feature


def layer_sources(connection: Connection) -> dict[str, str]:
    """Where the features of each file layer will stand in the package.

    The name is kept where it can be: a zipped shapefile, a name that leaves the folder, one that belongs to a table
    or one that two layers share outside a GeoPackage becomes a GeoPackage of its own.
    """
    catalogue = spatial_layer.c
    rows = connection.execute(
        select(catalogue.layer_code, catalogue.source)
        .where(catalogue.source_kind == "file")
        .order_by(catalogue.layer_code)
    ).all()
    sources: dict[str, str] = {}
    for number, (code, source) in enumerate(rows):
        shared = source in sources.values() and not source.endswith(".gpkg")
        sources[code] = f"layers/{number}.gpkg" if shared or not _is_plain(source) else source
    return sources


def _is_plain(source: str) -> bool:
    path = PurePosixPath(source)
    inside = not path.is_absolute() and ".." not in path.parts and not any(sign in source for sign in "\\:\0")
    return inside and path.suffix in (".gpkg", ".geojson", ".parquet") and path.stem not in TABLES


def write_layers(connection: Connection, folder: Path, sources: dict[str, str], progress: Progress) -> None:
    """One file per layer; layers that name the same GeoPackage become layers of it."""
    layer_names = select(spatial_layer.c.layer_code, spatial_layer.c.source_layer)
    names = dict(connection.execute(layer_names).all())
    for code, source in sources.items():
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        properties, geometries = _features(connection, code)
        if path.suffix == ".geojson":
            path.write_bytes(_geojson(properties, geometries))
            continue
        frame = _frame(properties, geometries)
        if path.suffix == ".parquet":
            frame.to_parquet(path)
        else:
            layer = names[code] or path.stem
            pyogrio.write_dataframe(frame, path, layer=layer, geometry_type="Unknown", append=path.is_file())
        progress(source, len(frame), len(frame))


def _features(connection: Connection, code: str) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    rows = connection.execute(
        select(layer_feature.c.properties, layer_feature.c.geometry)
        .where(layer_feature.c.layer_code == code)
        .order_by(layer_feature.c.feature_no)
    ).all()
    return [json.loads(properties) for properties, _ in rows], [geometry for _, geometry in rows]


def _frame(properties: list[dict[str, Any]], geometries: list[shapely.Geometry]) -> geopandas.GeoDataFrame:
    attributes = pd.DataFrame(properties, index=range(len(properties)))
    series = geopandas.GeoSeries(geometries, crs=SRID)
    return geopandas.GeoDataFrame(attributes, geometry=series)


def _geojson(properties: list[dict[str, Any]], geometries: list[shapely.Geometry]) -> bytes:
    features = [
        {"type": "Feature", "properties": record, "geometry": orjson.loads(shapely.to_geojson(geometry))}
        for record, geometry in zip(properties, geometries, strict=True)
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{SRID}"}}
    return orjson.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
