"""Objective × satisfaction: four quarters, each with its word, and every area or dimension in one of them."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.satisfaction import FIX_FIRST, KEEP, LATENT, PERCEPTION_GAP, SUPPRESSED, UNKNOWN
from layouts.figures.frame import blank_figure
from layouts.figures.scatter import name_axes, sizes
from layouts.formatting import Formatter
from layouts.theme import PALETTES

QUADRANTS = (KEEP, PERCEPTION_GAP, LATENT, FIX_FIRST)
MIDDLE = 50.0
_LETTER_SHARE, _LINE_SHARE = 0.013, 0.09
"""Of the width and height of the chart that a letter and a line take; names without room are one hover away."""
_LATIN = 0x2E7F
_ROOM = 1.25
_CORNERS = {
    KEEP: ("right", "top"),
    PERCEPTION_GAP: ("right", "bottom"),
    LATENT: ("left", "top"),
    FIX_FIRST: ("left", "bottom"),
}


def quadrant_colours(theme: str) -> dict[str, str]:
    palette = PALETTES[theme]
    return {
        KEEP: palette.meets, PERCEPTION_GAP: palette.line, LATENT: palette.near, FIX_FIRST: palette.fails,
        SUPPRESSED: palette.hairline, UNKNOWN: palette.hairline,
    }  # fmt: skip


def quadrant_figure(
    formatter: Formatter, rows: pd.DataFrame, satisfied_from: float, measure: str, theme: str
) -> go.Figure:
    """rows: `code`, `name`, `changes`, `objective`, `satisfaction`, `respondents`, `quadrant`, all known."""
    palette, texts = PALETTES[theme], formatter.texts
    colours = quadrant_colours(theme)
    figure = blank_figure(theme, revision="quadrant")
    said = [
        texts("felt.said", name=row["name"], objective=formatter.number(row["objective"], 0),
              satisfaction=formatter.number(row["satisfaction"], 1), n=formatter.number(row["respondents"], 0))
        for row in rows.to_dict("records")
    ]  # fmt: skip
    figure.add_scatter(
        x=rows["objective"].tolist(), y=rows["satisfaction"].tolist(), text=_labels(rows, satisfied_from),
        hovertext=said, mode="markers+text", textposition="top center", hoverinfo="text",
        customdata=rows["code"].tolist(), name="areas", cliponaxis=False,
        marker={
            "size": sizes(rows["respondents"]), "color": [colours[word] for word in rows["quadrant"]], "opacity": 0.85,
        },
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.15}},
    )  # fmt: skip
    figure.add_vline(x=MIDDLE, line={"color": palette.quiet, "width": 1})
    figure.add_hline(y=satisfied_from, line={"color": palette.quiet, "width": 1})
    for word, (x, y) in _CORNERS.items():
        figure.add_annotation(
            xref="paper", yref="paper", x={"left": 0.01, "right": 0.99}[x], y={"bottom": 0.01, "top": 0.99}[y],
            xanchor=x, yanchor=y, text=texts(f"felt.{word}"), showarrow=False, font={"color": colours[word]},
            bgcolor=palette.panel,
        )  # fmt: skip
    name_axes(figure, x=texts(f"felt.axis_{measure}"), y=texts("felt.axis_satisfaction"), colour=palette.quiet)
    figure.update_xaxes(range=_room(rows["objective"], MIDDLE))
    figure.update_yaxes(range=_room(rows["satisfaction"], satisfied_from))
    picks = {str(row["code"]): row["changes"] for row in rows.to_dict("records")}
    return figure.update_layout(dragmode=False, meta={"top_em": 1.8, "bottom_em": 3.0, "picks": json.dumps(picks)})


def _labels(rows: pd.DataFrame, satisfied_from: float) -> list[str]:
    """Names that do not run into each other: those far from the middle first."""
    places = rows[["objective", "satisfaction"]].astype(float).to_numpy()
    ends = (_room(rows["objective"], MIDDLE), _room(rows["satisfaction"], satisfied_from))
    shares = (places - [sum(end) / 2 for end in ends]) / [high - low for low, high in ends]
    room = (_LETTER_SHARE * max(map(_letters, rows["name"])), _LINE_SHARE)
    kept: list[int] = []
    for place in np.argsort(-np.abs(shares).max(axis=1)):
        free = all((np.abs(shares[place] - shares[one]) > room).any() for one in kept)
        kept += [int(place)] if free else []
    return [str(name) if n in kept else "" for n, name in enumerate(rows["name"])]


def _room(values: pd.Series, line: float) -> list[float]:
    """The dividing line in the middle, so that the quarters are equal, and room for names at the edges."""
    half = _ROOM * (float((values - line).abs().max()) or 1)
    return [line - half, line + half]


def _letters(name: str) -> int:
    """As wide as so many Latin letters."""
    return sum(2 if ord(letter) > _LATIN else 1 for letter in name)
