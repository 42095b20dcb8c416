"""The administrative tiling: every cell in a community, and so on up to the districts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_access.demo.cells import Cells
from data_access.demo.grouping import divide, grow, step_costs


@dataclass(frozen=True)
class DistrictPlan:
    """What a district is meant to be: where it grows from (km) and how often it is divided."""

    anchors: tuple[tuple[float, float], ...]
    subdistricts: int
    communities: int


ISLAND = 3
OLD_TOWN, NEW_TOWN, INDUSTRY, HILLS, SUBURB = range(5)
PLANS = (
    DistrictPlan(((-1.2, 0.2), (0.8, -1.4), (-0.2, 2.6)), 6, 50),
    DistrictPlan(((2.6, -7.0), (-1.5, -8.0), (7.4, -5.0), (9.5, -10.5), (9.6, 0.9)), 5, 46),
    DistrictPlan(((13.5, 3.0), (17.5, 1.5), (9.5, 6.0), (17.0, -7.0)), 4, 28),
    DistrictPlan(((-11.5, 10.0), (-1.0, 12.0), (6.5, 12.5), (-15.0, 8.0)), 3, 22),
    DistrictPlan(((-13.0, -3.5), (-8.0, -6.0), (-8.0, -13.5), (-15.0, -10.0), (1.0, -16.0)), 4, 34),
)


@dataclass(frozen=True)
class Tiling:
    """The district, subdistrict and community number of every cell; the numbers run through the whole city."""

    district: NDArray[np.int_]
    subdistrict: NDArray[np.int_]
    community: NDArray[np.int_]


def make_tiling(cells: Cells) -> Tiling:
    everyone = np.arange(len(cells.seeds))
    district = _districts(cells)
    per_cell = step_costs(cells, per_cell=True)
    subdistrict, community = np.zeros_like(everyone), np.zeros_like(everyone)
    for number, plan in enumerate(PLANS):
        members = everyone[district == number]
        start = max(0, subdistrict.max() + 1) if number else 0
        subdistrict[members] = start + divide(cells, per_cell, members, plan.subdistricts, f"subdistricts {number}")
    island = cells.bank == ISLAND
    subdistrict[island] = np.bincount(subdistrict[island]).argmax()
    district[island] = NEW_TOWN
    counts = _community_counts(district, subdistrict)
    for number, count in enumerate(counts):
        mainland = everyone[(subdistrict == number) & ~island]
        own = int((subdistrict[island] == number).any())
        found = divide(cells, per_cell, mainland, count - own, f"communities {number}")
        community[mainland] = sum(counts[:number]) + found
        if own:
            community[island] = sum(counts[: number + 1]) - 1
    return Tiling(district, subdistrict, community)


def _districts(cells: Cells) -> NDArray[np.int_]:
    anchors = [(number, point) for number, plan in enumerate(PLANS) for point in plan.anchors]
    seeds = np.array([np.argmin(np.hypot(*(cells.seeds - point).T)) for _, point in anchors])
    owner = {int(seed): number for seed, (number, _) in zip(seeds, anchors, strict=True)}
    unique = np.unique(seeds)
    grown = grow(step_costs(cells, per_cell=False), unique, np.arange(len(cells.seeds)))
    return np.array([owner[int(unique[found])] for found in grown])


def _community_counts(district: NDArray[np.int_], subdistrict: NDArray[np.int_]) -> list[int]:
    """A district's communities dealt to its subdistricts by number of cells (largest remainder)."""
    counts: list[int] = []
    for number, plan in enumerate(PLANS):
        sizes = np.bincount(subdistrict[district == number])[len(counts) :]
        shares = sizes / sizes.sum() * plan.communities
        whole = np.floor(shares).astype(int)
        whole[np.argsort(whole - shares)[: plan.communities - whole.sum()]] += 1
        counts += [int(count) for count in whole]
    return counts
