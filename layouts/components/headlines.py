"""The strip of headline figures above the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from layouts.components.explained import Fact, explained, figure
from layouts.formatting import Shown


@dataclass(frozen=True, slots=True)
class Headline:
    """label over figure over note; explanation is one hover, tap or focus away."""

    label: str
    shown: Shown
    note: str
    explanation: Sequence[Fact]


def headlines(items: Sequence[Headline]) -> html.Div:
    return html.Div([_headline(item) for item in items], className="headlines")


def _headline(item: Headline) -> html.Div:
    facts = [("", item.label), ("", ""), *item.explanation]
    return html.Div(
        [
            html.Span(item.label, className="headline__label"),
            explained(figure(item.shown), facts, "headline__figure"),
            html.Span(item.note, className="headline__note"),
        ],
        className="headline",
    )
