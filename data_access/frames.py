"""Rows of a statement as a frame whose dtypes depend on the statement alone, never on the rows that came back."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Column, Connection, Float, Integer, Select

from data_access.contract.geometry import Geometry

TRUE_UNLESS_DENIED = frozenset({"verified", "rolls_up"})
"""Flags that only an explicit false turns off; any other flag that was left out is false."""


def read_frame(connection: Connection, statement: Select[Any]) -> pd.DataFrame:
    """One column per selected column: text as `str`, numbers as float64 (NaN where missing), flags as bool.

    Whole numbers that cannot be missing (counts, ranks) are int64.
    """
    return pd.DataFrame(read_columns(connection, statement))


def read_columns(connection: Connection, statement: Select[Any]) -> dict[str, Any]:
    """The columns of `read_frame`, each an array."""
    rows = connection.execute(statement).all()
    columns = list(statement.selected_columns)
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return {str(column.key): _series(column, cells) for column, cells in zip(columns, by_column, strict=True)}


def _series(column: Any, cells: Sequence[Any]) -> Any:
    return _converter(column)(cells)


def _converter(column: Any) -> Callable[[Sequence[Any]], Any]:
    if isinstance(column.type, Boolean):
        missing = str(column.key) in TRUE_UNLESS_DENIED
        return lambda cells: np.array([missing if cell is None else bool(cell) for cell in cells], dtype=bool)
    if isinstance(column.type, Integer) and not (isinstance(column, Column) and column.nullable):
        return lambda cells: np.array(cells, dtype="int64")
    if isinstance(column.type, Integer | Float):
        return lambda cells: np.array(cells, dtype="float64")
    if isinstance(column.type, Geometry):
        return lambda cells: pd.Series(cells, dtype=object)
    return lambda cells: pd.array(list(cells), dtype="str")
