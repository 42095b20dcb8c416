"""The correlation matrix: what goes together stands together; empty where too few areas, pale where chance may do."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from analysis.correlation import SIGNIFICANT, CorrelationMatrix
from analysis.unanswered import Unanswered
from layouts.figures.frame import blank_figure
from layouts.formatting import Formatter, known
from layouts.sentences import p_text, unanswered_text
from layouts.theme import PALETTES, Palette

NEGATIVE, POSITIVE = "#e0803c", "#3f8fd6"
_MOST_LABELS = 24


def matrix_figure(
    formatter: Formatter, matrix: CorrelationMatrix, names: Mapping[str, str], pair: tuple[str, str] | None, theme: str
) -> go.Figure:
    """matrix: already in the order to show. pair: the selected two, framed. Grey: no figure, the reason on hover."""
    palette = PALETTES[theme]
    figure = blank_figure(theme, revision="matrix")
    codes = list(matrix.codes)
    r = matrix.r.copy()
    np.fill_diagonal(r, np.nan)
    sure = np.where(matrix.q_value <= SIGNIFICANT, r, np.nan)
    unsure = np.where(np.isnan(sure), r, np.nan)
    said = _all_said(formatter, matrix, names)
    empty = np.where(np.isnan(r) & ~np.eye(len(codes), dtype=bool), 0.0, np.nan)
    grey = [[0, palette.not_judged], [1, palette.not_judged]]
    layers = ((empty, 0.35, grey), (unsure, 0.22, _scale(palette)), (sure, 1.0, _scale(palette)))
    for z, opacity, colours in layers:
        figure.add_heatmap(
            z=[[known(cell) for cell in row] for row in z.round(3)], x=codes, y=codes, zmin=-1, zmax=1,
            colorscale=colours, showscale=False, opacity=opacity, hoverongaps=False,
            text=np.where(np.isnan(z), "", said).tolist(), hoverinfo="text", xgap=1, ygap=1,
        )  # fmt: skip
    _add_pair(figure, codes, pair, palette)
    one, other = (codes, codes) if len(codes) <= _MOST_LABELS or pair is None else ([pair[0]], [pair[1]])
    figure.update_xaxes(tickvals=other, tickangle=-90, side="bottom", ticks="", showgrid=False)
    figure.update_yaxes(tickvals=one, autorange="reversed", ticks="", showgrid=False, scaleanchor=None)
    return figure


def _all_said(formatter: Formatter, matrix: CorrelationMatrix, names: Mapping[str, str]) -> Any:
    """Of both halves, written once."""
    said = np.full((len(matrix.codes), len(matrix.codes)), "", dtype=object)
    for row, one in enumerate(matrix.codes):
        for column, other in enumerate(matrix.codes[:row]):
            said[row, column] = said[column, row] = _said(formatter, matrix, names, one, other)
    return said


def _said(formatter: Formatter, matrix: CorrelationMatrix, names: Mapping[str, str], one: str, other: str) -> str:
    found = matrix.cell(one, other)
    head = f"{names[one]} × {names[other]}"
    if isinstance(found, Unanswered):
        return f"{head}<br>{unanswered_text(formatter, found)}"
    figures = f"r = {found.r:.2f} · n = {found.n} · p {p_text(formatter, found.p_value)}"
    return f"{head}<br>{figures} · q {p_text(formatter, found.q_value)}"


def _add_pair(figure: go.Figure, codes: list[str], pair: tuple[str, str] | None, palette: Palette) -> None:
    if pair is None or not set(pair) <= set(codes):
        return
    for one, other in (pair, pair[::-1]):
        x, y = codes.index(one), codes.index(other)
        figure.add_shape(
            type="rect", x0=x - 0.5, x1=x + 0.5, y0=y - 0.5, y1=y + 0.5, line={"color": palette.accent, "width": 2}
        )


def _scale(palette: Palette) -> list[list[Any]]:
    return [[0, NEGATIVE], [0.5, palette.hairline], [1, POSITIVE]]
