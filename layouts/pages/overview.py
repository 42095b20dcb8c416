"""The overview: the city's health at the left, the map in the middle, comparison and the work at the right."""

from dash import dcc, html

from layouts.components.tabs import tabs
from layouts.ids import OverviewIds
from layouts.map import city_map
from layouts.texts import Texts

NOT_YET = {
    "data": [],
    "layout": {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    },
}
"""A chart before its first figure: nothing, rather than a white sheet."""
CHART_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/overview*.py, the map's from callbacks/map.py."""
    return html.Div(
        [
            html.Section(id=OverviewIds.HEADLINES, className="panel at-headlines"),
            html.Section(
                [html.Div(id=OverviewIds.MAP_TITLE), html.Div(city_map(texts, basemap_url), className="panel__body")],
                className="panel at-map",
            ),
            tabs(texts, ("health", "compare", "todo")),
            html.Div(
                [
                    html.Section(id=OverviewIds.CONCLUSION, className="panel at-conclusion"),
                    html.Section(id=OverviewIds.KEY_INDICATORS, className="panel at-key"),
                    _chart(OverviewIds.TREND_TITLE, OverviewIds.TREND, "at-trend"),
                ],
                className="column column--left in-health",
            ),
            html.Div([_compare(), _todo()], className="column column--right"),
        ],
        className="overview",
        **{"data-tab": "health"},
    )


def _compare() -> html.Div:
    return html.Div(
        [
            html.Section(id=OverviewIds.RANKING, className="panel at-ranking"),
            _chart(OverviewIds.ATTAINMENT_TITLE, OverviewIds.ATTAINMENT, "at-attainment"),
        ],
        className="pair pair--compare in-compare",
    )


def _todo() -> html.Div:
    return html.Div(
        [
            _work(),
            html.Section(id=OverviewIds.PROJECTS, className="panel at-projects"),
            html.Section(id=OverviewIds.PROBLEMS, className="panel at-problems"),
        ],
        className="pair pair--todo in-todo",
    )


def _work() -> html.Section:
    """Where the projects stand, beside what was and was to be invested."""
    parts = [
        html.Div(id=OverviewIds.STAGES, className="work__stages"),
        html.Div(_graph(OverviewIds.INVESTMENT), className="work__curve"),
    ]
    body = html.Div(parts, className="panel__body work")
    return html.Section([html.Div(id=OverviewIds.WORK_TITLE), body], className="panel at-work")


def _chart(title: OverviewIds, graph: OverviewIds, place: str) -> html.Section:
    body = html.Div(_graph(graph), className="panel__body trend")
    return html.Section([html.Div(id=title), body], className=f"panel {place}")


def _graph(graph: OverviewIds) -> dcc.Graph:
    return dcc.Graph(id=graph, config=CHART_CONFIG, className="trend__graph", responsive=True, figure=NOT_YET)
