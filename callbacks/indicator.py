"""The indicator view's panels: catalogue, story, trend, multiples, spread and card of the selected indicator."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks import indicator_card, indicator_spread, indicator_trend
from callbacks.finished import CHART, SUBJECT, finished
from callbacks.following import now
from callbacks.indicator_catalogue import finished_catalogue
from callbacks.opinions import opinions_panel
from callbacks.scene import Scene, scene
from callbacks.together import MARKUP, Part, draw_together, panel_part
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import IndicatorIds, ShellIds, selection_of

_SHOWN = ("show", "partition")
"""What the viewer adds to the drawing, and which tiling's areas are compared."""


def register(app: Dash, store: IndicatorStore) -> None:
    @app.callback(Output(IndicatorIds.CATALOGUE, MARKUP), Input(ShellIds.FRAME, "data"), Input(ShellIds.FRESH, "data"))
    def draw_catalogue(frame: object, _fresh: object) -> str:
        return finished_catalogue(store, str(frame.get("lang")) if isinstance(frame, dict) else "")

    draw_together(app, store, "indicator", middle())
    draw_together(app, store, "indicator", evidence())

    @app.callback(
        Output(IndicatorIds.OPINIONS, MARKUP),
        *now("indicator"),
        Input(IndicatorIds.OPINION_SENT, "data"),
    )
    def draw_opinions(selection: object, _fresh: object, _sent: object) -> str:
        return markup(opinions_panel(scene(selection, store)))

    _register_clientside(app)


def middle() -> list[Part]:
    """What happened."""
    return [
        panel_part(IndicatorIds.STORY, (*SUBJECT, *_SHOWN), indicator_trend.story_panel),
        _chart(IndicatorIds.TREND_HEAD, IndicatorIds.TREND_DATA, (), indicator_trend.trend_panel),
        panel_part(IndicatorIds.MULTIPLES, (*CHART, *_SHOWN), indicator_trend.multiples_panel),
    ]


def evidence() -> list[Part]:
    """What it means and rests on."""
    return [
        _chart(
            IndicatorIds.SPREAD_HEAD,
            IndicatorIds.SPREAD_DATA,
            (IndicatorIds.INEQUALITY,),
            indicator_spread.spread_panel,
        ),
        panel_part(IndicatorIds.CARD, SUBJECT, indicator_card.card_panel),
    ]


def _chart(head: str, data: str, below: tuple[str, ...], draw: Callable[[Scene], Any]) -> Part:
    """A head of markup, a figure that assets/js/figures.js fits to the screen, and markup below it."""

    def drawn(at: Scene) -> list[Any]:
        above, figure, *rest = draw(at)
        return [markup(above), figure, *(markup(one) for one in rest)]

    outputs = (Output(head, MARKUP), Output(data, "data"), *(Output(one, MARKUP) for one in below))
    return Part(outputs, lambda at, _size: finished(at, data, (*CHART, *_SHOWN), lambda: drawn(at)))


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
        Input(selection_of("indicator"), "data", allow_optional=True),
        Input(IndicatorIds.CATALOGUE, MARKUP, allow_optional=True),
    )
