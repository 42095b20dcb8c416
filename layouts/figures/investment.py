"""The cumulative investment: planned dashed and quiet, actual strong, each named with its amount where it ends."""

import math

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.trend import Pen
from layouts.theme import plotly_template

_STRONG, _QUIET = 0.19, 0.12
"""Widths of the lines as shares of the text's height."""
_HEADROOM = 1.12
_MOST_YEARS = 5
_LINES = (("investment_planned", "curve.planned"), ("investment_actual", "curve.actual"))


def investment_figure(pen: Pen, curve: pd.DataFrame) -> go.Figure:
    """curve: of analysis.projects.curves.s_curve, by `month`."""
    look = {"template": plotly_template(pen.theme), "font": {"size": pen.font_px}, "uirevision": "investment"}
    figure = go.Figure(layout=look | {"margin": {"l": 4, "r": 4, "t": 4, "b": 4}, "hovermode": "x"})
    known = curve.dropna(how="all", subset=[column for column, _ in _LINES])
    if known.empty:
        return figure.update_xaxes(visible=False).update_yaxes(visible=False)
    months = pd.to_datetime(known["month"] + "-01") + pd.offsets.MonthEnd(0)
    for column, key in _LINES:
        _add_line(figure, pen, months, known[column], pen.formatter.texts(key))
    return _with_axes(figure, pen, months, float(known[[column for column, _ in _LINES]].max().max()))


def _add_line(figure: go.Figure, pen: Pen, months: pd.Series, amounts: pd.Series, name: str) -> None:
    is_plan = amounts.name == "investment_planned"
    colour = pen.palette.quiet if is_plan else pen.palette.line
    said = [f"{name} {pen.formatter.money(amount)}" for amount in amounts]
    width = pen.font_px * (_QUIET if is_plan else _STRONG)
    line = {"color": colour, "width": width, "dash": "dash" if is_plan else "solid"}
    figure.add_trace(go.Scatter(x=months, y=amounts, mode="lines", line=line, name=name, text=said, hoverinfo="text"))
    present = amounts.dropna()
    if present.empty:
        return
    last = present.index[-1]
    figure.add_annotation(
        x=months[last], y=present[last], text=f"{name}<br><b>{pen.formatter.money(present[last])}</b>",
        showarrow=False, font={"color": colour if is_plan else pen.palette.text}, align="right" if is_plan else "left",
        xanchor="right" if is_plan else "left", yanchor="bottom" if is_plan else "top",
        xshift=0 if is_plan else 4, yshift=2 if is_plan else -2,
    )  # fmt: skip


def _with_axes(figure: go.Figure, pen: Pen, months: pd.Series, most: float) -> go.Figure:
    first, last = months.min().year, months.max().year
    every = math.ceil((last - first + 1) / _MOST_YEARS)
    years = list(range(last, first, -every))
    figure.update_xaxes(tickvals=[f"{year}-01-01" for year in years], ticktext=[str(year) for year in years])
    room = 2.6 * pen.font_px
    figure.update_yaxes(range=[0, most * _HEADROOM], visible=False)
    return figure.update_layout(margin={"l": 4, "r": 4, "t": round(room), "b": 4})
