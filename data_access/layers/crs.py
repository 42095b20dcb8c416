"""Coordinate systems of layers: recognised from what the source declares, never guessed."""

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely

from data_access.contract.geometry import SRID
from data_access.layers.failures import Unusable

Box = tuple[float, float, float, float]
CGCS2000 = f"EPSG:{SRID}"
MERCATOR = "EPSG:3857"
_EPSG = re.compile(r"(?:urn:ogc:def:crs:EPSG:[\d.]*:|https?://www\.opengis\.net/(?:def/crs/EPSG/[\d.]+/|gml/srs/epsg\.xml#)|EPSG:+)(\d+)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_LONLAT = re.compile(r"(?:urn:ogc:def:crs:OGC:[\d.]*:|https?://www\.opengis\.net/def/crs/OGC/[\d.]+/|OGC:|)CRS84", re.IGNORECASE)  # fmt: skip  # noqa: E501


def crs_name(declared: str | None) -> str | None:
    """`EPSG:4547` or `OGC:CRS84` from any way services and files write it; None where nothing is declared."""
    if not declared:
        return None
    if _LONLAT.fullmatch(declared.strip()):
        return "OGC:CRS84"
    match = _EPSG.fullmatch(declared.strip())
    if match is None:
        raise Unusable("crs_unknown", declared[:80])
    return f"EPSG:{match[1]}"


def first_crs(*declared: str | None) -> str:
    """The first one named. Raises Unusable (`crs_missing`) where none is: the operator is asked, nothing guessed."""
    found = next((name for name in map(crs_name, declared) if name), None)
    if found is None:
        raise Unusable("crs_missing", 'write it into the style: {"crs": "EPSG:…"}')
    return found


@lru_cache(maxsize=64)
def transformer(source: str, target: str) -> Any:
    """Coordinates as (east, north) in both. Raises Unusable for a system that PROJ does not know."""
    try:
        return pyproj.Transformer.from_crs(source, target, always_xy=True)
    except pyproj.exceptions.CRSError as error:
        raise Unusable("crs_unknown", source[:80]) from error


@lru_cache(maxsize=64)
def north_first(crs: str) -> bool:
    """Whether the authority's order is north, east: as WMS 1.3 and WFS 2 write boxes and positions."""
    try:
        return str(pyproj.CRS(crs).axis_info[0].direction).lower() == "north"
    except (pyproj.exceptions.CRSError, IndexError) as error:
        raise Unusable("crs_unknown", crs[:80]) from error


def to_cgcs2000(geometries: Any, crs: str) -> Any:
    """An array of geometries in longitude and latitude."""
    return geometries if crs == CGCS2000 else reproject(geometries, crs, CGCS2000)


def reproject(geometries: Any, source: str, target: str) -> Any:
    change = transformer(source, target)

    def moved(points: Any) -> Any:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    return shapely.transform(shapely.force_2d(geometries), moved)


def box_in(box: Box, crs: str) -> Box:
    """The box that holds a longitude-latitude box in another system."""
    if crs == CGCS2000:
        return box
    found = transformer(CGCS2000, crs).transform_bounds(*box)
    if not np.isfinite(found).all():
        raise Unusable("not_drawn_here", "outside of the layer's coordinate system")
    return (float(found[0]), float(found[1]), float(found[2]), float(found[3]))


def total_box(geometries: Any) -> Box | None:
    """The box around all of them, None where there is none."""
    found = shapely.total_bounds(geometries)
    if not np.isfinite(found).all():
        return None
    return (float(found[0]), float(found[1]), float(found[2]), float(found[3]))
