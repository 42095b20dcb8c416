"""Benchmark view: the four comparisons at the left, peers and progress at the right, the areas below at the bottom."""

from dash import html

from layouts.ids import BenchmarkIds
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/benchmark*.py."""
    return html.Div(
        [
            html.Section(id=BenchmarkIds.STANDINGS, className="panel at-standings"),
            html.Section(id=BenchmarkIds.PEERS, className="panel at-peers"),
            html.Section(id=BenchmarkIds.AREAS, className="panel at-areas"),
            html.Section(id=BenchmarkIds.TALLY, className="panel at-tally"),
        ],
        className="benchmark-view",
    )
