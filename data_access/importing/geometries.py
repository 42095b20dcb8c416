"""Geometries on their way in: to CGCS2000, flat, valid, on the globe."""

from collections.abc import Iterator
from typing import NamedTuple

import geopandas
import numpy as np
import pyproj
import shapely

from data_access.contract.geometry import SRID
from data_access.importing.faults import Unreadable

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_GLOBE = np.array([-180, -90, 180, 90])


class Remark(NamedTuple):
    """What is wrong with a geometry, or was repaired. position: in the chunk."""

    position: int
    repaired: bool
    value: str
    expected: str


def known_crs(code: str) -> bool:
    """Whether PROJ knows the coordinate system of an authority's code such as EPSG:4547."""
    try:
        pyproj.CRS.from_authority(*code.split(":"))
    except (pyproj.exceptions.CRSError, TypeError):
        return False
    return True


def to_cgcs2000(frame: geopandas.GeoDataFrame, assumed_crs: str | None) -> geopandas.GeoSeries:
    """The geometries in longitude and latitude of EPSG:4490. Raises Unreadable when no CRS is known or none fits."""
    geometries = frame.geometry
    if geometries.crs is None:
        if assumed_crs is None:
            raise Unreadable("a declared coordinate system; tell the loader with --crs EPSG:n if you know it")
        geometries = geometries.set_crs(assumed_crs)
    try:
        return geometries.set_axis(range(len(frame))).to_crs(SRID)
    except pyproj.exceptions.ProjError as error:
        raise Unreadable(f"a coordinate system that leads to EPSG:{SRID} ({error})") from error


def checked(geometries: geopandas.GeoSeries, *, polygonal: bool) -> tuple[list[shapely.Geometry | None], list[Remark]]:
    """Each geometry ready to be stored, None where it cannot be; and the remarks on both."""
    flat = shapely.force_2d(geometries.to_numpy())
    ready: list[shapely.Geometry | None] = []
    remarks: list[Remark] = []
    for position, geometry in enumerate(flat):
        result, remark = _check_one(position, geometry, polygonal)
        ready.append(result)
        remarks.extend(remark)
    return ready, remarks


def _check_one(
    position: int, geometry: shapely.Geometry | None, polygonal: bool
) -> tuple[shapely.Geometry | None, list[Remark]]:
    if geometry is None or geometry.is_empty:
        return None, [Remark(position, False, "empty", "a geometry")]
    if polygonal and shapely.get_type_id(geometry) not in _POLYGONAL:
        return None, [Remark(position, False, geometry.geom_type, "a Polygon or MultiPolygon")]
    bounds = np.array(geometry.bounds)
    if not (np.isfinite(bounds).all() and (bounds[:2] >= _GLOBE[:2]).all() and (bounds[2:] <= _GLOBE[2:]).all()):
        return None, [Remark(position, False, _box(bounds), "coordinates on the globe")]
    if geometry.is_valid:
        return geometry, []
    return _repair(position, geometry, polygonal)


def _repair(position: int, geometry: shapely.Geometry, polygonal: bool) -> tuple[shapely.Geometry | None, list[Remark]]:
    reason = shapely.is_valid_reason(geometry)
    repaired = shapely.make_valid(geometry)
    if polygonal:
        repaired = shapely.union_all(list(_polygons(repaired)))
    if repaired.is_empty:
        return None, [Remark(position, False, reason, "a polygon that encloses an area")]
    return repaired, [Remark(position, True, reason, "repaired: a valid geometry")]


def _polygons(geometry: shapely.Geometry) -> Iterator[shapely.Geometry]:
    return (part for part in shapely.get_parts(geometry) if shapely.get_type_id(part) in _POLYGONAL)


def _box(bounds: np.ndarray) -> str:
    return " ".join(f"{number:g}" for number in bounds)
