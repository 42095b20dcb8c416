"""One indicator over time for an expert: segments between breaks, marks, references with due years, the robust line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.story import Story, due_year
from analysis.trend import Slope
from layouts.components.standard import reference_text
from layouts.figures.frame import blank_figure, end_labels
from layouts.formatting import Formatter, known
from layouts.theme import PALETTES, Palette

MAIN, REFERENCE, OTHER = "main", "reference", "other"
_WIDTHS = {MAIN: 3.0, REFERENCE: 1.8, OTHER: 1.0}
_MOST_TICKS = 9
_HALF_YEAR = 0.5


@dataclass(frozen=True, slots=True)
class AreaLine:
    """line: of analysis.timeline. role: MAIN (the area), REFERENCE (above it), OTHER (children or siblings)."""

    name: str
    line: pd.DataFrame
    role: str


def indicator_trend(
    formatter: Formatter,
    indicator: dict[Any, Any],
    lines: Sequence[AreaLine],
    story: Story,
    references: Sequence[dict[Any, Any]],
    ahead: pd.DataFrame | None,
    theme: str,
) -> go.Figure:
    """references: rows to draw, a target only up to the year it is due in. ahead: of `story.continuation`, or None."""
    palette = PALETTES[theme]
    figure = blank_figure(theme, revision=str(indicator["indicator_code"]))
    for line in sorted(lines, key=lambda one: -list(_WIDTHS).index(one.role)):
        _add_line(figure, formatter, indicator, line, palette)
    end_labels(figure, [end for line in lines if (end := _end(line, palette)) is not None])
    if ahead is not None:
        _add_ahead(figure, formatter, ahead, palette)
    _add_slope(figure, story, palette)
    _add_marks(figure, formatter, story, palette)
    for row in references:
        _add_reference(figure, formatter, row, story.line, palette)
    _add_breaks(figure, formatter, story.line, palette)
    _add_axes(figure, formatter, story.line, lines, references, ahead)
    return figure


def _add_line(
    figure: go.Figure, formatter: Formatter, indicator: dict[Any, Any], line: AreaLine, palette: Palette
) -> None:
    colour = palette.line if line.role == MAIN else palette.quiet
    for _, segment in line.line.groupby("segment", sort=False):
        figure.add_scatter(
            x=segment["year"].tolist(),
            y=[known(value) for value in segment["value"]],
            mode="lines+markers" if line.role == MAIN else "lines",
            connectgaps=False,
            line={"color": colour, "width": _WIDTHS[line.role]},
            marker={"size": 8, "color": colour},
            opacity=0.55 if line.role == OTHER else 1,
            text=[_said(formatter, indicator, line.name, row) for row in segment.to_dict("records")],
            hoverinfo="text",
        )


def _end(line: AreaLine, palette: Palette) -> tuple[float, float, str, str] | None:
    last = line.line[line.line["value"].notna()].tail(1)
    if line.role == OTHER or not len(last):
        return None
    colour = palette.line if line.role == MAIN else palette.quiet
    return float(last["year"].iloc[0]), float(last["value"].iloc[0]), line.name, colour


def _said(formatter: Formatter, indicator: dict[Any, Any], name: str, row: dict[Any, Any]) -> str:
    texts = formatter.texts
    value = f"{formatter.number(row['value'], indicator['decimals'])} {texts.unit(indicator['unit'])}"
    said = texts("trend.value", name=name, period=formatter.period(row["period"]), value=value)
    return f"{said} · {texts('value.suspect')}" if row["status"] == "suspect" else said


def _add_ahead(figure: go.Figure, formatter: Formatter, ahead: pd.DataFrame, palette: Palette) -> None:
    """The band first, the dotted line on it; named as a continuation, so that nobody takes it for data."""
    years = ahead["year"].tolist()
    figure.add_scatter(
        x=[*years, *years[::-1]], y=[*ahead["high"], *ahead["low"][::-1]], fill="toself", mode="none",
        fillcolor=palette.line, opacity=0.14, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=years, y=ahead["value"].tolist(), mode="lines", hoverinfo="skip",
        line={"color": palette.line, "width": 2, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=years[-1], y=float(ahead["value"].iloc[-1]), text=formatter.texts("indicator.projection_label"),
        showarrow=False, xanchor="right", yanchor="bottom", font={"color": palette.quiet},
    )  # fmt: skip


def _add_slope(figure: go.Figure, story: Story, palette: Palette) -> None:
    if not isinstance(story.slope, Slope) or not story.moves:
        return
    ends = [float(story.recent["year"].iloc[0]), float(story.recent["year"].iloc[-1])]
    figure.add_scatter(
        x=ends, y=[story.slope.intercept + story.slope.per_year * year for year in ends], mode="lines",
        line={"color": palette.accent, "width": 1.5, "dash": "dash"}, hoverinfo="skip",
    )  # fmt: skip


def _add_marks(figure: go.Figure, formatter: Formatter, story: Story, palette: Palette) -> None:
    """Suspect values hollow, outliers ringed: both say what they are when pointed at."""
    line = story.line[story.line["value"].notna()]
    for rows, symbol, key, colour in (
        (line[line["status"] == "suspect"], "x-thin", "value.suspect", palette.fails),
        (line[line["is_outlier"]], "circle-open", "indicator.outlier", palette.accent),
    ):
        if len(rows):
            figure.add_scatter(
                x=rows["year"].tolist(), y=rows["value"].tolist(), mode="markers", hoverinfo="skip",
                marker={"symbol": symbol, "size": 16, "color": colour, "line": {"width": 2.5, "color": colour}},
            )  # fmt: skip
            for row in rows.tail(1).to_dict("records"):
                figure.add_annotation(
                    x=row["year"], y=row["value"], text=formatter.texts(key), showarrow=False, yshift=18,
                    font={"color": colour},
                )  # fmt: skip


def _add_reference(
    figure: go.Figure, formatter: Formatter, row: dict[Any, Any], line: pd.DataFrame, palette: Palette
) -> None:
    """A standard right across; a target as a line to a diamond in the year it is due."""
    if not len(line):
        return
    due, start = due_year(row), float(line["year"].iloc[0]) - _HALF_YEAR
    is_standard = row["kind"] == "standard"
    colour = palette.meets if is_standard else palette.near if due else palette.not_judged
    end = due - _HALF_YEAR if due else float(line["year"].iloc[-1]) + _HALF_YEAR
    kind = formatter.texts(f"trend.{row['kind']}")
    name = formatter.texts("indicator.due", kind=kind, year=row["period"]) if due else kind
    asks = reference_text(formatter, row) if is_standard or due else formatter.number(row["value"])
    for value in (row["value"], row["value_high"] if row["operator"] == "between" else None):
        bound = known(value)
        if bound is None:
            continue
        figure.add_scatter(
            x=[start, end], y=[bound, bound], mode="lines+markers" if due else "lines",
            line={"color": colour, "width": 1.5, "dash": "dash" if is_standard else "dot"}, hoverinfo="text",
            marker={"symbol": "diamond", "size": [0, 10], "color": colour}, text=f"{name} {asks}",
        )  # fmt: skip
    bound = known(row["value"]) or 0.0
    figure.add_annotation(
        xref="paper",
        x=0,
        y=bound,
        text=f"{name} {asks}",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        xshift=6,
        font={"color": colour},
    )


def _add_breaks(figure: go.Figure, formatter: Formatter, line: pd.DataFrame, palette: Palette) -> None:
    for row in line[line["is_break"]].to_dict("records"):
        before = line[(line["year"] < row["year"]) & line["value"].notna()]["year"].max()
        at = (before + row["year"]) / 2
        figure.add_shape(
            type="line", x0=at, x1=at, yref="paper", y0=0, y1=1,
            line={"color": palette.accent, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=at, yref="paper", y=1, text=formatter.texts("trend.break"), showarrow=False, xanchor="left",
            yanchor="top", font={"color": palette.accent},
        )  # fmt: skip


def _add_axes(
    figure: go.Figure,
    formatter: Formatter,
    line: pd.DataFrame,
    lines: Sequence[AreaLine],
    references: Sequence[dict[Any, Any]],
    ahead: pd.DataFrame | None,
) -> None:
    if not len(line):
        return
    ticks = dict(zip(line["year"], (formatter.period(period) for period in line["period"]), strict=True))
    step = max(1, -(-len(ticks) // _MOST_TICKS))
    shown = dict(list(ticks.items())[::-1][::step])
    last = float(line["year"].iloc[-1])
    furthest = [due - _HALF_YEAR for row in references if (due := due_year(row))]
    furthest += [] if ahead is None else [float(ahead["year"].iloc[-1])]
    shown |= {year: str(int(year)) for year in furthest if year > last and (line["kind"] == "year").all()}
    start, end = float(line["year"].iloc[0]), max([last, *furthest])
    room = 0.03 * max(end - start, 0.2)
    names = max((len(one.name.encode("gbk", "replace")) / 2 for one in lines if one.role != OTHER), default=0)
    figure.update_xaxes(tickvals=list(shown), ticktext=list(shown.values()), range=[start - room * 2, end + room])
    figure.update_layout(meta={"right_em": names * 1.05 + 1 if end == last else 1})
