"""How the areas below differ: every area as a point, the quartiles as a box, standard and the area above as lines."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.inequality import Distribution
from layouts.figures.frame import blank_figure
from layouts.formatting import Formatter, known
from layouts.theme import PALETTES, Palette

_LANES = 7
_FEW = 60


def spread_figure(
    formatter: Formatter,
    indicator: dict[Any, Any],
    areas: pd.DataFrame,
    shape: Distribution,
    marks: Sequence[tuple[str, float, str]],
    theme: str,
) -> go.Figure:
    """areas: `area_code`, `name_zh`, `name_en`, `value`. marks: name, value and kind (`standard` or `above`)."""
    palette, texts = PALETTES[theme], formatter.texts
    figure = blank_figure(theme, revision=str(indicator["indicator_code"]))
    _add_box(figure, shape, palette)
    points = areas.sort_values("value", kind="stable").reset_index(drop=True)
    unit = texts.unit(indicator["unit"])
    said = [
        f"{texts.name(row)} {formatter.number(row['value'], indicator['decimals'])} {unit}"
        for row in points.to_dict("records")
    ]
    figure.add_scatter(
        x=points["value"].tolist(), y=[_lane(place) for place in range(len(points))], mode="markers", text=said,
        hoverinfo="text", customdata=points["area_code"].tolist(),
        marker={"size": 9 if len(points) < _FEW else 6, "color": palette.line, "opacity": 0.8},
    )  # fmt: skip
    for place, (name, value, kind) in enumerate(marks):
        _add_mark(figure, f"{name} {formatter.number(value)}", value, kind, place, palette)
    figure.update_yaxes(visible=False, range=[-1.5, 1.5])
    figure.update_xaxes(showgrid=True, nticks=6)
    return figure.update_layout(meta={"top_em": 1.7 * len(marks) + 0.5})


def _add_box(figure: go.Figure, shape: Distribution, palette: Palette) -> None:
    figure.add_shape(
        type="rect", x0=shape.lower_quartile, x1=shape.upper_quartile, y0=-1.15, y1=1.15, layer="below",
        fillcolor=palette.hairline, line={"width": 0},
    )  # fmt: skip
    figure.add_shape(
        type="line", x0=shape.median, x1=shape.median, y0=-1.15, y1=1.15, layer="below",
        line={"color": palette.quiet, "width": 2},
    )  # fmt: skip


def _add_mark(figure: go.Figure, text: str, value: float, kind: str, place: int, palette: Palette) -> None:
    colour = palette.meets if kind == "standard" else palette.text
    figure.add_shape(
        type="line", x0=value, x1=value, yref="paper", y0=0, y1=1,
        line={"color": colour, "width": 1.5, "dash": "dash" if kind == "standard" else "solid"},
    )  # fmt: skip
    figure.add_annotation(
        x=value, yref="paper", y=1, text=text, showarrow=False, yanchor="bottom", font={"color": colour},
        yshift=20 * place,
    )  # fmt: skip


def _lane(place: int) -> float:
    """Neighbouring values in different lanes, the same on every drawing."""
    return ((place * 3) % _LANES - _LANES // 2) / (_LANES // 2) * 0.8


def known_marks(marks: Sequence[tuple[str, object, str]]) -> list[tuple[str, float, str]]:
    return [(name, number, kind) for name, value, kind in marks if (number := known(value)) is not None]
