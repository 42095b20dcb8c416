"""The sheet of a layer: where it comes from, how old it is, who answers for it, how much it holds."""

from typing import Any

from dash import html

from layouts.formatting import Formatter
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
        (texts("layers.count"), formatter.number(facts["count"], 0) if facts else None),
    ]
    unknown = texts("layers.unknown")
    lines = [
        html.Div(
            [html.Span(label, className="fact__label"), html.Span(said or texts("layers.unknown"))], className="fact"
        )
        for label, said in rows
    ]
    return html.Div(lines, className="facts")


def unusable(texts: Texts, reason: str, detail: str) -> html.Div:
    """detail: for the operator, in English."""
    return html.Div(
        [html.P(texts(f"layers.reason_{reason}")), html.P(detail, className="quiet")]
        if detail
        else [html.P(texts(f"layers.reason_{reason}"))],
        className="layer-trouble",
    )
