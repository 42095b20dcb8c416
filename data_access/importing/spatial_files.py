"""Opening spatial files that a stranger sent: by content, from a short list of formats, never what a driver guesses.

GDAL is handed only GeoPackages (SQLite files) and unpacked shapefiles: no text that could name other files, services
or commands (VRT, GDALG, WFS, …) reaches it. GeoJSON, Parquet and city models are read without it.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas
import orjson
import pyarrow as pa
import pyarrow.parquet
import pyogrio
import shapely

from data_access.importing import limits
from data_access.importing.archive import unpack
from data_access.importing.city_models import is_cityjson, read_citygml, read_cityjson
from data_access.importing.faults import Unreadable

_MAGIC = {".gpkg": b"SQLite format 3\0", ".parquet": b"PAR1", ".zip": b"PK\x03\x04"}
_JSON_SUFFIXES = (".geojson", ".json")
_CITYGML = ".gml"
_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_SHAPEFILE_MAGIC = b"\x00\x00\x27\x0a"
_CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):[0-9.]*:?([0-9]{4,6}|CRS84)")


def read_features(path: Path, layer: str | None = None) -> Iterator[geopandas.GeoDataFrame]:
    """Features in chunks, in file order, in the CRS of the file (None where it declares none).

    layer: its name, where a GeoPackage holds several. Raises Unreadable for anything but these formats.
    """
    suffix = path.suffix.lower()
    if suffix not in (*_MAGIC, *_JSON_SUFFIXES, _CITYGML):
        raise Unreadable("a spatial file: .gpkg, .geojson, .parquet, .gml or a zipped shapefile", value=path.suffix)
    if suffix in _MAGIC and not _starts_with(path, _MAGIC[suffix]):
        raise Unreadable(f"a {suffix} file: the content is something else")
    try:
        if suffix == ".zip":
            with _unpacked_shapefile(path) as shapefile:
                yield from _read_ogr(shapefile, None, _dbf_encoding(shapefile))
        elif suffix == _CITYGML:
            yield read_citygml(path)
        elif suffix == ".gpkg":
            yield from _read_ogr(path, _choose_layer(path, layer), None)
        else:
            yield _read_parquet(path) if suffix == ".parquet" else _read_geojson(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException) as error:
        raise Unreadable(f"a readable spatial file ({error})") from error
    except (shapely.errors.GEOSException, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(f"readable features ({error})") from error


def _starts_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _read_ogr(path: Path, layer: str | None, encoding: str | None) -> Iterator[geopandas.GeoDataFrame]:
    skip = 0
    while True:
        chunk = pyogrio.read_dataframe(
            path, layer=layer, skip_features=skip, max_features=limits.CHUNK_FEATURES, encoding=encoding
        )
        if not isinstance(chunk, geopandas.GeoDataFrame):
            raise Unreadable("a layer with geometry")
        if len(chunk) or skip == 0:
            yield chunk
        if len(chunk) < limits.CHUNK_FEATURES:
            return
        skip += len(chunk)


def _choose_layer(path: Path, wanted: str | None) -> str:
    names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if wanted in names:
        return str(wanted)
    if len(names) == 1 and wanted in (None, path.stem):
        return names[0]
    raise Unreadable(f"a layer {wanted or path.stem} in the GeoPackage; there are {', '.join(names) or 'none'}")


@contextmanager
def _unpacked_shapefile(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cityvitals-") as folder:
        unpack(path, Path(folder))
        files = [file for file in Path(folder).rglob("*") if file.is_file()]
        for file in files:
            if file.suffix.lower() not in _SHAPEFILE_PARTS:
                file.unlink()
        shapes = [file for file in files if file.suffix.lower() == ".shp"]
        if len(shapes) != 1 or not _starts_with(shapes[0], _SHAPEFILE_MAGIC):
            raise Unreadable("one shapefile in the zip: .shp, .shx, .dbf, .prj", value=f"{len(shapes)} .shp files")
        yield shapes[0]


def _dbf_encoding(shapefile: Path) -> str | None:
    """What `.cpg` says (None), else UTF-8 where the table is that, else GB18030."""
    parts = {file.suffix.lower(): file for file in shapefile.parent.iterdir() if file.stem == shapefile.stem}
    if ".cpg" in parts or ".dbf" not in parts:
        return None
    body = parts[".dbf"].read_bytes()
    try:
        body[int.from_bytes(body[8:10], "little") :].decode()
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _read_parquet(path: Path) -> geopandas.GeoDataFrame:
    metadata = pyarrow.parquet.ParquetFile(path).metadata
    size = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if size > limits.PARQUET_BYTES:
        raise Unreadable(f"at most {limits.PARQUET_BYTES:,} bytes when unpacked", value=f"{size:,} bytes")
    return geopandas.read_parquet(path)


def _read_geojson(path: Path) -> geopandas.GeoDataFrame:
    """RFC 7946, which declares WGS 84; the `crs` member of the older GeoJSON 2008 is honoured."""
    if path.stat().st_size > limits.GEOJSON_BYTES:
        raise Unreadable(f"GeoJSON of at most {limits.GEOJSON_BYTES:,} bytes: use a GeoPackage")
    content = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    if is_cityjson(content):
        return read_cityjson(content)
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise Unreadable("a GeoJSON FeatureCollection")
    features = content["features"]
    geometries = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    properties = [feature.get("properties") or {} for feature in features]
    frame = geopandas.pd.DataFrame(properties, index=range(len(features)), dtype=object)
    return geopandas.GeoDataFrame(frame, geometry=geometries, crs=_geojson_crs(content))


def _geojson_crs(content: dict[str, Any]) -> str | None:
    if "crs" not in content:
        return "OGC:CRS84"
    if content["crs"] is None:
        return None
    match = _CRS_NAME.fullmatch(str(content["crs"]["properties"]["name"]))
    if match is None:
        raise Unreadable("a crs such as EPSG:4490", value=str(content["crs"]))
    return f"{match[1]}:{match[2]}"
