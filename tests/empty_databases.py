"""New, empty databases with the contract's tables, of either kind, at little cost."""

import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, create_engine, insert, make_url, text
from sqlalchemy.exc import DBAPIError

from data_access.contract import VERSION, contract
from data_access.engine import layers_path, normal_url, open_engine
from data_access.schema import create_tables

NEW = {"version": VERSION, "data_version": 0, "city_name_zh": "未命名城市", "currency": "CNY"}
"""The contract row of a database that was just made."""
_DISCONNECT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
_TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'spatial_ref_sys'
"""
_SEQUENCES = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
_SHAPE = """
SELECT md5(string_agg(part, '|' ORDER BY part)) FROM (
    SELECT concat_ws(' ', relname, relkind, relacl) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull, attisdropped) FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
    UNION ALL SELECT setconfig::text FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase
    WHERE datname = current_database()
) AS parts
"""
"""What tells one database's tables, rights and settings from another's."""


def service(name: str) -> str:
    """URL of a service started by scripts/with-services."""
    url = os.environ.get(f"CITYVITALS_TEST_{name}_URL")
    if url is None:
        message = f"no {name.lower()}: run through `make test` or scripts/with-services"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return url


class EmptyDatabases:
    """Copies of a template, made once per process and kind; a PostgreSQL database is emptied and lent out again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[str] = []
        self._free: list[str] = []

    def make(self, kind: str) -> str:
        return self._sqlite() if kind == "sqlite" else self._postgresql()

    def take_back(self, url: str) -> None:
        """Whoever is still connected is cut off; a database whose tables were changed is dropped."""
        name = str(make_url(url).database)
        if name not in self._made:
            return
        if self._is_emptied(make_url(url)):
            self._free.append(url)
        else:
            self._made.remove(name)
            _administer(f"DROP DATABASE {name} WITH (FORCE)")

    def drop_all(self) -> None:
        for name in self._made:
            _administer(f"DROP DATABASE {name} WITH (FORCE)")

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.sqlite"
        create_tables(open_engine(f"sqlite:///{path}", access="load"), layers_path(f"sqlite:///{path}"))
        for file in (path, path.with_suffix(".gpkg")):
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path

    @cached_property
    def _postgresql_template(self) -> tuple[str, str]:
        """Its name and its shape."""
        url = self._new_name()
        _administer(f"CREATE DATABASE {url.database}")
        engine = open_engine(url, access="load")
        create_tables(engine, None)
        with engine.connect() as connection:
            shape = str(connection.scalar(text(_SHAPE)))
        engine.dispose()
        return str(url.database), shape

    def _sqlite(self) -> str:
        path = self._folder / f"{uuid.uuid4().hex}.sqlite"
        for suffix in (".sqlite", ".gpkg"):
            shutil.copyfile(self._sqlite_template.with_suffix(suffix), path.with_suffix(suffix))
        return f"sqlite:///{path}"

    def _postgresql(self) -> str:
        if self._free:
            return self._free.pop()
        (template, _), url = self._postgresql_template, self._new_name()
        _administer(f"CREATE DATABASE {url.database} TEMPLATE {template}")
        return url.render_as_string(hide_password=False)

    def _new_name(self) -> URL:
        url = make_url(service("POSTGRES")).set(database=f"t{uuid.uuid4().hex}")
        self._made.append(str(url.database))
        return url

    def _is_emptied(self, url: URL) -> bool:
        """Whether it is as new; not where it is of another shape, or does not let itself be emptied."""
        engine = create_engine(normal_url(url))
        try:
            with engine.begin() as connection:
                connection.execute(text(_DISCONNECT), {"name": url.database})
                if connection.scalar(text(_SHAPE)) != self._postgresql_template[1]:
                    return False
                _empty(connection)
        except DBAPIError:
            return False
        finally:
            engine.dispose()
        return True


def _empty(connection: Connection) -> None:
    """All rows away but the contract row as it was made, sequences back at their start."""
    connection.execute(text("SET LOCAL lock_timeout = '2s'"))
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in connection.scalars(text(_TABLES))]
    filled = list(connection.scalars(text(" UNION ALL ".join(asked))))
    connection.execute(text(f"TRUNCATE {', '.join({*filled, 'contract'})}"))
    connection.execute(text(_SEQUENCES))
    connection.execute(insert(contract).values(NEW))


def _administer(statement: str) -> None:
    engine = create_engine(normal_url(service("POSTGRES")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
