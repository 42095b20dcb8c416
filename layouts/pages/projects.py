"""Renewal projects: status at the left, map and list in the middle, money, chain and suggestions at the right."""

from dash import dcc, html

from layouts.components.tabs import tabs
from layouts.ids import ProjectIds
from layouts.texts import Texts
from layouts.work.map_stage import map_stage

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
            map_stage(ProjectIds, basemap_url),
            _list(),
            tabs(texts, ("progressing", "money", "linking")),
            _chart(ProjectIds.CURVE_TITLE, ProjectIds.CURVE, "at-curve in-money"),
            html.Section(id=ProjectIds.FUNDING, className="panel at-funding in-money"),
            _chart(ProjectIds.CHAIN_TITLE, ProjectIds.CHAIN, "at-chain in-linking"),
            html.Section(id=ProjectIds.SUGGESTIONS, className="panel at-suggestions in-linking"),
        ],
        className="work-view projects-view",
        **{"data-tab": "progressing"},
    )


def _chart(title_id: str, graph_id: str, class_name: str) -> html.Section:
    graph = dcc.Graph(id=graph_id, config=_CONFIG, className="trend__graph", responsive=True)
    return html.Section(
        [html.Div(id=title_id), html.Div(graph, className="panel__body trend")], className=f"panel {class_name}"
    )


def _list() -> html.Section:
    return html.Section(
        [
            html.Div(html.Div(id=ProjectIds.FACETS, className="facet-bar"), className="ledger__tools"),
            html.Div(id=ProjectIds.LIST, className="panel__body"),
        ],
        className="panel at-list",
    )
