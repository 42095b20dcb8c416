"""The area sheet on the screen and on paper: one A4 page that reads like a doctor's report."""

from typing import Any

from dash import html

from layouts.components.sentences import sentence_list
from layouts.sheet import Grid, Section, Sheet
from layouts.texts import Texts


def area_sheet(texts: Texts, sheet: Sheet, inset: Any, word_address: str) -> html.Div:
    """inset: the map, or None. Printing is the browser's, which also writes PDF."""
    buttons = html.Div(
        [
            html.Button(texts("sheet.print"), type="button", className="toggle", **{"data-print": ""}),
            html.A(texts("sheet.word"), href=word_address, className="toggle", download=""),
        ],
        className="sheet__buttons",
    )
    figures = [
        html.Div([html.Span(number, className="sheet__figure digits"), html.Span(label, className="quiet")])
        for label, number in sheet.figures
    ]
    head = html.Header([html.Div([html.H2(sheet.title), html.P(sheet.subtitle, className="quiet")]), inset])
    body = [html.Div(figures, className="sheet__figures"), *(_section(one) for one in sheet.sections)]
    page = html.Article([head, *body, html.Footer(sheet.note, className="quiet")], className="sheet")
    return html.Div([buttons, page], className="sheet-desk")


def _section(section: Section) -> html.Section:
    parts: list[Any] = [html.H3(section.title)]
    if section.grid is not None:
        parts.append(_grid(section.grid))
    if section.sentences:
        parts.append(sentence_list(section.sentences))
    return html.Section(parts)


def _grid(grid: Grid) -> html.Table:
    head = html.Tr([html.Th(name, scope="col") for name in grid.head])
    rows = [html.Tr([html.Td(cell) for cell in row]) for row in grid.rows]
    return html.Table([html.Thead(head), html.Tbody(rows)])
