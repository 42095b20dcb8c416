"""A table as an SVG: title, headings, rows, citation; vector text without outside parts, for a document or a slide."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from dashboard.exports.table import Table
from layouts.formatting import MISSING, Formatter, known
from layouts.texts import Texts
from layouts.theme import FONT_STACK, PALETTES, Palette
from layouts.xml_text import xml_text

MOST_DRAWN = 300
"""A picture of more rows is no longer read; CSV and XLSX hold them all."""
_SIZE, _LINE, _PAD, _GAP, _WIDEST_EMS = 15, 26, 24, 18, 44
_FROM_WIDE = 0x2E7F
_TECHNICAL = frozenset(
    {
        "level", "parent_code", "population", "numerator", "denominator", "boundary_version", "updated_at", "segment",
        "coverage_contributing", "coverage_children", "coverage_population_share", "contains_estimated",
        "contains_suspect", "misses_suppressed", "grade_word", "verdict_key", "tone",
    }
)  # fmt: skip
"""What a reader of the picture is spared."""


_CODED = {"status": "value", "origin": "value", "direction": "direction"}


def table_svg(table: Table, formatter: Formatter, theme: str) -> str:
    """Numbers stand to the right, missing ones as a dash; long texts end in “…”."""
    texts, palette = formatter.texts, PALETTES[theme]
    rows = _readable(table.rows, texts).head(MOST_DRAWN)
    cells = [[_shown(formatter, _in_words(texts, str(name), value)) for value in rows[name]] for name in rows.columns]
    heads = [heading(texts, str(name)) for name in rows.columns]
    widths = [_SIZE * max(map(_ems, (head, *column))) for head, column in zip(heads, cells, strict=True)]
    note = texts("export.drawn_rows", shown=len(rows), rows=len(table.rows)) if len(table.rows) > len(rows) else ""
    below = [line for line in (note, table.citation) if line]
    least = _SIZE * max(_ems(table.title, None) * 1.35, *(_ems(line, None) * 0.85 for line in below), 20.0)
    width = 2 * _PAD + max(sum(widths) + _GAP * max(0, len(widths) - 1), least)
    top = _PAD + 2 * _LINE
    height = top + _LINE * (len(rows) + 1.4 + len(below)) + _PAD / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family=\'{FONT_STACK}\' font-size="{_SIZE}" '
        f'fill="{palette.text}">',
        f'<rect width="100%" height="100%" fill="{palette.panel}"/>',
        f'<text x="{_PAD}" y="{_PAD + _LINE * 0.8:.0f}" font-size="{_SIZE * 1.35:.0f}" font-weight="600">'
        f"{_said(table.title)}</text>",
        *_columns(heads, cells, widths, [_is_number(rows[name]) for name in rows.columns], top, palette),
        f'<path d="M{_PAD} {top + 8}H{width - _PAD:.0f}" stroke="{palette.hairline}"/>',
    ]
    foot = top + _LINE * (len(rows) + 1.4)
    for place, line in enumerate(below):
        parts.append(_text(_PAD, foot + place * _LINE, line, f' font-size="{_SIZE * 0.85:.1f}" fill="{palette.quiet}"'))
    return "\n".join([*parts, "</svg>"])


def heading(texts: Texts, name: str) -> str:
    """The column's name in the language of the screen, where the catalogue has one."""
    return texts(f"column.{name}") if texts.has(f"column.{name}") else name


def _readable(rows: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """Without columns that are empty or technical; of two names that of the language."""
    own, other = ("name_zh", "name_en") if texts.language == "zh_CN" else ("name_en", "name_zh")
    left_out = set(_TECHNICAL)
    if own in rows and rows[own].notna().all():
        left_out.add(other)
    return rows[[name for name in rows.columns if name not in left_out and rows[name].notna().any()]]


def _columns(
    heads: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[float], numbers: Sequence[bool], top: float,
    palette: Palette,
) -> list[str]:  # fmt: skip
    parts, left = [], float(_PAD)
    for head, column, width, is_number in zip(heads, cells, widths, numbers, strict=True):
        x = left + width if is_number else left
        anchor = ' text-anchor="end"' if is_number else ""
        parts.append(_text(x, top, _cut(head), f'{anchor} fill="{palette.quiet}"'))
        parts += [_text(x, top + _LINE * (place + 1.2), _cut(cell), anchor) for place, cell in enumerate(column)]
        left += width + _GAP
    return parts


def _in_words(texts: Texts, column: str, value: object) -> object:
    """The contract's codes as the screen says them."""
    key = f"{_CODED.get(column, '')}.{value}"
    return texts(key) if column in _CODED and texts.has(key) else value


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _shown(formatter: Formatter, value: object) -> str:
    if isinstance(value, bool):
        return formatter.texts("column.yes") if value else MISSING
    if isinstance(value, str):
        return " ".join(value.split())
    return formatter.number(value) if known(value) is not None else MISSING


def _ems(text: str, most: int | None = _WIDEST_EMS) -> float:
    """Width in letters of the font's size; Latin letters count a little over half."""
    wide = sum(1 if ord(letter) > _FROM_WIDE else 0.58 for letter in text)
    return min(wide, most) if most else wide


def _cut(text: str) -> str:
    width = 0.0
    for place, letter in enumerate(text):
        width += 1 if ord(letter) > _FROM_WIDE else 0.58
        if width > _WIDEST_EMS:
            return text[: place - 1] + "…"
    return text


def _text(x: float, y: float, text: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{attributes}>{_said(text)}</text>'


def _said(text: str) -> str:
    return escape(xml_text(text))
