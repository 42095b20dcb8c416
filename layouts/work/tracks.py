"""The two tracks: what must be solved by a date, what is solved as far as possible, and how far it all has come."""

from typing import Any

import pandas as pd
from dash import html

from analysis.problems.resolution import TimeToResolve
from layouts.components.explained import explained, figure
from layouts.components.panel import no_data
from layouts.formatting import Formatter
from layouts.work.filtering import MISSING_WORD, Filter, filter_button, only


def tracks(formatter: Formatter, by_track: pd.DataFrame, plan_years: pd.DataFrame, chosen: Filter) -> list[Any]:
    """What is unresolved on each track, by when, and the fix rate.

    by_track: rows of fix_rates by `track` with `due_soon` and `no_deadline`. plan_years: `label`, `words`, `problems`,
    `is_past` of what is unresolved on the best-effort track.
    """
    if by_track.empty or not by_track["listed"].sum():
        return [no_data(formatter.texts("problems.none_match"))]
    rows = {row["track"]: row for row in by_track.to_dict("records")}
    parts = []
    if "time_limited" in rows:
        parts.append(_time_limited(formatter, rows["time_limited"], chosen))
    if "best_effort" in rows:
        parts.append(_best_effort(formatter, rows["best_effort"], plan_years, chosen))
    return parts


def _time_limited(formatter: Formatter, row: dict[Any, Any], chosen: Filter) -> html.Div:
    texts = formatter.texts
    unfixed, undated = int(row["unfixed"]), int(row["no_deadline"])
    overdue = _figure(
        formatter,
        None if unfixed and undated == unfixed else row["overdue"],
        texts("deadline.overdue"),
        only(chosen, track="time_limited", deadline="overdue"),
        "late",
    )
    soon = _figure(
        formatter,
        row["due_soon"],
        texts("deadline.due_soon"),
        only(chosen, track="time_limited", deadline="due_soon"),
        "near",
    )
    return html.Div(
        [
            _head(formatter, row, "time_limited", chosen),
            html.Div(
                [overdue, soon, *_undated(formatter, undated, chosen), _rate(formatter, row)],
                className="track__figures",
            ),
        ],
        className="track",
    )


def _undated(formatter: Formatter, count: int, chosen: Filter) -> list[Any]:
    """Without a deadline nothing can be overdue, which is not the same as on time."""
    if not count:
        return []
    target = only(chosen, track="time_limited", deadline="no_deadline")
    return [_figure(formatter, count, formatter.texts("deadline.no_deadline"), target, "")]


def _best_effort(formatter: Formatter, row: dict[Any, Any], plan_years: pd.DataFrame, chosen: Filter) -> html.Div:
    texts = formatter.texts
    most = max((year["problems"] for year in plan_years.to_dict("records")), default=1)
    bars = [_year(formatter, year, most, chosen) for year in plan_years.to_dict("records")]
    plan = html.Div(
        [html.Span(texts("tracks.plan_year"), className="quiet"), html.Div(bars, className="years")], className="plan"
    )
    return html.Div(
        [
            _head(formatter, row, "best_effort", chosen),
            html.Div([plan, _rate(formatter, row)], className="track__figures"),
        ],
        className="track",
    )


def _year(formatter: Formatter, year: dict[Any, Any], most: int, chosen: Filter) -> Any:
    """One plan year; the years before this one together, in red, since their plan has passed."""
    words = tuple(year["words"])
    label = formatter.texts("tracks.no_plan_year") if words == (MISSING_WORD,) else year["label"]
    tone = " year__bar--past" if year["is_past"] else ""
    bar = html.Span(className=f"year__bar{tone}", style={"height": f"{100 * year['problems'] / most:.0f}%"})
    count = html.Span(formatter.number(year["problems"], 0), className="year__count digits")
    target = chosen | {"track": ("best_effort",), "due_year": words}
    return filter_button([count, html.Span(bar, className="year__track"), html.Span(label)], target, "year")


def _head(formatter: Formatter, row: dict[Any, Any], track: str, chosen: Filter) -> html.Div:
    texts = formatter.texts
    counts = {name: formatter.number(row[name], 0) for name in ("unfixed", "listed")}
    name = filter_button(texts(f"track.{track}"), only(chosen, track=track), "track__name")
    said = html.Span(texts("tracks.unfixed_of", **counts), className="quiet")
    return html.Div([name, said], className="track__head")


def _figure(formatter: Formatter, value: int | None, label: str, target: Filter, tone: str) -> Any:
    number = html.Span(formatter.number(value, 0), className=f"track__figure digits {tone if value else ''}")
    return filter_button([number, html.Span(label, className="quiet")], target, "track__part")


def _rate(formatter: Formatter, row: dict[Any, Any]) -> html.Div:
    texts = formatter.texts
    counts = {name: formatter.number(row[name], 0) for name in ("fixed", "listed")}
    note = texts("tracks.fix_rate_note", **counts)
    shown = formatter.share(row["fixed"], row["listed"])
    number = html.Span(figure(shown), className="track__figure digits")
    label = html.Span(texts("tracks.fix_rate"), className="quiet")
    return html.Div(explained([number, label], [("", texts("tracks.fix_rate")), ("", note)], "track__part"))


def funnel_bars(formatter: Formatter, steps: pd.DataFrame, chosen: Filter) -> html.Div:
    """steps: of analysis.problems.funnel. Each bar is what reached the step, its number what stands there."""
    texts = formatter.texts
    most = max(steps["reached"].max(), 1)
    rows = []
    for row in steps.to_dict("records"):
        width = {"width": f"{100 * row['reached'] / most:.1f}%"}
        bar = html.Span(className=f"funnel__bar funnel__bar--{row['step']}", style=width)
        share = f"{formatter.number(row['reached_pct'], 0)}%" if row["reached_pct"] == row["reached_pct"] else ""
        cells = [
            html.Span(texts(f"problem_status.{row['step']}"), className="funnel__name"),
            html.Span([bar], className="funnel__track"),
            html.Span(share, className="funnel__share quiet digits"),
            html.Span(formatter.number(row["here"], 0), className="funnel__here digits"),
        ]
        rows.append(filter_button(cells, only(chosen, status=row["step"]), "funnel__row"))
    return html.Div(rows, className="funnel")


def resolving_time(formatter: Formatter, time: TimeToResolve) -> html.P:
    """The median in days, or why there is none."""
    texts = formatter.texts
    numbers = {
        "resolved": formatter.number(time.resolved, 0),
        "unresolved": formatter.number(time.unresolved, 0),
        "left_out": formatter.number(time.left_out, 0),
    }
    facts = [("", texts("resolving.title")), ("", texts("resolving.note", **numbers))]
    if time.median_days is None:
        said = texts(f"resolving.{time.reason}", days=formatter.number(time.at_least_days, 0))
    else:
        low, high = formatter.number(time.low_days, 0), formatter.number(time.high_days, 0)
        said = texts("resolving.median", days=formatter.number(time.median_days, 0), low=low, high=high)
    return html.P(explained(said, facts), className="resolving")
