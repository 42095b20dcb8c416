"""What is drawn over the areas: bands of minutes, blind zones, facilities, places chosen."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.texts import Texts

BANDS = {"dark": ("#ffe9a8", "#f5b95c", "#c77f3b"), "light": ("#8a5a00", "#c98a1b", "#e6b45f")}
"""From the fewest minutes to the most."""


def reach_legend(texts: Texts, theme: str, bands: Sequence[int], facility: str, *, has_blind: bool) -> list[Any]:
    """bands: minutes, the shortest first."""
    rows = [_row("reach-mark reach-mark--facility", facility, None)]
    for colour, minutes in zip(band_colours(theme, len(bands)), bands, strict=True):
        rows.append(_row("swatch", texts("reach.band", minutes=minutes), colour))
    if has_blind:
        rows.append(_row("swatch reach-blind", texts("reach.blind"), None))
    return [html.Ul(rows, className="legend-rows reach-rows")]


def band_colours(theme: str, count: int) -> tuple[str, ...]:
    return BANDS[theme][-count:] if count else ()


def _row(mark: str, label: str, colour: str | None) -> html.Li:
    style = {"background": colour} if colour else None
    swatch = html.Span(className=mark, **({"style": style} if style else {}))
    return html.Li([swatch, html.Span(label, className="legend-label")])
