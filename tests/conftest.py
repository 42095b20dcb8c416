"""Shared fixtures: a fresh database of either kind. In CI nothing is skipped: a missing service is a failure."""

from collections.abc import Callable, Iterator

import pytest

from tests.empty_databases import EmptyDatabases

MakeDatabase = Callable[[], str]
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def empty_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyDatabases]:
    databases = EmptyDatabases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.drop_all()


@pytest.fixture(params=KINDS)
def make_database(request: pytest.FixtureRequest, empty_databases: EmptyDatabases) -> Iterator[MakeDatabase]:
    """A maker of URLs of new, empty databases with the contract's tables."""
    yield from _maker(request.param, empty_databases)


@pytest.fixture(scope="module", params=KINDS)
def make_module_database(request: pytest.FixtureRequest, empty_databases: EmptyDatabases) -> Iterator[MakeDatabase]:
    """The same for a module whose tests only read what is loaded once."""
    yield from _maker(request.param, empty_databases)


def _maker(kind: str, empty_databases: EmptyDatabases) -> Iterator[MakeDatabase]:
    made: list[str] = []

    def make() -> str:
        made.append(empty_databases.make(kind))
        return made[-1]

    yield make
    for url in made:
        empty_databases.take_back(url)


@pytest.fixture
def database(make_database: MakeDatabase) -> str:
    """URL of one new, empty database, once on SQLite and once on PostgreSQL."""
    return make_database()
