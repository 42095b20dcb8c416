"""The area sheet on the screen and on paper: one A4 page that reads like a doctor's report, its evidence behind it."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.explained import explained
from layouts.components.taking import cite_button
from layouts.sentences import Sentence
from layouts.sheet import MARKS, Grid, Section, Sheet
from layouts.texts import Texts


def area_sheet(texts: Texts, sheet: Sheet, inset: Any, search: str, citation: str) -> html.Div:
    """inset: the map, or None. search: the selection as a query string, for the files."""
    links: list[Any] = [
        html.A(texts(f"sheet.{name}"), href=f"download/sheet.{extension}{search}", className="toggle", download="")
        for name, extension in (("pdf", "pdf"), ("word", "docx"), ("csv", "csv"), ("xlsx", "xlsx"))
    ]
    links.append(cite_button(texts, citation, "toggle"))
    button = html.Button(texts("sheet.print"), type="button", className="toggle", **{"data-print": ""})
    figures = [
        html.Div([html.Span(number, className="sheet__figure digits"), html.Span(label, className="quiet")])
        for label, number in sheet.figures
    ]
    head = html.Header([html.Div([html.H2(sheet.title), html.P(sheet.subtitle, className="quiet")]), inset])
    sections = [_section(section, sentences) for section, sentences in sheet.numbered()]
    body = [html.Div(figures, className="sheet__figures"), *sections]
    foot = html.Footer(sheet.note, className="quiet")
    page = html.Article([head, *body, foot, _evidence(sheet)], className="sheet")
    return html.Div([html.Div([*links, button], className="sheet__buttons"), page], className="sheet-desk")


def _section(section: Section, sentences: Sequence[tuple[Sentence, int]]) -> html.Section:
    parts: list[Any] = [html.H3(section.title)]
    if section.grid is not None:
        parts.append(_grid(section.grid))
    if sentences:
        parts.append(html.Ul([_sentence(one, number) for one, number in sentences], className="sentences"))
    return html.Section(parts)


def _sentence(one: Sentence, number: int) -> html.Li:
    mark = html.Span(MARKS[one.tone], className=f"sentence__mark {one.tone}".strip(), **{"aria-hidden": "true"})
    if not number:
        return html.Li([mark, html.Span(one.text)], className="sentence")
    return html.Li([mark, explained([one.text, html.Sup(str(number))], one.facts)], className="sentence")


def _evidence(sheet: Sheet) -> html.Section:
    """For paper, where nothing can be hovered."""
    title, note = sheet.evidence
    lines = [html.Li(f"{number}  {facts}") for number, facts in sheet.evidence_lines()]
    return html.Section([html.H3(title), html.P(note), html.Ul(lines)], className="sheet__evidence")


def _grid(grid: Grid) -> html.Table:
    head = html.Tr([html.Th(name, scope="col") for name in grid.head])
    rows = [html.Tr([html.Td(cell) for cell in row]) for row in grid.rows]
    return html.Table([html.Thead(head), html.Tbody(rows)])
