"""Correlation view: which indicators go together, one pair as a scatter, what it means, and where on the map.

Two more lenses share its panels: where renewal is needed most, and what is measured against what residents feel.
"""

from typing import Any

from dash import dcc, html

from layouts.components.tabs import tabs
from layouts.ids import CorrelationIds
from layouts.texts import Texts

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
_TABS = ("scatter", "matrix")
"""On a small screen one of the two shows; the map and the findings stay."""
_SAID = "linked-map-said"
"""Where assets/js/linked_keys.js says which areas are chosen."""


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/correlation*.py; brushing links scatter and map in the browser."""
    return html.Div(
        [
            html.Section(id=CorrelationIds.STRIP, className="panel at-strip"),
            tabs(texts, _TABS),
            _chart(CorrelationIds.MATRIX_HEAD, CorrelationIds.MATRIX_DATA, CorrelationIds.MATRIX, "matrix"),
            _chart(CorrelationIds.SCATTER_HEAD, CorrelationIds.SCATTER_DATA, CorrelationIds.SCATTER, "scatter"),
            html.Section(id=CorrelationIds.FINDINGS, className="panel at-findings"),
            _map(texts),
        ],
        id=CorrelationIds.VIEW,
        className="correlation-view",
        **{"data-tab": _TABS[0], "data-lens": "pair"},
    )


def _map(texts: Texts) -> html.Section:
    canvas = html.Canvas(
        className="linked-map__canvas",
        role="application",
        tabIndex="0",
        **{"aria-label": texts("linked.map"), "aria-describedby": _SAID},
    )
    body = [
        html.Div(canvas, id=CorrelationIds.MAP, className="linked-map", title=texts("correlation.brush_hint")),
        html.P(id=_SAID, className="linked-map__said quiet", **{"aria-live": "polite"}),
        html.Div(id=CorrelationIds.MAP_LEGEND, className="linked-map__legend"),
        html.Div(_computing(texts), id=CorrelationIds.MAP_BUSY, className="computing", hidden=True),
    ]
    return html.Section(
        [
            html.Div(id=CorrelationIds.MAP_HEAD),
            dcc.Store(id=CorrelationIds.MAP_DATA),
            html.Div(body, className="panel__body"),
        ],
        className="panel at-linked-map",
    )


def _computing(texts: Texts) -> list[Any]:
    """assets/js/linked_progress.js asks how far it is and says so here."""
    bar = html.Div(className="computing__bar", role="progressbar", **{"aria-label": texts("correlation.computing")})
    words = [
        html.Span(texts(f"correlation.{step}"), className=f"computing__{step}") for step in ("computing", "drawing")
    ]
    return [*words, html.Span(className="computing__share digits"), bar]


def _chart(head: str, data: str, graph: str, tab: str) -> html.Section:
    chart = dcc.Graph(id=graph, config=_CONFIG, className="trend__graph", responsive=True)
    body = html.Div([dcc.Store(id=data), chart], className="panel__body trend")
    return html.Section([html.Div(id=head), body], className=f"panel at-{tab} in-{tab}")
