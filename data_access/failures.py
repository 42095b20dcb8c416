"""Errors of the database drivers, told in words a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data_access.errors import (
    ContractMismatch,
    DatabaseCorrupt,
    DatabaseReadOnly,
    DatabaseUnavailable,
    InvalidQuestion,
)

_CORRUPT = ("file is not a database", "malformed", "disk image", "database corruption")
_NO_TABLE = ("no such table", "no such column", "undefinedtable", "undefinedcolumn", "undefinedobject")
_READ_ONLY = ("readonly", "read-only", "permission denied", "insufficientprivilege")
_SLOW = ("interrupted", "statement timeout", "querycanceled")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection in one read transaction: all its statements see the same data.

    Raises DatabaseUnavailable, DatabaseCorrupt, ContractMismatch or InvalidQuestion instead of the driver's errors.
    """
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
            yield connection
    except SQLAlchemyError as error:
        raise explained(error) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one short transaction that is committed at the end.

    Raises DatabaseReadOnly where the database refuses to be written to, else as `reading`.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        if any(word in str(getattr(error, "orig", "")).lower() for word in _READ_ONLY):
            raise DatabaseReadOnly("this database takes no opinions: it is open for reading only") from error
        raise explained(error) from error


def explained(error: SQLAlchemyError) -> Exception:
    """The failure in this package's words."""
    if isinstance(error, PoolTimeout):
        return DatabaseUnavailable("every connection to the database is busy: try again in a moment")
    return _of_driver(error) if isinstance(error, DBAPIError) else error


def _of_driver(error: DBAPIError) -> Exception:
    """A statement that the server does not understand stays what it is: our fault, and not the database's."""
    if isinstance(error, DataError):
        return InvalidQuestion("a value is longer or larger than the database can hold")
    said = f"{type(error.orig).__name__}: {error.orig}".strip().splitlines()[0]
    lower = said.lower()
    if any(word in lower for word in _CORRUPT):
        return DatabaseCorrupt(f"the database file is damaged or is no database ({said}): restore it or load it anew")
    if any(word in lower for word in _NO_TABLE):
        return ContractMismatch(f"the database lacks tables of the contract ({said}): run `cityvitals init`")
    if isinstance(error, ProgrammingError) and not any(word in lower for word in _READ_ONLY):
        return error
    how = "takes too long to answer" if any(word in lower for word in _SLOW) else "cannot be reached"
    return DatabaseUnavailable(f"the database {how} ({said})")
