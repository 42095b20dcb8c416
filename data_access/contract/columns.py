"""Column builders of the shared database: each column knows its SQL type and what an import file may say in it.

`Column.info` carries the facts that the importer, the doctor and the generated documentation read:
`kind` (how text becomes a value), `words` (the allowed list), `refers` (`table.column` it points to).
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, String, Text

from data_access.contract.geometry import Geometry

CODE = String().with_variant(String(collation="C"), "postgresql")
"""Codes sort by code point on both databases, so the same question has the same order."""


def code(
    name: str, *, key: bool = False, required: bool = False, refers: str | None = None, default: str | None = None
) -> Column[str]:
    """An opaque code: compared as text, leading zeros kept, never computed from another."""
    return _column(name, CODE, "code", key=key, required=required, refers=refers, default=default)


def codes(name: str, *, refers: str) -> Column[str]:
    """Several codes joined by `;`."""
    return _column(name, Text, "codes", refers=refers)


def text(name: str, *, required: bool = False) -> Column[str]:
    return _column(name, Text, "text", required=required)


def names(prefix: str = "name") -> tuple[Column[str], Column[str]]:
    """A `_zh`/`_en` pair, of which a row needs at least one; the other language falls back to it."""
    return (
        _column(f"{prefix}_zh", Text, "name", pair=f"{prefix}_en"),
        _column(f"{prefix}_en", Text, "name", pair=f"{prefix}_zh"),
    )


def word(name: str, words: tuple[str, ...], *, key: bool = False, required: bool = False) -> Column[str]:
    """One word of a closed list."""
    return _column(name, CODE, "word", key=key, required=required, words=words)


def number(name: str, *, required: bool = False, low: float | None = None, high: float | None = None) -> Column[float]:
    """A finite number, within `low`…`high` where the contract bounds it."""
    return _column(name, Float, "number", required=required, low=low, high=high)


def whole(name: str, *, required: bool = False, low: int | None = None, high: int | None = None) -> Column[int]:
    return _column(name, BigInteger, "whole", required=required, low=low, high=high)


def small(name: str, *, required: bool = False, low: int | None = None, high: int | None = None) -> Column[int]:
    return _column(name, Integer, "whole", required=required, low=low, high=high)


def flag(name: str, *, required: bool = False, default: bool | None = None) -> Column[bool]:
    return _column(name, Boolean, "flag", required=required, default=default)


def period(name: str = "period", *, key: bool = False, required: bool = False) -> Column[str]:
    """`2024`, `2024-H1`, `2024-Q3`, `2024-06`, `2024-06-30` or a span of two such dates."""
    return _column(name, CODE, "period", key=key, required=required)


def day(name: str, *, key: bool = False, required: bool = False) -> Column[str]:
    """An ISO 8601 date that may be partial (`2025`, `2025-06`): the whole interval is meant, and shown as given."""
    return _column(name, CODE, "day", key=key, required=required)


def moment(name: str) -> Column[str]:
    """An ISO 8601 date or date-time, kept as written."""
    return _column(name, CODE, "moment")


def json(name: str) -> Column[str]:
    return _column(name, Text, "json")


def geometry(name: str = "geometry", *, polygonal: bool) -> Column[Any]:
    """CGCS2000 geometry; `polygonal` admits Polygon and MultiPolygon only."""
    return _column(name, Geometry(), "geometry", required=True, polygonal=polygonal)


def _column(
    name: str,
    sql_type: Any,
    kind: str,
    *,
    key: bool = False,
    required: bool = False,
    default: Any = None,
    **facts: Any,
) -> Column[Any]:
    info = {"kind": kind, "required": key or required, "default": default}
    info |= {fact: value for fact, value in facts.items() if value is not None}
    return Column(name, sql_type, primary_key=key, nullable=not (key or required), info=info)
