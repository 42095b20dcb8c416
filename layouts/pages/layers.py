"""Layers over the indicators: catalogue, map, the layers shown and their features."""

from dash import html

from layouts.ids import LayerIds
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/layers*.py."""
    return html.Div(
        [
            html.Section(id=LayerIds.CATALOGUE, className="panel at-catalogue"),
            html.Section(id=LayerIds.SHEET, className="panel at-sheet"),
        ],
        className="layers-view",
    )
