"""The overview's panels: health at the left, comparison at the right; the map has its own callbacks."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Output

from callbacks import overview_comparison, overview_health, overview_key, overview_work
from callbacks.finished import AREAS_BELOW, CHART, MOMENT, PLACE, SUBJECT, finished
from callbacks.scene import Scene
from callbacks.together import MARKUP, Part, chart_part, draw_together, panel_part
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import OverviewIds

PANELS: tuple[tuple[OverviewIds, tuple[str, ...], Callable[[Scene], Any]], ...] = (
    (OverviewIds.HEADLINES, MOMENT, overview_health.headline_strip),
    (OverviewIds.CONCLUSION, MOMENT, overview_health.conclusion_panel),
    (OverviewIds.KEY_INDICATORS, SUBJECT, overview_key.key_panel),
    (OverviewIds.MAP_TITLE, SUBJECT, overview_comparison.map_title),
    (OverviewIds.STAGES, PLACE, overview_work.stages_panel),
    (OverviewIds.PROJECTS, (*PLACE, "theme"), overview_work.late_panel),
    (OverviewIds.PROBLEMS, (*PLACE, "theme"), overview_work.problems_panel),
)
CHARTS: tuple[tuple[OverviewIds, OverviewIds, Callable[[Scene, int], Any]], ...] = (
    (OverviewIds.TREND_TITLE, OverviewIds.TREND, overview_comparison.trend_panel),
    (OverviewIds.ATTAINMENT_TITLE, OverviewIds.ATTAINMENT, overview_comparison.attainment_panel),
    (OverviewIds.WORK_TITLE, OverviewIds.INVESTMENT, overview_work.investment_panel),
)

_HEALTH = frozenset(
    {OverviewIds.HEADLINES, OverviewIds.CONCLUSION, OverviewIds.KEY_INDICATORS, OverviewIds.ATTAINMENT_TITLE}
)
"""What the judged indicators tell: one callback. Everything else is the other."""


def register(app: Dash, store: IndicatorStore) -> None:
    parts = drawn_parts()
    draw_together(app, store, "overview", [part for panel, part in parts.items() if panel in _HEALTH])
    draw_together(app, store, "overview", [part for panel, part in parts.items() if panel not in _HEALTH])


def drawn_parts() -> dict[str, Part]:
    """Every panel, by the id of its first output."""
    parts: dict[str, Part] = {panel: panel_part(panel, depends_on, draw) for panel, depends_on, draw in PANELS}
    parts |= {title: chart_part(title, graph, CHART, draw) for title, graph, draw in CHARTS}
    parts[OverviewIds.RANKING] = Part(
        (Output(OverviewIds.RANKING, MARKUP), Output(OverviewIds.RANKING, "style")),
        lambda at, _size: finished(at, OverviewIds.RANKING, AREAS_BELOW, lambda: _ranking(at)),
    )
    return parts


def _ranking(at: Scene) -> tuple[str, dict[str, int]]:
    children, rows = overview_comparison.ranking_panel(at)
    return markup(children), {"--rows": rows}
