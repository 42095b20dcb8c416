"""What only holds between rows: keys once, references to something that is there, one root. Asked of the database.

Everything is judged as it would be after the load: what is staged, and what exists and is not replaced.
"""

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Table, exists, func, or_, select

from data_access.contract import TABLES, area, contract, opinion
from data_access.importing.reading import ROW
from data_access.importing.staging import STAGED, Staging
from data_access.layer_features import layer_feature

_WITHOUT_KEY = (contract.name, opinion.name, layer_feature.name)


def check_duplicates(staging: Staging) -> None:
    """A key may stand in the package once; each further row is a fault."""
    for name, staged in staging.tables.items():
        if name in _WITHOUT_KEY:
            continue
        keys = [staged.c[column.name] for column in STAGED[name].columns if column.primary_key]
        repeated = select(*keys).where(*(key.is_not(None) for key in keys)).group_by(*keys).having(func.count() > 1)
        if staging.connection.execute(repeated.limit(1)).first() is not None:
            _report_duplicates(staging, name, keys)


def _report_duplicates(staging: Staging, name: str, keys: list[Column[str]]) -> None:
    staged = staging.tables[name]
    first = func.min(staged.c[ROW]).over(partition_by=keys).label("first")
    rows = select(staged.c[ROW], first, *keys).where(*(key.is_not(None) for key in keys)).subquery()
    columns = [column.name for column in keys]
    later = select(rows).where(rows.c[ROW] > rows.c.first).order_by(rows.c[ROW])
    for row, first_row, *values in staging.stream(later):
        place = f"each {' + '.join(columns)} once; it is also in row {first_row}"
        staging.log.fault(
            staging.files[name], row, columns[-1] if len(columns) == 1 else "+".join(columns), "+".join(values), place
        )


def check_references(staging: Staging) -> None:
    """Every code that refers to a table must be there, in the package or in the database."""
    for name, staged in staging.tables.items():
        for column in staged.columns:
            target = column.info.get("refers")
            if target is None or name == layer_feature.name or target.partition(".")[0] in staging.unread:
                continue
            found = _dangling_in_lists if column.info["kind"] == "codes" else _dangling
            for row, value in found(staging, staged, column, target):
                staging.log.fault(staging.files[name], row, column.name, value, _expected(target))


def _expected(target: str) -> str:
    return f"a known {target}, of the package or of the database"


def _known(staging: Staging, target: str, code: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether `code` is a key of the target table, staged or existing."""
    table, _, key = target.partition(".")
    known = exists().where(TABLES[table].c[key] == code)
    if table not in staging.tables:
        return known
    return or_(exists().where(staging.tables[table].c[key] == code), known)


def _dangling(staging: Staging, staged: Table, column: Column[str], target: str) -> Iterator[tuple[int, str]]:
    distinct = select(column.label("code")).where(column.is_not(None)).distinct().subquery()
    unknown = select(distinct.c.code).where(~_known(staging, target, distinct.c.code))
    if staging.connection.execute(unknown.limit(1)).first() is None:
        return
    rows = select(staged.c[ROW], column).where(column.in_(unknown)).order_by(staged.c[ROW])
    for row, value in staging.stream(rows):
        yield int(row), str(value)


def _dangling_in_lists(staging: Staging, staged: Table, column: Column[str], target: str) -> Iterator[tuple[int, str]]:
    table, _, key = target.partition(".")
    known = set(staging.connection.scalars(select(TABLES[table].c[key])))
    if table in staging.tables:
        known |= set(staging.connection.scalars(select(staging.tables[table].c[key])))
    rows = select(staged.c[ROW], column).where(column.is_not(None)).order_by(staged.c[ROW])
    for row, value in staging.stream(rows):
        yield from ((row, code) for code in value.split(";") if code not in known)


def check_root(staging: Staging) -> None:
    """Exactly one area has no parent."""
    staged = staging.tables.get(area.name)
    if staged is None:
        return
    replaced = exists().where(staged.c.area_code == area.c.area_code)
    existing = staging.connection.scalar(
        select(func.min(area.c.area_code)).where(area.c.parent_code.is_(None), ~replaced)
    )
    roots = select(staged.c[ROW], staged.c.area_code).where(
        staged.c.parent_code.is_(None), staged.c.area_code.is_not(None)
    )
    for row, code in staging.connection.execute(roots.order_by(staged.c[ROW])).all():
        if existing is None:
            existing = code
        elif code != existing:
            expected = f"a parent_code: the root is {existing}, and there is exactly one"
            staging.log.fault(staging.files[area.name], row, "parent_code", None, expected)
