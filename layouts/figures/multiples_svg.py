"""The small multiples as one picture to take away: each area with its name and latest value, scale and citation."""

from collections.abc import Sequence
from html import escape

from layouts.components.multiples import CommonScale, Multiple, multiple_svg
from layouts.theme import FONT_STACK, PALETTES
from layouts.xml_text import xml_text

_COLUMNS, _WIDE, _HIGH, _HEAD, _GAP, _PAD, _TOP = 6, 190, 80, 22, 18, 24, 84


def multiples_svg(
    title: str, note: str, caption: str, items: Sequence[Multiple], scale: CommonScale, theme: str
) -> str:
    """note: the common scale in words, below the title. The dashed line is the standard."""
    palette = PALETTES[theme]
    columns = min(_COLUMNS, max(3, len(items)))
    lines = -(-len(items) // columns)
    width = 2 * _PAD + columns * (_WIDE + _GAP) - _GAP
    height = _TOP + lines * (_HEAD + _HIGH + _GAP) + 2 * _PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family=\'{FONT_STACK}\' font-size="14" fill="{palette.text}">',
        f'<rect width="100%" height="100%" fill="{palette.panel}"/>',
        f'<text x="{_PAD}" y="38" font-size="20" font-weight="600">{_said(title)}</text>',
        f'<text x="{_PAD}" y="62" fill="{palette.quiet}">{_said(note)}</text>',
    ]
    for place, item in enumerate(items):
        x = _PAD + place % columns * (_WIDE + _GAP)
        y = _TOP + place // columns * (_HEAD + _HIGH + _GAP)
        parts += [
            f'<text x="{x}" y="{y + 14}">{_said(item.name)}</text>',
            f'<text x="{x + _WIDE}" y="{y + 14}" text-anchor="end">{_said(item.latest)}</text>',
            multiple_svg(item, scale, palette, f'x="{x}" y="{y + _HEAD}" width="{_WIDE}" height="{_HIGH}"'),
        ]
    parts.append(f'<text x="{_PAD}" y="{height - 18}" font-size="12" fill="{palette.quiet}">{_said(caption)}</text>')
    return "\n".join([*parts, "</svg>"])


def _said(text: str) -> str:
    return escape(xml_text(text))
