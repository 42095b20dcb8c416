"""Tiles of picture services: WMS, WMTS (天地图 by its own conventions) and XYZ, as web-mercator tiles."""

import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import numpy as np

from data_access.layers.crs import CGCS2000, MERCATOR, Box, crs_name, north_first, transformer
from data_access.layers.entry import LayerEntry
from data_access.layers.failures import Unusable
from data_access.layers.remote.capabilities import Matrix, MatrixSet, TileLayer, map_layer, tile_layer
from data_access.layers.remote.fetching import Wish
from data_access.layers.remote.services import Services, with_query
from data_access.layers.remote.warp import TILE_PX, checked_picture, decoded, warped
from data_access.layers.tiling import mercator_box

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
PICTURE_BYTES, PICTURE_S = 4 << 20, 10.0
MOST_TILES = 12
_PIXEL_M = 0.00028
_DEGREE_M = math.pi * 6378137 / 180
_MERCATORS = (MERCATOR, "EPSG:900913", "EPSG:102100", "EPSG:102113")
_GEOGRAPHIC = (CGCS2000, "EPSG:4326", "OGC:CRS84")
_TIANDITU = re.compile(r"/(vec|cva|eva|img|cia|eia|ter|cta|ibo)_([wc])/wmts/?$")
_VARIABLE = re.compile(r"\{([^{}]{1,80})\}")
_LAST_LEVEL = 18


@dataclass(frozen=True)
class Picture:
    body: bytes
    kind: str


@dataclass(frozen=True)
class _Asked:
    """A layer of a WMTS in one of its tile matrix sets."""

    source: str
    name: str
    layer: TileLayer
    chosen: MatrixSet


def picture_tile(services: Services, entry: LayerEntry, z: int, x: int, y: int) -> Picture:
    """One tile of a layer of pictures. Raises Unusable with the reason where it does not come."""
    if entry.kind == "wms":
        return _wms(services, entry, mercator_box(z, x, y))
    if entry.kind == "wmts":
        return _wmts(services, entry, z, x, y)
    return _xyz(services, entry, z, x, y)


def _xyz(services: Services, entry: LayerEntry, z: int, x: int, y: int) -> Picture:
    row = 2**z - 1 - y if entry.style.get("tms") is True else y
    url = entry.source
    for name, number in (("z", z), ("x", x), ("y", row)):
        url = url.replace(f"{{{name}}}", str(number))
    return _picture(services, url)


def _wms(services: Services, entry: LayerEntry, target: Box) -> Picture:
    asked = with_query(entry.source, [("SERVICE", "WMS"), ("REQUEST", "GetCapabilities")])
    name = entry.source_layer or ""
    layer = services.kept(("wms", asked, name), lambda: map_layer(services.document(asked), name))
    crs = _drawn_in(layer.crs, entry)
    if crs in _MERCATORS:
        return _picture(services, _get_map(entry, layer.version, crs, target, (TILE_PX, TILE_PX)))
    box = _box(target, crs)
    size = (2 * TILE_PX, 2 * TILE_PX)
    found = _picture(services, _get_map(entry, layer.version, crs, box, size))
    return Picture(warped(decoded(found.body), box, crs, target), "image/png")


def _drawn_in(offered: tuple[str, ...], entry: LayerEntry) -> str:
    """The system that costs least: web mercator needs no warping, degrees a little, a plane projection as much."""
    preferred = [*_MERCATORS, *_GEOGRAPHIC]
    if entry.told_crs:
        preferred.append(str(crs_name(entry.told_crs)))
    found = next((crs for crs in preferred if crs in offered), next(iter(offered), None))
    if found is None:
        raise Unusable("crs_missing", "the service names no coordinate system for this layer")
    return found


def _get_map(entry: LayerEntry, version: str, crs: str, box: Box, size: tuple[int, int]) -> str:
    west, south, east, north = box
    flips = version == "1.3.0" and crs != "OGC:CRS84" and north_first(MERCATOR if crs in _MERCATORS else crs)
    corners = (south, west, north, east) if flips else box
    style = entry.style.get("wms_style")
    return with_query(
        entry.source,
        [
            ("SERVICE", "WMS"), ("VERSION", version), ("REQUEST", "GetMap"), ("LAYERS", entry.source_layer or ""),
            ("STYLES", style if isinstance(style, str) else ""), ("CRS" if version == "1.3.0" else "SRS", crs),
            ("BBOX", ",".join(f"{corner:.10g}" for corner in corners)), ("WIDTH", str(size[0])),
            ("HEIGHT", str(size[1])), ("FORMAT", "image/png"), ("TRANSPARENT", "TRUE"),
        ],
    )  # fmt: skip


def _wmts(services: Services, entry: LayerEntry, z: int, x: int, y: int) -> Picture:
    own = _TIANDITU.search(urlsplit(entry.source).path)
    layer = _tianditu(own[2]) if own else _described(services, entry)
    name = own[1] if own else entry.source_layer or ""
    chosen = _chosen_set(layer.sets)
    asked = _Asked(entry.source, name, layer, chosen)
    target = mercator_box(z, x, y)
    if chosen.crs in _MERCATORS:
        matrix = _matrix_of(chosen, target, 1.0)
        column, row, fits = _place(matrix, target)
        if fits:
            return _picture(services, _get_tile(asked, matrix, column, row))
    return Picture(_mosaic(services, asked, target), "image/png")


def _described(services: Services, entry: LayerEntry) -> TileLayer:
    """An address that ends in `.xml` is a capabilities document: its tiles are asked for at their own addresses."""
    is_document = urlsplit(entry.source).path.lower().endswith(".xml")
    words = [("SERVICE", "WMTS"), ("REQUEST", "GetCapabilities"), ("VERSION", "1.0.0")]
    asked = entry.source if is_document else with_query(entry.source, words)
    name = entry.source_layer or ""

    def read() -> TileLayer:
        return tile_layer(services.document(asked), name, by_template=is_document)

    return services.kept(("wmts", asked, name), read)


def _tianditu(grid: str) -> TileLayer:
    """天地图: tile matrix set `w` in web mercator, `c` in CGCS2000 degrees, levels 1 to 18, tiles of 256 pixels."""
    world = 2 * math.pi * 6378137
    corner = (-world / 2, world / 2) if grid == "w" else (-180.0, 90.0)
    matrices = []
    for z in range(1, _LAST_LEVEL + 1):
        rows = 2**z if grid == "w" else 2 ** (z - 1)
        matrices.append(Matrix(str(z), world / (TILE_PX * 2**z) / _PIXEL_M, corner, TILE_PX, 2**z, rows))
    return TileLayer("default", "tiles", (MatrixSet(grid, MERCATOR if grid == "w" else CGCS2000, tuple(matrices)),))


def _chosen_set(sets: tuple[MatrixSet, ...]) -> MatrixSet:
    named = [one for one in sets if one.crs and one.matrices]
    if not named:
        raise Unusable("crs_missing", "the service names no coordinate system for its tiles")
    order = [*_MERCATORS, *_GEOGRAPHIC]
    return min(named, key=lambda one: order.index(one.crs) if one.crs in order else len(order))


def _unit_m(crs: str) -> float:
    return _DEGREE_M if crs in _GEOGRAPHIC else 1.0


def _pixel(matrix: Matrix, unit_m: float) -> float:
    """Size of a pixel in units of the coordinate system (OGC 07-057r7, 6.1)."""
    return matrix.scale * _PIXEL_M / unit_m


def _matrix_of(chosen: MatrixSet, target: Box, unit_m: float) -> Matrix:
    """The one whose pixels are nearest to those of the tile."""
    wanted = math.log((target[2] - target[0]) / TILE_PX)
    return min(chosen.matrices, key=lambda one: abs(math.log(_pixel(one, unit_m) * unit_m) - wanted))


def _place(matrix: Matrix, target: Box) -> tuple[int, int, bool]:
    """Column and row of the tile, and whether it is exactly one tile of the matrix."""
    size = _pixel(matrix, 1.0) * matrix.tile_px
    column, row = (target[0] - matrix.corner[0]) / size, (matrix.corner[1] - target[3]) / size
    near = max(abs(column - round(column)), abs(row - round(row)), abs(size / (target[2] - target[0]) - 1)) < 1e-3  # noqa: PLR2004
    return round(column), round(row), near


def _get_tile(asked: _Asked, matrix: Matrix, column: int, row: int) -> str:
    if not (0 <= column < matrix.columns and 0 <= row < matrix.rows):
        raise Unusable("not_drawn_here", "outside of the tile matrix")
    if asked.layer.template is not None:
        return _filled(asked.layer.template, asked, matrix, column, row)
    return with_query(
        asked.source,
        [
            ("SERVICE", "WMTS"), ("REQUEST", "GetTile"), ("VERSION", "1.0.0"), ("LAYER", asked.name),
            ("STYLE", asked.layer.style), ("FORMAT", asked.layer.format), ("TILEMATRIXSET", asked.chosen.name),
            ("TILEMATRIX", matrix.name), ("TILEROW", str(row)), ("TILECOL", str(column)),
        ],
    )  # fmt: skip


def _filled(template: str, asked: _Asked, matrix: Matrix, column: int, row: int) -> str:
    """The tile's own address (OGC 07-057r7, 10.2.1). Raises Unusable where it leads to a host the catalogue does not
    name."""
    whole = urljoin(asked.source, template)
    there, here = urlsplit(whole), urlsplit(asked.source)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        raise Unusable("refused_address", "the service names another host for its tiles")
    words = {name.lower(): value for name, value in asked.layer.dimensions} | {
        "style": asked.layer.style, "layer": asked.name, "tilematrixset": asked.chosen.name,
        "tilematrix": matrix.name, "tilerow": str(row), "tilecol": str(column),
    }  # fmt: skip
    try:
        return _VARIABLE.sub(lambda found: quote(words[found[1].lower()], safe=""), whole)
    except KeyError as error:
        raise Unusable("unreadable", "an unknown word in the address of the tiles") from error


def _mosaic(services: Services, asked: _Asked, target: Box) -> bytes:
    """The service's tiles under the target, side by side, then warped."""
    chosen = asked.chosen
    unit_m = _unit_m(chosen.crs)
    matrix = _matrix_of(chosen, target, unit_m)
    size, corner = _pixel(matrix, unit_m) * matrix.tile_px, _east_north(matrix, chosen.crs)
    west, south, east, north = _box(target, chosen.crs)
    first, last = math.floor((west - corner[0]) / size), math.floor((east - corner[0]) / size)
    top, bottom = math.floor((corner[1] - north) / size), math.floor((corner[1] - south) / size)
    if (last - first + 1) * (bottom - top + 1) > MOST_TILES:
        raise Unusable("not_drawn_here", "too many tiles of the service under one of ours")
    px = matrix.tile_px
    pixels = np.zeros(((bottom - top + 1) * px, (last - first + 1) * px, 4), dtype=np.uint8)
    for row in range(max(top, 0), min(bottom, matrix.rows - 1) + 1):
        for column in range(max(first, 0), min(last, matrix.columns - 1) + 1):
            found = decoded(_picture(services, _get_tile(asked, matrix, column, row)).body)
            if found.shape[:2] != (px, px):
                raise Unusable("unreadable", "a tile of another size than announced")
            pixels[(row - top) * px : (row - top + 1) * px, (column - first) * px : (column - first + 1) * px] = found
    west, east = corner[0] + first * size, corner[0] + (last + 1) * size
    south, north = corner[1] - (bottom + 1) * size, corner[1] - top * size
    return warped(pixels, (west, south, east, north), chosen.crs, target)


def _east_north(matrix: Matrix, crs: str) -> tuple[float, float]:
    """The corner as (east, north): capabilities write it in the system's own order, 天地图's is told here."""
    first, second = matrix.corner
    if crs in _GEOGRAPHIC:
        return (first, second) if abs(first) > 90 else (second, first)  # noqa: PLR2004
    return (second, first) if north_first(crs) else (first, second)


def _box(target: Box, crs: str) -> Box:
    found: Any = transformer(MERCATOR, crs).transform_bounds(*target)
    if not np.isfinite(found).all():
        raise Unusable("not_drawn_here", "outside of the service's coordinate system")
    return (float(found[0]), float(found[1]), float(found[2]), float(found[3]))


def _picture(services: Services, url: str) -> Picture:
    body = services.get(Wish(url, PICTURES, PICTURE_BYTES, PICTURE_S)).body
    return Picture(body, checked_picture(body))
