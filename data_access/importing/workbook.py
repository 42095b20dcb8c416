"""Rows of the sheets of an Excel workbook, as the text a CSV file would hold."""

import datetime as dt
import functools
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import python_calamine

from data_access.importing import limits
from data_access.importing.archive import check_sizes
from data_access.importing.chunks import Chunk, Progress, to_chunk
from data_access.importing.faults import Unreadable

_EXACT_INTEGER = 10**15
_BLOCK = 1 << 20
_LONGEST_MARK = 128
_ROW = re.compile(rb"<(?:[a-z]+:)?row\b[^>]{0,64}?\br=\"([0-9]{1,9})\"")
_COLUMN = re.compile(rb" r=\"([A-Z]{2,3})[0-9]")


class Workbook:
    """An `.xlsx` file; macros, formulas and links stay unread, only the stored values are taken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        check_sizes(path, limits.SHEET_XML_BYTES)
        _refuse_sparse_sheets(path)
        try:
            self._book = python_calamine.CalamineWorkbook.from_path(str(path))
        except (python_calamine.CalamineError, OSError) as error:
            raise Unreadable(f"a readable .xlsx workbook ({error})") from error
        self.sheet_names: list[str] = self._book.sheet_names

    def sheet(self, name: str, progress: Progress) -> "Sheet":
        try:
            return Sheet(f"{self.path.name}[{name}]", self._book.get_sheet_by_name(name), progress)
        except python_calamine.CalamineError as error:
            raise Unreadable(f"a readable sheet ({error})") from error


class Sheet:
    """One sheet; the header is its first row."""

    def __init__(self, name: str, sheet: Any, progress: Progress) -> None:
        self.name = name
        self._sheet = sheet
        self._progress = progress

    def header(self) -> list[str]:
        if self._sheet.total_width > limits.COLUMNS:
            raise Unreadable(f"at most {limits.COLUMNS:,} columns", row=1, value=f"{self._sheet.total_width:,} columns")
        _, names = next(self._filled_rows(), (1, []))
        if not names:
            raise Unreadable("a header row with the column names", row=1)
        return [name.strip() for name in names]

    def chunks(self, columns: dict[str, int]) -> Iterator[Chunk]:
        rows = self._filled_rows()
        next(rows)
        while batch := list(islice(rows, limits.CHUNK_ROWS)):
            yield to_chunk([number for number, _ in batch], [row for _, row in batch], columns)
            self._progress(self.name, batch[-1][0], self._sheet.total_height)

    def _filled_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows that hold anything, with the number that Excel shows beside them."""
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            row = [cell_text(cell) for cell in cells]
            if any(map(str.strip, row)):
                yield number, row


def _refuse_sparse_sheets(path: Path) -> None:
    """calamine holds the whole used range in memory, so a sheet with one cell in the far corner is a bomb."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as sheet:
                    rows, columns = _extent(sheet)
                if rows * columns > limits.SHEET_CELLS:
                    raise Unreadable(f"sheets of at most {limits.SHEET_CELLS:,} cells", value=f"{rows:,} × {columns:,}")


def _extent(sheet: IO[bytes]) -> tuple[int, int]:
    """Last row and column with a cell. Columns to Z are not looked for: 26 are assumed."""
    last_row, last_column, tail = 1, 26, b""
    while block := sheet.read(_BLOCK):
        text = tail + block
        last_row = max(last_row, *map(int, _ROW.findall(text)), 1)
        last_column = max(last_column, *map(_column_number, set(_COLUMN.findall(text))), 1)
        tail = text[-_LONGEST_MARK:]
    return last_row, last_column


def _column_number(letters: bytes) -> int:
    return functools.reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)


def cell_text(cell: Any) -> str:
    """The text a cell would have in a CSV file: `110101` for the number 110101.0, ISO 8601 for a date.

    Whole numbers of more than 15 digits come in scientific notation: Excel has lost their last digits.
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT_INTEGER
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
