"""The map component: an empty Leaflet map that assets/js/area_map.js fills, with switches, legend and timeline."""

from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from layouts.ids import MapIds
from layouts.texts import Texts

STEP = 0.5
PIXELS_PER_ZOOM = 110


def city_map(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """basemap_url: template of a tile service inside the network; a tile that does not come leaves the ground empty."""
    stores = (MapIds.PAINT, MapIds.FRAMES, MapIds.FRAMES_WANTED, MapIds.AREA, MapIds.AREA_WANTED)
    return html.Div(
        [
            *(dcc.Store(id=store) for store in stores),
            html.Div(
                [
                    html.Div(_leaflet(basemap_url), className="area-map-frame"),
                    html.Div(id=MapIds.SWITCHES, className="map-switches"),
                    html.Aside(id=MapIds.LEGEND, className="map-legend", title=texts("map.legend")),
                ],
                className="map-stage",
            ),
            html.Div(id=MapIds.TIMELINE, className="map-timeline"),
        ],
        className="city-map",
    )


def _leaflet(basemap_url: str | None) -> Any:
    """Zoom in any step, so that a place fills the frame; no tiles, no attribution, no keyboard but ours."""
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    return dl.MapContainer(
        tiles,
        id=MapIds.MAP,
        className="area-map",
        center={"lat": 0, "lng": 0},
        zoom=3,
        zoomSnap=0,
        zoomDelta=STEP,
        wheelPxPerZoomLevel=PIXELS_PER_ZOOM,
        minZoom=1,
        maxZoom=20,
        attributionControl=False,
        zoomControl=False,
        doubleClickZoom=False,
        fadeAnimation=False,
        keyboard=False,
        worldCopyJump=False,
    )
