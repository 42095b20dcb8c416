"""Who has to act: one row per department or per part of the area, the most unresolved first."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.problems.funnel import STEPS
from layouts.components.explained import explained
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button, only

MOST_ROWS = 80


def department_rows(
    formatter: Formatter,
    rates: pd.DataFrame,
    names: Mapping[str, str],
    chosen: Filter,
    notices: Mapping[str, Mapping[str, str]],
) -> Any:
    """rates: fix_rates by `lead_department_code`. notices: of a department, the address of its notice by format."""
    texts = formatter.texts
    if rates.empty:
        return no_data(texts("problems.none_match"))
    items = []
    for row in rates.head(MOST_ROWS).to_dict("records"):
        code = row["lead_department_code"] if isinstance(row["lead_department_code"], str) else ""
        name = names.get(code, code) or texts("attribute.nobody")
        target = only(chosen, lead_department_code=code or "~")
        chosen_here = chosen.get("lead_department_code") == (code or "~",)
        label = filter_button(name, target, "who__name" + (" is-selected" if chosen_here else ""), title=name)
        items.append(_row(formatter, row, label, _notice(formatter, row, name, notices.get(code))))
    return [_head(formatter, notices=True), rows(items, "who-list")]


def area_rows(formatter: Formatter, rates: pd.DataFrame, names: Mapping[str, str], here: str) -> Any:
    """rates: fix_rates by `branch`. here: the selected area, whose own problems lie in no part of it."""
    texts = formatter.texts
    if rates.empty:
        return no_data(texts("problems.none_match"))
    items = []
    for row in rates.head(MOST_ROWS).to_dict("records"):
        own = row["branch"] == here
        name = texts("attribute.itself") if own else names.get(row["branch"], row["branch"])
        label = (
            html.Span(name, className="who__name")
            if own
            else pick_button(name, {"area": row["branch"]}, "who__name", title=name)
        )
        items.append(_row(formatter, row, label))
    return [_head(formatter, notices=False), rows(items, "who-list")]


def _head(formatter: Formatter, *, notices: bool) -> html.Div:
    texts = formatter.texts
    columns = (
        "",
        texts("who.unfixed"),
        texts("deadline.overdue"),
        texts("who.rate"),
        *([texts("notice_doc.short")] if notices else []),
    )
    return html.Div([html.Span(column) for column in columns], className=f"{_grid(notices)} who--head quiet")


def _grid(notices: bool) -> str:
    return "who who--noted" if notices else "who who--plain"


def _notice(formatter: Formatter, row: dict[Any, Any], name: str, addresses: Mapping[str, str] | None) -> html.Span:
    """Links to the supervision notice, where something is overdue."""
    if addresses is None or not row["overdue"]:
        return html.Span()
    said = formatter.texts("notice_doc.download", department=name)
    return html.Span(notice_links(formatter, addresses, said), className="who__notices")


def notice_links(formatter: Formatter, addresses: Mapping[str, str], said: str) -> list[html.A]:
    """addresses: by format, `word` or `pdf`."""
    links = []
    for kind, address in addresses.items():
        word = formatter.texts(f"notice_doc.{kind}")
        attributes = {"aria-label": f"{said} · {word}", "title": said, "download": ""}
        links.append(html.A(word, href=address, className="who__notice", **attributes))
    return links


def _row(formatter: Formatter, row: dict[Any, Any], label: Any, notice: Any = None) -> html.Div:
    overdue = html.Span(
        formatter.number(row["overdue"], 0), className="digits late" if row["overdue"] else "digits quiet"
    )
    rate = explained(str(formatter.share(row["fixed"], row["listed"])), _steps_said(formatter, row), "digits quiet")
    unfixed = html.Span(formatter.number(row["unfixed"], 0), className="digits")
    cells = [label, unfixed, overdue, rate, *([] if notice is None else [notice]), _steps(formatter, row)]
    return html.Div(cells, className=_grid(notice is not None))


def _steps(formatter: Formatter, row: dict[Any, Any]) -> html.Span:
    """How far the group's problems have come, as one thin bar; the words stand on the fix rate."""
    parts = [html.Span(className=f"who__step who__step--{step}", style={"flexGrow": int(row[step])}) for step in STEPS]
    said = formatter.texts("list.comma").join(f"{word} {number}" for word, number in _steps_said(formatter, row))
    return html.Span(parts, className="who__steps", role="img", **{"aria-label": said})


def _steps_said(formatter: Formatter, row: dict[Any, Any]) -> list[tuple[str, str]]:
    return [(formatter.texts(f"problem_status.{step}"), formatter.number(row[step], 0)) for step in STEPS]
