"""One consistent look at a whole database, for work that takes longer than a screen may: exports and the doctor."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from data_access.engine import layers_path, normal_url, open_engine
from data_access.errors import ContractMismatch, DatabaseUnavailable
from data_access.failures import explained
from data_access.schema import has_tables


@contextmanager
def whole_database(url: str, layers: Path | None = None) -> Iterator[Connection]:
    """A read-only transaction without a statement limit, in which nothing changes.

    Raises DatabaseUnavailable, DatabaseCorrupt, or ContractMismatch where the tables are missing.
    """
    parsed = normal_url(url)
    if parsed.get_backend_name() == "sqlite":
        _require_files(Path(str(parsed.database)), layers_path(url, layers))
    engine = open_engine(url, layers, access="load")
    try:
        with engine.connect() as connection:
            _begin(connection)
            if not has_tables(connection):
                raise ContractMismatch("the database has no tables of the contract: run `cityvitals init` first")
            yield connection
    except DBAPIError as error:
        raise explained(error) from error
    finally:
        engine.dispose()


def _require_files(*paths: Path) -> None:
    for path in paths:
        if not path.is_file():
            raise DatabaseUnavailable(f"no database at {path}: run `cityvitals init` or `cityvitals load` first")


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        connection.execute(text("SET LOCAL jit = off"))
    else:
        connection.exec_driver_sql("PRAGMA query_only = ON")
