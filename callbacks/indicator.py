"""The indicator view's panels: catalogue, story, trend, multiples, spread and card of the selected indicator."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks import indicator_card, indicator_spread, indicator_trend
from callbacks.opinions import opinions_panel
from callbacks.scene import scene
from callbacks.viewer import current_viewer
from data_access.questions import CatalogueQuestion
from data_access.store import IndicatorStore
from layouts.components.catalogue_tree import catalogue_tree
from layouts.components.markup import markup
from layouts.ids import IndicatorIds, ShellIds
from layouts.texts import texts

NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))


def register(app: Dash, store: IndicatorStore) -> None:
    @app.callback(Output(IndicatorIds.CATALOGUE, "children"), Input(ShellIds.FRAME, "data"))
    def draw_catalogue(frame: object) -> Any:
        words = texts(str(frame.get("lang")) if isinstance(frame, dict) else "")
        asked = CatalogueQuestion(viewer=current_viewer())
        return catalogue_tree(words, store.systems(asked), store.dimensions(asked), store.indicators(asked))

    @app.callback(Output(IndicatorIds.STORY, "children"), *NOW)
    def draw_story(selection: object, _fresh: object) -> Any:
        return indicator_trend.story_panel(scene(selection, store))

    @app.callback(Output(IndicatorIds.TREND_HEAD, "children"), Output(IndicatorIds.TREND_DATA, "data"), *NOW)
    def draw_trend(selection: object, _fresh: object) -> tuple[Any, Any]:
        return indicator_trend.trend_panel(scene(selection, store))

    @app.callback(Output(IndicatorIds.MULTIPLES, "children"), *NOW)
    def draw_multiples(selection: object, _fresh: object) -> Any:
        return indicator_trend.multiples_panel(scene(selection, store))

    @app.callback(
        Output(IndicatorIds.SPREAD_HEAD, "children"),
        Output(IndicatorIds.SPREAD_DATA, "data"),
        Output(IndicatorIds.INEQUALITY, "children"),
        *NOW,
    )
    def draw_spread(selection: object, _fresh: object) -> tuple[Any, Any, Any]:
        return indicator_spread.spread_panel(scene(selection, store))

    @app.callback(Output(IndicatorIds.CARD, "children"), *NOW)
    def draw_card(selection: object, _fresh: object) -> Any:
        return indicator_card.card_panel(scene(selection, store))

    @app.callback(Output(IndicatorIds.OPINIONS, "data-markup"), *NOW, Input(IndicatorIds.OPINION_SENT, "data"))
    def draw_opinions(selection: object, _fresh: object, _sent: object) -> str:
        return markup(opinions_panel(scene(selection, store)))

    _register_clientside(app)


def _register_clientside(app: Dash) -> None:
    for data, graph in (
        (IndicatorIds.TREND_DATA, IndicatorIds.TREND),
        (IndicatorIds.SPREAD_DATA, IndicatorIds.SPREAD),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("figures", "fit"), Output(graph, "figure"), Input(data, "data")
        )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("catalogue", "filter"), Input(IndicatorIds.FILTER, "value"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("catalogue", "mark"),
        Input(ShellIds.SELECTION, "data"),
        Input(IndicatorIds.CATALOGUE, "children", allow_optional=True),
    )
