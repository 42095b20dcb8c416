"""Problems and their solution: two tracks at the left, map and ledger in the middle, the look back at the right."""

from typing import Any

from dash import dcc, html

from layouts.components.tabs import tabs
from layouts.ids import ProblemIds
from layouts.texts import Texts
from layouts.work.ledger import ledger_grid
from layouts.work.map_stage import map_stage


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/problems.py."""
    stores = (ProblemIds.PAINT, ProblemIds.POINTS)
    return html.Div(
        [
            *(dcc.Store(id=store) for store in stores),
            html.Section(id=ProblemIds.TRACKS, className="panel at-tracks in-solving"),
            html.Section(id=ProblemIds.FUNNEL, className="panel at-funnel in-solving"),
            html.Section(id=ProblemIds.DEPARTMENTS, className="panel at-departments in-who"),
            map_stage(ProblemIds, basemap_url),
            _ledger(texts),
            tabs(texts, ("solving", "who", "looking_back")),
            html.Section(id=ProblemIds.WATCH, className="panel at-watch in-looking_back"),
            html.Section(id=ProblemIds.CROSS, className="panel at-cross in-looking_back"),
            html.Section(id=ProblemIds.AREAS, className="panel at-areas in-who"),
        ],
        className="work-view problems-view",
        **{"data-tab": "solving"},
    )


def _ledger(texts: Texts) -> Any:
    search = dcc.Input(
        id=ProblemIds.SEARCH, type="search", className="ledger__search", debounce=0.3, autoComplete="off", maxLength=40,
        placeholder=texts("ledger.search"),
    )  # fmt: skip
    labelled = html.Label([html.Span(texts("ledger.search"), className="unseen"), search])
    return html.Section(
        [
            html.Div([html.Div(id=ProblemIds.FACETS, className="facet-bar"), labelled], className="ledger__tools"),
            html.Div(ledger_grid(texts, ProblemIds.LEDGER), className="panel__body ledger"),
        ],
        className="panel at-ledger",
    )
