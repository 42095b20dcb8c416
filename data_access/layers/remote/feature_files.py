"""Features out of what services send: GeoJSON and GML, checked one by one, in longitude and latitude."""

import itertools
import math
import time
from collections.abc import Iterable
from typing import Any

import numpy as np
import orjson
import pyogrio
import shapely
import shapely.geometry

from data_access.layers.crs import CGCS2000, first_crs, reproject
from data_access.layers.failures import Unusable
from data_access.layers.features import Feature
from data_access.layers.remote.safe_xml import safe_tree, without_locations
from data_access.layers.shapes import repaired

REPAIR_S = 10.0
MOST_KEPT = 50_000
LONGEST_VALUE, MOST_COLUMNS = 2_000, 200
_GLOBE = (-180.0, -90.0, 180.0, 90.0)
_SAME = ("EPSG:4490", "EPSG:4326", "OGC:CRS84")


def read_geojson(body: bytes, *declared: str | None) -> tuple[list[tuple[dict[str, Any], Any]], dict[str, Any]]:
    """Properties and geometries of a FeatureCollection in CGCS2000, and the collection's other members.

    declared: coordinate systems by what else is known, after the collection's own. Raises Unusable.
    """
    try:
        content = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise Unusable("unreadable", "not JSON") from error
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise Unusable("unreadable", "not a GeoJSON FeatureCollection")
    features = [one for one in content.pop("features") if isinstance(one, dict)]
    shapes = np.array([_geometry(one.get("geometry")) for one in features], dtype=object)
    crs = first_crs(_named_crs(content), *declared)
    pairs = zip(features, placed(shapes, crs), strict=True)
    return [(_properties(one.get("properties")), shape) for one, shape in pairs if shape is not None], content


def read_gml(body: bytes, *declared: str | None) -> list[tuple[dict[str, Any], Any]]:
    """The same of a GML document. GDAL reads it after it was found harmless, without the schemas it points at."""
    root = safe_tree(body)
    for parent in list(root.iter()):
        for box in [child for child in parent if str(child.tag).endswith("}boundedBy")]:
            parent.remove(box)
    document = without_locations(root)
    options = {"DOWNLOAD_SCHEMA": "NO", "XSD": "", "WRITE_GFS": "NO"}
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(document) if kind is not None]
        frames = [pyogrio.read_dataframe(document, layer=name, **options) for name in layers]
    except Exception as error:
        raise Unusable("unreadable", f"GML: {type(error).__name__}") from error
    found: list[tuple[dict[str, Any], Any]] = []
    for frame in frames:
        crs = first_crs(frame.crs.to_string() if frame.crs is not None else None, *declared)
        rows = frame.drop(columns="geometry").to_dict("records")
        shapes = placed(frame.geometry.to_numpy(dtype=object), crs)
        found += [(_properties(row), shape) for row, shape in zip(rows, shapes, strict=True) if shape is not None]
    return found


def placed(shapes: Any, crs: str) -> list[Any]:
    """In CGCS2000; None for what is empty, not finite, off the globe or beyond repair.

    WGS 84 counts as CGCS2000: they differ by centimetres.
    """
    if not len(shapes):
        return []
    flat = shapely.force_2d(shapes)
    moved = flat if crs in _SAME else reproject(flat, crs, CGCS2000)
    bounds = shapely.bounds(moved)
    with np.errstate(invalid="ignore"):
        inside = (bounds[:, :2] >= _GLOBE[:2]).all(axis=1) & (bounds[:, 2:] <= _GLOBE[2:]).all(axis=1)
    on_globe = inside & np.isfinite(bounds).all(axis=1)
    good = [shape if fits else None for shape, fits in zip(moved, on_globe, strict=True)]
    ends = time.monotonic() + REPAIR_S
    return [_sound(shape, ends) for shape in good]


def numbered(found: Iterable[tuple[dict[str, Any], Any]], first: int = 0) -> list[Feature]:
    return [Feature(key, properties, shape) for key, (properties, shape) in enumerate(found, start=first)]


def _sound(shape: Any, ends: float) -> Any:
    """Repaired as long as there is time; what comes later stays out."""
    if shape is None or time.monotonic() > ends:
        return None
    found = repaired(shape, MOST_KEPT)
    return None if found.is_empty else found


def _geometry(given: object) -> Any:
    """None for no geometry and for one that is not as GeoJSON has it.

    By way of arrays: GEOS's own reader takes minutes for a million vertices.
    """
    try:
        return shapely.geometry.shape(given) if isinstance(given, dict) else None
    except (shapely.errors.ShapelyError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _named_crs(content: dict[str, Any]) -> str | None:
    """The `crs` member of GeoJSON 2008, which many servers still write."""
    given = content.get("crs")
    properties = given.get("properties") if isinstance(given, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _properties(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        return {}
    return {str(name)[:LONGEST_VALUE]: _plain(value) for name, value in itertools.islice(given.items(), MOST_COLUMNS)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)[:LONGEST_VALUE]
