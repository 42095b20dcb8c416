"""Renewal units: about thirty pieces of city that cut across communities, each within one district."""

import numpy as np
import pandas as pd
import shapely

from data_access.demo import stories
from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.grouping import step_costs

UNITS = 30
APART_KM = 2.1
SMALLEST_KM2, LARGEST_KM2 = 0.7, 2.6
MEASURED = ("H01", "H04", "C15", "C18", "C20")
SINCE = 2022
_URBAN_SPACING_KM = 0.6


def make_renewal_units(city: City) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Area rows of the units, and the compounds that lie in each."""
    compounds = city.areas[city.areas["level"] == "compound"]
    middle = shapely.point_on_surface(compounds["geometry"].to_numpy())
    rows, members = [], {}
    for number, cells in enumerate(_grown(city), 1):
        district = str(city.codes.district[city.tiling.district[cells[0]]])
        geometry = shapely.coverage_union_all(city.cells.polygons[cells])
        inside = compounds[shapely.contains(geometry, middle)]
        code = f"99RU{number:02}"
        members[code] = list(inside["area_code"])
        rows.append(
            {
                "area_code": code, "name_zh": f"更新单元{number:02}", "name_en": f"Renewal unit {number:02}",
                "level": "renewal_unit", "parent_code": district, "population": inside["population"].sum(),
                "area_km2": geometry.area, "code_system": "local", "geometry": geometry,
            }
        )  # fmt: skip
    return pd.DataFrame(rows), members


def _grown(city: City) -> list[list[int]]:
    """Cells of each unit: a seed in the older parts, and neighbours until it is large enough."""
    from data_access.demo.terrain import spacing_km  # noqa: PLC0415

    chance = stream("renewal units")
    seeds = city.cells.seeds
    urban = np.flatnonzero(spacing_km(seeds) < _URBAN_SPACING_KM)
    order = urban[np.argsort(chance.random(len(urban)) + 0.9 * (city.tiling.district[urban] != 0))]
    neighbours = step_costs(city.cells, per_cell=False)
    taken: set[int] = set()
    units: list[list[int]] = []
    for seed in order:
        far = all(np.hypot(*(seeds[seed] - seeds[unit[0]])) > APART_KM for unit in units)
        if far and seed not in taken and len(units) < UNITS:
            units.append(_unit(int(seed), city, neighbours, taken, chance.uniform(SMALLEST_KM2, LARGEST_KM2)))
            taken.update(units[-1])
    return units


def _unit(seed: int, city: City, neighbours: object, taken: set[int], target_km2: float) -> list[int]:
    cells, size = [seed], city.cells.polygons[seed].area
    while size < target_km2:
        around = {int(n) for c in cells for n in neighbours[c].indices} - set(cells) - taken  # type: ignore[index]
        around = {
            n
            for n in around
            if city.tiling.district[n] == city.tiling.district[seed] and city.cells.bank[n] == city.cells.bank[seed]
        }
        if not around:
            break
        nearest = min(around, key=lambda n: (float(np.hypot(*(city.cells.seeds[n] - city.cells.seeds[seed]))), n))
        cells.append(nearest)
        size += city.cells.polygons[nearest].area
    return cells


def make_unit_values(members: dict[str, list[str]], values: pd.DataFrame) -> pd.DataFrame:
    """What the units' own survey counted: the sums over their compounds since SINCE."""
    owner = {compound: unit for unit, compounds in members.items() for compound in compounds}
    rows = values[values["indicator_code"].isin(MEASURED) & (values["period"].str[:4].astype(int) >= SINCE)]
    rows = (
        rows[rows["rolls_up"] & rows["value"].notna()]
        .assign(unit=lambda r: r["area_code"].map(owner))
        .dropna(subset="unit")
    )
    summed = rows.groupby(["indicator_code", "unit", "period"])[["value", "numerator", "denominator"]].sum(min_count=1)
    return (
        summed.reset_index()
        .rename(columns={"unit": "area_code"})
        .assign(status="valid", rolls_up=True, source=stories.SOURCE)
    )
