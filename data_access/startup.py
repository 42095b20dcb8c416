"""Opening the store, and finding out at once whether the database is the one it should be."""

import hashlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, select, text

from data_access import contract as tables
from data_access.cache import AnswerCache, SharedCache
from data_access.engine import layers_path, normal_url, open_engine
from data_access.errors import ContractMismatch, DataAccessError, DatabaseCorrupt
from data_access.failures import reading

if TYPE_CHECKING:
    from data_access.store import IndicatorStore

FRESH_S = 1.0
"""For how long the contract row is believed before it is read again."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract row: which version the database follows, and whose data it holds."""

    version: str
    data_version: int
    city_name_zh: str | None
    city_name_en: str | None
    currency: str
    updated_at: str | None


def open_store(
    url: str,
    layers: str | Path | None = None,
    redis_url: str | None = None,
    shared: SharedCache | None = None,
    edition: str = "",
) -> "IndicatorStore":
    """The store of a database, whether that can be reached now or not; `store.verify()` tells.

    shared: what the processes of this machine share where there is no Redis. edition: of the program that asks; what
    one edition worked out is never shown by another.
    """
    from data_access.store import IndicatorStore  # noqa: PLC0415

    if redis_url is not None:
        from data_access.cache_redis import RedisCache  # noqa: PLC0415

        shared = RedisCache(redis_url)
    return IndicatorStore(LateEngine(url, layers), AnswerCache(f"{identity(url, layers)} {edition}", shared))


def identity(url: str, layers: str | Path | None) -> str:
    """Tells this database from any other that shares a Redis with it; holds no password."""
    parsed = normal_url(url).set(password=None)
    if parsed.get_backend_name() == "sqlite":
        database, beside = Path(str(parsed.database)).resolve(), layers_path(parsed, layers).resolve()
        return hashlib.sha256(f"{socket.gethostname()} {database} {beside}".encode()).hexdigest()
    return hashlib.sha256(parsed.render_as_string().encode()).hexdigest()


class LateEngine:
    """Opens the engine when it is first needed, so that a server starts before its database does.

    An embedded database whose files were replaced is opened anew; otherwise the old ones would be read for ever.
    """

    def __init__(self, url: str, layers: str | Path | None) -> None:
        self._url, self._layers = url, layers
        parsed = normal_url(url)
        is_embedded = parsed.get_backend_name() == "sqlite"
        self._files = (Path(str(parsed.database)), layers_path(parsed, layers)) if is_embedded else ()
        self._engine: Engine | None = None
        self._opened: tuple[int, ...] = ()
        self._lock = threading.Lock()

    def __call__(self) -> Engine:
        with self._lock:
            present = self._present()
            if self._engine is None or present != self._opened:
                self.close()
                self._engine, self._opened = open_engine(self._url, self._layers), present
            return self._engine

    def for_writing(self) -> Engine:
        """A new engine that may write what the screen writes; whoever asks disposes of it."""
        return open_engine(self._url, self._layers, access="write")

    def close(self) -> None:
        """Lets the connections go."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None

    def _present(self) -> tuple[int, ...]:
        return tuple(path.stat().st_ino if path.exists() else 0 for path in self._files)


class ContractClock:
    """Reads the contract row at most once in FRESH_S; a failure is remembered as long, so that nobody queues for it."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._found: Contract | DataAccessError | None = None

    def read(self) -> Contract:
        with self._lock:
            if time.monotonic() - self._read_at >= FRESH_S or self._found is None:
                try:
                    self._found = read_contract(self._engine())
                except DataAccessError as error:
                    self._found = error
                self._read_at = time.monotonic()
            found = self._found
        if isinstance(found, DataAccessError):
            raise found
        return found


def read_contract(engine: Engine) -> Contract:
    """The contract row. Raises ContractMismatch when there is none, or it is of another version."""
    row = tables.contract
    with reading(engine) as connection:
        found = connection.execute(select(row)).mappings().first()
    if found is None:
        raise ContractMismatch("the database has no contract row: run `cityvitals init`")
    if found["version"] != tables.VERSION:
        raise ContractMismatch(
            f"the database follows version {found['version']} of the contract, this program version {tables.VERSION}"
        )
    zh, en = found["city_name_zh"] or None, found["city_name_en"] or None
    currency, updated_at = found["currency"] or "CNY", found["updated_at"]
    return Contract(found["version"], int(found["data_version"]), zh or en, en or zh, currency, updated_at)


def verify(engine: Engine) -> None:
    """Raises DatabaseUnavailable, DatabaseCorrupt or ContractMismatch, each saying what to do about it."""
    read_contract(engine)
    with reading(engine) as connection:
        found = inspect(connection)
        names = {*found.get_table_names()}
        if connection.dialect.name == "sqlite":
            names |= {*found.get_table_names(schema="layers")}
            damage = connection.execute(text("PRAGMA quick_check(1)")).scalars().first()
            if damage != "ok":
                raise DatabaseCorrupt(f"the database file is damaged ({damage}): restore it or load it anew")
    if missing := sorted(tables.TABLES.keys() - names):
        raise ContractMismatch(f"the database lacks {', '.join(missing)}: run `cityvitals init`")
