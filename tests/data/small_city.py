"""Writes a handful of rows straight into the contract tables, for tests of questions and their answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, update

from data_access import contract
from data_access.engine import open_engine

Rows = Mapping[str, Iterable[Mapping[str, Any]]]


def write(database: str, **tables: Iterable[Mapping[str, Any]]) -> None:
    """Adds rows by table name and raises data_version, as any writer does."""
    engine = open_engine(database, access="load")
    with engine.begin() as connection:
        add(connection, tables)
    engine.dispose()


def rewrite(engine: Engine, tables: Rows) -> None:
    """The database holds these rows and no others."""
    with engine.begin() as connection:
        for table in contract.TABLES.values():
            if table is not contract.contract:
                connection.execute(delete(table))
        add(connection, tables)


def add(connection: Connection, tables: Rows) -> None:
    for name, rows in tables.items():
        if listed := [_complete(contract.TABLES[name], row) for row in rows]:
            connection.execute(insert(contract.TABLES[name]), listed)
    row = contract.contract
    connection.execute(update(row).values(data_version=row.c.data_version + 1))


def _complete(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Every column named, so that all rows of a table go in at once; columns that matter to no test are filled in."""
    filled = {"system_code": "s", "dimension_code": "d", "unit": "1", "direction": "neutral", "graded": False}
    unknown = set(row) - set(table.c.keys())
    assert not unknown, f"{table.name} has no column {unknown}"
    return {name: row.get(name, filled.get(name)) for name in table.c.keys() if name != "opinion_id"}  # noqa: SIM118
