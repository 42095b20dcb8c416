"""Legends of the linked map: clusters with their counts, or the nine cells of a bivariate map."""

from collections.abc import Sequence
from typing import Any

from dash import html


def cluster_legend(title: str, rows: Sequence[tuple[str, str, int]], notes: Sequence[str]) -> list[Any]:
    """rows: colour, word, count."""
    items = [
        html.Li([html.Span(className="swatch", style={"background": colour}), html.Span(word), html.Span(str(count))])
        for colour, word, count in rows
    ]
    return [html.P(title), html.Ul(items), *(html.P(note, className="quiet") for note in notes)]


def bivariate_legend(colours: Sequence[str], x: str, y: str) -> list[Any]:
    """colours: x fastest, low to high; drawn with y upwards."""
    cells = [html.Span(style={"background": colours[3 * row + column]}) for row in (2, 1, 0) for column in (0, 1, 2)]
    return [html.P(f"↑ {y}"), html.Div(cells, className="bivariate"), html.P(f"→ {x}")]
