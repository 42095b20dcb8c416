"""Two attributes of the problems against each other, and which pairs occur more often than chance would have it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

OTHER, UNKNOWN = "__other__", "__unknown__"
SURPRISING = 1.96


@dataclass(frozen=True, slots=True)
class CrossTable:
    """counts: rows × columns, the most frequent first, what is folded together and what is unknown last.

    residuals: adjusted standardised residuals; beyond ±SURPRISING a cell departs from independence (5 % each).
    NaN where a row or column is the whole table.
    """

    counts: pd.DataFrame
    residuals: pd.DataFrame
    total: int


def cross_table(
    counted: pd.DataFrame, rows: str, columns: str, most_rows: int = 12, most_columns: int = 8
) -> CrossTable:
    """The counts of two attributes, with the residuals of their independence.

    Residuals after Haberman 1973, doi:10.2307/2529686: (observed - expected) / sqrt(expected (1 - row)(1 - column)),
    row and column being the shares of the total. counted: one row per pair with the columns `rows`, `columns` and
    `problems`; missing words count as UNKNOWN.
    """
    keyed = counted.assign(**{name: counted[name].astype("str").fillna(UNKNOWN) for name in (rows, columns)})
    keyed[rows] = _folded(keyed, rows, most_rows)
    keyed[columns] = _folded(keyed, columns, most_columns)
    table = keyed.pivot_table(index=rows, columns=columns, values="problems", aggfunc="sum", fill_value=0)
    table = table.loc[_ordered(table.sum(axis=1)), _ordered(table.sum(axis=0))].astype(int)
    return CrossTable(table, _residuals(table), int(table.to_numpy().sum()))


def _folded(keyed: pd.DataFrame, name: str, most: int) -> pd.Series:
    """The rarest words beyond `most` as OTHER."""
    totals = keyed[keyed[name] != UNKNOWN].groupby(name)["problems"].sum().sort_values(ascending=False, kind="stable")
    if len(totals) <= most:
        return keyed[name]
    kept = [*totals.index[: most - 1], UNKNOWN]
    return keyed[name].where(keyed[name].isin(kept), OTHER)


def _ordered(totals: pd.Series) -> list[str]:
    last = [name for name in (OTHER, UNKNOWN) if name in totals.index]
    return [*totals.drop(last).sort_values(ascending=False, kind="stable").index, *last]


def _residuals(table: pd.DataFrame) -> pd.DataFrame:
    observed = table.to_numpy(dtype=float)
    total = observed.sum()
    if total == 0:
        return table * float("nan")
    row, column = observed.sum(axis=1, keepdims=True) / total, observed.sum(axis=0, keepdims=True) / total
    variance = total * row * column * (1 - row) * (1 - column)
    spread = np.sqrt(np.where(variance > 0, variance, np.nan))
    return pd.DataFrame((observed - total * row * column) / spread, index=table.index, columns=table.columns)
