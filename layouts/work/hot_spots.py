"""Where problems crowd, as a list: density, and whether it is more than chance."""

from collections.abc import Mapping
from typing import Any

from dash import html

from analysis.problems.density import PER, Crowding
from layouts.components.explained import explained
from layouts.components.panel import rows
from layouts.formatting import Formatter, known
from layouts.work.filtering import Filter, filter_button, only

MOST_ROWS = 80
SHAPES = {"hot": "▲", "cold": "▼", "not_significant": "·", "unknown": "○"}
CLUSTERS = ("cold", "not_significant", "hot")


def hot_rows(
    formatter: Formatter, found: Crowding, names: Mapping[str, str], basis: str, attribute: str, chosen: Filter
) -> list[Any]:
    """Hot spots first, then the densest.

    basis: `population` or `objects`. attribute: what a click narrows the ledger down by.
    """
    texts = formatter.texts
    first = found.areas.sort_values("cluster", key=lambda words: words != CLUSTERS[-1], kind="stable")
    items = [
        _row(formatter, row, names, basis, attribute, chosen)
        for row in first.head(MOST_ROWS).reset_index().to_dict("records")
    ]
    columns = ("", texts(f"hot.per_{basis}"), texts("hot.verdict"))
    head = html.Div([html.Span(column) for column in columns], className="hot hot--head quiet")
    note = html.P(_method(formatter, found), className="quiet suggestion-note")
    return [head, rows(items, "who-list hot-list"), note]


def _method(formatter: Formatter, found: Crowding) -> str:
    if found.unanswered is None:
        return formatter.texts("hot.method")
    reason = formatter.texts(
        f"unanswered.{found.unanswered.reason}", n=found.unanswered.n, needed=found.unanswered.needed
    )
    return formatter.texts("hot.not_computed", reason=reason)


def _row(
    formatter: Formatter, row: dict[Any, Any], names: Mapping[str, str], basis: str, attribute: str, chosen: Filter
) -> html.Div:
    texts, code = formatter.texts, row["area_code"]
    name = names.get(code, code)
    is_chosen = " is-selected" if chosen.get(attribute) == (code,) else ""
    button = filter_button(name, only(chosen, **{attribute: code}), f"who__name{is_chosen}", title=name)
    word = [
        html.Span(SHAPES[row["cluster"]], className=f"hot-mark hot-mark--{row['cluster']}", **{"aria-hidden": "true"})
    ]
    word.append(texts(f"hot.{row['cluster']}"))
    density = html.Span(formatter.number(row["density"], 1), className="digits")
    return html.Div([button, density, explained(word, hot_facts(formatter, row, basis), "hot__word")], className="hot")


def hot_facts(formatter: Formatter, row: Mapping[Any, Any], basis: str) -> list[tuple[str, str]]:
    """What stands behind a density: counts, base, Gi* and its corrected p."""
    texts = formatter.texts
    counts = {"problems": formatter.number(row["problems"], 0), "base": formatter.number(row["base"], 0)}
    facts = [("", texts(f"hot.counts_{basis}", **counts, per=formatter.number(PER[basis], 0)))]
    if known(row["score"]) is not None:
        q_value = formatter.number(row["q_value"], 3)
        facts.append(("Gi*", texts("hot.score", z=formatter.change(row["score"], 2), q=q_value)))
    return facts


def hot_legend(formatter: Formatter, counts: Mapping[str, int], colours: Mapping[str, str], basis: str) -> list[Any]:
    """counts and colours by cluster word."""
    texts = formatter.texts
    items = [
        html.Li(
            [
                html.Span(className="swatch", style={"background": colours[word]}),
                html.Span(texts(f"hot.{word}"), className="legend-label"),
                html.Span(formatter.number(counts.get(word, 0), 0), className="legend-count"),
            ]
        )
        for word in reversed(CLUSTERS)
    ]
    head = html.Div(html.Span(texts(f"hot.legend_{basis}"), className="legend-title"), className="legend-head")
    return [head, html.Ul(items, className="legend-rows")]
