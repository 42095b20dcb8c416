"""Colours, legend and sentences of the 3D view."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.photo import web_address
from layouts.texts import Texts
from layouts.theme import PALETTES

_GRAVITIES = ("none", "general", "serious", "critical")
_SENTENCES = ("count", "cut", "squares", "heights", "areas", "no_buildings", "no_package", "no_webgl")
_CONTROLS = {
    "NavigationControl.ZoomIn": "zoom_in",
    "NavigationControl.ZoomOut": "zoom_out",
    "NavigationControl.ResetBearing": "north_up",
    "Map.Title": "map",
}
_PLAIN = {"dark": "#3a4a66", "light": "#c3ccd9"}


def problem_tints(theme: str) -> list[str]:
    """Of a building without unresolved problems, then by the gravest: general, serious, critical."""
    palette = PALETTES[theme]
    return [_PLAIN[theme], palette.line, palette.near, palette.fails]


def problem_legend(texts: Texts, theme: str) -> list[Any]:
    head = html.Div(html.Span(texts("scene.gravest"), className="legend-title"), className="legend-head")
    words = [texts(f"scene.gravity_{one}") for one in _GRAVITIES]
    rows = [_row(colour, word) for colour, word in zip(problem_tints(theme), words, strict=True)]
    return [head, html.Ul(rows[::-1], className="legend-rows")]


def _row(colour: str, word: str) -> html.Li:
    swatch = html.Span(className="swatch", style={"background": colour})
    return html.Li([swatch, html.Span(word, className="legend-label")])


def tile_services(services: Sequence[tuple[str, str]]) -> list[Any]:
    """3D Tiles that others serve, title and address: a link each, since pages load nothing from elsewhere."""
    linked = [(title, address) for title, source in services if (address := web_address(source))]
    return [
        html.A(f"{title} ↗", href=address, target="_blank", rel="noopener noreferrer", className="toggle")
        for title, address in linked
    ]


def solid_words(texts: Texts) -> dict[str, Any]:
    """Sentences; the browser fills what stands in braces."""
    said: dict[str, Any] = {word: texts(f"solid.{word}") for word in _SENTENCES}
    controls = {name: texts(f"solid.{word}") for name, word in _CONTROLS.items()}
    return said | {"controls": controls, "locale": texts.html_lang}
