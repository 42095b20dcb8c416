"""Layers over the indicators: catalogue, map with the features' table below it, the layers shown and their sheet."""

from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from layouts.components.panel import panel_head
from layouts.components.tabs import tabs
from layouts.ids import LayerIds
from layouts.layers.table import feature_grid
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/layers*.py and assets/js/layer_*.js."""
    return html.Div(
        [
            *(dcc.Store(id=store) for store in (LayerIds.PAINT, LayerIds.SPECS)),
            html.Section(
                [panel_head(texts("layers.catalogue")), html.Div(id=LayerIds.CATALOGUE, className="panel__body")],
                className="panel at-catalogue in-catalogue",
            ),
            _map(texts, basemap_url),
            _table(texts),
            tabs(texts, ("catalogue", "shown", "features")),
            html.Section(
                [panel_head(texts("layers.shown")), html.Div(id=LayerIds.SHOWN, className="panel__body")],
                className="panel at-shown in-shown",
            ),
            html.Section(id=LayerIds.SHEET, className="panel at-sheet in-shown"),
        ],
        className="layers-view",
        **{"data-tab": "catalogue"},
    )


def _map(texts: Texts, basemap_url: str | None) -> html.Section:
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    leaflet = dl.MapContainer(
        tiles, id=LayerIds.MAP, className="area-map", center={"lat": 0, "lng": 0}, zoom=3, zoomSnap=0, zoomDelta=0.5,
        wheelPxPerZoomLevel=110, minZoom=1, maxZoom=20, attributionControl=False, zoomControl=False,
        doubleClickZoom=False, fadeAnimation=False, keyboard=False, worldCopyJump=False,
    )  # fmt: skip
    draw = html.Button(texts("layers.draw"), type="button", className="toggle layer-draw", **{"aria-pressed": "false"})
    return html.Section(
        [
            html.Div(id=LayerIds.MAP_TITLE),
            html.Div(
                [
                    html.Div(leaflet, className="area-map-frame"),
                    html.Div(id=LayerIds.SWITCHES, className="map-switches"),
                    html.Div(draw, className="layer-tools"),
                    html.Div(className="layer-card-place"),
                    html.Aside(id=LayerIds.LEGEND, className="map-legend", title=texts("map.legend")),
                ],
                className="panel__body map-stage",
            ),
        ],
        className="panel at-map",
    )


def _table(texts: Texts) -> Any:
    label = texts("layers.filter")
    search = dcc.Input(
        id=LayerIds.TABLE_FILTER, type="search", className="ledger__search", debounce=0.3, autoComplete="off",
        maxLength=60, placeholder=label,
    )  # fmt: skip
    return html.Section(
        [
            html.Div(
                [html.Div(id=LayerIds.TABLE_TITLE), html.Label([html.Span(label, className="unseen"), search])],
                className="ledger__tools",
            ),
            html.Div(feature_grid(texts), className="panel__body ledger"),
        ],
        className="panel at-features in-features",
    )
