"""Whether the database is sound: version, tables, file, references, trees."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, exists, func, inspect, literal, or_, select, text
from sqlalchemy.exc import DatabaseError

from data_access.checking.findings import Finding, ask, collect
from data_access.contract import SPATIAL, TABLES, VERSION, area, contract, indicator_value, words
from data_access.importing.cycles import CHAINS


def check_tables(connection: Connection) -> Iterator[Finding]:
    """Contract version, missing tables and missing columns."""
    version = connection.scalar(select(contract.c.version))
    if version != VERSION:
        message = f"the database follows another contract version than {VERSION}"
        yield Finding("contract_version", "error", 1, message, ({"version": version},))
    yield from collect("missing_column", "error", "columns of the contract that are not there", _missing(connection))


def _missing(connection: Connection) -> Iterator[dict[str, Any]]:
    inspector = inspect(connection)
    for name, table in TABLES.items():
        schema = "layers" if connection.dialect.name == "sqlite" and name in SPATIAL.tables else None
        if not inspector.has_table(name, schema=schema):
            yield {"table": name, "column": None}
            continue
        there = set(connection.execute(select(text("*")).select_from(table).limit(0)).keys())
        yield from ({"table": name, "column": column.name} for column in table.columns if column.name not in there)


def check_file(connection: Connection) -> Iterator[Finding]:
    """SQLite's own check of both files."""
    if connection.dialect.name != "sqlite":
        return
    for schema in ("main", "layers"):
        damage = ({"file": schema, "damage": line} for line in _quick_check(connection, schema) if line != "ok")
        yield from collect("damaged_file", "error", "the SQLite file is damaged", damage)


def _quick_check(connection: Connection, schema: str) -> list[str]:
    try:
        return list(connection.exec_driver_sql(f"PRAGMA {schema}.quick_check").scalars())
    except DatabaseError as error:
        return [str(error.orig)]


def check_references(connection: Connection) -> Iterator[Finding]:
    """Codes that refer to nothing, one finding per column."""
    for table in TABLES.values():
        for column in table.columns:
            if "refers" not in column.info:
                continue
            find = _orphans_in_lists if column.info["kind"] == "codes" else _orphans
            yield from find(connection, table, column)


def _message(table: Table, column: Column[Any]) -> str:
    return f"{table.name}.{column.name} refers to a {column.info['refers']} that is not there"


def _target(column: Column[Any]) -> Column[Any]:
    table, _, key = column.info["refers"].partition(".")
    target: Column[Any] = TABLES[table].c[key]
    return target


def _orphans(connection: Connection, table: Table, column: Column[Any]) -> Iterator[Finding]:
    target = _target(column).table.alias()
    codes = (
        select(column.label("code"), func.count().label("rows")).where(column.is_not(None)).group_by(column).subquery()
    )
    unknown = ~exists().where(target.c[_target(column).name] == codes.c.code)
    rows = select(literal(table.name).label("table"), literal(column.name).label("column"), codes).where(unknown)
    yield from ask(connection, "orphan_reference", "error", _message(table, column), rows.order_by(codes.c.code))


def _orphans_in_lists(connection: Connection, table: Table, column: Column[Any]) -> Iterator[Finding]:
    known = set(connection.scalars(select(_target(column))))
    lists = connection.scalars(select(column).where(column.is_not(None)).distinct().order_by(column))
    orphans = (
        {"table": table.name, "column": column.name, "code": code, "rows": None}
        for codes in lists
        for code in codes.split(";")
        if code not in known
    )
    yield from collect("orphan_reference", "error", _message(table, column), orphans)


def check_trees(connection: Connection) -> Iterator[Finding]:
    """Exactly one root, and no chain of parents that leads back to itself."""
    roots = connection.scalars(select(area.c.area_code).where(area.c.parent_code.is_(None)).limit(100)).all()
    if len(roots) != 1 and connection.scalar(select(exists().where(area.c.area_code.is_not(None)))):
        examples = tuple({"area_code": code} for code in sorted(roots)[:20])
        yield Finding("roots", "error", len(roots), "areas without a parent: there must be exactly one", examples)
    for name, parent in CHAINS:
        yield from _cycles(connection, TABLES[name], parent)


def _cycles(connection: Connection, table: Table, parent: str) -> Iterator[Finding]:
    """Rows from which no end of the chain can be reached."""
    key = next(iter(table.primary_key)).name
    known = table.alias()
    ends = or_(table.c[parent].is_(None), ~exists().where(known.c[key] == table.c[parent]))
    reached = select(table.c[key].label("code")).where(ends).cte("reached", recursive=True)
    reached = reached.union(select(table.c[key]).join(reached, table.c[parent] == reached.c.code))
    lost = select(literal(table.name).label("table"), table.c[key].label("code"), table.c[parent].label("parent"))
    lost = lost.where(~exists().where(reached.c.code == table.c[key])).order_by(table.c[key])
    yield from ask(connection, "cycle", "error", f"{table.name}.{parent} leads back to itself", lost)


def check_statuses(connection: Connection) -> Iterator[Finding]:
    """A status that contradicts its value: another writer's slip, since the loader refuses it."""
    value = indicator_value.c
    wrong = or_(
        and_(value.status.in_(words.STATUSES_WITH_VALUE), value.value.is_(None)),
        and_(value.status.in_(words.STATUSES_WITHOUT_VALUE), value.value.is_not(None)),
    )
    rows = select(value.indicator_code, value.area_code, value.period, value.status, value.value).where(wrong)
    yield from ask(connection, "status_contradicts_value", "error", "a status that contradicts its value", rows)
