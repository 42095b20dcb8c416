"""Connections to the shared database: SQLite with a GeoPackage beside it, or PostgreSQL with PostGIS.

A reader can never write: PostgreSQL sessions are read-only, SQLite files are opened `mode=ro` with `query_only`.
Every wait is bounded (ADR 0003): 2 s to connect or for a lock, 3 s for a statement.
"""

import sqlite3
import time
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from data_access.errors import DatabaseUnavailable

CONNECT_TIMEOUT_S = 2
LOCK_TIMEOUT_S = 2
STATEMENT_TIMEOUT_S = 3
_PROGRESS_STEPS = 20_000

Access = Literal["read", "write", "load"]
"""`read`: what the screen does. `write`: its own opinions, as bounded. `load`: imports, without a statement limit."""


def normal_url(url: str | URL) -> URL:
    """The URL with the driver this project ships; `postgres://` and `postgresql://` mean psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def layers_path(url: str | URL, layers: str | Path | None = None) -> Path:
    """The GeoPackage that belongs to a SQLite database: the one named, else the file of the same name beside it."""
    if layers:
        return Path(layers)
    return Path(str(make_url(url).database)).with_suffix(".gpkg")


def open_engine(url: str | URL, layers: str | Path | None = None, *, access: Access = "read") -> Engine:
    """An engine with bounded waits; tables of the spatial store are reached by their plain names on both databases.

    Raises DatabaseUnavailable when an embedded database does not exist yet.
    """
    parsed = normal_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, layers_path(parsed, layers), access)
    return _open_postgresql(parsed, access)


def _open_postgresql(url: URL, access: Access) -> Engine:
    options = f"-c lock_timeout={LOCK_TIMEOUT_S}s -c jit=off"  # compiling a statement takes longer than running ours
    if access != "load":
        options += f" -c statement_timeout={STATEMENT_TIMEOUT_S}s"
    if access == "read":
        options += " -c default_transaction_read_only=on"
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=CONNECT_TIMEOUT_S,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "options": options},
    )


def _open_sqlite(url: URL, layers: Path, access: Access) -> Engine:
    database = Path(str(url.database))
    for path in (database, layers):
        if access != "load" and not path.is_file():
            raise DatabaseUnavailable(f"no database at {path}: run `cityvitals init` or `cityvitals demo` first")
    mode = {"read": "ro", "write": "rw", "load": "rwc"}[access]

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            _uri(database, mode), uri=True, timeout=LOCK_TIMEOUT_S, check_same_thread=False, isolation_level=None
        )
        connection.execute("ATTACH DATABASE ? AS layers", (_uri(layers, mode),))
        if access == "read":
            connection.execute("PRAGMA query_only = ON")
        return connection

    begin = "BEGIN IMMEDIATE" if access == "write" else "BEGIN"  # waits for other writers instead of failing late
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_pre_ping=True, pool_timeout=CONNECT_TIMEOUT_S
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    if access != "load":
        _limit_statements(engine)
    return engine


def _uri(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"


def _limit_statements(engine: Engine) -> None:
    """SQLite has no statement timeout of its own: a progress handler interrupts what runs past the deadline."""

    def arm(connection: Any, cursor: Any, *_: Any) -> None:
        deadline = time.monotonic() + STATEMENT_TIMEOUT_S
        cursor.connection.set_progress_handler(lambda: time.monotonic() > deadline, _PROGRESS_STEPS)

    event.listen(engine, "before_cursor_execute", arm)
