"""The planted stories: what is true of the demo city because it was made so. docs/demo-city.md tells them in words.

Every constant here is checked by tests/data/test_demo_city.py against the written package.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

YEARS = tuple(range(2019, 2025))
TODAY = "2025-03-31"
SOURCE = "示例数据（虚构）"

HAZARD_CLUSTER = ("990102002", "990102003")
"""H01: neighbouring old-town subdistricts where hazards cluster."""
HAZARD_FACTOR = 4.5

PARKING_GROWS, PARKING_CLOSES = "990103003", "990102006"
"""C15: a new-town subdistrict where the gap grows threefold, an old-town one where it nearly closes."""
PARKING_GROWTH = (0.7, 0.9, 1.2, 1.55, 1.9, 2.3)
PARKING_CLOSING = (1.6, 1.35, 1.0, 0.6, 0.3, 0.06)

IMPROVED_BY_PROJECT = "990106002"
"""C18: walkways of this subdistrict after project P-0001, accepted in September 2022."""
PROJECT_EFFECT = (1.35, 1.35, 1.35, 1.0, 0.42, 0.38)

RELATED = ("H06", "H07")
"""Damaged pipes spoil tap water, building by building."""
SEEMINGLY_RELATED = ("H03", "C16")
"""Both grow with the size of a compound and have nothing else in common."""

REDEFINED, REDEFINED_IN, REDEFINITION_FACTOR = "H08", 2022, 1.8
OLD_CALIBER, NEW_CALIBER = "2019口径：仅计未加装电梯", "2022口径：增计出入口无障碍与楼梯扶手"
REDRAWN, REDRAWN_IN, REDRAWN_FACTOR = "U38", 2023, 1.09
BOUNDARY_VERSIONS = ("建成区2018版", "建成区2023版")

MISSING_YEAR = ("C17", 2021)
SILENT_DEPARTMENT, SILENT_YEAR = "tyj", 2024
SUSPECT = ("S28", "990104002", 2023)
SUSPECT_FACTOR = 10
NOT_HERE = ("L-XM-01", "L-XM-02", "L-NM-01")
"""No sea and no district heating in this city: not applicable."""
METRO_OPENED = 2022
SOLVED, WORSE, RECURRING = "N03", "S27", "L-AH-01"
"""Problems that are all solved and ever fewer; ever more than the year before; found again after they were solved."""
PROBLEM_WEIGHTS = {
    SOLVED: {2021: 1.6, 2022: 1.1, 2023: 0.6, 2024: 0.3},
    WORSE: {2021: 0.5, 2022: 0.7, 2023: 0.9, 2024: 1.9},
}
RECURRING_SHARE = {RECURRING: 0.8}
CAMPUSES = 3
"""So many compounds are campuses whose parking counts visitors: C15 and C16 stay out of their parents."""

_FACTORS = {
    "H01": dict.fromkeys(HAZARD_CLUSTER, (HAZARD_FACTOR,) * 6),
    "C15": {PARKING_GROWS: PARKING_GROWTH, PARKING_CLOSES: PARKING_CLOSING},
    "C18": {IMPROVED_BY_PROJECT: PROJECT_EFFECT},
}


def factors(indicator: str, area_codes: pd.Index) -> NDArray[np.float64]:
    """What the stories multiply the expected value by: (areas, years)."""
    result = np.ones((len(area_codes), len(YEARS)))
    for code, by_year in _FACTORS.get(indicator, {}).items():
        result[np.asarray(area_codes.str.startswith(code))] = by_year
    if indicator == REDEFINED:
        result[:, np.array(YEARS) >= REDEFINED_IN] *= REDEFINITION_FACTOR
    return result
