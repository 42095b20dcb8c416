"""The project view: one map and one list with its Gantt, what they cost and whether they help."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks import project_card, project_flow, project_links, project_map, project_panels
from callbacks.boundaries import kept_boundaries
from callbacks.finished import PLACE
from callbacks.following import now
from callbacks.project_scene import ProjectScene, project_scene, projects_at
from callbacks.together import Part, chart_part, draw_together, panel_part
from callbacks.work_map import map_part
from data_access.geometry.bundles import BoundaryBundles
from data_access.store import IndicatorStore
from layouts.ids import ProjectIds

LISTED = (*PLACE, "filter", "theme", "show", "period")
"""What the panels show depends on these fields of the selection, and on the day."""
NOW = now("projects")
_BESIDE_THE_MAP = {
    ProjectIds.LIST: project_panels.list_panel,
    ProjectIds.FACETS: project_panels.facets_bar,
    ProjectIds.MAP_TITLE: project_map.map_title,
}
_PROGRESSING = {
    ProjectIds.STATUS: project_panels.status_panel,
    ProjectIds.STAGES: project_flow.stages_panel,
    ProjectIds.FUNDING: project_panels.funding_panel,
}


def register(app: Dash, store: IndicatorStore) -> None:
    for parts in drawn_parts(kept_boundaries(app.server, store), app.get_relative_path("/")):  # type: ignore[no-untyped-call]
        draw_together(app, store, "projects", parts)

    @app.callback(Output(ProjectIds.CARD, "children"), *NOW)
    def show_card(selection: object, _fresh: object) -> Any:
        return project_card.card(project_scene(selection, store))

    for function, inputs in (
        ("paint", [Input(ProjectIds.PAINT, "data")]),
        ("projects", [Input(ProjectIds.POINTS, "data")]),
        ("band", [Input(ProjectIds.CHAIN, "clickData"), State(ProjectIds.CHAIN, "figure")]),
    ):
        app.clientside_callback(ClientsideFunction("problems", function), *inputs, prevent_initial_call=True)  # type: ignore[no-untyped-call]


def drawn_parts(bundles: BoundaryBundles, address: str) -> list[list[Part]]:
    """Panels that one callback draws: the map, the list, how projects progress, their money, what they answer."""
    area_map = map_part(
        ProjectIds,
        LISTED,
        address,
        lambda at: project_map.paint(projects_at(at), bundles, address),
        lambda at: project_map.points(projects_at(at)),
    )
    curve = _chart(ProjectIds.CURVE_TITLE, ProjectIds.CURVE, project_panels.curve_panel)
    chain = _chart(ProjectIds.CHAIN_TITLE, ProjectIds.CHAIN, project_links.chain_panel)
    annual = _panel(ProjectIds.ANNUAL, project_panels.annual_panel)
    links = _panel(ProjectIds.SUGGESTIONS, project_links.links_panel)
    return [[area_map], _panels(_BESIDE_THE_MAP), _panels(_PROGRESSING), [annual, curve], [chain, links]]


def _panels(drawn: Mapping[ProjectIds, Callable[[ProjectScene], Any]]) -> list[Part]:
    return [_panel(panel, draw) for panel, draw in drawn.items()]


def _panel(panel: str, draw: Callable[[ProjectScene], Any]) -> Part:
    return panel_part(panel, LISTED, lambda at: draw(projects_at(at)))


def _chart(title: str, graph: str, draw: Callable[[ProjectScene, int], Any]) -> Part:
    return chart_part(title, graph, LISTED, lambda at, size: draw(projects_at(at), size))
