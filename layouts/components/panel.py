"""The one panel style: a title that says what, where and when, an aside, a body."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.formatting import MISSING


def panel_head(title: str, aside: Any = None) -> html.Header:
    """The full title stands in the tooltip too, for where there is no room for it."""
    return html.Header(
        [html.H2(title, title=title), html.Div(aside, className="panel__aside")], className="panel__head"
    )


def panel(title: str, body: Any, aside: Any = None) -> list[Any]:
    """The children of a panel's section; the section itself stays in the page."""
    return [panel_head(title, aside), html.Div(body, className="panel__body")]


def joined(*parts: str) -> str:
    """Parts of a title on one line: `指标 · 区域 · 期次`."""
    return " · ".join(part for part in parts if part and part != MISSING)


def no_data(sentence: str) -> html.P:
    """Why a panel is empty and what to do."""
    return html.P(sentence, className="no-data")


def rows(items: Sequence[Any], class_name: str) -> html.Ul:
    return html.Ul([html.Li(item) for item in items], className=f"rows {class_name}", tabIndex="-1")
