"""Where problems crowd: how many there are for the people or the buildings of each area, and whether that is chance."""

from dataclasses import dataclass

import pandas as pd

from analysis.neighbours import Neighbours
from analysis.spatial import LocalPattern, hot_spots
from analysis.unanswered import Unanswered

PER = {"population": 10_000, "objects": 1_000}
"""What a density is per: residents, objects such as buildings."""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Crowding:
    """areas: by `area_code`, the densest first: `problems`, `base`, `density` (NaN without a base), `cluster` (hot,
    cold, not_significant, or unknown), `score` (Gi* as a standard normal deviate), `q_value`.

    unanswered: why no significance could be computed; every cluster is then unknown.
    """

    areas: pd.DataFrame
    unanswered: Unanswered | None = None
    permutations: int = 0


def densities(problems: pd.Series, base: pd.Series, per: float) -> pd.Series:
    """Problems per `per` of the base, NaN where the base is unknown or zero. Both by area_code; no problems is zero."""
    return per * problems.reindex(base.index).fillna(0) / base.where(base > 0)


def crowding(problems: pd.Series, base: pd.Series, per: float, neighbours: Neighbours) -> Crowding:
    """Getis-Ord Gi* of the density with false discovery rate: see `analysis.spatial.hot_spots`."""
    areas = pd.DataFrame({"problems": problems.reindex(base.index).fillna(0), "base": base})
    areas["density"] = densities(problems, base, per)
    found = hot_spots(areas["density"], neighbours)
    areas["cluster"], areas["score"], areas["q_value"] = UNKNOWN, float("nan"), float("nan")
    if isinstance(found, LocalPattern):
        known = found.areas[["cluster", "score", "q_value"]]
        areas.loc[known.index, list(known)] = known
    ordered = areas.sort_values(["density", "problems"], ascending=False, na_position="last", kind="stable")
    if isinstance(found, Unanswered):
        return Crowding(ordered, found)
    return Crowding(ordered, permutations=found.permutations)
