"""Renewal projects: status at the left, map and list in the middle, money, chain and suggestions at the right."""

from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from layouts.components.tabs import tabs
from layouts.ids import ProjectIds
from layouts.texts import Texts

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/projects.py."""
    stores = (ProjectIds.PAINT, ProjectIds.POINTS)
    return html.Div(
        [
            *(dcc.Store(id=store) for store in stores),
            html.Section(id=ProjectIds.STATUS, className="panel at-status in-progressing"),
            html.Section(id=ProjectIds.STAGES, className="panel at-stages in-progressing"),
            html.Section(id=ProjectIds.ANNUAL, className="panel at-annual in-money"),
            _map(basemap_url),
            _list(),
            tabs(texts, ("progressing", "money", "linking")),
            _chart(ProjectIds.CURVE_TITLE, ProjectIds.CURVE, "at-curve in-money"),
            html.Section(id=ProjectIds.FUNDING, className="panel at-funding in-money"),
            _chart(ProjectIds.CHAIN_TITLE, ProjectIds.CHAIN, "at-chain in-linking"),
            html.Section(id=ProjectIds.SUGGESTIONS, className="panel at-suggestions in-linking"),
        ],
        className="projects-view",
        **{"data-tab": "progressing"},
    )


def _chart(title_id: str, graph_id: str, class_name: str) -> html.Section:
    graph = dcc.Graph(id=graph_id, config=_CONFIG, className="trend__graph", responsive=True)
    return html.Section(
        [html.Div(id=title_id), html.Div(graph, className="panel__body trend")], className=f"panel {class_name}"
    )


def _map(basemap_url: str | None) -> html.Section:
    tiles = [dl.TileLayer(url=basemap_url, opacity=0.6)] if basemap_url else []
    leaflet = dl.MapContainer(
        tiles, id=ProjectIds.MAP, className="area-map", center={"lat": 0, "lng": 0}, zoom=3, zoomSnap=0, zoomDelta=0.5,
        wheelPxPerZoomLevel=110, minZoom=1, maxZoom=20, attributionControl=False, zoomControl=False,
        doubleClickZoom=False, fadeAnimation=False, keyboard=False, worldCopyJump=False,
    )  # fmt: skip
    stage: list[Any] = [
        html.Div(leaflet, className="area-map-frame"),
        html.Aside(id=ProjectIds.LEGEND, className="map-legend"),
        html.Div(id=ProjectIds.CARD, className="card-place"),
    ]
    return html.Section(
        [html.Div(id=ProjectIds.MAP_TITLE), html.Div(stage, className="panel__body map-stage")],
        className="panel at-map",
    )


def _list() -> html.Section:
    return html.Section(
        [
            html.Div(html.Div(id=ProjectIds.FACETS, className="facet-bar"), className="ledger__tools"),
            html.Div(id=ProjectIds.LIST, className="panel__body"),
        ],
        className="panel at-list",
    )
