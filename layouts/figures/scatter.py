"""A pair of indicators across areas: points by population, the line with its interval, lasso for brushing."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.regression import Regression
from layouts.figures.frame import blank_figure
from layouts.formatting import Formatter
from layouts.theme import PALETTES

_SMALLEST_PX, _LARGEST_PX = 5.0, 22.0
_BELOW_NUMBERS = -18
_STEPS = (["x_before", "x"], ["y_before", "y"])
Row = Mapping[Any, Any]


def scatter_figure(
    formatter: Formatter,
    x: Row,
    y: Row,
    points: pd.DataFrame,
    line: Regression | None,
    theme: str,
    arrows: bool = False,
) -> go.Figure:
    """x, y: indicator rows. points: `area_code`, `name`, `population`, `x`, `y`; for arrows `x_before`, `y_before`."""
    palette, texts = PALETTES[theme], formatter.texts
    figure = blank_figure(theme, revision=f"{x['indicator_code']}-{y['indicator_code']}")
    if line is not None:
        band = line.band
        figure.add_scatter(
            x=[*band["x"], *band["x"][::-1]], y=[*band["high"], *band["low"][::-1]], fill="toself", mode="none",
            fillcolor=palette.accent, opacity=0.15, hoverinfo="skip",
        )  # fmt: skip
        figure.add_scatter(
            x=band["x"].tolist(), y=band["y"].tolist(), mode="lines", hoverinfo="skip",
            line={"color": palette.accent, "width": 2},
        )  # fmt: skip
    if arrows:
        _add_changes(figure, points, palette.quiet)
    said = [
        f"{row['name']}<br>{texts.name(x)} {formatter.number(row['x'], x['decimals'])} {texts.unit(x['unit'])}"
        f"<br>{texts.name(y)} {formatter.number(row['y'], y['decimals'])} {texts.unit(y['unit'])}"
        for row in points.to_dict("records")
    ]
    figure.add_scatter(
        x=points["x"].tolist(), y=points["y"].tolist(), mode="markers", text=said, hoverinfo="text",
        customdata=points["area_code"].tolist(), name="areas",
        marker={"size": sizes(points["population"]), "color": palette.line, "opacity": 0.75, "line": {"width": 0}},
        selected={"marker": {"opacity": 1, "color": palette.accent}}, unselected={"marker": {"opacity": 0.15}},
    )  # fmt: skip
    figure.update_xaxes(showgrid=True)
    name_axes(figure, _axis(formatter, x), _axis(formatter, y), palette.quiet)
    return figure.update_layout(dragmode=False, meta={"top_em": 1.8, "bottom_em": 3.0})


def _add_changes(figure: go.Figure, points: pd.DataFrame, colour: str) -> None:
    """From the earlier place to the present one, as one trace with gaps; the point is the arrow's head."""
    moved = points.dropna(subset=["x_before", "y_before"])
    across, up = ([part for row in moved[pair].to_numpy().tolist() for part in (*row, None)] for pair in _STEPS)
    figure.add_scatter(
        x=across, y=up,
        mode="lines", line={"color": colour, "width": 1}, hoverinfo="skip",
    )  # fmt: skip


def sizes(population: pd.Series) -> list[float]:
    """Area of the point by population; one middling size where nobody knows it."""
    most = population.max()
    if pd.isna(most) or most <= 0:
        return [9.0] * len(population)
    share = np.sqrt(population.fillna(0).clip(lower=0) / most)
    return [round(_SMALLEST_PX + (_LARGEST_PX - _SMALLEST_PX) * float(one), 1) for one in share]


def _axis(formatter: Formatter, row: Row) -> str:
    unit = formatter.texts.unit(row["unit"])
    return f"{formatter.texts.name(row)} ({unit})" if unit else formatter.texts.name(row)


def name_axes(figure: go.Figure, x: str, y: str, colour: str) -> None:
    """Both names lie flat: y above its axis, x below the numbers of its own at the right."""
    figure.add_annotation(
        xref="paper", yref="paper", x=0, y=1, text=f"↑ {y}", showarrow=False, xanchor="left", yanchor="bottom",
        font={"color": colour},
    )  # fmt: skip
    figure.add_annotation(
        xref="paper", yref="paper", x=1, y=0, text=f"{x} →", showarrow=False, xanchor="right", yanchor="top",
        yshift=_BELOW_NUMBERS, font={"color": colour},
    )  # fmt: skip
