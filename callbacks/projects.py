"""The project view: one map and one list with its Gantt, what they cost and whether they help."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks import project_card, project_flow, project_links, project_map, project_panels
from callbacks.boundaries import kept_boundaries
from callbacks.finished import PLACE, finished, finished_markup
from callbacks.project_scene import project_scene
from callbacks.scene import text_px
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import ProjectIds, ShellIds

MARKUP = "data-markup"
LISTED = (*PLACE, "filter", "theme", "show")
"""What the panels show depends on these fields of the selection, and on the day."""
NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))
_PANELS = {
    ProjectIds.STATUS: project_panels.status_panel,
    ProjectIds.STAGES: project_flow.stages_panel,
    ProjectIds.ANNUAL: project_panels.annual_panel,
    ProjectIds.FUNDING: project_panels.funding_panel,
    ProjectIds.LIST: project_panels.list_panel,
    ProjectIds.FACETS: project_panels.facets_bar,
    ProjectIds.MAP_TITLE: project_map.map_title,
    ProjectIds.SUGGESTIONS: project_links.links_panel,
}
_CHARTS = (
    (ProjectIds.CURVE_TITLE, ProjectIds.CURVE, project_panels.curve_panel),
    (ProjectIds.CHAIN_TITLE, ProjectIds.CHAIN, project_links.chain_panel),
)


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)
    for panel_id, draw in _PANELS.items():
        _register_panel(app, store, panel_id, draw)

    @app.callback(Output(ProjectIds.PAINT, "data"), Output(ProjectIds.LEGEND, "children"), *NOW)
    def paint_map(selection: object, _fresh: object) -> tuple[Any, Any]:
        at = project_scene(selection, store)
        address = app.get_relative_path("/")  # type: ignore[no-untyped-call]
        return project_map.paint(at, project_map.project_view(at, bundles), address)

    @app.callback(Output(ProjectIds.POINTS, "data"), *NOW)
    def send_points(selection: object, _fresh: object) -> dict[str, Any]:
        return project_map.points(project_scene(selection, store))

    @app.callback(Output(ProjectIds.CARD, "children"), *NOW)
    def show_card(selection: object, _fresh: object) -> Any:
        return project_card.card(project_scene(selection, store))

    for title, graph, draw_chart in _CHARTS:
        _register_chart(app, store, title, graph, draw_chart)

    for function, inputs in (
        ("paint", [Input(ProjectIds.PAINT, "data")]),
        ("projects", [Input(ProjectIds.POINTS, "data")]),
        ("band", [Input(ProjectIds.CHAIN, "clickData"), State(ProjectIds.CHAIN, "figure")]),
    ):
        app.clientside_callback(ClientsideFunction("problems", function), *inputs, prevent_initial_call=True)  # type: ignore[no-untyped-call]


def _register_chart(app: Dash, store: IndicatorStore, title: str, graph: str, draw: Callable[[Any, int], Any]) -> None:
    @app.callback(Output(title, MARKUP), Output(graph, "figure"), *NOW, Input(ShellIds.SCREEN, "data"))
    def draw_chart(selection: object, _fresh: object, screen: object) -> Any:
        at, size = project_scene(selection, store), text_px(screen)
        return finished(at.at, graph, LISTED, lambda: _chart(*draw(at, size)), size)


def _chart(title: Any, figure: go.Figure) -> tuple[str, go.Figure]:
    return markup(title), figure


def _register_panel(app: Dash, store: IndicatorStore, panel_id: str, draw: Callable[[Any], Any]) -> None:
    @app.callback(Output(panel_id, MARKUP), *NOW)
    def draw_panel(selection: object, _fresh: object) -> str:
        at = project_scene(selection, store)
        return finished_markup(at.at, panel_id, LISTED, lambda _: draw(at))
