"""Renewal units in the order of need: problems and potential laid over each other."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.overlay import Overlay
from analysis.projects.potential import POTENTIAL, PROBLEMS
from layouts.components.explained import explained
from layouts.components.panel import rows
from layouts.components.picking import pick_button
from layouts.formatting import Formatter

MOST_ROWS = 100


def unit_rows(formatter: Formatter, found: Overlay, units: pd.DataFrame) -> list[Any]:
    """units: rows of store.areas with `problems`, by area_code."""
    texts = formatter.texts
    known = units.to_dict("index")
    items = [
        _row(formatter, row, known[row["area_code"]])
        for row in found.areas.head(MOST_ROWS).reset_index().to_dict("records")
    ]
    left_out = texts("units.left_out", count=formatter.number(len(found.left_out), 0)) if found.left_out else ""
    return [
        rows(items, "suggestion-list"),
        html.P(f"{texts('units.method')} {left_out}", className="quiet suggestion-note"),
    ]


def _row(formatter: Formatter, row: dict[Any, Any], unit: Mapping[Any, Any]) -> html.Div:
    texts = formatter.texts
    name = texts.name(unit) or row["area_code"]
    facts = [
        ("", texts("units.score")),
        (texts("units.problems"), texts("units.density", count=formatter.number(unit["problems"], 0),
                                        area=formatter.number(unit["area_km2"], 2))),
        (texts("units.need_problems"), formatter.number(row[PROBLEMS], 0)),
        (texts("suggestions.potential"), formatter.number(row[POTENTIAL], 0)),
        (texts("units.stays"), f"{formatter.number(row['stays_pct'], 0)} %"),
    ]  # fmt: skip
    count = texts("suggestions.problems", count=formatter.number(unit["problems"], 0))
    place = html.B(formatter.number(row["rank"], 0))
    score = html.Span(formatter.number(row["need"], 0), className="digits")
    return html.Div(
        [
            pick_button([place, " ", name], {"area": row["area_code"]}, "suggestion__name"),
            html.Span(count, className="quiet"),
            explained(score, facts, "suggestion__score"),
        ],
        className="suggestion",
    )
