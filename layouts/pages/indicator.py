"""Indicator view: the catalogue at the left, what happened in the middle, what it means and rests on at the right."""

from dash import dcc, html

from layouts.components.catalogue_tree import catalogue_search
from layouts.components.opinions import opinion_form
from layouts.components.panel import panel_head
from layouts.figures.frame import empty_figure
from layouts.ids import IndicatorIds
from layouts.texts import Texts

CHART_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/indicator*.py."""
    return html.Div(
        [
            html.Section(
                [
                    panel_head(texts("catalogue.title")),
                    catalogue_search(texts),
                    html.Div(id=IndicatorIds.CATALOGUE, className="panel__body is-scrolling"),
                ],
                className="panel at-catalogue",
            ),
            html.Section(id=IndicatorIds.STORY, className="panel at-story"),
            _chart(IndicatorIds.TREND_HEAD, IndicatorIds.TREND_DATA, IndicatorIds.TREND, "at-long-trend"),
            html.Section(id=IndicatorIds.MULTIPLES, className="panel at-multiples"),
            html.Div(
                [_spread(), html.Section(id=IndicatorIds.CARD, className="panel at-card"), _opinions(texts)],
                className="at-evidence",
            ),
        ],
        className="indicator-view",
    )


def _spread() -> html.Section:
    return html.Section(
        [
            html.Div(id=IndicatorIds.SPREAD_HEAD),
            html.Div(_graph(IndicatorIds.SPREAD_DATA, IndicatorIds.SPREAD), className="panel__body trend"),
            html.Div(id=IndicatorIds.INEQUALITY, className="inequality"),
        ],
        className="panel at-spread",
    )


def _opinions(texts: Texts) -> html.Section:
    parts = [
        dcc.Store(id=IndicatorIds.OPINION_SENT),
        html.Div(id=IndicatorIds.OPINIONS, className="opinions-said"),
        opinion_form(texts),
    ]
    return html.Section(parts, className="panel at-opinions")


def _chart(head: str, data: str, graph: str, place: str) -> html.Section:
    return html.Section(
        [html.Div(id=head), html.Div(_graph(data, graph), className="panel__body trend")], className=f"panel {place}"
    )


def _graph(data: str, graph: str) -> list[object]:
    waiting = empty_figure("dark")  # without axes or ground, so that nothing flashes before the answer is there
    chart = dcc.Graph(id=graph, figure=waiting, config=CHART_CONFIG, className="trend__graph", responsive=True)
    return [dcc.Store(id=data), chart]
