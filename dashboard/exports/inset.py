"""Where an area lies among its neighbours, as a PNG for paper (the screen has layouts/components/inset.py)."""

import io
from collections.abc import Sequence
from math import cos, radians
from typing import Any

import shapely
from PIL import Image, ImageDraw

_WIDTH, _HEIGHT, _MARGIN, _OVERSAMPLED = 900, 660, 18, 2
_HERE, _ELSEWHERE, _BORDER, _GROUND = "#c2321c", "#dbe4ef", "#6d7f99", "#ffffff"


def inset_png(shapes: Sequence[tuple[str, Any]], area_code: str) -> bytes | None:
    """shapes: code and geometry in degrees of the area and its siblings (or children). None where nothing is drawn."""
    drawn = [(code, shape) for code, shape in shapes if shape is not None and not shape.is_empty]
    if not drawn:
        return None
    west, south, east, north = shapely.total_bounds([shape for _, shape in drawn])
    flat = cos(radians((south + north) / 2))
    wide, high = ((east - west) * flat or 1e-6), ((north - south) or 1e-6)
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_HEIGHT - 2 * _MARGIN) / high)
    size = (round(wide * scale) + 2 * _MARGIN, round(high * scale) + 2 * _MARGIN)
    image = Image.new("RGB", (size[0] * _OVERSAMPLED, size[1] * _OVERSAMPLED), _GROUND)
    pen = ImageDraw.Draw(image)
    for code, shape in sorted(drawn, key=lambda one: one[0] == area_code):
        for part in shapely.get_parts(shape):
            points = shapely.get_coordinates(part.exterior)
            x = (_MARGIN + (points[:, 0] - west) * flat * scale) * _OVERSAMPLED
            y = (_MARGIN + (north - points[:, 1]) * scale) * _OVERSAMPLED
            outline = list(zip(x.tolist(), y.tolist(), strict=True))
            pen.polygon(outline, fill=_HERE if code == area_code else _ELSEWHERE)
            pen.line(outline, fill=_BORDER, width=2 * _OVERSAMPLED)
    file = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
