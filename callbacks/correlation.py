"""The correlation view's panels; clicks in the matrix and brushing are linked in the browser."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks import correlation_panels
from callbacks.boundaries import kept_boundaries
from callbacks.correlation_data import Pairing
from callbacks.scene import scene
from data_access.store import IndicatorStore
from layouts.ids import CorrelationIds, ShellIds

NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)

    @app.callback(Output(CorrelationIds.MATRIX_HEAD, "children"), Output(CorrelationIds.MATRIX_DATA, "data"), *NOW)
    def draw_matrix(selection: object, _fresh: object) -> tuple[Any, Any]:
        return correlation_panels.matrix_panel(Pairing(scene(selection, store)))

    @app.callback(Output(CorrelationIds.SCATTER_HEAD, "children"), Output(CorrelationIds.SCATTER_DATA, "data"), *NOW)
    def draw_scatter(selection: object, _fresh: object) -> tuple[Any, Any]:
        return correlation_panels.scatter_panel(Pairing(scene(selection, store)))

    @app.callback(Output(CorrelationIds.FINDINGS, "children"), *NOW)
    def draw_findings(selection: object, _fresh: object) -> Any:
        return correlation_panels.findings_panel(Pairing(scene(selection, store)))

    @app.callback(
        Output(CorrelationIds.MAP_HEAD, "children"),
        Output(CorrelationIds.MAP_DATA, "data"),
        Output(CorrelationIds.MAP_LEGEND, "children"),
        *NOW,
    )
    def draw_map(selection: object, _fresh: object) -> tuple[Any, Any, Any]:
        address = str(app.config.requests_pathname_prefix)
        return correlation_panels.map_panel(Pairing(scene(selection, store)), bundles, address)

    _register_clientside(app)


def _register_clientside(app: Dash) -> None:
    for data, graph in (
        (CorrelationIds.MATRIX_DATA, CorrelationIds.MATRIX),
        (CorrelationIds.SCATTER_DATA, CorrelationIds.SCATTER),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("figures", "fit"), Output(graph, "figure"), Input(data, "data")
        )
    for function, source in (
        ("paint", Input(CorrelationIds.MAP_DATA, "data")),
        ("pair", Input(CorrelationIds.MATRIX, "clickData")),
        ("brush", Input(CorrelationIds.SCATTER, "selectedData")),
    ):
        app.clientside_callback(ClientsideFunction("linkedMap", function), source)  # type: ignore[no-untyped-call]
