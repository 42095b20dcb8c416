"""The legend of the linked map: colours with their words and counts, or the nine cells of a bivariate map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html


@dataclass(frozen=True, slots=True)
class MapLegend:
    """What the colours mean, for the screen and for the picture taken away.

    rows: colour, word, how many areas. cells: nine colours, x fastest, low to high, instead of rows; x, y: their names.
    notes: below the rest.
    """

    title: str
    rows: Sequence[tuple[str, str, int]] = ()
    notes: Sequence[str] = ()
    cells: Sequence[str] = ()
    x: str = ""
    y: str = ""


def legend_panel(legend: MapLegend) -> list[Any]:
    parts: list[Any] = [html.P(legend.title)] if legend.title else []
    if legend.cells:
        parts += _bivariate(legend)
    if legend.rows:
        parts.append(html.Ul([_row(*row) for row in legend.rows]))
    return [*parts, *(html.P(note, className="quiet") for note in legend.notes)]


def _row(colour: str, word: str, count: int) -> html.Li:
    swatch = html.Span(className="swatch", style={"background": colour})
    return html.Li([swatch, html.Span(word), html.Span(str(count), className="digits")])


def _bivariate(legend: MapLegend) -> list[Any]:
    """Drawn with y upwards."""
    order = [3 * row + column for row in (2, 1, 0) for column in (0, 1, 2)]
    cells = [html.Span(style={"background": legend.cells[place]}) for place in order]
    return [html.P(f"↑ {legend.y}"), html.Div(cells, className="bivariate"), html.P(f"→ {legend.x}")]
