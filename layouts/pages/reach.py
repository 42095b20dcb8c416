"""Reach: what is asked at the left, the map in the middle, coverage per area at the right."""

from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from layouts.ids import ReachIds
from layouts.map.city_map import PIXELS_PER_ZOOM, STEP
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/reach.py."""
    return html.Div(
        [
            *(dcc.Store(id=store) for store in (ReachIds.PAINT, ReachIds.SHAPES)),
            html.Section(id=ReachIds.CONTROLS, className="panel at-controls"),
            html.Section(id=ReachIds.SUMMARY, className="panel at-summary"),
            _map(texts, basemap_url),
            html.Section(
                [html.Div(id=ReachIds.TABLE_TITLE), html.Div(id=ReachIds.TABLE, className="panel__body")],
                className="panel at-table",
            ),
        ],
        className="reach-view",
    )


def _map(texts: Texts, basemap_url: str | None) -> html.Section:
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    leaflet = dl.MapContainer(
        tiles, id=ReachIds.MAP, className="area-map", center={"lat": 0, "lng": 0}, zoom=3, zoomSnap=0, zoomDelta=STEP,
        wheelPxPerZoomLevel=PIXELS_PER_ZOOM, minZoom=1, maxZoom=20, attributionControl=False, zoomControl=False,
        doubleClickZoom=False, fadeAnimation=False, keyboard=False, worldCopyJump=False,
    )  # fmt: skip
    return html.Section(
        [
            html.Div(id=ReachIds.MAP_TITLE),
            html.Div([_clicks(texts), html.Div(id=ReachIds.LEVELS, className="reach-levels")], className="reach-tools"),
            html.Div(
                [
                    html.Div(leaflet, className="area-map-frame"),
                    html.Aside(id=ReachIds.LEGEND, className="map-legend"),
                ],
                className="panel__body map-stage",
            ),
        ],
        className="panel at-map",
    )


def _clicks(texts: Texts) -> html.Div:
    """What a click on the map does: assets/js/reach_layer.js keeps which is pressed."""
    buttons: list[Any] = [
        html.Button(
            texts(f"reach.click_{word}"), type="button", className="switch", title=texts(f"reach.click_{word}_hint"),
            **{"data-reach-click": word, "aria-pressed": str(word == "at").lower()},
        )
        for word in ("at", "plus", "area")
    ]  # fmt: skip
    centre = html.Button(
        texts("reach.click_centre"), type="button", className="switch", title=texts("reach.click_centre_hint"),
        **{"data-reach-centre": ""},
    )  # fmt: skip
    return html.Div(
        [html.Div(buttons, className="switches"), html.Div(centre, className="switches")], className="reach-clicks"
    )
