"""Pictures in another coordinate system, brought onto a web-mercator tile."""

import io
from typing import Any

import numpy as np
from PIL import Image

from data_access.layers.crs import MERCATOR, Box, transformer
from data_access.layers.failures import Unusable

TILE_PX = 256
LARGEST_PX = 2048
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def checked_picture(body: bytes) -> str:
    """The media type of a picture by its own bytes. Raises Unusable for what is none, or would unpack to a huge one."""
    try:
        with Image.open(io.BytesIO(body), formats=list(_KINDS)) as picture:
            width, height = picture.size
            kind = _KINDS[str(picture.format)]
    except Image.DecompressionBombError as error:
        raise Unusable("too_large", "a picture of too many pixels") from error
    except Exception as error:
        raise Unusable("unreadable", "not a picture") from error
    if max(width, height) > LARGEST_PX:
        raise Unusable("too_large", f"a picture of {width} × {height} pixels")
    return kind


def decoded(body: bytes) -> Any:
    """Pixels as an array of rows × columns × red, green, blue, alpha."""
    checked_picture(body)
    try:
        with Image.open(io.BytesIO(body), formats=list(_KINDS)) as picture:
            return np.asarray(picture.convert("RGBA"))
    except Exception as error:
        raise Unusable("unreadable", "a damaged picture") from error


def warped(pixels: Any, box: Box, crs: str, target: Box) -> bytes:
    """The part of the picture (which covers `box` of `crs`) under a web-mercator box, as a PNG of one tile.

    Each pixel of the tile takes the nearest pixel of the picture; what lies outside stays transparent.
    """
    west, south, east, north = target
    across = west + (np.arange(TILE_PX) + 0.5) * (east - west) / TILE_PX
    down = north - (np.arange(TILE_PX) + 0.5) * (north - south) / TILE_PX
    x, y = transformer(MERCATOR, crs).transform(*np.meshgrid(across, down))
    rows, columns = pixels.shape[:2]
    with np.errstate(invalid="ignore"):
        column = np.floor((x - box[0]) / (box[2] - box[0]) * columns)
        row = np.floor((box[3] - y) / (box[3] - box[1]) * rows)
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    result = np.zeros((TILE_PX, TILE_PX, 4), dtype=np.uint8)
    result[inside] = pixels[row[inside].astype(int), column[inside].astype(int)]
    file = io.BytesIO()
    Image.fromarray(result, "RGBA").save(file, "PNG", compress_level=3)
    return file.getvalue()
