"""Where an area lies among its neighbours: a small map as a picture, for screen and paper."""

from collections.abc import Sequence
from math import cos, radians
from typing import Any
from urllib.parse import quote

from dash import html

_WIDTH, _HEIGHT, _MARGIN = 150.0, 110.0, 3.0
_HERE, _ELSEWHERE, _STROKE = "#c2321c", "#dbe4ef", 'stroke="#6d7f99" stroke-width="0.6"'
_DETAIL = 0.004
"""Of the width: points closer than this to the line are left out."""


def inset_map(shapes: Sequence[tuple[str, Any]], area_code: str, label: str) -> html.Img | None:
    """shapes: code and shapely geometry of the area and its siblings (or children). Colours are those of paper."""
    drawn = [(code, shape) for code, shape in shapes if shape is not None and not shape.is_empty]
    if not drawn:
        return None
    boxes = [shape.bounds for _, shape in drawn]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    flat = cos(radians((south + north) / 2))
    scale = min((_WIDTH - 2 * _MARGIN) / ((east - west) * flat or 1), (_HEIGHT - 2 * _MARGIN) / ((north - south) or 1))

    def path(shape: Any) -> str:
        simple = shape.simplify((east - west) * _DETAIL)
        rings = []
        for part in getattr(simple, "geoms", [simple]):
            points = (((x - west) * flat * scale, (north - y) * scale) for x, y in part.exterior.coords)
            rings.append("M" + "L".join(f"{_MARGIN + x:.1f} {_MARGIN + y:.1f}" for x, y in points) + "Z")
        return "".join(rings)

    paths = "".join(
        f'<path d="{path(shape)}" fill="{_HERE if code == area_code else _ELSEWHERE}" {_STROKE}/>'
        for code, shape in drawn
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{paths}</svg>'
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt=label, className="sheet__inset")
