"""Coverage per area: computed within reach, computed in the indicator's caliber, reported, and the difference."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.explained import Fact, explained
from layouts.components.panel import no_data
from layouts.components.picking import pick_button
from layouts.formatting import MISSING, Formatter, known

MOST_ROWS = 400


def coverage_table(
    formatter: Formatter,
    rows: Sequence[Mapping[Any, Any]],
    facts: Mapping[str, Sequence[Fact]],
    *,
    has_added: bool,
    has_land: bool,
    has_reported: bool,
    selected: str,
) -> Any:
    """rows: area_code, name and the columns of coverage, the worst first. facts: per column what its figures are."""
    texts = formatter.texts
    if not rows:
        return no_data(texts("reach.no_areas"))
    columns = ["area", "share_pct", *(["change_pct"] if has_added else []), "unserved", "total"]
    columns += (["land_pct"] if has_land else []) + (["reported", "difference_pct"] if has_reported else [])
    head = [_heading(texts(f"reach.column_{name}"), facts.get(name, ())) for name in columns]
    body = [_row(formatter, row, columns, selected) for row in rows[:MOST_ROWS]]
    table = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody(body)], className="standings reach-table", **{"data-sortable": ""}
    )
    return html.Div(table, className="is-scrolling fills", tabIndex="0")


def _heading(label: str, facts: Sequence[Fact]) -> html.Th:
    button = html.Button(label, type="button")
    return html.Th(explained(button, facts) if facts else button, scope="col")


def _row(formatter: Formatter, row: Mapping[Any, Any], columns: Sequence[str], selected: str) -> html.Tr:
    code, name = str(row["area_code"]), str(row["name"])
    cells: list[Any] = [html.Td(pick_button(name, {"area": code}, "standings__name", title=name), **_sort(name))]
    cells += [_cell(formatter, row, column) for column in columns[1:]]
    return html.Tr(cells, className="is-selected" if code == selected else "")


def _cell(formatter: Formatter, row: Mapping[Any, Any], column: str) -> html.Td:
    value = known(row[column])
    if value is None:
        return html.Td(MISSING, className="quiet digits", **_sort(None))
    if column in ("change_pct", "difference_pct"):
        return html.Td(formatter.change(value, 1), className="digits", **_sort(value))
    if column in ("total", "unserved"):
        return html.Td(formatter.number(round(value), 0), className="digits", **_sort(value))
    return html.Td(formatter.number(value, 1), className="digits", **_sort(value))


def _sort(value: object) -> dict[str, str]:
    number = known(value)
    return {"data-sort": str(number) if number is not None else value if isinstance(value, str) else ""}
