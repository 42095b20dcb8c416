"""Reading the rows of one table: header, cells, rules of a row; out come typed chunks, ready for staging."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Table

from data_access.contract import opinion
from data_access.importing.cells import Read, expectation, read_column
from data_access.importing.chunks import Chunk, Source
from data_access.importing.faults import FaultLog
from data_access.importing.headers import Header, match_header
from data_access.importing.row_rules import breaches

ROW = "row_no"
_Found = tuple[int, int, str, Any, str]


def read_table(table: Table, source: Source, log: FaultLog) -> Iterator[pa.Table]:
    """Chunks with `row_no` and every column of the contract, bad cells null; none when a key column is missing."""
    header = match_header(table, source.header(), source.name, log)
    if header.missing & {column.name for column in table.primary_key} and table is not opinion:
        return
    for chunk in source.chunks(header.positions):
        yield _read_chunk(table, header, chunk, source.name, log)


def _read_chunk(table: Table, header: Header, chunk: Chunk, file: str, log: FaultLog) -> pa.Table:
    empty = pa.nulls(len(chunk), pa.string())
    reads = {str(column.name): read_column(column, chunk.cells.get(column.name, empty)) for column in table.columns}
    found = [*_bad_cells(table, header, chunk, reads), *_broken_rules(table, header, chunk, reads)]
    for row, _, column, value, expected in sorted(found, key=lambda fault: fault[:2]):
        log.fault(file, row, column, value, expected)
    return pa.table({ROW: chunk.rows} | {name: _or_default(table, name, read) for name, read in reads.items()})


def _bad_cells(table: Table, header: Header, chunk: Chunk, reads: dict[str, Read]) -> Iterator[_Found]:
    for position, column in enumerate(table.columns):
        read, name = reads[column.name], str(column.name)
        bad = pc.or_(read.bad, read.blank) if column.info["required"] and name in header.positions else read.bad
        yield from _places(chunk, bad, position, name, expectation(column))


def _broken_rules(table: Table, header: Header, chunk: Chunk, reads: dict[str, Read]) -> Iterator[_Found]:
    order = list(table.columns.keys())
    for breach in breaches(table, reads, set(header.positions)):
        yield from _places(chunk, breach.rows, order.index(breach.column), breach.column, breach.expected)


def _places(chunk: Chunk, mask: Any, position: int, column: str, expected: str) -> Iterator[_Found]:
    if not pc.any(mask).as_py():
        return
    cells = chunk.cells.get(column, pa.nulls(len(chunk), pa.string()))
    for row, value in zip(chunk.rows.filter(mask).to_pylist(), cells.filter(mask).to_pylist(), strict=True):
        yield row, position, column, value, expected


def _or_default(table: Table, name: str, read: Read) -> Any:
    default = table.c[name].info["default"]
    return read.values if default is None else pc.fill_null(read.values, pa.scalar(default, read.values.type))
