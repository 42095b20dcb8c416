"""Sentences on the screen: one line each, coloured by what they mean, explaining themselves."""

from collections.abc import Sequence

from dash import html

from layouts.components.explained import explained
from layouts.sentences import Sentence

_MARKS = {"better": "▲", "worse": "▼", "": "•"}


def sentence_list(sentences: Sequence[Sentence]) -> html.Ul:
    return html.Ul([_item(one) for one in sentences], className="sentences")


def _item(one: Sentence) -> html.Li:
    mark = html.Span(_MARKS[one.tone], className=f"sentence__mark {one.tone}".strip(), **{"aria-hidden": "true"})
    said = explained(one.text, one.facts) if one.facts else html.Span(one.text)
    return html.Li([mark, said], className="sentence")
