"""The stage of the view: two maps that move together, a divider between them, and the place of the 3D view."""

from typing import Any

import dash_leaflet as dl
from dash import html

from layouts.ids import SceneIds
from layouts.texts import Texts


def stage(texts: Texts, basemap_url: str | None) -> html.Div:
    """assets/js/compare_map.js fills the maps, assets/js/solid_map.js the 3D view when it is first wanted."""
    divider = html.Div(
        [html.Div(className="compare-line"), html.Div(id="compare-divider", **{"data-label": texts("scene.divider")})],
        className="compare-divider",
    )
    return html.Div(
        [
            _side("left", texts, basemap_url, SceneIds.LEFT_TITLE, SceneIds.LEFT_LEGEND),
            _side("right", texts, basemap_url, SceneIds.RIGHT_TITLE, SceneIds.RIGHT_LEGEND),
            divider,
            html.Div(
                [
                    html.Div(id="solid-map", className="solid-map"),
                    html.Div(id="solid-said", className="solid-said"),
                    html.Div(id=SceneIds.SERVICES, className="solid-services"),
                ],
                className="solid-stage",
            ),
        ],
        id="compare-stage",
        className="panel__body compare-stage",
        **{"data-mode": "swipe"},
    )


def _side(name: str, texts: Texts, basemap_url: str | None, title: str, legend: str) -> html.Div:
    return html.Div(
        [
            html.Div(_leaflet(f"compare-{name}", basemap_url), className="area-map-frame"),
            html.Div(id=title, className=f"compare-title compare-title--{name}"),
            html.Aside(id=legend, className=f"map-legend compare-legend--{name}", title=texts("map.legend")),
        ],
        className=f"compare-side compare-side--{name}",
    )


def _leaflet(identity: str, basemap_url: str | None) -> Any:
    """Without animated zooms, in which two maps could not keep together."""
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    return dl.MapContainer(
        tiles, id=identity, className="compare-map", center={"lat": 0, "lng": 0}, zoom=3, zoomSnap=0, zoomDelta=0.5,
        wheelPxPerZoomLevel=110, minZoom=1, maxZoom=20, attributionControl=False, zoomControl=False,
        doubleClickZoom=False, fadeAnimation=False, zoomAnimation=False, keyboard=True, worldCopyJump=False,
    )  # fmt: skip
