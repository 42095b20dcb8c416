"""The watch list: what became of last year's problems, with the rule beside each."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button

MOST_ROWS = 60
_VALUES = (("before", "value_before"), ("now", "value"))
SHAPES = {"recurring": "↻", "worse": "▼", "unchanged": "＝", "improving": "▲", "resolved": "●"}


def watch_body(formatter: Formatter, counts: pd.DataFrame, listed: pd.DataFrame, chosen: Filter) -> Any:
    """counts: of analysis.problems.watch.fates; listed: of watch_list, the gravest first."""
    if listed.empty:
        return no_data(formatter.texts("watch.empty"))
    items = [_row(formatter, row, chosen) for row in listed.head(MOST_ROWS).to_dict("records")]
    return [*_summary(formatter, counts, "problems"), rows(items, "watch-list")]


def indicator_watch(
    formatter: Formatter, counts: pd.DataFrame, listed: pd.DataFrame, periods: Mapping[str, str]
) -> Any:
    """listed: of indicator_fates with `value`, `value_before`; periods: `now` and `before` in words."""
    if listed.empty:
        return no_data(formatter.texts("watch.no_indicator_missed", before=periods["before"]))
    items = [_indicator(formatter, row, periods) for row in listed.head(MOST_ROWS).to_dict("records")]
    return [*_summary(formatter, counts, "indicators"), rows(items, "watch-list")]


def _summary(formatter: Formatter, counts: pd.DataFrame, of: str) -> list[Any]:
    """The fates as one bar, and as a legend that counts and explains."""
    parts = [
        html.Span(className=f"fate fate--{row['fate']}", style={"flexGrow": int(row["problems"])})
        for row in counts.to_dict("records")
        if row["problems"]
    ]
    legend = [_fate(formatter, row, of) for row in counts.to_dict("records")]
    bar = html.Div(parts, className="fates", role="img", **{"aria-label": formatter.texts("watch.title")})
    return [bar, html.Div(legend, className="fate-legend")]


def _indicator(formatter: Formatter, row: dict[Any, Any], periods: Mapping[str, str]) -> html.Div:
    """The indicator with both values; a click opens it in the indicator view."""
    texts = formatter.texts
    name = texts.name(row)
    values = {key: str(formatter.quantity(row[column], row["unit"], row["decimals"])) for key, column in _VALUES}
    said = texts("watch.values", **values)
    facts = [
        ("", name),
        ("", texts("watch.values_in", **values, **{f"{key}_period": word for key, word in periods.items()})),
        (texts("watch.rule"), texts(f"watch.indicator_{row['fate']}")),
    ]
    mark = html.Span(SHAPES[row["fate"]], className=f"fate-mark fate-mark--{row['fate']}", **{"aria-hidden": "true"})
    target = {"view": "indicator", "indicator": row["indicator_code"]}
    return html.Div(
        [mark, pick_button(name, target, "watch__title", title=name), explained(said, facts, "watch__fate quiet")],
        className="watch",
    )


def _fate(formatter: Formatter, row: dict[Any, Any], of: str) -> Any:
    texts = formatter.texts
    word = texts(f"watch.{row['fate']}")
    mark = html.Span(SHAPES[row["fate"]], className=f"fate-mark fate-mark--{row['fate']}", **{"aria-hidden": "true"})
    number = html.Span(formatter.number(row["problems"], 0), className="digits")
    rule = "rule" if of == "problems" else "indicator"
    return explained(
        [mark, word, " ", number], [("", word), (texts("watch.rule"), texts(f"watch.{rule}_{row['fate']}"))]
    )


def _row(formatter: Formatter, row: dict[Any, Any], chosen: Filter) -> html.Div:
    texts = formatter.texts
    title = texts.name(row, "title") or row["problem_code"]
    mark = html.Span(SHAPES[row["fate"]], className=f"fate-mark fate-mark--{row['fate']}", **{"aria-hidden": "true"})
    facts = [("", title), (texts("watch.rule"), texts(f"watch.by_{row['rule']}", code=row["recurred_as"]))]
    return html.Div(
        [
            mark,
            filter_button(title, chosen | {"problem": (row["problem_code"],)}, "watch__title", title=title),
            explained(texts(f"watch.{row['fate']}"), facts, "watch__fate quiet"),
        ],
        className="watch",
    )
