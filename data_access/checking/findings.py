"""What the doctor finds, and the one way of asking for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select

EXAMPLES = 20

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One kind of trouble. check: its stable name; examples: the first places, codes by column name."""

    check: str
    severity: Severity
    count: int
    message: str
    examples: tuple[dict[str, Any], ...]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Column names as plain text: SQLAlchemy's own kind of text is no JSON key."""
    return {str(name): value for name, value in row.items()}


def ask(connection: Connection, check: str, severity: Severity, message: str, rows: Select[Any]) -> Iterator[Finding]:
    """A finding when the query has rows: how many, and the first of them."""
    examples = [_plain(row) for row in connection.execute(rows.limit(EXAMPLES)).mappings()]
    if not examples:
        return
    count = len(examples)
    if count == EXAMPLES:
        count = connection.execute(select(func.count()).select_from(rows.order_by(None).subquery())).scalar_one()
    yield Finding(check, severity, count, message, tuple(examples))


def collect(check: str, severity: Severity, message: str, places: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """A finding of places that come one by one; only the first are kept."""
    places = iter(places)
    examples = tuple(_plain(place) for place in islice(places, EXAMPLES))
    if examples:
        yield Finding(check, severity, len(examples) + sum(1 for _ in places), message, examples)
