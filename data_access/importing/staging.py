"""Temporary tables that hold a package beside the real ones until all of it is known to be good."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.csv
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Select, Table, insert, text

from data_access.contract import TABLES
from data_access.contract.geometry import Geometry
from data_access.importing.chunks import Progress, silent
from data_access.importing.faults import FaultLog
from data_access.importing.reading import ROW
from data_access.layer_features import layer_feature

STAGED = {**TABLES, layer_feature.name: layer_feature}


@dataclass
class Staging:
    """One load under way: its staged tables, its log, and the CRS of spatial files that declare none.

    files: where each table came from. unread: tables whose keys could not be read.
    """

    connection: Connection
    log: FaultLog
    progress: Progress = silent
    assumed_crs: str | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def open(self, name: str, file: str) -> Table:
        """An empty staging table with the columns of the real one, all nullable, and the row numbers."""
        is_sqlite = self.connection.dialect.name == "sqlite"
        columns = [
            Column(column.name, _staged_type(column, is_sqlite), info=column.info) for column in STAGED[name].columns
        ]
        staged = Table(f"load_{name}", MetaData(), Column(ROW, BigInteger), *columns, prefixes=["TEMPORARY"])
        staged.create(self.connection)
        self.tables[name], self.files[name], self.rows[name] = staged, file, 0
        return staged

    def add(self, name: str, chunk: pa.Table) -> None:
        """Append a typed chunk, by the fastest way each database has."""
        self.rows[name] += len(chunk)
        if self.connection.dialect.name == "postgresql":
            _copy(self.connection, self.tables[name], chunk)
        else:
            _insert_many(self.connection, self.tables[name], chunk)

    def index(self) -> None:
        """Index every staged table by its key, and tell the planner of PostgreSQL how large it is."""
        for name, staged in self.tables.items():
            keys = [staged.c[column.name] for column in STAGED[name].primary_key]
            if keys:
                Index(f"ix_{staged.name}", *keys).create(self.connection)
            if self.connection.dialect.name == "postgresql":
                self.connection.execute(text(f"ANALYZE {staged.name}"))

    def stream(self, statement: Select[Any]) -> Iterator[Any]:
        """Rows as they come, for answers that may be large."""
        return iter(self.connection.execute(statement.execution_options(yield_per=1000)))

    def add_records(self, name: str, records: list[dict[str, Any]]) -> None:
        """Append rows with geometry."""
        self.rows[name] += len(records)
        if records:
            self.connection.execute(insert(self.tables[name]), records)


class _Blob(Geometry):
    """The same geometry under a column type that SQLite's grammar takes."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BLOB"


def _staged_type(column: Column[Any], is_sqlite: bool) -> Any:
    if is_sqlite and isinstance(column.type, Geometry):
        return _Blob()
    return BigInteger() if isinstance(column.type, Integer) else column.type


def _copy(connection: Connection, staged: Table, chunk: pa.Table) -> None:
    buffer = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    pyarrow.csv.write_csv(chunk, buffer, options)
    columns = ", ".join(f'"{name}"' for name in chunk.column_names)
    statement = f"COPY {staged.name} ({columns}) FROM STDIN (FORMAT csv)"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())


def _insert_many(connection: Connection, staged: Table, chunk: pa.Table) -> None:
    columns = ", ".join(f'"{name}"' for name in chunk.column_names)
    marks = ", ".join("?" * chunk.num_columns)
    rows = zip(*(column.to_pylist() for column in chunk.columns), strict=True)
    driver: Any = connection.connection.driver_connection
    driver.executemany(f"INSERT INTO {staged.name} ({columns}) VALUES ({marks})", rows)  # noqa: S608
