"""Names that fall back to each other."""

from typing import Any

from sqlalchemy import FromClause, Label, Table, func


def names(table: FromClause, prefix: str = "name", label: str | None = None) -> tuple[Label[Any], Label[Any]]:
    """The `_zh`/`_en` pair of a table; where one is missing the other stands for it."""
    zh, en = (func.nullif(table.c[f"{prefix}_{language}"], "") for language in ("zh", "en"))
    label = label or prefix
    return func.coalesce(zh, en).label(f"{label}_zh"), func.coalesce(en, zh).label(f"{label}_en")


def contract_columns(table: Table) -> list[Any]:
    """All columns of a table in the order of the contract, with the name pair falling back."""
    prefixes = [name[:-3] for name, column in table.c.items() if "pair" in column.info and name.endswith("_zh")]
    paired = {label.key: label for prefix in prefixes for label in names(table, prefix)}
    return [paired.get(column.key, column) for column in table.c]
