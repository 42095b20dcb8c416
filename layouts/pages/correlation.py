"""Correlation view: which indicators go together, one pair as a scatter, what it means, and where on the map."""

from dash import dcc, html

from layouts.ids import CorrelationIds
from layouts.texts import Texts

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/correlation*.py; brushing links scatter and map in the browser."""
    return html.Div(
        [
            _chart(CorrelationIds.MATRIX_HEAD, CorrelationIds.MATRIX_DATA, CorrelationIds.MATRIX, "at-matrix"),
            _chart(CorrelationIds.SCATTER_HEAD, CorrelationIds.SCATTER_DATA, CorrelationIds.SCATTER, "at-scatter"),
            html.Section(id=CorrelationIds.FINDINGS, className="panel at-findings"),
            html.Section(
                [
                    html.Div(id=CorrelationIds.MAP_HEAD),
                    dcc.Store(id=CorrelationIds.MAP_DATA),
                    html.Div(
                        [
                            html.Div(
                                html.Canvas(className="linked-map__canvas", role="img", tabIndex="0"),
                                className="linked-map",
                                title=texts("correlation.brush_hint"),
                            ),
                            html.Div(id=CorrelationIds.MAP_LEGEND, className="linked-map__legend"),
                        ],
                        className="panel__body",
                    ),
                ],
                className="panel at-linked-map",
            ),
        ],
        className="correlation-view",
    )


def _chart(head: str, data: str, graph: str, place: str) -> html.Section:
    chart = dcc.Graph(id=graph, config=_CONFIG, className="trend__graph", responsive=True)
    body = html.Div([dcc.Store(id=data), chart], className="panel__body trend")
    return html.Section([html.Div(id=head), body], className=f"panel {place}")
