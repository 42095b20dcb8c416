"""Matching the header of a file with the columns of the contract."""

import difflib
from dataclasses import dataclass

from sqlalchemy import Table

from data_access.importing.faults import FaultLog

HEADER_ROW = 1


@dataclass(frozen=True)
class Header:
    """Where the contract's columns stand in a file, and which required ones are missing."""

    positions: dict[str, int]
    missing: frozenset[str]


def match_header(table: Table, names: list[str], file: str, log: FaultLog) -> Header:
    """Exact names only; a missing or unknown column is reported with the similar name that may be meant."""
    wanted = {str(column.name): column for column in table.columns}
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        if name in positions:
            log.fault(file, HEADER_ROW, name, name, "each column once")
        elif name in wanted:
            positions[name] = position
    unknown = [name for name in names if name and name not in wanted]
    missing = {name for name, column in wanted.items() if column.info["required"] and name not in positions}
    for name in sorted(missing, key=list(wanted).index):
        _report_missing(name, unknown, file, log)
    _check_pairs(table, positions, unknown, file, log)
    for name in unknown:
        close = difflib.get_close_matches(name.lower(), [name for name in wanted if name not in positions], n=1)
        log.warn(
            file, HEADER_ROW, name, name, f"ignored: no such column{f'; did you mean {close[0]}?' if close else ''}"
        )
    return Header(positions, frozenset(missing))


def _check_pairs(table: Table, positions: dict[str, int], unknown: list[str], file: str, log: FaultLog) -> None:
    for column in table.columns:
        other = column.info.get("pair")
        if other and column.name.endswith("_zh") and not {column.name, other} & positions.keys():
            _report_missing(column.name, unknown, file, log, also=other)


def _report_missing(name: str, unknown: list[str], file: str, log: FaultLog, also: str | None = None) -> None:
    """The value reported is the similar name found in the file."""
    lowered = {other.lower(): other for other in reversed(unknown)}
    close = difflib.get_close_matches(name.lower(), lowered, n=1)
    similar = lowered[close[0]] if close else None
    expected = f"a column {name}{f' or {also}' if also else ''}"
    log.fault(file, HEADER_ROW, name, similar, expected + (f"; {similar} looks like it" if similar else ""))
