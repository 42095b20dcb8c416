"""Areas that the linked map cannot colour, each with its reason, and what a screen reader hears of every area."""

from collections.abc import Mapping, Sequence

import pandas as pd

from callbacks.correlation_data import SUSPECT, Pairing
from data_access.questions import ValuesQuestion
from layouts.map.ramps import HATCHES

ISLAND = "island"
HATCHED = HATCHES | {ISLAND: "falling"}
"""Stroke by reason: the statuses of values as on every map, and areas that have a value and no neighbour."""
NONE = "none"


def missing_of(pairing: Pairing, codes: Sequence[tuple[str, str]], coloured: Mapping[str, str]) -> dict[str, str]:
    """Area → status of its first missing value. codes: indicator and period, in the order they are asked."""
    left = [str(code) for code in pairing.areas.index if str(code) not in coloured]
    found: dict[str, str] = {}
    for indicator, period in codes if left else ():
        statuses = _statuses(pairing, indicator, period)
        found |= {code: statuses[code] for code in left if code in statuses and code not in found}
    return found


def legend_rows(pairing: Pairing, missing: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Reason, its word and how many areas, the most first."""
    texts = pairing.at.texts
    counts = pd.Series(list(missing.values()), dtype="str").value_counts()
    return [(str(why), texts(f"value.{why}"), int(count)) for why, count in counts.items()]


def _statuses(pairing: Pairing, indicator: str, period: str) -> dict[str, str]:
    """Of the areas whose value takes no part."""
    at = pairing.at
    asked = ValuesQuestion(indicator=indicator, period=period, area=at.area, level=str(pairing.level), viewer=at.viewer)
    rows = at.store.values_by_area(asked)
    left_out = rows[rows["value"].isna() | (rows["status"] == SUSPECT)]
    status = left_out["status"].where(left_out["status"].isin(list(HATCHES)), NONE)
    return dict(zip(left_out["area_code"].astype(str), status.astype(str), strict=True))
