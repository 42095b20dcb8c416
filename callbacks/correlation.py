"""The correlation view's panels; clicks in the matrix and brushing are linked in the browser."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.boundaries import kept_boundaries
from callbacks.correlation_data import Pairing
from callbacks.correlation_options import Options
from callbacks.correlation_painting import map_panel
from callbacks.correlation_panels import findings_panel, matrix_panel, scatter_panel
from callbacks.correlation_strip import strip
from callbacks.finished import AREAS_BELOW, finished, finished_markup
from callbacks.following import now
from callbacks.scene import scene
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import CorrelationIds

MARKUP = "data-markup"
NOW = now("correlation")
SHOWN = (*AREAS_BELOW, "other", "show")
DRAWN = (*SHOWN, "compare", "theme")
_BUSY = (Output(CorrelationIds.MAP_BUSY, "hidden"), False, True)


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)

    @app.callback(Output(CorrelationIds.STRIP, MARKUP), Output(CorrelationIds.VIEW, "data-lens"), *NOW)
    def draw_strip(selection: object, _fresh: object) -> tuple[Any, Any]:
        at = scene(selection, store)
        drawn = finished_markup(at, CorrelationIds.STRIP, SHOWN, lambda at: strip(Pairing(at)))
        return drawn, Options(at.selection.shows).lens

    @app.callback(Output(CorrelationIds.FINDINGS, MARKUP), *NOW)
    def draw_findings(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return finished_markup(at, CorrelationIds.FINDINGS, DRAWN, lambda at: findings_panel(Pairing(at)))

    @app.callback(
        Output(CorrelationIds.MAP_HEAD, MARKUP),
        Output(CorrelationIds.MAP_DATA, "data"),
        Output(CorrelationIds.MAP_LEGEND, MARKUP),
        *NOW,
        running=[_BUSY],
    )
    def draw_map(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        address = str(app.config.requests_pathname_prefix)

        def draw() -> list[Any]:
            head, data, legend = map_panel(Pairing(at), bundles, address)
            return [markup(head), data, markup(legend)]

        return finished(at, CorrelationIds.MAP, DRAWN, draw, address)

    _register_chart(app, store, CorrelationIds.MATRIX_HEAD, CorrelationIds.MATRIX_DATA, matrix_panel)
    _register_chart(app, store, CorrelationIds.SCATTER_HEAD, CorrelationIds.SCATTER_DATA, scatter_panel)
    _register_clientside(app)


def _register_chart(
    app: Dash, store: IndicatorStore, head: str, data: str, draw: Callable[[Pairing], tuple[Any, Any]]
) -> None:
    @app.callback(Output(head, MARKUP), Output(data, "data"), *NOW)
    def draw_chart(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return finished(at, data, DRAWN, lambda: _chart(*draw(Pairing(at))))


def _chart(head: Any, figure: Any) -> list[Any]:
    return [markup(head), figure.to_plotly_json()]


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
        ("select", Input(CorrelationIds.SCATTER, "clickData")),
    ):
        app.clientside_callback(ClientsideFunction("linkedMap", function), source)  # type: ignore[no-untyped-call]
