"""Objective × satisfaction: four quarters, each with its word, and every area or dimension in one of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

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
_DOT_SHARE, _LIFT_SHARE, _CORNER_SHARE, _EDGE = 0.02, 0.1, 0.2, 0.5
"""Half a dot, how far a name stands above it, how far the word of a quarter reaches, from the middle to the edge."""
_SIDES = (("top center", 0, 1), ("bottom center", 0, -1), ("middle right", 1, 0), ("middle left", -1, 0))
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
    names, sides = _labels(rows, satisfied_from)
    figure.add_scatter(
        x=rows["objective"].tolist(), y=rows["satisfaction"].tolist(), text=names,
        hovertext=said, mode="markers+text", textposition=sides, hoverinfo="text",
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


def _labels(rows: pd.DataFrame, satisfied_from: float) -> tuple[list[str], list[str]]:
    """Names that lie on no other name, dot or word in a corner, and on which side of its dot each stands.

    Those far from the middle come first; one without room on any side is left to the hover.
    """
    places = rows[["objective", "satisfaction"]].astype(float).to_numpy()
    ends = (_room(rows["objective"], MIDDLE), _room(rows["satisfaction"], satisfied_from))
    dots = (places - [sum(end) / 2 for end in ends]) / [high - low for low, high in ends]
    names, sides, taken = [""] * len(rows), [_SIDES[0][0]] * len(rows), list[_Box]()
    for place in np.argsort(-np.abs(dots).max(axis=1)):
        half = _LETTER_SHARE * _letters(rows["name"].iloc[place]) / 2
        for side, across, up in _SIDES:
            box = _Box(dots[place, 0] + across * (half + _DOT_SHARE), dots[place, 1] + up * _LIFT_SHARE, half)
            if box.is_free(dots, taken):
                names[place], sides[place] = str(rows["name"].iloc[place]), side
                taken.append(box)
                break
    return names, sides


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a name stands, in shares of the chart from its middle: its own middle and half its width."""

    x: float
    y: float
    half: float

    def is_free(self, dots: np.ndarray, taken: "Sequence[_Box]") -> bool:
        under = np.abs(dots - (self.x, self.y)) < (self.half + _DOT_SHARE / 2, 0.7 * _LINE_SHARE)
        in_corner = abs(self.x) + self.half > _EDGE - _CORNER_SHARE and abs(self.y) > _EDGE - 1.5 * _LINE_SHARE
        leaves = abs(self.x) + self.half > _EDGE or abs(self.y) + _LINE_SHARE / 2 > _EDGE
        return not (under.all(axis=1).any() or in_corner or leaves or any(map(self.meets, taken)))

    def meets(self, other: "_Box") -> bool:
        return abs(self.x - other.x) < self.half + other.half and abs(self.y - other.y) < _LINE_SHARE


def _room(values: pd.Series, line: float) -> list[float]:
    """The dividing line in the middle, so that the quarters are equal, and room for names at the edges."""
    half = _ROOM * (float((values - line).abs().max()) or 1)
    return [line - half, line + half]


def _letters(name: str) -> int:
    """As wide as so many Latin letters."""
    return sum(2 if ord(letter) > _LATIN else 1 for letter in name)
