"""The overview's panels: health at the left, comparison at the right; the map has its own callbacks."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output

from callbacks import overview_agenda, overview_comparison, overview_health, overview_key
from callbacks.finished import AREAS_BELOW, CHART, MOMENT, PLACE, SUBJECT, finished, finished_markup
from callbacks.scene import Scene, scene, text_px
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import OverviewIds, ShellIds

MARKUP = "data-markup"
NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))
"""What every panel follows: the selection, and the arrival of new data."""

PANELS: tuple[tuple[OverviewIds, tuple[str, ...], Callable[[Scene], Any]], ...] = (
    (OverviewIds.HEADLINES, MOMENT, overview_health.headline_strip),
    (OverviewIds.CONCLUSION, MOMENT, overview_health.conclusion_panel),
    (OverviewIds.KEY_INDICATORS, SUBJECT, overview_key.key_panel),
    (OverviewIds.MAP_TITLE, SUBJECT, overview_comparison.map_title),
    (OverviewIds.PROJECTS, PLACE, overview_agenda.projects_panel),
    (OverviewIds.PROBLEMS, PLACE, overview_agenda.problems_panel),
)
CHARTS: tuple[tuple[OverviewIds, OverviewIds, Callable[[Scene, int], Any]], ...] = (
    (OverviewIds.TREND_TITLE, OverviewIds.TREND, overview_comparison.trend_panel),
    (OverviewIds.ATTAINMENT_TITLE, OverviewIds.ATTAINMENT, overview_comparison.attainment_panel),
)


def register(app: Dash, store: IndicatorStore) -> None:
    for panel, depends_on, draw in PANELS:
        _register_panel(app, store, panel, depends_on, draw)
    for title, graph, draw_chart in CHARTS:
        _register_chart(app, store, title, graph, draw_chart)

    @app.callback(Output(OverviewIds.RANKING, MARKUP), Output(OverviewIds.RANKING, "style"), *NOW)
    def draw_ranking(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return finished(at, OverviewIds.RANKING, AREAS_BELOW, lambda: _ranking(at))


def _register_panel(
    app: Dash, store: IndicatorStore, panel: OverviewIds, depends_on: tuple[str, ...], draw: Callable[[Scene], Any]
) -> None:
    @app.callback(Output(panel, MARKUP), *NOW)
    def draw_panel(selection: object, _fresh: object) -> str:
        return finished_markup(scene(selection, store), panel, depends_on, draw)


def _register_chart(
    app: Dash, store: IndicatorStore, title: OverviewIds, graph: OverviewIds, draw: Callable[[Scene, int], Any]
) -> None:
    @app.callback(Output(title, MARKUP), Output(graph, "figure"), *NOW, Input(ShellIds.SCREEN, "data"))
    def draw_chart(selection: object, _fresh: object, screen: object) -> Any:
        at, size = scene(selection, store), text_px(screen)
        return finished(at, graph, CHART, lambda: _chart(draw(at, size)), size)


def _ranking(at: Scene) -> tuple[str, dict[str, int]]:
    children, rows = overview_comparison.ranking_panel(at)
    return markup(children), {"--rows": rows}


def _chart(drawn: tuple[Any, Any]) -> tuple[str, Any]:
    title, figure = drawn
    return markup(title), figure
