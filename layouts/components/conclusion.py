"""The dimension tree with attainment: graded dimensions as a share and a bar, the others as counts without a grade."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained, figure
from layouts.components.panel import no_data
from layouts.components.picking import pick_button
from layouts.components.status import status_bar, status_count, status_mark
from layouts.formatting import MISSING, Formatter, Shown

_MAY_BREAK = "\u200b"
_JUDGED = ("meets", "near", "fails")
_MEMBER = ("indicator_code", "name_zh", "name_en", "value", "unit", "decimals", "attainment")
Row = Mapping[Any, Any]


def conclusion(formatter: Formatter, dimensions: pd.DataFrame, judged: pd.DataFrame, grades: Mapping[str, str]) -> Any:
    """dimensions: of analysis.health, with `better`, `worse`. judged: all indicators. grades: the official ones."""
    if dimensions.empty:
        return no_data(formatter.texts("conclusion.empty"))
    shown = judged[["root_dimension_code", *_MEMBER]]
    members = {str(code): group.to_dict("records") for code, group in shown.groupby("root_dimension_code")}
    return html.Div(
        [
            _dimension(formatter, row, members.get(row["dimension_code"], []), grades.get(row["dimension_code"], ""))
            for row in dimensions.to_dict("records")
        ],
        className="dimensions",
    )


def _dimension(formatter: Formatter, row: Row, members: Sequence[Row], grade: str) -> html.Details:
    """Opens to the dimension's indicators, each a button that selects it."""
    kind = "graded" if row["graded"] else "counted"
    head = _graded(formatter, row, grade) if row["graded"] else _counted(formatter, row, grade)
    items = [html.Li(_member(formatter, member)) for member in members]
    summary = html.Summary(head, className=f"dimension dimension--{kind}")
    return html.Details([summary, html.Ul(items, className="members")], className=f"is-{kind}", **{"data-later": ""})


def _name(formatter: Formatter, row: Row, grade: str) -> html.Span:
    texts = formatter.texts
    official = (
        [html.Span(texts("conclusion.official", grade=texts.grade(grade)), className="official")] if grade else []
    )
    return html.Span([texts.name(row).replace("/", f"/{_MAY_BREAK}"), *official], className="dimension__name")


def _graded(formatter: Formatter, row: Row, grade: str) -> list[Any]:
    texts = formatter.texts
    counts = {name: int(row[name]) for name in _JUDGED}
    total = sum(counts.values())
    legend = [status_count(texts, name, count) for name, count in counts.items()]
    numbers = {"count": row["indicators"], "graded": row["graded"], "judged": total}
    note = html.Span(texts("conclusion.graded", **numbers), className="dimension__note")
    head = [_name(formatter, row, grade), note]
    if not total:
        return [*head, html.Span(texts("conclusion.no_standard"), className="quiet")]
    share = formatter.share(counts["meets"], total)
    facts = [
        ("", texts.name(row)),
        ("", texts("conclusion.graded_note", **numbers)),
        ("", texts("headlines.meeting_note")),
    ]
    return [
        *head,
        html.Span(
            [html.Span(texts("conclusion.meeting_share"), className="lead"), explained(figure(share), facts)],
            className="dimension__figure",
        ),
        html.Span(_movement(formatter, row), className="dimension__aside"),
        html.Div(
            [
                status_bar(counts, ", ".join(f"{texts(f'status.{name}')} {count}" for name, count in counts.items())),
                html.Div(legend, className="dimension__legend"),
            ],
            className="dimension__bar",
        ),
    ]


def _counted(formatter: Formatter, row: Row, grade: str) -> list[Any]:
    """A dimension without grades: how much was found, never a share that met something."""
    texts = formatter.texts
    is_sum = bool(row["counted_unit"])
    if not row["collected"]:
        shown = Shown(MISSING)
    elif is_sum:
        shown = formatter.quantity(row["counted"], row["counted_unit"], 0)
    else:
        found = texts("conclusion.found_of", total=row["indicators"])
        shown = Shown(formatter.number(row["with_problems"], 0), found)
    facts = [
        ("", texts.name(row)),
        ("", texts("conclusion.count", count=row["indicators"])),
        ("", texts(f"conclusion.{'sum' if is_sum else 'found'}_note")),
    ]
    return [
        _name(formatter, row, grade),
        explained(figure(shown), facts, "dimension__figure"),
        html.Span(_movement(formatter, row), className="dimension__aside"),
    ]


def _movement(formatter: Formatter, row: Row) -> str:
    """Which way the dimension goes; where nothing earlier is known, how much of it was collected."""
    texts = formatter.texts
    if row["better"] or row["worse"]:
        return texts("conclusion.movement", better=row["better"], worse=row["worse"])
    return texts("conclusion.collected", collected=row["collected"], total=row["indicators"])


def _member(formatter: Formatter, member: Row) -> html.Button:
    texts = formatter.texts
    shown = formatter.quantity(member["value"], member["unit"], member["decimals"])
    parts = [
        status_mark(texts, member["attainment"]),
        html.Span(texts.name(member), className="member__name"),
        html.Span(figure(shown), className="member__value"),
    ]
    return pick_button(parts, {"indicator": member["indicator_code"]}, "member")
