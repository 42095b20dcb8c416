"""Writes a table as CSV or XLSX. Text that a spreadsheet could take for a formula is inert in both."""

import io
import math
from collections.abc import Iterable
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from dashboard.exports.table import Table
from layouts.xml_text import xml_text

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make Excel, WPS and LibreOffice read a cell of text as a formula or a command (OWASP); the wide
ones where the program runs in Chinese."""
_WIDEST, _NUMBER_WIDTH = 60, 12
_LINE_PT, _HIGHEST_PT = 14, 400


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with BOM, so that Excel reads Chinese; `about` as comment lines below the rows is left to XLSX."""
    return f"\ufeff{csv_text(table)}".encode()


def csv_text(table: Table, *, header: bool = True) -> str:
    """The same without the mark at the beginning, for a file written piece by piece."""
    rows = table.bounded.apply(lambda column: column.map(inert) if is_text(column) else column)
    names = [inert(str(name)) for name in rows.columns]
    text: str = rows.to_csv(index=False, header=names if header else False, lineterminator="\r\n")
    return text


def xlsx_bytes(table: Table, data_sheet: str, about_sheet: str) -> bytes:
    """Two sheets: the rows with numbers as numbers, and what they are. Text cells are marked as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(data_sheet[:31])
    sheet.freeze_panes = "A2"
    _print_on_one_width(sheet)
    rows = table.bounded
    for place, name in enumerate(rows.columns, 1):
        longest = max([len(str(name)), *(len(str(cell)) for cell in rows[name].head(200))])
        widest = _WIDEST if is_text(rows[name]) else max(_NUMBER_WIDTH, len(str(name)) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = min(widest, longest * 1.6 + 2)
    sheet.append([_cell(sheet, str(name), bold=True) for name in rows.columns])
    for number, row in enumerate(rows.itertuples(index=False), 2):
        sheet.append(_row(sheet, number, row))
    about = book.create_sheet(about_sheet[:31])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 100
    for label, text in table.about.items():
        about.append([_cell(about, label, bold=True), _cell(about, text)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _print_on_one_width(sheet: Any) -> None:
    """On paper all columns stand side by side, however many pages the rows take."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.print_title_rows = "1:1"


def inert(value: object) -> object:
    """Text with a leading apostrophe where it would be a formula; everything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def is_text(column: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column))


def _row(sheet: Any, number: int, values: Iterable[object]) -> list[Any]:
    """Text longer than the widest column stands on several lines, for which the row is made high enough."""
    cells = [_cell(sheet, value) for value in values]
    longest = max((len(cell.value) for cell in cells if cell is not None and isinstance(cell.value, str)), default=0)
    if longest > _WIDEST:
        sheet.row_dimensions[number].height = min(_LINE_PT * math.ceil(longest / _WIDEST + 1), _HIGHEST_PT)
        for cell in filter(None, cells):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cells


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    """Missing is an empty cell; text never becomes a formula, and says so to the program that opens it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):  # type: ignore[call-overload]
        return None
    value = xml_text(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=value.item() if hasattr(value, "item") else value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(DANGEROUS):
            cell.style = "Normal"
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
