"""S-curves: physical progress in per cent of the budget above, investment in money below, planned against actual."""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from layouts.formatting import Formatter
from layouts.theme import PALETTES, Palette, plotly_template

_PANELS = (("planned_value", "earned_value"), ("investment_planned", "investment_actual"))


def project_curve(
    formatter: Formatter, curve: pd.DataFrame, budget: float, today: date, theme: str, text_px: int
) -> go.Figure:
    """curve: of analysis.projects.curves.s_curve. budget: what 100 % of the physical curve stands for."""
    palette = PALETTES[theme]
    titles = [formatter.texts("curve.physical"), formatter.texts("curve.investment")]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.14, subplot_titles=titles)
    figure.update_layout(
        template=plotly_template(theme),
        margin={"l": 8, "r": 5 * text_px, "t": 2 * text_px, "b": 8},
        hovermode="x unified",
    )
    months = pd.to_datetime(curve["month"] + "-01") + pd.offsets.MonthEnd(0)
    for row, (planned, actual) in enumerate(_PANELS, 1):
        for figure_name, is_plan in ((planned, True), (actual, False)):
            values = 100 * curve[figure_name] / budget if row == 1 else curve[figure_name]
            drawn = _Curve(months, values, row, is_plan)
            _line(figure, formatter, palette, drawn)
            _end_label(figure, formatter, palette, drawn, text_px, today)
    figure.add_vline(x=pd.Timestamp(today).isoformat(), line={"color": palette.accent, "width": 1.5, "dash": "dot"})
    figure.update_annotations(
        font={"size": text_px, "color": palette.quiet},
        x=0,
        xanchor="left",
        selector={"showarrow": False, "xref": "paper"},
    )
    most = float(curve[["investment_planned", "investment_actual"]].max().max())
    step = _round_step(most)
    ticks = [step * place for place in range(4) if step * place <= most * 1.05]
    figure.update_yaxes(rangemode="tozero")
    figure.update_yaxes(tickvals=[0, 50, 100], ticksuffix=" %", row=1)
    figure.update_yaxes(tickvals=ticks, ticktext=[str(formatter.money(tick)) for tick in ticks], row=2)
    figure.update_xaxes(tickformat="%Y", tickfont={"size": text_px}, nticks=6)
    figure.update_yaxes(tickfont={"size": text_px})
    return figure


def _round_step(size: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above the size."""
    if not size > 0:
        return 1.0
    power = 10 ** math.floor(math.log10(size))
    return float(next(power * digit for digit in (5, 2, 1) if power * digit <= size))


@dataclass(frozen=True, slots=True)
class _Curve:
    """One of the four lines: values by month, in the upper chart as percentages, in the lower one as money."""

    months: pd.Series
    values: pd.Series
    row: int
    is_plan: bool


def _line(figure: go.Figure, formatter: Formatter, palette: Palette, curve: _Curve) -> None:
    line = (
        {"color": palette.quiet, "width": 2, "dash": "dash"} if curve.is_plan else {"color": palette.line, "width": 3}
    )
    shown = [_shown(formatter, value, curve.row) for value in curve.values]
    figure.add_trace(
        go.Scatter(
            x=curve.months, y=curve.values, mode="lines", line=line, name=_name(formatter, curve), customdata=shown,
            hovertemplate="%{customdata}",
        ),
        row=curve.row,
        col=1,
    )  # fmt: skip


def _end_label(
    figure: go.Figure, formatter: Formatter, palette: Palette, curve: _Curve, text_px: int, today: date
) -> None:
    """The plan's stands before its end, which is mostly the end of the chart, and after it where that comes early."""
    known, months = curve.values.dropna(), curve.months
    if known.empty:
        return
    end, last = months[known.index[-1]], max(months.iloc[-1], pd.Timestamp(today))
    is_before = curve.is_plan and end - months.iloc[0] > (last - months.iloc[0]) / 2
    said = f"{_name(formatter, curve)} {_shown(formatter, known.iloc[-1], curve.row)}"
    figure.add_annotation(
        x=end, y=known.iloc[-1], text=said, row=curve.row, col=1,
        showarrow=False, xanchor="right" if is_before else "left", yanchor="bottom" if curve.is_plan else "top",
        xshift=4.5 * text_px if is_before else 4,
        font={"color": palette.quiet if curve.is_plan else palette.line, "size": text_px},
    )  # fmt: skip


def _name(formatter: Formatter, curve: _Curve) -> str:
    return formatter.texts("curve.planned" if curve.is_plan else "curve.actual")


def _shown(formatter: Formatter, value: float, row: int) -> str:
    return f"{formatter.number(value, 0)} %" if row == 1 else str(formatter.money(value))
