"""The benchmark view's panels."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Output

from callbacks.benchmark_areas import areas_panel
from callbacks.benchmark_peers import peers_panel
from callbacks.benchmark_progress import tally_panel
from callbacks.benchmark_table import table_panel
from callbacks.finished import CHART, finished
from callbacks.following import now
from callbacks.scene import Scene, scene
from callbacks.scoring import current_scoring
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import BenchmarkIds

NOW = now("benchmark")
_DEPENDS_ON = (*CHART, "show", "partition")

PANELS: tuple[tuple[BenchmarkIds, Callable[[Scene], Any]], ...] = (
    (BenchmarkIds.STANDINGS, table_panel),
    (BenchmarkIds.PEERS, peers_panel),
    (BenchmarkIds.AREAS, areas_panel),
    (BenchmarkIds.TALLY, tally_panel),
)


def register(app: Dash, store: IndicatorStore) -> None:
    for panel, draw in PANELS:
        _register_panel(app, store, panel, draw)


def _register_panel(app: Dash, store: IndicatorStore, panel: BenchmarkIds, draw: Callable[[Scene], Any]) -> None:
    @app.callback(Output(panel, "data-markup"), *NOW)
    def draw_panel(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return finished(at, panel, _DEPENDS_ON, lambda: markup(draw(at)), current_scoring())
