"""Rules that look at several cells of one row."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Table

from data_access.contract import contract, indicator, indicator_value, reference_value, words
from data_access.importing.cells import Read


class Breach(NamedTuple):
    """Rows (a mask) that break a rule, in which column, and what was expected there."""

    rows: Any
    column: str
    expected: str


def breaches(table: Table, reads: dict[str, Read], present: set[str]) -> Iterator[Breach]:
    """The rules of the table. present: the columns of the file. A cell that is bad in itself breaks none."""
    yield from _pairs(table, reads, present)
    if table is indicator_value:
        yield from _status_and_value(reads)
    elif table is indicator:
        yield from _weight(reads)
    elif table is reference_value:
        yield from _between(reads)
    elif table is contract:
        yield Breach(
            pc.fill_null(pc.not_equal(reads["version"].values, words.VERSION), False),
            "version",
            f"{words.VERSION}, the version of the contract that this program follows",
        )


def _pairs(table: Table, reads: dict[str, Read], present: set[str]) -> Iterator[Breach]:
    for column in table.columns:
        other = column.info.get("pair")
        if other and column.name.endswith("_zh") and {column.name, other} & present:
            yield Breach(
                pc.and_(reads[column.name].blank, reads[other].blank), column.name, f"{column.name} or {other}"
            )


def _status_and_value(reads: dict[str, Read]) -> Iterator[Breach]:
    status, value = reads["status"].values, reads["value"]
    needs = pc.fill_null(pc.is_in(status, value_set=pa.array(words.STATUSES_WITH_VALUE)), False)
    forbids = pc.fill_null(pc.is_in(status, value_set=pa.array(words.STATUSES_WITHOUT_VALUE)), False)
    without = ", ".join(words.STATUSES_WITHOUT_VALUE)
    yield Breach(pc.and_(needs, value.blank), "status", f"a value, or one of {without}: this status needs a value")
    with_value = ", ".join(words.STATUSES_WITH_VALUE)
    yield Breach(
        pc.and_(forbids, pc.invert(value.blank)),
        "status",
        f"no value, or one of {with_value}: this status has no value",
    )


def _weight(reads: dict[str, Read]) -> Iterator[Breach]:
    weighted = pc.fill_null(pc.equal(reads["aggregation"].values, "weighted_mean"), False)
    unweighted = pc.and_(reads["weight_column"].blank, reads["weight_indicator_code"].blank)
    yield Breach(
        pc.and_(weighted, unweighted), "aggregation", "a weight_column or weight_indicator_code beside weighted_mean"
    )


def _between(reads: dict[str, Read]) -> Iterator[Breach]:
    between = pc.fill_null(pc.equal(reads["operator"].values, "between"), False)
    yield Breach(pc.and_(between, reads["value_high"].blank), "value_high", "a value_high beside the operator between")
    reversed_bounds = pc.fill_null(pc.less(reads["value_high"].values, reads["value"].values), False)
    yield Breach(pc.and_(between, reversed_bounds), "value_high", "a value_high that is not below value")
