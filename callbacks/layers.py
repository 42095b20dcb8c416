"""The layer view: what lies over the indicators, its sheet and its features."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import layers_map, layers_sheet, layers_specs
from callbacks.boundaries import kept_boundaries
from callbacks.following import now
from callbacks.layer_sources import kept_layers
from callbacks.layers_scene import LayersScene
from callbacks.scene import scene
from data_access.errors import InvalidQuestion
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import LayerIds, ShellIds

MARKUP = "data-markup"
NOW = now("layers")
_LONGEST_TEXT = 60


def register(app: Dash, store: IndicatorStore) -> None:
    layers, bundles = kept_layers(app.server), kept_boundaries(app.server, store)

    def at(selection: object) -> LayersScene:
        return LayersScene(scene(selection, store), layers)

    @app.callback(Output(LayerIds.SPECS, "data"), *NOW)
    def send_specs(selection: object, _fresh: object) -> dict[str, Any]:
        return layers_specs.specs(at(selection), str(app.config.requests_pathname_prefix))

    @app.callback(
        Output(LayerIds.PAINT, "data"),
        Output(LayerIds.LEGEND, "children"),
        Output(LayerIds.SWITCHES, "children"),
        Output(LayerIds.MAP_TITLE, MARKUP),
        *NOW,
    )
    def paint_map(selection: object, _fresh: object) -> tuple[Any, ...]:
        return layers_map.painted(at(selection), bundles, str(app.config.requests_pathname_prefix))

    @app.callback(Output(LayerIds.SHEET, MARKUP), *NOW)
    def draw_sheet(selection: object, _fresh: object) -> str:
        return markup(layers_sheet.sheet_panel(at(selection)))

    @app.callback(Output(LayerIds.TABLE, "columnDefs"), Output(LayerIds.TABLE_TITLE, MARKUP), *NOW)
    def head_table(selection: object, _fresh: object) -> tuple[Any, str]:
        columns, title = layers_sheet.table_head(at(selection))
        return columns, markup(title)

    @app.callback(
        Output(LayerIds.TABLE, "getRowsResponse"),
        Input(LayerIds.TABLE, "getRowsRequest"),
        State(ShellIds.SELECTION, "data"),
        State(LayerIds.TABLE_FILTER, "value"),
        prevent_initial_call=True,
    )
    def send_rows(wanted: object, selection: object, text: object) -> dict[str, Any]:
        if wanted is None:
            raise PreventUpdate
        if not isinstance(text, str | None) or len(text or "") > _LONGEST_TEXT:
            raise InvalidQuestion("a filter is a short text")
        return layers_sheet.rows(at(selection), wanted, (text or "").strip())

    _register_clientside(app)


def _register_clientside(app: Dash) -> None:
    for function, inputs in (
        ("show", [Input(LayerIds.SPECS, "data")]),
        ("paint", [Input(LayerIds.PAINT, "data")]),
        ("refresh", [Input(LayerIds.TABLE_FILTER, "value"), Input(LayerIds.TABLE, "columnDefs")]),
        ("open", [Input(LayerIds.TABLE, "cellClicked")]),
    ):
        app.clientside_callback(ClientsideFunction("layers", function), *inputs, prevent_initial_call=True)  # type: ignore[no-untyped-call]
