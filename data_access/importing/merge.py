"""Moving what is staged into the tables of the contract: rows whose key exists are replaced whole."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, insert, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from data_access.contract import contract, opinion, spatial_layer
from data_access.importing.reading import ROW
from data_access.importing.staging import STAGED, Staging
from data_access.layer_features import layer_feature


def merge(staging: Staging) -> int:
    """Every staged table into the real one, then the data version; the new version is returned."""
    for name in staging.tables:
        if name == opinion.name:
            _add_opinions(staging)
        elif name == layer_feature.name:
            _replace_features(staging)
        elif name != contract.name:
            _upsert(staging.connection, staging.tables[name], STAGED[name])
    return _raise_version(staging)


def _upsert(connection: Connection, staged: Table, real: Table) -> None:
    columns = [str(column.name) for column in real.columns]
    keys = [str(column.name) for column in real.primary_key]
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = select(*(staged.c[name] for name in columns)).where(true()).order_by(*(staged.c[name] for name in keys))
    statement = dialect.insert(real).from_select(columns, rows)
    replaced = {name: statement.excluded[name] for name in columns if name not in keys}
    if replaced:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=replaced)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement)


def _replace_features(staging: Staging) -> None:
    """A layer is replaced with all its features; one that is no longer a file loses them."""
    catalogue, staged = staging.tables[spatial_layer.name], staging.tables[layer_feature.name]
    codes = select(catalogue.c.layer_code)
    staging.connection.execute(delete(layer_feature).where(layer_feature.c.layer_code.in_(codes)))
    columns = [str(column.name) for column in layer_feature.columns]
    staging.connection.execute(
        insert(layer_feature).from_select(columns, select(*(staged.c[name] for name in columns)))
    )


def _add_opinions(staging: Staging) -> None:
    """Opinions have no code of their own: one that says the same is there already; a taken number is replaced."""
    staged = staging.tables[opinion.name]
    said = [column for column in opinion.columns if column.name != "opinion_id"]
    same = and_(*(column.is_not_distinct_from(staged.c[column.name]) for column in said))
    new = ~exists().where(same)
    taken = exists().where(opinion.c.opinion_id == staged.c.opinion_id)
    twin = staged.alias()
    repeated = exists().where(twin.c.opinion_id == staged.c.opinion_id, twin.c[ROW] < staged.c[ROW])
    names = [str(column.name) for column in said]
    numbered = and_(staged.c.opinion_id.is_not(None), ~taken, ~repeated)
    _insert_opinions(staging, ["opinion_id", *names], and_(new, numbered))
    if staging.connection.dialect.name == "postgresql":
        last = select(func.coalesce(func.max(opinion.c.opinion_id), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence(opinion.name, "opinion_id")
        staging.connection.execute(select(func.setval(sequence, last, False)))
    _insert_opinions(staging, names, new)


def _insert_opinions(staging: Staging, names: list[str], which: ColumnElement[bool]) -> None:
    staged = staging.tables[opinion.name]
    rows = select(*(staged.c[name] for name in names)).where(which).order_by(staged.c[ROW])
    staging.connection.execute(insert(opinion).from_select(names, rows))


def _raise_version(staging: Staging) -> int:
    changes: dict[str, Any] = {
        "data_version": contract.c.data_version + 1,
        "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    staged = staging.tables.get(contract.name)
    row = None if staged is None else staging.connection.execute(select(staged).limit(1)).mappings().first()
    if row is not None:
        changes |= {"city_name_zh": row["city_name_zh"], "city_name_en": row["city_name_en"]}
        changes["currency"] = row["currency"] or "CNY"
        changes["updated_at"] = row["updated_at"] or changes["updated_at"]
    staging.connection.execute(update(contract).values(changes))
    return int(staging.connection.execute(select(contract.c.data_version)).scalar_one())
