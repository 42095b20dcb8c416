"""The linked map as a picture to take away: areas, legend, title and citation in one SVG without outside parts."""

from collections.abc import Sequence
from html import escape

import numpy as np
import shapely

from layouts.components.linked_legend import MapLegend
from layouts.map.ramps import HATCHES, MAP_COLOURS
from layouts.theme import FONT_STACK, PALETTES
from layouts.xml_text import xml_text

WIDTH, HEIGHT = 1200, 1000
_TOP, _SIDE, _LINE, _PAD = 70, 300, 24, 24
_SMALLEST_STEP_PX = 0.4
_RISING, _FALLING = "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M-2 6L2 10M0 0L8 8M6 -2L10 2"
_WAYS = {"rising": _RISING, "falling": _FALLING, "crossed": _RISING + _FALLING, "dotted": "M2 2h.1M6 6h.1"}


def map_svg(
    title: str, caption: str, legend: MapLegend, shapes: Sequence[shapely.Geometry], colours: Sequence[str], theme: str
) -> str:
    """shapes: in degrees, with a colour each, or a name of HATCHES' strokes where there is none.

    Longitudes are shortened by the cosine of the middle latitude.
    """
    palette = PALETTES[theme]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f"font-family='{FONT_STACK}' fill=\"{palette.text}\">",
        _strokes(theme),
        f'<rect width="100%" height="100%" fill="{palette.panel}"/>',
        _text(_PAD, 42, title, 26),
        f'<g stroke="{palette.panel}" stroke-width="0.7">',
        *(f'<path d="{d}" fill="{_fill(colour)}"/>' for d, colour in zip(_paths(shapes), colours, strict=True)),
        "</g>",
        *_legend(legend),
        _text(_PAD, HEIGHT - 18, caption, 14, palette.quiet),
        "</svg>",
    ]
    return "\n".join(parts)


def _paths(shapes: Sequence[shapely.Geometry]) -> list[str]:
    """The areas in pixels, thinned as a coverage so that neighbours keep touching."""
    if not len(shapes):
        return []
    west, south, east, north = shapely.total_bounds(np.asarray(shapes))
    shrink = np.cos(np.radians((south + north) / 2))
    room = (WIDTH - _SIDE - 2 * _PAD, HEIGHT - _TOP - 2 * _PAD - _LINE)
    scale = min(room[0] / ((east - west) * shrink or 1), room[1] / (north - south or 1))

    def placed(points: np.ndarray) -> np.ndarray:
        return np.column_stack([_PAD + (points[:, 0] - west) * shrink * scale, _TOP + (north - points[:, 1]) * scale])

    thinned = shapely.coverage_simplify(np.asarray(shapes), _SMALLEST_STEP_PX / scale)
    return [_path(shape, placed) for shape in thinned]


def _path(shape: shapely.Geometry, placed: object) -> str:
    rings = [ring for polygon in shapely.get_parts(shape) for ring in (polygon.exterior, *polygon.interiors)]
    said = []
    for ring in rings:
        points = placed(shapely.get_coordinates(ring)[:-1])  # type: ignore[operator]
        said.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(said)


def _legend(legend: MapLegend) -> list[str]:
    x, y = WIDTH - _SIDE, _TOP + _LINE
    parts = []
    for line in _wrapped(legend.title):
        parts.append(_text(x, y, line, 17))
        y += _LINE
    if legend.cells:
        parts += [_box(x + 34 * (n % 3), y + 34 * (2 - n // 3), 33, colour) for n, colour in enumerate(legend.cells)]
        y += 3 * 34 + _LINE
        for line in (*_wrapped(f"→ {legend.x}"), *_wrapped(f"↑ {legend.y}")):
            parts.append(_text(x, y, line, 15))
            y += _LINE
    for colour, word, count in legend.rows:
        parts += [_box(x, y - 14, 18, colour), _text(x + 28, y, f"{word}  {count}", 15)]
        y += _LINE
    for status, word, count in legend.hatched:
        parts += [_box(x, y - 14, 18, HATCHES.get(status, "falling")), _text(x + 28, y, f"{word}  {count}", 15)]
        y += _LINE
    for line in (line for note in legend.notes for line in _wrapped(note)):
        parts.append(_text(x, y, line, 14))
        y += _LINE
    return parts


def _wrapped(text: str, ems: int = 17) -> list[str]:
    """Lines of so many wide letters; Latin letters count half."""
    lines, width = [""], 0.0
    for letter in text:
        width += 1 if ord(letter) > 0x2E7F else 0.55  # noqa: PLR2004
        if width > ems:
            lines, width = [*lines, ""], 0.0
        lines[-1] += letter
    return [line.strip() for line in lines if line.strip()]


def _text(x: float, y: float, text: str, size: int, colour: str | None = None) -> str:
    fill = f' fill="{colour}"' if colour else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{fill}>{escape(xml_text(text))}</text>'


def _box(x: float, y: float, size: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="{_fill(colour)}"/>'


def _fill(colour: str) -> str:
    return f"url(#{colour})" if colour in _WAYS else escape(colour)


def _strokes(theme: str) -> str:
    """The patterns of areas without a colour, as wide as on the screen."""
    colours = MAP_COLOURS[theme]
    ground = f'<rect width="8" height="8" fill="{colours.ground}"/>'
    return "<defs>{}</defs>".format(
        "".join(
            f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">{ground}'
            f'<path d="{way}" stroke="{colours.ink}" stroke-width="1.5" stroke-linecap="round"/></pattern>'
            for name, way in _WAYS.items()
        )
    )
