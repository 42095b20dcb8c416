"""A long list a page at a time: which rows, and the buttons that turn."""

from collections.abc import Mapping
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.work.options import changed

PAGE_ROWS = 100


class Pages:
    """The page of the link, or the nearest one there is."""

    def __init__(self, total: int, options: Mapping[str, str]) -> None:
        self.total, self.options = total, dict(options)
        self.count = max(-(-total // PAGE_ROWS), 1)
        asked = options.get("page", "")
        self.page = min(max(int(asked), 1), self.count) if asked.isascii() and asked.isdigit() else 1
        self.start = (self.page - 1) * PAGE_ROWS
        self.end = min(self.start + PAGE_ROWS, total)


def page_bar(formatter: Formatter, pages: Pages) -> list[Any]:
    """Nothing where one page holds all."""
    if pages.count == 1:
        return []
    texts = formatter.texts
    turns = [("back", pages.page - 1, texts("paging.before")), ("open", pages.page + 1, texts("paging.after"))]
    numbers = {"start": pages.start + 1, "end": pages.end, "total": pages.total}
    said = texts("paging.said", **{name: formatter.number(value, 0) for name, value in numbers.items()})
    before, after = (_turn(pages, mark, page, label) for mark, page, label in turns)
    return [html.Div([before, html.Span(said, className="quiet digits"), after], className="page-bar")]


def _turn(pages: Pages, mark: str, page: int, label: str) -> html.Button:
    off = {} if 1 <= page <= pages.count else {"disabled": "disabled"}
    target = changed(pages.options, "page", str(page) if page > 1 else None)
    return pick_button(icon(mark), target, "page-turn", **{"aria-label": label}, **off)
