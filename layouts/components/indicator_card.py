"""The card of one indicator: everything a reviewer asks before believing a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from layouts.components.picking import pick_button
from layouts.components.standard import reference_text
from layouts.formatting import Formatter, known

Row = Mapping[Any, Any]
_SHORT = 26
"""Bytes of text, so that a Chinese letter counts two: what fits half the card."""


def indicator_card(formatter: Formatter, indicator: Row, parts: Mapping[str, Any]) -> html.Dl:
    """parts: label key of the card → what stands there; empty parts are left out."""
    texts = formatter.texts
    facts = {
        "definition": texts.name(indicator, "definition"),
        "formula": _text(indicator, "formula"),
        "unit": texts.unit(indicator["unit"]),
        "direction": texts(f"direction.{indicator['direction']}"),
        "graded": texts("card.is_graded" if indicator["graded"] else "card.is_counted"),
        "aggregation": texts(f"aggregation.{indicator['aggregation']}"),
        "caliber": _text(indicator, "caliber"),
    } | dict(parts)
    lines = [(texts(f"card.{key}"), value) for key, value in facts.items() if value]
    return html.Dl([_line(label, value) for label, value in lines], className="indicator-card")


def _line(label: str, value: Any) -> html.Div:
    """Short facts stand side by side; what is long or a list has the width to itself."""
    is_short = isinstance(value, str) and len(value.encode("gbk", "replace")) <= _SHORT
    return html.Div([html.Dt(label), html.Dd(value)], className="" if is_short else "is-wide")


def reference_list(formatter: Formatter, references: pd.DataFrame) -> Any:
    """Every reference of the indicator: kind, bound, clause, since or due when, verified or not."""
    rows = references.to_dict("records")
    return html.Ul([html.Li(_reference(formatter, row)) for row in rows], className="plain-list") if rows else None


def related_list(formatter: Formatter, rows: Sequence[tuple[Row, str]]) -> Any:
    """Components or predecessors: a button that selects each, with what is said beside it."""
    texts = formatter.texts
    items = [
        html.Li([pick_button(texts.name(row), {"indicator": row["indicator_code"]}, "crumb"), html.Span(f" {said}")])
        for row, said in rows
    ]
    return html.Ul(items, className="plain-list") if items else None


def completeness_table(
    formatter: Formatter, counts: pd.DataFrame, level_names: Mapping[str, str], area_counts: Mapping[str, int]
) -> Any:
    """Recorded values of all areas, per level and period; a level nobody records is not listed."""
    if counts.empty:
        return None
    texts, wide = formatter.texts, counts.pivot(index="level", columns="period", values="recorded")
    periods = list(wide.columns)[-6:]
    levels = [str(level) for level in dict.fromkeys(counts["level"])]
    head = html.Tr([html.Th(""), *(html.Th(formatter.period(period)) for period in periods)])
    body = [
        html.Tr(
            [
                html.Th(level_names.get(level, level)),
                *(
                    html.Td(_recorded(formatter, wide.loc[level, p], area_counts.get(level)), className="digits")
                    for p in periods
                ),
            ]
        )
        for level in levels
    ]
    return html.Table([html.Caption(texts("card.completeness_note")), html.Thead(head), html.Tbody(body)])


def _recorded(formatter: Formatter, count: object, areas: int | None) -> str:
    recorded = formatter.number(count, 0)
    return recorded if areas is None or known(count) is None else f"{recorded}/{areas}"


def _reference(formatter: Formatter, row: Row) -> list[Any]:
    texts = formatter.texts
    when = ""
    if row["kind"] == "plan_target" and _text(row, "period"):
        when = texts("card.due", period=row["period"])
    elif _text(row, "effective_on"):
        when = texts("card.since", day=row["effective_on"])
    source = " ".join(part for part in (_text(row, "source_title"), _text(row, "clause")) if part)
    mark = "card.verified" if row["verified"] else "card.unverified"
    kind = html.Span(texts(f"trend.{row['kind']}"), className="quiet")
    bound = html.Strong(reference_text(formatter, row), className="digits")
    badge = html.Span(texts(mark), className=f"badge badge--{'sure' if row['verified'] else 'unsure'}")
    return [
        kind,
        " ",
        bound,
        " ",
        badge,
        html.Div(" · ".join(part for part in (source, when) if part), className="quiet"),
    ]


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""
