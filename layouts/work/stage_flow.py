"""How projects moved through their life cycle between two days."""

from datetime import date
from typing import Any

import pandas as pd
from dash import html

from analysis.projects.stages import APART, BEFORE, STAGES
from layouts.components.day_field import DayField
from layouts.components.panel import no_data, rows
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button, only

_PLACES = {stage: place for place, stage in enumerate((BEFORE, *STAGES))}
_EARLIEST = "1990-01-01"


def day_fields(formatter: Formatter, span: tuple[date, date], today: date, show: str) -> html.Div:
    """The two days, free to choose up to today. show: the options of the link with `flow=@` for the days."""
    texts, names = formatter.texts, ("flow.from", "flow.to")
    first, last = (
        DayField(day.isoformat(), earliest=_EARLIEST, latest=today.isoformat(), label=texts(name))
        for name, day in zip(names, span, strict=True)
    )
    attributes = {"data-days": show}
    return html.Div([first, html.Span("→", className="quiet"), last], className="flow-days", **attributes)


def stage_moves(formatter: Formatter, moves: pd.DataFrame, chosen: Filter | None) -> Any:
    """moves: of analysis.projects.stages.flow. What stayed is one line; each move narrows down to where it led.

    chosen: None where the moves ended before today, so that where they led is not where the projects stand.
    """
    texts = formatter.texts
    if moves.empty:
        return no_data(texts("projects.none_match"))
    moved = moves[moves["from_stage"] != moves["to_stage"]].sort_values("projects", ascending=False, kind="stable")
    stayed = int(moves.loc[moves["from_stage"] == moves["to_stage"], "projects"].sum())
    said = texts("flow.said", moved=formatter.number(moved["projects"].sum(), 0), stayed=formatter.number(stayed, 0))
    most = max(int(moved["projects"].max()), 1) if len(moved) else 1
    items = [_move(formatter, row, most, chosen) for row in moved.to_dict("records")]
    return [html.P(said, className="quiet flow__said"), rows(items, "flow-list")]


def _move(formatter: Formatter, row: dict[Any, Any], most: int, chosen: Filter | None) -> Any:
    texts = formatter.texts
    names = [
        texts(f"stage.{stage}" if stage != BEFORE else "flow.before") for stage in (row["from_stage"], row["to_stage"])
    ]
    bar = html.Span(
        className=f"flow__bar flow__bar--{_tone(row)}", style={"width": f"{100 * row['projects'] / most:.1f}%"}
    )
    cells = [
        html.Span(f"{names[0]} → {names[1]}", className="flow__name"),
        html.Span(bar, className="stage__track"),
        html.Span(formatter.number(row["projects"], 0), className="digits stage__count"),
    ]
    if chosen is None:
        return html.Div(cells, className="flow")
    return filter_button(cells, only(chosen, stage=row["to_stage"]), "flow")


def _tone(row: dict[Any, Any]) -> str:
    """Forward, back, or out of the life cycle."""
    if row["to_stage"] in APART or row["from_stage"] in APART:
        return "apart"
    return "on" if _PLACES[row["to_stage"]] > _PLACES[row["from_stage"]] else "back"
