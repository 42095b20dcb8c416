"""Benchmark view: the four comparisons at the left, peers and progress at the right, the areas below at the bottom."""

from dash import html

from layouts.components.panel import no_data
from layouts.ids import BenchmarkIds
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/benchmark*.py."""
    waiting = no_data(texts("benchmark.waiting"))
    return html.Div(
        [
            html.Section(waiting, id=BenchmarkIds.STANDINGS, className="panel at-standings"),
            html.Section(waiting, id=BenchmarkIds.PEERS, className="panel at-peers"),
            html.Section(waiting, id=BenchmarkIds.AREAS, className="panel at-areas"),
            html.Section(waiting, id=BenchmarkIds.TALLY, className="panel at-tally"),
        ],
        className="benchmark-view",
    )
