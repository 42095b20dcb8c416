"""Who is within reach, in a few figures, and what one more facility would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from layouts.components.explained import Fact, explained
from layouts.components.picking import pick_button
from layouts.formatting import Formatter, known


@dataclass(frozen=True, slots=True)
class Asked:
    """In words: what was asked, how it was found out, and whether it is a straight-line estimate."""

    facility: str
    question: str
    facts: Sequence[Fact]
    is_straight: bool
    unit: str


def summary(formatter: Formatter, asked: Asked, row: Mapping[Any, Any], added: int, clear: str | None) -> list[Any]:
    """row: of the area in question. added: facilities that are only thought of. clear: the link without them."""
    texts = formatter.texts
    badge = html.Span(texts("reach.computed"), className="badge")
    said = [
        html.P([asked.question, " ", badge], className="reach-question"),
        html.Div(
            [
                _figure(formatter, row["share_pct"], "%", texts("reach.within_reach"), asked.facts, "reach-share"),
                _people(formatter, row["served"], asked.unit, texts("reach.served"), asked.facts),
                _people(formatter, row["unserved"], asked.unit, texts("reach.unserved"), asked.facts),
            ],
            className="reach-figures",
        ),
    ]
    if asked.is_straight:
        said.append(warning(texts("reach.straight")))
    if added:
        said.append(_what_if(formatter, row, added, asked.unit, clear))
    return said


def compared(
    formatter: Formatter, row: Mapping[Any, Any], indicator: str, facts: Sequence[Fact], same: str
) -> html.Div:
    """The reported indicator beside what is computed in its caliber. same: the column that means the same."""
    texts = formatter.texts
    parts = [
        _figure(formatter, row[same], "%", texts("reach.recomputed"), facts, ""),
        _figure(formatter, row["reported"], "%", texts("reach.reported"), facts, ""),
        html.Div(
            [
                html.Span(formatter.change(row["difference_pct"], 1), className="reach-figure digits"),
                html.Span(texts("reach.difference"), className="quiet"),
            ],
            className="reach-part",
        ),
    ]
    return html.Div(
        [
            html.P(indicator, className="reach-question"),
            html.Div(parts, className="reach-figures reach-figures--small"),
        ],
        className="reach-compared",
    )


def warning(sentence: str) -> html.P:
    return html.P(sentence, className="reach-warning", role="note")


def around(
    formatter: Formatter, bands: Sequence[int], persons: Sequence[float], unit: str, facts: Sequence[Fact]
) -> html.Div:
    """How many residents live within each band of minutes from the one place asked."""
    texts = formatter.texts
    parts = [
        _people(formatter, number, unit, texts("reach.band", minutes=minutes), facts)
        for minutes, number in zip(bands, persons, strict=True)
    ]
    head = html.P(texts("reach.around"), className="reach-question")
    return html.Div([head, html.Div(parts, className="reach-figures reach-figures--small")], className="reach-compared")


def _what_if(formatter: Formatter, row: Mapping[Any, Any], added: int, unit: str, clear: str | None) -> html.Div:
    texts = formatter.texts
    more = (known(row["served"]) or 0) - (known(row["before_served"]) or 0)
    points = (known(row["share_pct"]) or 0) - (known(row["before_share_pct"]) or 0)
    sentence = texts(
        "reach.what_if",
        added=added,
        before=formatter.number(row["before_share_pct"], 1),
        after=formatter.number(row["share_pct"], 1),
        change=formatter.change(points, 1),
        people=str(formatter.quantity(round(more), unit, 0)),
    )
    button = pick_button(texts("reach.clear_added"), {"reach": clear}, "toggle")
    return html.Div([html.P(sentence), button], className="reach-what-if", role="status")


def _figure(formatter: Formatter, value: object, unit: str, label: str, facts: Sequence[Fact], name: str) -> html.Div:
    digits = [html.Span(formatter.number(value, 1), className="digits"), html.Span(unit, className="unit")]
    return html.Div(
        [explained(digits, facts, f"reach-figure {name}".strip()), html.Span(label, className="quiet")],
        className="reach-part",
    )


def _people(formatter: Formatter, value: object, unit: str, label: str, facts: Sequence[Fact]) -> html.Div:
    number = known(value)
    shown = formatter.quantity(None if number is None else round(number), unit, 0)
    digits = [html.Span(shown.text, className="digits"), html.Span(shown.unit, className="unit")]
    return html.Div(
        [explained(digits, facts, "reach-figure"), html.Span(label, className="quiet")], className="reach-part"
    )
