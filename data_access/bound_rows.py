"""Rows that a statement brings along, as one parameter: a statement with few or many of them is the same statement.

VALUES with three parameters a row makes every number of rows a statement of its own, which SQLAlchemy compiles and the
database plans anew: for a city's profile that took longer than the answer.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Select, bindparam, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Text

from data_access.contract.columns import CODE


class _Each(FunctionElement[Any]):
    """The elements of a JSON array, one a row, in column `value`."""

    name = "each_row"
    inherit_cache = True


@compiles(_Each, "sqlite")
def _in_sqlite(each: _Each, compiler: Any, **words: Any) -> str:
    return f"json_each({compiler.process(each.clauses, **words)})"


@compiles(_Each, "postgresql")
def _in_postgresql(each: _Each, compiler: Any, **words: Any) -> str:
    return f"jsonb_array_elements(CAST({compiler.process(each.clauses, **words)} AS jsonb))"


def bound_rows(columns: Sequence[str], name: str) -> Select[Any]:
    """The rows as a query. columns: the names of their texts. name: of the rows, and of the parameter that brings them
    as `as_bound` writes them."""
    each = _Each(bindparam(name, type_=Text)).table_valued("value", name=name)
    texts: list[Any] = [
        each.c.value.op("->>", return_type=CODE)(literal_column(str(place))).label(column)
        for place, column in enumerate(columns)
    ]
    return select(*texts)


def as_bound(rows: Sequence[Sequence[str]]) -> str:
    """The rows as the parameter of `bound_rows`."""
    return orjson.dumps(rows).decode()
