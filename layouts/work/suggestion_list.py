"""Suggested projects: what, where, for how many problems, and the score with what it is made of."""

from collections.abc import Mapping
from typing import Any

from dash import html

from analysis.projects.suggestion_rules import COMPONENTS
from analysis.projects.suggestions import Suggestions
from layouts.components.explained import explained
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button
from layouts.formatting import Formatter, known

MOST_ROWS = 60


def suggestion_rows(
    formatter: Formatter,
    found: Suggestions,
    rules: Mapping[str, Mapping[str, str]],
    areas: Mapping[str, str],
    exports: Mapping[str, str],
) -> Any:
    """rules, areas: names by code. exports: addresses of the whole list by format."""
    texts = formatter.texts
    if found.listed.empty:
        return [no_data(texts("suggestions.empty"))]
    items = [_row(formatter, row, rules, areas) for row in found.listed.head(MOST_ROWS).to_dict("records")]
    numbers = {
        "answered": formatter.number(found.answered, 0),
        "few": formatter.number(found.below_least, 0),
        "none": formatter.number(found.fitting_none, 0),
    }
    said = texts("suggestions.left_out", **numbers)
    total = texts("suggestions.total", count=formatter.number(len(found.listed), 0))
    links = [
        html.A(texts(f"suggestions.as_{kind}"), href=address, className="who__notice", download="")
        for kind, address in exports.items()
    ]
    note = [html.Span([total, " ", *links], className="who__notices"), explained(said, [("", said)], "suggestion-left")]
    return [rows(items, "suggestion-list"), html.P(note, className="quiet suggestion-note")]


def _row(
    formatter: Formatter, row: dict[Any, Any], rules: Mapping[str, Mapping[str, str]], areas: Mapping[str, str]
) -> html.Div:
    texts = formatter.texts
    area = areas.get(row["area_code"], row["area_code"])
    facts = [("", texts("suggestions.score"))]
    for name in COMPONENTS:
        value = known(row[name])
        facts.append((texts(f"suggestions.{name}"), "—" if value is None else f"{formatter.number(100 * value, 0)}"))
    facts.append((texts("suggestions.basis"), f"{formatter.number(row['score_basis_pct'], 0)} %"))
    count = texts("suggestions.problems", count=formatter.number(row["problems"], 0))
    return html.Div(
        [
            pick_button(
                [html.B(area), " ", texts.name(rules[row["rule"]])], {"area": row["area_code"]}, "suggestion__name"
            ),
            html.Span(count, className="quiet"),
            explained(html.Span(formatter.number(row["score"], 0), className="digits"), facts, "suggestion__score"),
        ],
        className="suggestion",
    )
