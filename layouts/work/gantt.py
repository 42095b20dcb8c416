"""Projects as rows with their time: planned and actual span, milestones, today."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from analysis import day_intervals
from layouts.components.panel import no_data
from layouts.formatting import Formatter, known
from layouts.theme import PALETTES, Palette
from layouts.work.filtering import Filter, filter_button
from layouts.work.project_status import state_word

HEIGHT = 24
_SPANS = (
    ("planned_start_on", "first"),
    ("planned_finish_on", "last"),
    ("actual_start_on", "first"),
    ("actual_finish_on", "last"),
)
Row = Mapping[str, Any]
Axis = tuple[pd.Timestamp, pd.Timestamp]
Milestone = tuple[Any, Any]


def gantt(
    formatter: Formatter, projects: pd.DataFrame, milestones: pd.DataFrame, today: date, chosen: Filter, theme: str
) -> list[Any]:
    """projects: the rows of a page, with their statuses; milestones: rows of project_milestone."""
    texts = formatter.texts
    if projects.empty:
        return [no_data(texts("projects.none_match"))]
    spans = _spans(projects)
    axis = _axis(spans, today)
    reached = _reached(milestones, set(projects["project_code"]))
    palette = PALETTES[theme]
    rows = [
        html.Li(
            _row(formatter, row, _picture(span, reached.get(row["project_code"], []), axis, today, palette), chosen)
        )
        for row, span in zip(_records(projects), _records(spans), strict=True)
    ]
    return [_head(formatter, axis), html.Ul(rows, className="rows gantt-list", tabIndex="-1")]


def gantt_key(formatter: Formatter) -> html.Span:
    """What the strokes and bars of the rows mean."""
    marks = ("plan", "work", "over", "reached", "due", "today")
    items = [
        part
        for mark in marks
        for part in (html.Span(className=f"gantt-key gantt-key--{mark}"), formatter.texts(f"gantt.key_{mark}"))
    ]
    return html.Span(items, className="gantt-keys quiet")


def _spans(projects: pd.DataFrame) -> pd.DataFrame:
    """The four dates of each project as days, NaT where unknown."""
    edges = {"first": day_intervals.first_day, "last": day_intervals.last_day}
    return pd.DataFrame({name: edges[edge](projects[name]) for name, edge in _SPANS})


def _axis(spans: pd.DataFrame, today: date) -> Axis:
    """Whole years that hold every known date and today, at most five before it and four after."""
    known_days = spans.stack().dropna()
    now = pd.Timestamp(today)
    first = min(known_days.min() if len(known_days) else now, now)
    last = max(known_days.max() if len(known_days) else now, now)
    start = max(first.year, now.year - 4)
    end = min(last.year, now.year + 3)
    return pd.Timestamp(start, 1, 1), pd.Timestamp(end + 1, 1, 1)


def _reached(milestones: pd.DataFrame, codes: set[str]) -> dict[str, list[Milestone]]:
    """Planned and actual day of every milestone, per project."""
    mine = milestones[milestones["project_code"].isin(codes)]
    planned, actual = (day_intervals.last_day(mine[name]) for name in ("planned_on", "actual_on"))
    found: dict[str, list[Milestone]] = {}
    for code, *days in zip(mine["project_code"], planned, actual, strict=True):
        found.setdefault(code, []).append((days[0], days[1]))
    return found


def _head(formatter: Formatter, axis: Axis) -> html.Div:
    texts = formatter.texts
    years = [
        html.Span(str(year), className="gantt__year", style={"left": f"{_share(axis, pd.Timestamp(year, 1, 1)):.2f}%"})
        for year in range(axis[0].year, axis[1].year)
    ]
    scale = html.Span(years, className="gantt__scale")
    words = [html.Span(texts("gantt.project")), html.Span(texts("gantt.finding")), scale]
    figure = html.Span(texts("gantt.progress"), className="gantt__figure")
    return html.Div([*words, figure], className="gantt gantt--head quiet")


def _row(formatter: Formatter, row: Row, picture: str, chosen: Filter) -> html.Div:
    texts = formatter.texts
    name = texts.name(row) or row["project_code"]
    button = filter_button(name, {**chosen, "project": (row["project_code"],)}, "gantt__name", title=name)
    physical = known(row["physical_actual_pct"])
    figure = "—" if physical is None else f"{formatter.number(physical, 0)} %"
    spans = f"{formatter.day(row['planned_start_on'])} – {formatter.day(row['planned_finish_on'])}"
    return html.Div(
        [
            button,
            state_word(formatter, row),
            html.Span(
                className="gantt__track", title=spans, role="img", style={"backgroundImage": f'url("{picture}")'}
            ),
            html.Span(figure, className="gantt__figure digits"),
        ],
        className="gantt",
    )


def _picture(span: Row, milestones: Sequence[Milestone], axis: Axis, today: date, palette: Palette) -> str:
    """The row's time as one SVG image: a component per bar would make a long list slow in the browser."""
    now = pd.Timestamp(today)
    finish = min(now, span["actual_finish_on"]) if _is_day(span["actual_finish_on"]) else now
    is_started = _is_day(span["actual_start_on"])
    shapes = [
        _bar(axis, span["planned_start_on"], span["planned_finish_on"], 4, f'fill="none" stroke="{palette.quiet}"'),
        _bar(axis, span["actual_start_on"], finish, 9, f'fill="{palette.line}"'),
        _bar(axis, span["planned_finish_on"], finish, 9, f'fill="{palette.fails}"') if is_started else "",
        *(_tick(axis, *milestone, palette) for milestone in milestones),
        _line(_share(axis, now), 0, HEIGHT, f'stroke="{palette.accent}" stroke-width="2" stroke-dasharray="2 2"'),
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {HEIGHT}" preserveAspectRatio="none">'
        f"{''.join(shapes)}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _bar(axis: Axis, start: Any, end: Any, top: int, paint: str) -> str:
    if not _is_day(start) or not _is_day(end) or end <= start:
        return ""
    left, right = _share(axis, start), _share(axis, end)
    box = f'x="{left:.2f}" y="{top}" width="{max(right - left, 0.4):.2f}" height="{HEIGHT - 2 * top}"'
    return f'<rect {box} {paint} vector-effect="non-scaling-stroke"/>'


def _tick(axis: Axis, planned: Any, actual: Any, palette: Palette) -> str:
    """A milestone: a short quiet stroke on the day it was planned, a long one on the day it was reached."""
    strokes = (
        (planned, 7, f'stroke="{palette.quiet}" stroke-width="1.5"'),
        (actual, 2, f'stroke="{palette.text}" stroke-width="2"'),
    )
    return "".join(
        _line(_share(axis, day), top, HEIGHT - top, paint)
        for day, top, paint in strokes
        if _is_day(day) and axis[0] <= day < axis[1]
    )


def _line(x: float, top: int, bottom: int, paint: str) -> str:
    return f'<path d="M{x:.2f} {top}V{bottom}" {paint} vector-effect="non-scaling-stroke"/>'


def _is_day(value: Any) -> bool:
    return bool(pd.notna(value))


def _share(axis: Axis, day: pd.Timestamp) -> float:
    return float(min(max((day - axis[0]) / (axis[1] - axis[0]), 0), 1) * 100)


def _records(frame: pd.DataFrame) -> list[Any]:
    return frame.to_dict("records")
