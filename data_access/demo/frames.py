"""Rows one by one: their types are known to the data, not to the type checker."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(rows.itertuples())
