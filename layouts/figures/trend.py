"""The trend of the selected indicator: the area strong, city and parent quiet, standards as labelled lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from layouts.formatting import Formatter, known
from layouts.theme import PALETTES, Palette, plotly_template

MOST_TICKS = 7
_LABEL_ROOM_PX = 12
_STANDARD = "standard"
_NAME_HEIGHT = 0.2
"""Room for a name at the end of a line, as a share of the values' range: about a line of text in a small chart."""
_LABEL_PLACES = ((0.0, "left"), (1.0, "right"), (0.5, "center"))
_LABEL_SHARE = 0.4
"""About how much of a small chart's width the label of a level takes."""
_FIRST_WIDE_CHARACTER = "\u2e80"
_MAIN_WIDTH, _QUIET_WIDTH, _MAIN_DOT, _QUIET_DOT = 0.19, 0.1, 0.45, 0.27
"""Widths of lines and dots as shares of the text's height, so that a wall gets stronger ones."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a chart is drawn: its words and numbers, its colours, the height of its text in pixels."""

    formatter: Formatter
    theme: str
    font_px: int

    @property
    def palette(self) -> Palette:
        return PALETTES[self.theme]


@dataclass(frozen=True, slots=True)
class TrendLine:
    """points: one row per period of the timeline with `period`, `value`; a missing value is a gap."""

    name: str
    points: pd.DataFrame
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A reference as a horizontal line: what it is called, its value, and whether it judges."""

    label: str
    value: float
    kind: str


def trend_figure(
    pen: Pen,
    indicator: Mapping[Any, Any],
    lines: Sequence[TrendLine],
    levels: Sequence[Level] = (),
    breaks: Sequence[str] = (),
) -> go.Figure:
    """lines: the quiet ones first. breaks: periods from which on figures do not compare with those before."""
    code = indicator.get("indicator_code", "")
    look = {"template": plotly_template(pen.theme), "uirevision": code, "font": {"size": pen.font_px}}
    figure = go.Figure(layout=look)
    for line in lines:
        figure.add_trace(_trace(pen, indicator, line))
    gap = _gap(lines, levels)
    taken: list[tuple[int, float]] = []
    for level in levels:
        taken.append((_free_place(lines, level.value, gap, taken), level.value))
        _add_level(figure, pen, level, taken[-1][0])
    for period in breaks:
        _add_break(figure, pen, period)
    _add_names(figure, pen, lines, gap)
    return _with_axes(figure, pen, lines)


def _trace(pen: Pen, indicator: Mapping[Any, Any], line: TrendLine) -> go.Scatter:
    colour = pen.palette.line if line.is_main else pen.palette.quiet
    width, dot = (_MAIN_WIDTH, _MAIN_DOT) if line.is_main else (_QUIET_WIDTH, _QUIET_DOT)
    return go.Scatter(
        x=[pen.formatter.period(period) for period in line.points["period"]],
        y=[known(value) for value in line.points["value"]],
        name=line.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": width * pen.font_px},
        marker={"size": dot * pen.font_px, "color": colour},
        text=_said(pen.formatter, indicator, line),
        hoverinfo="text",
    )


def _said(formatter: Formatter, indicator: Mapping[Any, Any], line: TrendLine) -> list[str]:
    """What each point says under the pointer."""
    texts = formatter.texts
    unit, decimals = texts.unit(indicator["unit"]), indicator["decimals"]
    return [
        texts(
            "trend.value",
            name=line.name,
            period=formatter.period(period),
            value=f"{formatter.number(value, decimals)} {unit}",
        )
        for period, value in zip(line.points["period"], line.points["value"], strict=True)
    ]


def _free_place(lines: Sequence[TrendLine], level: float, gap: float, taken: Sequence[tuple[int, float]]) -> int:
    """Where along a level its label hides least: no label of a level close by, and no line where the text stands."""
    free = [place for place in range(len(_LABEL_PLACES)) if all(p != place or abs(y - level) >= gap for p, y in taken)]
    return min(free, key=lambda place: _hidden(lines, level, gap, place)) if free else 0


def _hidden(lines: Sequence[TrendLine], level: float, gap: float, place: int) -> int:
    """How many points of the lines lie under a label there."""
    share, _ = _LABEL_PLACES[place]
    hidden = 0
    for line in lines:
        values = line.points["value"].to_list()
        start = round((len(values) - _LABEL_SHARE * len(values)) * share)
        under = values[start : start + round(_LABEL_SHARE * len(values))]
        hidden += sum(level - gap * 0.1 <= value <= level + gap for value in under)
    return hidden


def _add_level(figure: go.Figure, pen: Pen, level: Level, place: int) -> None:
    """place: of the label, along the line."""
    is_standard = level.kind == _STANDARD
    colour = pen.palette.meets if is_standard else pen.palette.near
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=level.value,
        y1=level.value,
        line={"color": colour, "width": _QUIET_WIDTH * pen.font_px, "dash": "dash" if is_standard else "dot"},
    )
    x, anchor = _LABEL_PLACES[place % len(_LABEL_PLACES)]
    _annotate(figure, level.label, colour, xref="paper", x=x, y=level.value, xanchor=anchor, yanchor="bottom")


def _add_break(figure: go.Figure, pen: Pen, period: str) -> None:
    place, colour = pen.formatter.period(period), pen.palette.quiet
    figure.add_shape(
        type="line", yref="paper", x0=place, x1=place, y0=0, y1=1, line={"color": colour, "width": 1, "dash": "dot"}
    )
    label = pen.formatter.texts("trend.break")
    _annotate(figure, label, colour, x=place, yref="paper", y=1, xanchor="right", yanchor="top", textangle=-90)


def _gap(lines: Sequence[TrendLine], levels: Sequence[Level]) -> float:
    """Room for one line of text, in values: a share of all that the chart shows."""
    seen = [float(value) for line in lines for value in line.points["value"].dropna()]
    seen += [level.value for level in levels]
    return _NAME_HEIGHT * ((max(seen) - min(seen)) or abs(max(seen)) or 1) if seen else 0.0


def _add_names(figure: go.Figure, pen: Pen, lines: Sequence[TrendLine], gap: float) -> None:
    """Each line is named at its last value; lines that end close together share one text of several lines."""
    ends = sorted((end for line in lines if (end := _end(line)) is not None), key=lambda end: end[1])
    for middle, count in stacks([value for _, value in ends], gap):
        stack, ends = ends[:count], ends[count:]
        said = "<br>".join(_name(pen, line) for line, _ in reversed(stack))
        figure.add_annotation(
            text=said, showarrow=False, xref="paper", x=1, y=middle, xanchor="left", yanchor="middle", xshift=6,
            align="left",
        )  # fmt: skip


def _name(pen: Pen, line: TrendLine) -> str:
    colour = pen.palette.text if line.is_main else pen.palette.quiet
    return f'<span style="color:{colour}">{_plain(line.name)}</span>'


def stacks(places: Sequence[float], gap: float) -> list[tuple[float, int]]:
    """Ascending places as stacks that keep the gap: where each has its middle, and how many places it holds."""
    found: list[tuple[float, int]] = []
    for place in places:
        middle, count = place, 1
        while found and middle - (count - 1) * gap / 2 < found[-1][0] + (found[-1][1] - 1) * gap / 2 + gap:
            other, members = found.pop()
            middle, count = (middle * count + other * members) / (count + members), count + members
        found.append((middle, count))
    return found


def _annotate(figure: go.Figure, text: str, colour: str, **place: Any) -> None:
    figure.add_annotation(text=_plain(text), showarrow=False, font={"color": colour}, **place)


def _plain(text: str) -> str:
    """Plotly reads tags in annotations; a name is never markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _end(line: TrendLine) -> tuple[TrendLine, float] | None:
    present = line.points["value"].dropna()
    return (line, float(present.iloc[-1])) if len(present) else None


def _with_axes(figure: go.Figure, pen: Pen, lines: Sequence[TrendLine]) -> go.Figure:
    labels = [pen.formatter.period(period) for period in (lines[0].points["period"] if lines else [])]
    every = max(1, -(-len(labels) // MOST_TICKS))
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=labels,
        tickvals=labels[::-1][::every][::-1],
        tickangle=0,
        range=[-0.3, max(len(labels) - 1, 0) + 0.15],
        visible=bool(lines),
    )
    figure.update_yaxes(nticks=4, visible=bool(lines))
    room = max((_width_px(line.name, pen.font_px) for line in lines), default=0) + _LABEL_ROOM_PX
    return figure.update_layout(margin={"l": 8, "t": 8, "b": 8, "r": room}, hovermode="closest")


def _width_px(text: str, font_px: int) -> int:
    """About how wide a name is: a Chinese character is as wide as high, others about half."""
    return round(sum(1.0 if character >= _FIRST_WIDE_CHARACTER else 0.55 for character in text) * font_px)
