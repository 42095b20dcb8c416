"""The legend of layers that stand beside an indicator: a colour and a name each."""

from collections.abc import Sequence
from typing import Any

from dash import html


def layer_legend(layers: Sequence[tuple[str, str]]) -> list[Any]:
    """layers: title and colour, the uppermost first."""
    rows = [
        html.Li(
            [html.Span(className="swatch", style={"background": colour}), html.Span(title, className="legend-label")]
        )
        for title, colour in layers
    ]
    return [html.Ul(rows, className="legend-rows")] if rows else []
