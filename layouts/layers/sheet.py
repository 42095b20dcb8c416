"""The sheet of a layer: where it comes from, how old it is, who answers for it, how much it holds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import html

from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.layers.state import ShownLayer, write_layers
from layouts.texts import Texts


def facts_list(formatter: Formatter, entry: Any, department: str | None, facts: dict[str, Any] | None) -> html.Div:
    """entry: a row of the catalogue. facts: count, bounds, columns of its features; None where there are none."""
    texts = formatter.texts
    board = texts(f"layers.board_{entry.board}") if entry.board else None
    rows = [
        (texts("layers.place"), " · ".join(part for part in (board, entry.category) if part)),
        (texts("layers.source"), entry.attribution),
        (texts("layers.kind"), texts(f"layers.kind_{entry.kind}")),
        (texts("layers.updated"), formatter.day(entry.updated_at) if entry.updated_at else None),
        (texts("layers.department"), department),
        (texts("layers.count"), _count(formatter, facts) if facts else None),
    ]
    unknown = texts("layers.unknown")
    lines = [
        html.Div([html.Span(label, className="fact__label"), html.Span(said or unknown)], className="fact")
        for label, said in rows
    ]
    return html.Div(lines, className="facts")


def _count(formatter: Formatter, facts: dict[str, Any]) -> str:
    """With the remark that there are more, where a service has more than is taken."""
    count = formatter.number(facts["count"], 0)
    return count if facts["is_whole"] else formatter.texts("layers.cut", count=count)


def unusable(texts: Texts, reason: str, detail: str) -> html.Div:
    """detail: for the operator, in English."""
    return html.Div(
        [html.P(texts(f"layers.reason_{reason}")), html.P(detail, className="quiet")]
        if detail
        else [html.P(texts(f"layers.reason_{reason}"))],
        className="layer-trouble",
    )


def measure_switch(texts: Texts, shown: Sequence[ShownLayer], focus: ShownLayer, offered: Sequence[str]) -> html.Div:
    """Buttons that colour the areas by what the layer holds in each; the pressed one gives the indicator back."""
    buttons = []
    for measure in offered:
        is_on = focus.measure == measure
        wanted = [
            replace(one, measure=(None if is_on else measure) if one.code == focus.code else None) for one in shown
        ]
        pressed = {"aria-pressed": str(is_on).lower()}
        buttons.append(
            pick_button(texts(f"layers.measure_{measure}"), {"layers": write_layers(wanted)}, "switch", **pressed)
        )
    label = html.Span(texts("layers.per_area"), className="fact__label")
    return html.Div([label, html.Div(buttons, className="switches")], className="layer-measures")


def offset_note(formatter: Formatter, found: Any, by_edge: bool) -> html.P:
    """What the test against the boundaries says, or that there is none; found: None where nothing could be tested."""
    texts = formatter.texts
    if found is None or found.verdict == "undecided":
        return html.P(texts("layers.offset_untested"), className="quiet")
    said = texts(
        f"layers.offset_{'edge_' if by_edge else ''}{found.verdict}",
        n=formatter.number(found.n, 0),
        as_is=formatter.number(100 * found.share_as_is, 0),
        back=formatter.number(100 * found.share_moved_back, 0),
    )
    return html.P(said, className="layer-trouble" if found.verdict == "offset" else "quiet")
