"""The order of areas by one indicator: the best first, what cannot be ranked last and said so."""

from dataclasses import dataclass

import pandas as pd

SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Ranking:
    """ranked: rows with `rank` (ties share one), best first; suspect and missing: the rows left out, in given order."""

    ranked: pd.DataFrame
    suspect: pd.DataFrame
    missing: pd.DataFrame


def rank_areas(values: pd.DataFrame, direction: str) -> Ranking:
    """Ranks rows with `value` and `status`; highest first unless lower is better. Suspect values are not ranked.

    A rolled-up value that contains a suspect one stays in, as the contract says.
    """
    has_value = values["value"].notna()
    doubtful = has_value & (values["status"] == SUSPECT)
    ascending = direction == "lower_better"
    ranked = values[has_value & ~doubtful].sort_values("value", ascending=ascending, kind="stable")
    ranked = ranked.assign(rank=ranked["value"].rank(method="min", ascending=ascending).astype(int))
    return Ranking(ranked, values[doubtful], values[~has_value])
