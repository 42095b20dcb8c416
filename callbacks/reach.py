"""The reach view: what is within so many minutes of which facilities, who is not, and what one more would change."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks import reach_map, reach_panels
from callbacks.boundaries import kept_boundaries
from callbacks.finished import SUBJECT
from callbacks.following import now
from callbacks.points import kept_points
from callbacks.reach_data import kept_reach
from callbacks.reach_scene import ReachScene
from callbacks.scene import Scene, scene
from callbacks.together import Part, draw_together, panel_part
from data_access.store import IndicatorStore
from layouts.ids import ReachIds

NOW = now("reach")
DEPENDS = (*SUBJECT, "level", "partition", "reach", "theme", "density")
_PANELS: dict[ReachIds, Callable[[ReachScene], Any]] = {
    ReachIds.CONTROLS: reach_panels.controls_panel,
    ReachIds.SUMMARY: reach_panels.summary_panel,
    ReachIds.TABLE_TITLE: reach_panels.table_title,
    ReachIds.TABLE: reach_panels.table_panel,
    ReachIds.MAP_TITLE: reach_map.map_title,
    ReachIds.LEGEND: reach_map.legend_of,
    ReachIds.LEVELS: reach_map.levels,
}


def register(app: Dash, store: IndicatorStore) -> None:
    bundles, points = kept_boundaries(app.server, store), kept_points(app.server, store)
    data = kept_reach(app.server, store)

    def asked(at: Scene) -> ReachScene:
        return ReachScene(at, data, bundles)

    draw_together(app, store, "reach", [_part(asked, panel, draw) for panel, draw in _PANELS.items()])

    @app.callback(Output(ReachIds.PAINT, "data"), *NOW)
    def paint_areas(selection: object, _fresh: object) -> dict[str, Any]:
        return reach_map.paint(asked(scene(selection, store)), app.get_relative_path("/"))  # type: ignore[no-untyped-call]

    @app.callback(Output(ReachIds.SHAPES, "data"), *NOW)
    def send_shapes(selection: object, _fresh: object) -> dict[str, Any]:
        at = asked(scene(selection, store))
        return reach_map.shapes(at, points, app.get_relative_path("/"))  # type: ignore[no-untyped-call]

    for function, source in (("paint", ReachIds.PAINT), ("shapes", ReachIds.SHAPES)):
        app.clientside_callback(ClientsideFunction("reach", function), Input(source, "data"))  # type: ignore[no-untyped-call]


def _part(asked: Callable[[Scene], ReachScene], panel: str, draw: Callable[[ReachScene], Any]) -> Part:
    return panel_part(panel, DEPENDS, lambda at: draw(asked(at)))
