"""The watch list: what became of last year's problems, with the rule beside each."""

from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained
from layouts.components.panel import no_data, rows
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button

MOST_ROWS = 60
SHAPES = {"recurring": "↻", "worse": "▼", "unchanged": "＝", "improving": "▲", "resolved": "●"}


def watch_body(formatter: Formatter, counts: pd.DataFrame, listed: pd.DataFrame, chosen: Filter) -> Any:
    """counts: of analysis.problems.watch.fates; listed: of watch_list, the gravest first."""
    texts = formatter.texts
    if listed.empty:
        return no_data(texts("watch.empty"))
    parts = [
        html.Span(className=f"fate fate--{row['fate']}", style={"flexGrow": int(row["problems"])})
        for row in counts.to_dict("records")
        if row["problems"]
    ]
    legend = [_fate(formatter, row) for row in counts.to_dict("records")]
    items = [_row(formatter, row, chosen) for row in listed.head(MOST_ROWS).to_dict("records")]
    bar = html.Div(parts, className="fates", role="img", **{"aria-label": texts("watch.title")})
    return [bar, html.Div(legend, className="fate-legend"), rows(items, "watch-list")]


def _fate(formatter: Formatter, row: dict[Any, Any]) -> Any:
    texts = formatter.texts
    word = texts(f"watch.{row['fate']}")
    mark = html.Span(SHAPES[row["fate"]], className=f"fate-mark fate-mark--{row['fate']}", **{"aria-hidden": "true"})
    number = html.Span(formatter.number(row["problems"], 0), className="digits")
    return explained([mark, word, " ", number], [("", word), (texts("watch.rule"), texts(f"watch.rule_{row['fate']}"))])


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
