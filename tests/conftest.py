"""Shared fixtures: a fresh database of either kind. In CI nothing is skipped: a missing service is a failure."""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from data_access.engine import layers_path, normal_url, open_engine
from data_access.schema import create_tables

MakeDatabase = Callable[[], str]


def service(name: str) -> str:
    """URL of a service started by scripts/with-services."""
    url = os.environ.get(f"CITYVITALS_TEST_{name}_URL")
    if url is None:
        message = f"no {name.lower()}: run through `make test` or scripts/with-services"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return url


class EmptyDatabases:
    """New, empty databases with the contract's tables: copies of a template, made once per process and kind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[str] = []

    def make(self, kind: str) -> str:
        return self._sqlite() if kind == "sqlite" else self._postgresql()

    def drop(self, url: str) -> None:
        if (name := make_url(url).database) in self._made:
            self._made.remove(str(name))
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
    def _postgresql_template(self) -> str:
        url = self._new_name()
        _administer(f"CREATE DATABASE {url.database}")
        engine = open_engine(url, access="load")
        create_tables(engine, None)
        engine.dispose()
        return str(url.database)

    def _sqlite(self) -> str:
        path = self._folder / f"{uuid.uuid4().hex}.sqlite"
        for suffix in (".sqlite", ".gpkg"):
            shutil.copyfile(self._sqlite_template.with_suffix(suffix), path.with_suffix(suffix))
        return f"sqlite:///{path}"

    def _postgresql(self) -> str:
        template, url = self._postgresql_template, self._new_name()
        _administer(f"CREATE DATABASE {url.database} TEMPLATE {template}")
        return url.render_as_string(hide_password=False)

    def _new_name(self) -> URL:
        url = make_url(service("POSTGRES")).set(database=f"t{uuid.uuid4().hex}")
        self._made.append(str(url.database))
        return url


@pytest.fixture(scope="session")
def empty_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyDatabases]:
    databases = EmptyDatabases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.drop_all()


@pytest.fixture(params=["sqlite", "postgresql"])
def make_database(request: pytest.FixtureRequest, empty_databases: EmptyDatabases) -> Iterator[MakeDatabase]:
    """A maker of URLs of new, empty databases with the contract's tables."""
    made: list[str] = []

    def make() -> str:
        made.append(empty_databases.make(request.param))
        return made[-1]

    yield make
    for url in made:
        empty_databases.drop(url)


@pytest.fixture
def database(make_database: MakeDatabase) -> str:
    """URL of one new, empty database, once on SQLite and once on PostgreSQL."""
    return make_database()


def _administer(statement: str) -> None:
    engine = create_engine(normal_url(service("POSTGRES")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
