"""What the tests of the demo city read out of its package: sums per subdistrict, rows per compound, correlations."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import rankdata

Table = Callable[[str], pd.DataFrame]
"""A table of the package by its name, read once."""


def sums(recorded: pd.DataFrame, indicator: str, column: str = "value") -> pd.DataFrame:
    """Subdistricts × periods."""
    rows = recorded[recorded["indicator_code"] == indicator]
    return rows.pivot_table(index="subdistrict", columns="period", values=column, aggfunc="sum", fill_value=0)


def by_compound(recorded: pd.DataFrame, table: Table, *indicators: str) -> pd.DataFrame:
    rows = recorded[recorded["indicator_code"].isin(indicators) & (recorded["period"] == "2024")]
    wide = rows.pivot(index="area_code", columns="indicator_code", values="value")
    return wide.join(table("area").set_index("area_code")["population"]).dropna()


def rank_correlation(rows: pd.DataFrame, first: str, second: str, given: str | None = None) -> float:
    ranks = {name: rankdata(rows[name]) for name in (first, second, given) if name}
    if given is None:
        return float(np.corrcoef(ranks[first], ranks[second])[0, 1])
    base = np.column_stack([np.ones(len(rows)), ranks[given]])
    left = [ranks[n] - base @ np.linalg.lstsq(base, ranks[n], rcond=None)[0] for n in (first, second)]
    return float(np.corrcoef(*left)[0, 1])
