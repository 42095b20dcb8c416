"""The benchmark view's panels."""

from typing import Any

from dash import Dash, Input, Output

from callbacks import benchmark_areas, benchmark_table
from callbacks.scene import scene
from data_access.store import IndicatorStore
from layouts.ids import BenchmarkIds, ShellIds

NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))


def register(app: Dash, store: IndicatorStore) -> None:
    @app.callback(Output(BenchmarkIds.HEAD, "children"), Output(BenchmarkIds.TABLE, "children"), *NOW)
    def draw_table(selection: object, _fresh: object) -> tuple[Any, Any]:
        return benchmark_table.table_panel(scene(selection, store))

    @app.callback(Output(BenchmarkIds.PEERS, "children"), *NOW)
    def draw_peers(selection: object, _fresh: object) -> Any:
        return benchmark_table.peers_panel(scene(selection, store))

    @app.callback(Output(BenchmarkIds.TALLY, "children"), *NOW)
    def draw_tally(selection: object, _fresh: object) -> Any:
        return benchmark_table.tally_panel(scene(selection, store))

    @app.callback(Output(BenchmarkIds.AREAS, "children"), *NOW)
    def draw_areas(selection: object, _fresh: object) -> Any:
        return benchmark_areas.areas_panel(scene(selection, store))
