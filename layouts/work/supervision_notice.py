"""The supervision notice (督办单): to one department, about everything overdue on a day. It is made, never sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from layouts.formatting import Formatter, known
from layouts.work.ledger import countdown

REPLY_DAYS = 15
WIDTHS = (6, 14, 24, 13, 10, 12, 15)
"""Shares of the text width that the columns of the list take."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says, in the order in which it says it; each format writes it in its own way.

    code: names the file. places: `(number in the list, lon, lat)` of what the map shows; empty where nothing is placed.
    """

    code: str
    title: str
    number: str
    addressee: str
    body: tuple[str, ...]
    map_caption: str
    places: tuple[tuple[str, float, float], ...]
    list_title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    deadline: str
    issued: str
    day: str
    language: str


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
    overdue: int,
) -> Notice:
    """problems: rows of store.problem_page, all overdue; timing: their deadlines; overdue: how many there are."""
    texts = formatter.texts
    facts = {
        "department": department,
        "area": area,
        "count": formatter.number(overdue, 0),
        "day": today.isoformat(),
        "reply": (today + timedelta(days=REPLY_DAYS)).isoformat(),
    }
    columns = ("number", "code", "problem", "place", "severity", "due", "overdue")
    places = _places(problems)
    unplaced = formatter.number(len(problems) - len(places), 0)
    left_out = overdue - len(problems)
    return Notice(
        code=number,
        title=texts("notice_doc.title", city=city),
        number=texts("notice_doc.number", number=number),
        addressee=texts("notice_doc.to", department=department),
        body=(texts("notice_doc.body", **facts), texts("notice_doc.demand", **facts)),
        map_caption=texts("notice_doc.map", area=area, placed=formatter.number(len(places), 0), unplaced=unplaced),
        places=places,
        list_title=texts("notice_doc.list"),
        head=tuple(texts(f"notice_doc.column_{column}") for column in columns),
        rows=tuple(_row(formatter, place, *pair) for place, pair in enumerate(zip(problems, timing, strict=True), 1)),
        note=texts("notice_doc.left_out", count=formatter.number(left_out, 0)) if left_out > 0 else "",
        deadline=texts("notice_doc.deadline", **facts),
        issued=texts("notice_doc.issued", city=city),
        day=today.isoformat(),
        language=texts.language,
    )


def _places(problems: Sequence[dict[Any, Any]]) -> tuple[tuple[str, float, float], ...]:
    """Of those with a place, under the number they have in the list."""
    located = ((str(place), known(row["lon"]), known(row["lat"])) for place, row in enumerate(problems, 1))
    return tuple((label, lon, lat) for label, lon, lat in located if lon is not None and lat is not None)


def _row(formatter: Formatter, place: int, problem: dict[Any, Any], timing: dict[Any, Any]) -> tuple[str, ...]:
    texts = formatter.texts
    severity = (
        texts(f"severity.{problem['severity']}") if isinstance(problem["severity"], str) else texts("attribute.unknown")
    )
    return (
        str(place),
        problem["problem_code"],
        texts.name(problem, "title"),
        texts.name(problem, "area_name"),
        severity,
        formatter.day(problem["due_on"]),
        countdown(formatter, timing),
    )
