"""The contract row, read once a second at most: which version the database follows, and which data it holds."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, inspect, select, text

from data_access import contract as tables
from data_access.errors import ContractMismatch, DataAccessError, DatabaseCorrupt
from data_access.failures import reading

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
    names = (found["city_name_zh"], found["city_name_en"])
    zh, en = (None if name == tables.UNNAMED_CITY else name or None for name in names)
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
