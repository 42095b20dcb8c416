"""The stages of renewal projects, one line each: how many stand there, on a track of how many came that far."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from layouts.components.panel import joined
from layouts.components.picking import pick_data
from layouts.formatting import Formatter


def stage_list(formatter: Formatter, funnel: pd.DataFrame, apart: Mapping[str, int]) -> list[Any]:
    """funnel: of analysis.projects.stages.stage_funnel. apart: counts of cancelled and of unknown stage."""
    texts = formatter.texts
    most = max(int(funnel["reached"].max()), 1)
    lines = [html.Li(_stage(formatter, row, most)) for row in funnel.to_dict("records")]
    left_out = [f"{texts(f'stage.{stage}')} {formatter.number(count, 0)}" for stage, count in apart.items() if count]
    changes = {"view": "projects"}
    return [
        html.Ul(lines, className="stage-list", **pick_data(**changes)),
        html.P(joined(*left_out), className="stage-list__apart quiet"),
    ]


def _stage(formatter: Formatter, row: Mapping[Any, Any], most: int) -> list[Any]:
    bars = [
        html.Span(className=f"stage-list__{part}", style={"width": f"{100 * row[part] / most:.1f}%"})
        for part in ("reached", "here")
    ]
    said = formatter.texts("stages.reached", count=formatter.number(row["reached"], 0))
    return [
        html.Span(formatter.texts(f"stage.{row['stage']}"), className="stage-list__name"),
        html.Span(bars, className="stage-list__track", title=said),
        html.Span(formatter.number(row["here"], 0), className="stage-list__count digits"),
    ]
