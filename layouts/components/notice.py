"""Calm sentences above the page: what a link asked for and what is shown instead."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.texts import Texts


def notice(texts: Texts, sentences: Sequence[str]) -> list[Any]:
    if not sentences:
        return []
    close = html.Button(
        icon("close"), type="button", className="notice__close", **{"aria-label": texts("notice.close")}
    )
    return [html.Div([html.P(" ".join(sentences)), close], className="notice", role="status")]
