"""What experts said of the figure on the screen, and whether this installation takes more of it."""

import json
from typing import Any

import pandas as pd
from dash import html
from flask import Flask, current_app

from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import OpinionsQuestion
from layouts.components.opinions import opinion_list
from layouts.components.panel import joined, no_data, panel

_OPEN = "CITYVITALS_OPINIONS"


def keep_opinions_open(server: Flask, are_open: bool) -> None:
    server.config[_OPEN] = are_open


def opinions_panel(at: Scene) -> list[Any]:
    """Of the selected indicator and area in every period, those of the selected period first."""
    title = at.texts("opinion.title")
    if at.indicator is None or at.selection.period is None:
        return panel(title, no_data(at.texts("trend.empty")))
    found = figure_opinions(at)
    figure = {"indicator": at.indicator["indicator_code"], "area": at.area, "period": at.selection.period}
    about = joined(at.texts.name(at.indicator), at.area_name, at.formatter.period(at.selection.period))
    is_open = bool(current_app.config[_OPEN])
    body = opinion_list(at.formatter, found, at.texts("opinion.none" if is_open else "opinion.closed"))
    count = at.texts("opinion.count", count=len(found)) if len(found) else ""
    pinned = {"data-figure": json.dumps(figure, ensure_ascii=False), "data-about": about} if is_open else {}
    return [*panel(title, body, [count, taking(at, "opinions")]), html.Span(**pinned)]


def area_opinions(at: Scene) -> pd.DataFrame:
    """Of the area itself in the selected period, on any indicator."""
    return at.store.opinions(OpinionsQuestion(area=at.area, period=at.selection.period, viewer=at.viewer))


def figure_opinions(at: Scene) -> pd.DataFrame:
    asked = OpinionsQuestion(area=at.area, indicator=at.selection.indicator, viewer=at.viewer)
    found = at.store.opinions(asked)
    is_now = found["period"] == at.selection.period
    return pd.concat([found[is_now], found[~is_now]], ignore_index=True)
