"""The map of a view of work: title, ground, legend, and the place of the card."""

import dash_leaflet as dl
from dash import html

from layouts.ids import ProblemIds, ProjectIds


def map_stage(ids: type[ProblemIds] | type[ProjectIds], basemap_url: str | None) -> html.Section:
    """What is painted on it comes from callbacks; assets/js/area_map.js handles pointer and keys."""
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    leaflet = dl.MapContainer(
        tiles, id=ids.MAP, className="area-map", center={"lat": 0, "lng": 0}, zoom=3, zoomSnap=0, zoomDelta=0.5,
        wheelPxPerZoomLevel=110, minZoom=1, maxZoom=20, attributionControl=False, zoomControl=False,
        doubleClickZoom=False, fadeAnimation=False, keyboard=False, worldCopyJump=False,
    )  # fmt: skip
    stage = [
        html.Div(leaflet, className="area-map-frame"),
        html.Aside(id=ids.LEGEND, className="map-legend"),
        html.Div(id=ids.CARD, className="card-place"),
    ]
    return html.Section(
        [html.Div(id=ids.MAP_TITLE), html.Div(stage, className="panel__body map-stage")], className="panel at-map"
    )
