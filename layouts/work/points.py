"""Problems as points on a map: what their shapes and colours mean."""

import base64
from typing import Any

import pandas as pd
from dash import html

from layouts.texts import Texts

KINDS = ("overdue", "due_soon", "running", "no_deadline", "done")
"""Numbers of the deadline words, as in assets/js/problem_points.js."""
SHAPES = {"overdue": "▼", "due_soon": "▲", "running": "●", "no_deadline": "○", "done": "·"}


def packed_degrees(degrees: pd.Series) -> str:
    """Base64 of single-precision numbers: about a metre."""
    return base64.b64encode(degrees.to_numpy(dtype="<f4").tobytes()).decode()


def points_legend(texts: Texts) -> list[Any]:
    items = [
        html.Li(
            [
                html.Span(SHAPES[kind], className=f"point-mark point-mark--{kind}", **{"aria-hidden": "true"}),
                html.Span(texts(f"deadline.{kind}"), className="legend-label"),
            ]
        )
        for kind in KINDS
    ]
    return [html.Ul(items, className="legend-rows point-legend")]


_PROJECT_MARKS = (
    ("overdue", "late"),
    ("due_soon", "attention"),
    ("running", "on_time"),
    ("no_deadline", "unknown"),
    ("done", "finished"),
)


def project_legend(texts: Texts) -> list[Any]:
    """Projects use the shapes of problems: the same shape asks for the same attention."""
    items = [
        html.Li(
            [
                html.Span(SHAPES[mark], className=f"point-mark point-mark--{mark}", **{"aria-hidden": "true"}),
                html.Span(texts(f"project_map.{word}"), className="legend-label"),
            ]
        )
        for mark, word in _PROJECT_MARKS
    ]
    return [html.Ul(items, className="legend-rows point-legend")]
