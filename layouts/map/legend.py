"""The legend: classes with their counts, the standard, what is hatched and why, areas that cannot be drawn."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from dash import html

from analysis.classification import Classes
from layouts.components.icon import icon
from layouts.components.picking import pick_button
from layouts.formatting import MINUS, Formatter
from layouts.map.ramps import class_colours
from layouts.texts import Texts

DASH = " – "
_SIDE_ICONS = {
    "meets": "meets", "below": "fails", "above": "near", "better": "meets", "worse": "fails", "same": "not_judged",
}  # fmt: skip
"""What lies on each side of the standard or of no change; below and above both fail, each with its own shape."""
_FEWEST, _MOST = 2, 9
SCHEMES = ("standard", "quantiles", "equal_interval", "natural_breaks")


def legend(
    formatter: Formatter,
    classes: Classes,
    *,
    theme: str,
    decimals: object,
    unit: str,
    judged: bool,
    missing: Mapping[str, int],
    undrawn: Sequence[Mapping[str, Any]],
    standard: str = "",
) -> list[Any]:
    """missing: areas per status without a class. undrawn: areas without a boundary. standard: in words, "" if none."""
    texts = formatter.texts
    head = html.Div(
        [html.Span(texts(f"map.scheme_{classes.scheme}"), className="legend-title"), html.Span(unit)],
        className="legend-head",
    )
    colours = class_colours(classes, theme, judged=judged)
    labels = class_labels(formatter, classes, decimals)
    sides: Sequence[str | None] = classes.sides if classes.sides and judged else [None] * len(labels)
    rows = [
        _class_row(texts, colour, label, count, side)
        for colour, label, count, side in zip(colours, labels, classes.counts, sides, strict=True)
    ]
    hatched = [_hatched_row(texts, status, count) for status, count in missing.items() if count]
    said = [html.Div(standard, className="legend-standard")] if standard else []
    return [head, *said, html.Ul([*reversed(rows), *hatched], className="legend-rows"), *undrawn_areas(texts, undrawn)]


def class_labels(formatter: Formatter, classes: Classes, decimals: object) -> list[str]:
    """`< 10`, `10 – 20`, `> 20`: the numbers between the classes, with as many decimals as keep them apart."""
    edges = _apart(formatter, classes.edges, decimals)
    if not classes.counts:
        return []
    if not edges:
        ends = dict.fromkeys(formatter.number(end, decimals) for end in (classes.lowest, classes.highest))
        return [DASH.join(ends)]
    middle = [f"{low}{DASH}{high}" for low, high in pairwise(edges)]
    lowest = "<" if _belongs_above(classes, 0) else "≤"
    highest = "≥" if _belongs_above(classes, -1) else ">"
    return [f"{lowest} {edges[0]}", *middle, f"{highest} {edges[-1]}"]


def _belongs_above(classes: Classes, place: int) -> bool:
    """Whether a value on this edge is in the class above it, as one on a lower standard is."""
    return classes.bounds[place] < float(np.float32(classes.edges[place]))


def _apart(formatter: Formatter, edges: Sequence[float], decimals: object) -> list[str]:
    written = [formatter.number(edge, decimals) for edge in edges]
    if len(set(written)) == len(edges):
        return written
    return [f"{edge:.4g}".replace("-", MINUS) for edge in edges]


def _class_row(texts: Texts, colour: str, label: str, count: int, side: str | None) -> html.Li:
    swatch = html.Span(className="swatch", style={"background": colour})
    parts = [swatch, html.Span(label, className="legend-label")]
    if side is not None:
        word = texts(f"map.side_{side}")
        parts.append(html.Span(className=f"icon icon--{_SIDE_ICONS[side]} legend-side--{side}", role="img", title=word))
    return html.Li([*parts, html.Span(f"{count:,}" if count else "", className="legend-count")])


def _hatched_row(texts: Texts, status: str, count: int) -> html.Li:
    swatch = html.Span(className=f"swatch swatch--{status}")
    word = html.Span(texts(f"value.{status}"), className="legend-label")
    return html.Li([swatch, word, html.Span(f"{count:,}", className="legend-count")])


def undrawn_areas(texts: Texts, undrawn: Sequence[Mapping[str, Any]], *, is_open: bool = False) -> list[Any]:
    """Areas that exist but have no boundary: listed, so that they can be reached all the same.

    is_open: beside a map without any area the list is what there is to see.
    """
    if not undrawn:
        return []
    buttons = [pick_button(texts.name(row), {"area": row["area_code"]}, "legend-undrawn") for row in undrawn]
    listed, said = html.Div(buttons, className="legend-undrawn-list"), texts("map.undrawn", count=len(undrawn))
    if is_open:
        return [html.Div([html.P(said), listed], className="legend-details")]
    return [html.Details([html.Summary(said), listed], className="legend-details")]


def scheme_switch(texts: Texts, chosen: str, k: int, *, has_standard: bool) -> html.Div:
    """Which classes, and how many."""
    schemes = [scheme for scheme in SCHEMES if has_standard or scheme != "standard"]
    buttons = [
        _switch(
            texts(f"map.scheme_{scheme}.short"), {"scheme": scheme}, scheme == chosen, texts(f"map.scheme_{scheme}")
        )
        for scheme in schemes
    ]
    counts = [
        pick_button(
            icon(sign),
            {"k": min(max(wanted, _FEWEST), _MOST)},
            "switch",
            **_named(texts(key), _FEWEST <= wanted <= _MOST),
        )
        for sign, wanted, key in (("minus", k - 1, "map.fewer"), ("plus", k + 1, "map.more"))
    ]
    return html.Div(
        [html.Div(buttons, className="switches"), html.Div(counts, className="switches")], className="legend-switches"
    )


def _named(label: str, can: bool) -> dict[str, str]:
    return {"aria-label": label} if can else {"aria-label": label, "aria-disabled": "true"}


def _switch(children: Any, changes: dict[str, Any], pressed: bool, title: str) -> html.Button:
    return pick_button(children, changes, "switch", title=title, **{"aria-pressed": str(pressed).lower()})
