"""The legend of the linked map: colours with their words and counts, or the nine cells of a bivariate map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html


@dataclass(frozen=True, slots=True)
class MapLegend:
    """What the colours mean, for the screen and for the picture taken away.

    rows: colour, word, how many areas. hatched: the same of areas without a colour, by the status they are hatched
    for. cells: nine colours, x fastest, low to high, instead of rows; x, y: their names.
    notes: below the rest.
    """

    title: str
    rows: Sequence[tuple[str, str, int]] = ()
    notes: Sequence[str] = ()
    cells: Sequence[str] = ()
    x: str = ""
    y: str = ""
    hatched: Sequence[tuple[str, str, int]] = ()


def legend_panel(legend: MapLegend) -> list[Any]:
    parts: list[Any] = [html.P(legend.title)] if legend.title else []
    if legend.cells:
        parts += _bivariate(legend)
    rows = [*(_row(*row) for row in legend.rows), *(_hatched(*row) for row in legend.hatched)]
    if rows:
        parts.append(html.Ul(rows))
    return [*parts, *(html.P(note, className="quiet") for note in legend.notes)]


def _row(colour: str, word: str, count: int) -> html.Li:
    swatch = html.Span(className="swatch", style={"background": colour})
    return html.Li([swatch, html.Span(word), html.Span(str(count), className="digits")])


def _hatched(status: str, word: str, count: int) -> html.Li:
    swatch = html.Span(className=f"swatch swatch--{status}")
    return html.Li([swatch, html.Span(word), html.Span(str(count), className="digits")])


def _bivariate(legend: MapLegend) -> list[Any]:
    """Drawn with y upwards."""
    order = [3 * row + column for row in (2, 1, 0) for column in (0, 1, 2)]
    cells = [html.Span(style={"background": legend.cells[place]}) for place in order]
    return [html.P(f"↑ {legend.y}"), html.Div(cells, className="bivariate"), html.P(f"→ {legend.x}")]
