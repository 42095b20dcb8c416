"""The supervision notice (督办单): to one department, about everything overdue on a day. It is made, never sent."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from layouts.formatting import Formatter
from layouts.work.ledger import countdown
from layouts.work.word_document import document, paragraph, table

REPLY_DAYS = 15
_WIDTHS = (4, 13, 24, 12, 9, 10, 12)


def notice_number(department: str, area: str, today: date) -> str:
    """The same notice has the same number however often it is made."""
    return f"DB-{today:%Y%m%d}-{area}-{department}"


def supervision_notice(
    formatter: Formatter,
    *,
    city: str,
    area: str,
    department: str,
    number: str,
    today: date,
    problems: Sequence[dict[Any, Any]],
    timing: Sequence[dict[Any, Any]],
) -> bytes:
    """A Word file. problems: rows of store.problem_page, all overdue; timing: their deadlines."""
    texts = formatter.texts
    reply = today + timedelta(days=REPLY_DAYS)
    count = formatter.number(len(problems), 0)
    facts = {
        "department": department,
        "area": area,
        "count": count,
        "day": today.isoformat(),
        "reply": reply.isoformat(),
    }
    columns = ("number", "code", "problem", "place", "severity", "due", "overdue")
    head = [texts(f"notice_doc.column_{column}") for column in columns]
    rows = [_row(formatter, place, *pair) for place, pair in enumerate(zip(problems, timing, strict=True), 1)]
    return document(
        [
            paragraph(texts("notice_doc.title", city=city), size=36, bold=True, align="center", after=240),
            paragraph(texts("notice_doc.number", number=number), align="right"),
            paragraph(texts("notice_doc.to", department=department), bold=True, before=120),
            paragraph(texts("notice_doc.body", **facts)),
            paragraph(texts("notice_doc.demand", **facts)),
            table(head, rows, _WIDTHS),
            paragraph(texts("notice_doc.deadline", **facts), bold=True, before=240),
            paragraph(texts("notice_doc.issued", city=city), align="right", before=360),
            paragraph(today.isoformat(), align="right"),
        ]
    )


def _row(formatter: Formatter, place: int, problem: dict[Any, Any], timing: dict[Any, Any]) -> list[str]:
    texts = formatter.texts
    severity = (
        texts(f"severity.{problem['severity']}") if isinstance(problem["severity"], str) else texts("attribute.unknown")
    )
    return [
        str(place),
        problem["problem_code"],
        texts.name(problem, "title"),
        texts.name(problem, "area_name"),
        severity,
        formatter.day(problem["due_on"]),
        countdown(formatter, timing),
    ]
