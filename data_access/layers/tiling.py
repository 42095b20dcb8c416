"""Vector tiles (Mapbox Vector Tile 2.1): from features in longitude and latitude to the bytes of one tile."""

import math
from collections.abc import Iterable
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely

from data_access.layers.crs import Box
from data_access.layers.features import Feature
from data_access.layers.shapes import repaired

EXTENT = 4096
BUFFER = 64
LAYER = "features"
MOST_FEATURES = 20_000
"""In one tile; a layer with more at a zoom needs a `min_zoom`."""
DEEPEST = 22
_HALF_M = math.pi * 6378137
_FURTHEST = 85.051128
_POINTS = (0, 4)
_LINES = (1, 5)
_POLYGONS = (3, 6)


def tile_box(z: int, x: int, y: int, buffer: float = BUFFER / EXTENT) -> Box:
    """The tile with its buffer in longitude and latitude: west, south, east, north."""
    west, south, east, north = mercator_box(z, x, y, buffer)
    return (*degrees(west, south), *degrees(east, north))


def mercator_box(z: int, x: int, y: int, buffer: float = 0) -> Box:
    size = 2 * _HALF_M / 2**z
    west, north = -_HALF_M + x * size, _HALF_M - y * size
    return (west - buffer * size, north - size - buffer * size, west + size + buffer * size, north + buffer * size)


def degrees(x: float, y: float) -> tuple[float, float]:
    latitude = math.degrees(2 * math.atan(math.exp(y / 6378137)) - math.pi / 2)
    return math.degrees(x / 6378137), latitude


def is_tile(z: int, x: int, y: int) -> bool:
    return 0 <= z <= DEEPEST and 0 <= x < 2**z and 0 <= y < 2**z


def encode_tile(features: Iterable[Feature], z: int, x: int, y: int, column: str | None = None) -> bytes:
    """column: the one attribute that colours the features and travels as `c`; the others are asked for by a click."""
    chosen = list(features)
    shapes = tile_shapes(np.array([one.geometry for one in chosen], dtype=object), z, x, y)
    drawn = [_drawn(one, shape, column) for one, shape in zip(chosen, shapes, strict=True) if not _is_nothing(shape)]
    if not drawn:
        return b""
    layers = [{"name": LAYER, "features": drawn}]
    encoded: bytes = mapbox_vector_tile.encode(layers, default_options={"y_coord_down": True, "extents": EXTENT})
    return encoded


def _drawn(feature: Feature, shape: Any, column: str | None) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if isinstance(feature.key, str):
        properties["k"] = feature.key
    if column is not None and feature.properties.get(column) is not None:
        properties["c"] = str(feature.properties[column])
    return {"id": feature.key, "geometry": shape, "properties": properties}


def tile_shapes(geometries: Any, z: int, x: int, y: int) -> Any:
    """The geometries on the tile's grid, y downwards, cut to tile and buffer; None where nothing is left."""
    west, _, east, north = mercator_box(z, x, y)
    scale = EXTENT / (east - west)

    def on_grid(points: Any) -> Any:
        latitude = np.radians(np.clip(points[:, 1], -_FURTHEST, _FURTHEST))
        across = 6378137 * np.radians(points[:, 0])
        up = 6378137 * np.log(np.tan(np.pi / 4 + latitude / 2))
        return np.column_stack(((across - west) * scale, (north - up) * scale))

    shapes = shapely.transform(shapely.force_2d(geometries), on_grid)
    kinds = shapely.get_type_id(geometries)
    sound = [repaired(shape) for shape in shapes]
    cut = shapely.clip_by_rect(sound, -BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    with np.errstate(invalid="ignore"):
        rounded = shapely.set_precision(shapely.simplify(cut, 0.5), 1, mode="valid_output")
    return [_of_kind(shape, kind) for shape, kind in zip(rounded, kinds, strict=True)]


def _of_kind(shape: Any, kind: int) -> Any:
    """Only what has the dimension of the original: the sliver that rounding made a line of is no polygon."""
    wanted = _POLYGONS if kind in _POLYGONS else _LINES if kind in _LINES else _POINTS
    if shape is None or shapely.get_type_id(shape) in wanted:
        return shape
    parts = [part for part in shapely.get_parts(shape) if shapely.get_type_id(part) in wanted]
    return shapely.union_all(parts) if parts else None


def _is_nothing(shape: Any) -> bool:
    return shape is None or shape.is_empty
