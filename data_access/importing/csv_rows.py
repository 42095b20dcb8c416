"""Rows of a CSV file, in chunks, with the line on which each begins."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from data_access.importing import limits
from data_access.importing.chunks import Chunk, Progress, to_chunk
from data_access.importing.encoding import recognise
from data_access.importing.faults import FaultLog, Unreadable

Numbered = tuple[int, list[str]]


class CsvFile:
    """A CSV file as RFC 4180 has it: commas, double quotes, any line ending. Ragged rows are faults and passed over."""

    def __init__(self, path: Path, log: FaultLog, progress: Progress) -> None:
        self.path = path
        self.name = path.name
        self._log = log
        self._progress = progress
        self._encoding = recognise(path)

    def header(self) -> list[str]:
        """The stripped names of the first row. Raises Unreadable for an empty file or an absurd width."""
        with self._open() as file:
            row = next((row for _, row in self._records(file) if row), [])
        if not any(name.strip() for name in row):
            raise Unreadable("a header row with the column names", row=1)
        if len(row) > limits.COLUMNS:
            raise Unreadable(f"at most {limits.COLUMNS:,} columns", row=1, value=f"{len(row):,} columns")
        return [name.strip() for name in row]

    def chunks(self, columns: dict[str, int]) -> Iterator[Chunk]:
        size = self.path.stat().st_size
        with self._open() as file:
            numbers: list[int] = []
            rows: list[list[str]] = []
            for number, row in self._body(file):
                numbers.append(number)
                rows.append(row)
                if len(rows) == limits.CHUNK_ROWS:
                    yield to_chunk(numbers, rows, columns)
                    self._progress(self.name, min(file.buffer.tell(), size), size)
                    numbers, rows = [], []
            if rows:
                yield to_chunk(numbers, rows, columns)
        self._progress(self.name, size, size)

    def _open(self) -> TextIO:
        return self.path.open(encoding=self._encoding, newline="")

    def _body(self, file: TextIO) -> Iterator[Numbered]:
        """Rows below the header that hold anything, as wide as it."""
        records = self._records(file)
        width = len(next(row for _, row in records if row))
        for number, row in records:
            if len(row) != width:
                if not row:
                    continue
                if len(row) < width or any(cell.strip() for cell in row[width:]):
                    self._log.fault(self.name, number, None, f"{len(row)} cells", f"{width} cells, as in the header")
                    continue
                del row[width:]
            if not any(row) or not any(map(str.strip, row)):
                continue
            yield number, row

    def _records(self, file: TextIO) -> Iterator[Numbered]:
        reader = csv.reader(file, strict=True)
        while True:
            number = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._log.fault(self.name, number, None, None, f"cells and quotes as in RFC 4180 ({error})")
                continue
            yield number, row
