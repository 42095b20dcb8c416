"""Everything that is wrong with a package, with its place; and what was put right or passed over."""

import csv
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from data_access.errors import DataAccessError
from data_access.importing.limits import SHOWN

Severity = Literal["fault", "warning"]
_VALUE_CHARACTERS = 200
_NUMBER = re.compile(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?")


class Fault(NamedTuple):
    """One thing to put right. row: the line of a CSV file or sheet (header = 1), or the number of a feature."""

    severity: Severity
    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str


class PackageRefused(DataAccessError):
    """The package has faults; nothing was changed."""

    def __init__(self, package: str, faults: int) -> None:
        super().__init__(f"{package} is refused: {faults:,} fault{'s' if faults != 1 else ''}; nothing was changed")


class Unreadable(DataAccessError):
    """A file that cannot be read any further; its text says what was expected."""

    def __init__(self, expected: str, *, row: int | None = None, value: str | None = None) -> None:
        super().__init__(expected)
        self.row = row
        self.value = value


class FaultLog:
    """All faults and warnings in the order of discovery: the first hundred of each in memory, all in a CSV report.

    Memory stays flat with millions of faults. Use as a context; `save_report` keeps the report, else it is dropped.
    """

    def __init__(self) -> None:
        self.first: dict[Severity, list[Fault]] = {"fault": [], "warning": []}
        self.counts: dict[Severity, int] = {"fault": 0, "warning": 0}

    def __enter__(self) -> Self:
        self._spool = tempfile.NamedTemporaryFile("w+", encoding="utf-8-sig", newline="", suffix=".csv")
        self._writer = csv.writer(self._spool)
        self._writer.writerow(Fault._fields)
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    @property
    def faults(self) -> int:
        return self.counts["fault"]

    def fault(self, file: str, row: int | None, column: str | None, value: Any, expected: str) -> None:
        self._add(Fault("fault", file, row, column, _shown(value), expected))

    def warn(self, file: str, row: int | None, column: str | None, value: Any, expected: str) -> None:
        self._add(Fault("warning", file, row, column, _shown(value), expected))

    def _add(self, fault: Fault) -> None:
        self.counts[fault.severity] += 1
        if len(self.first[fault.severity]) < SHOWN:
            self.first[fault.severity].append(fault)
        self._writer.writerow([inert(cell) for cell in fault])

    def save_report(self, path: Path) -> None:
        """Write every fault and warning to `path` as CSV that Excel opens as text, never as formulas."""
        self._spool.flush()
        shutil.copyfile(self._spool.name, path)


def inert(cell: object) -> object:
    """The cell such that no spreadsheet takes it for a formula: an apostrophe before what could start one."""
    if isinstance(cell, str) and cell[:1] in "=+-@\t\r\n" and cell and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= _VALUE_CHARACTERS else text[:_VALUE_CHARACTERS] + "…"
