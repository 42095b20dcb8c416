"""Writes docs/data-contract.md from the table definitions: `python -m scripts.data_contract`."""

from pathlib import Path

from sqlalchemy import Column, Table

from data_access.contract import SPATIAL, TABLES, VERSION

PAGE = Path(__file__).parent.parent / "docs" / "data-contract.md"

INTRODUCTION = f"""# The data contract, version {VERSION}

Generated from `data_access/contract/` by `python -m scripts.data_contract`; do not edit. A test fails when it drifts.

These are the tables that the four ends of the platform share, and the files of an import package: one per table.
**Required** columns must be there and filled; all others may be empty or left out. Rows whose key exists replace it.
Rows marked *spatial* live in the GeoPackage beside a SQLite database, or in PostGIS.
How values roll up is told in [architecture](architecture.md), how to load a package in the
[import guide](guides/import.md).
"""

KINDS = {
    "code": "code (text, compared as written)",
    "codes": "codes joined by `;`",
    "name": "text",
    "text": "text",
    "word": "one of",
    "number": "number",
    "whole": "whole number",
    "flag": "true / false",
    "period": "period (`2024`, `2024-H1`, `2024-Q3`, `2024-06`, `2024-06-30` or `from/to`)",
    "day": "date, may be partial (`2025`, `2025-06`)",
    "moment": "ISO 8601 date or date-time",
    "json": "JSON",
    "geometry": "geometry",
}


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRODUCTION, *map(_section, TABLES.values())])


def _section(table: Table) -> str:
    title = f"## {table.name}" + (" *(spatial)*" if table.metadata is SPATIAL else "")
    rows = "\n".join(map(_row, table.columns))
    return f"{title}\n\n{table.comment}\n\n| column | | what it holds |\n|-|-|-|\n{rows}\n"


def _row(column: Column[object]) -> str:
    role = "**key**" if column.primary_key else "**required**" if column.info["required"] else ""
    return f"| `{column.name}` | {role} | {_meaning(column)} |"


def _meaning(column: Column[object]) -> str:
    info = column.info
    parts = [KINDS[info["kind"]]]
    if words := info.get("words"):
        parts[0] = " · ".join(f"`{word}`" for word in words)
    if info["kind"] == "geometry":
        parts[0] = "Polygon or MultiPolygon" if info["polygonal"] else "any geometry, collections too"
    if "low" in info:
        parts.append(f"from {info['low']:g}" + (f" to {info['high']:g}" if "high" in info else ""))
    if refers := info.get("refers"):
        parts.append(f"refers to `{refers}`")
    if pair := info.get("pair"):
        parts.append(f"this or `{pair}` is needed")
    if info["default"] is not None:
        parts.append(f"default `{str(info['default']).lower()}`")
    return "; ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
