"""Expert opinions on a figure: the list, and the form that pins one more."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from layouts.components.panel import no_data
from layouts.formatting import Formatter
from layouts.texts import Texts

LONGEST_TEXT = 2000
VERDICTS = ("agree", "question", "reject")
_TONES = {"agree": "better", "question": "", "reject": "worse"}
_MARKS = {"agree": "✓", "question": "?", "reject": "✕"}
_ANSWERS = {
    "201": "saved",
    "400": "refused",
    "403": "forbidden",
    "404": "refused",
    "409": "read_only",
    "413": "refused",
    "reason": "needs_reason",
    "else": "away",
}
"""HTTP status (or what the page itself found) → message."""


def opinion_list(formatter: Formatter, opinions: pd.DataFrame, nothing: str) -> Any:
    """opinions: of store.opinions, in the order they are shown. nothing: what stands there without any."""
    if opinions.empty:
        return no_data(nothing)
    items = [html.Li(_opinion(formatter, row)) for row in opinions.to_dict("records")]
    return html.Ul(items, className="opinions is-scrolling fills")


def opinion_form(texts: Texts) -> html.Details:
    """assets/js/opinions.js sends it; the figure it is pinned to is the one that the list beside it shows."""
    buttons = [
        html.Button(
            [html.Span(_MARKS[verdict], className=f"opinion__mark {_TONES[verdict]}"), texts(f"opinion.{verdict}")],
            type="button", className="toggle", **{"data-verdict": verdict},
        )
        for verdict in VERDICTS
    ]  # fmt: skip
    field = html.Textarea(
        className="opinion-form__text", maxLength=LONGEST_TEXT, rows=3, placeholder=texts("opinion.label"),
        **{"aria-label": texts("opinion.label")},
    )  # fmt: skip
    said = {f"data-said-{answer}": texts(f"opinion.{key}") for answer, key in _ANSWERS.items()}
    return html.Details(
        [
            html.Summary(texts("opinion.write"), className="toggle"),
            html.P(className="opinion-form__about"),
            field,
            html.Div(buttons, className="opinion-form__buttons"),
            html.P(texts("opinion.hint"), className="quiet"),
            html.P(className="opinion-form__answer", role="status"),
        ],
        className="opinion-form",
        **said,
    )


def verdict_text(texts: Texts, verdict: object) -> str:
    return texts(f"opinion.{verdict}") if verdict in VERDICTS else ""


def opinion_line(formatter: Formatter, row: Mapping[Any, Any]) -> str:
    """Who said it of which period, and when."""
    texts = formatter.texts
    author = row["author"] if isinstance(row["author"], str) else texts("opinion.anonymous")
    parts = (author, formatter.period(row["period"]), formatter.day(row["created_at"]))
    return " · ".join(part for part in parts if part)


def _opinion(formatter: Formatter, row: Mapping[Any, Any]) -> list[Any]:
    verdict = str(row["verdict"])
    mark = html.Span(_MARKS.get(verdict, ""), className="opinion__mark", **{"aria-hidden": "true"})
    word = html.Span(
        [mark, verdict_text(formatter.texts, verdict)], className=f"opinion__verdict {_TONES.get(verdict, '')}".strip()
    )
    head = html.Div([word, html.Span(opinion_line(formatter, row), className="quiet")], className="opinion__head")
    text = row["text"] if isinstance(row["text"], str) else ""
    return [head, *([html.P(text, className="opinion__text")] if text else [])]
