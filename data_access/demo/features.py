"""What the areas of each level have: buildings, households, land, roads … and how old and how urban they are."""

import numpy as np
import pandas as pd
import shapely

from data_access.demo import terrain
from data_access.demo.areas import Codes
from data_access.demo.chance import stream
from data_access.demo.fields import smooth_field
from data_access.demo.tiling import HILLS, INDUSTRY, NEW_TOWN, OLD_TOWN, SUBURB

Features = dict[str, pd.DataFrame]
"""By level: one row per area, indexed by area_code."""

AGE = {OLD_TOWN: 0.72, NEW_TOWN: 0.14, INDUSTRY: 0.48, HILLS: 0.42, SUBURB: 0.36}
_MEANS = ("old", "urban", "x", "y")
_HERITAGE = (68, 4, 6, 12, 10)


def make_features(areas: pd.DataFrame, land: pd.DataFrame, codes: Codes) -> Features:
    compound = _compound_features(areas[areas["level"] == "compound"])
    community = _community_features(compound, areas, land, codes)
    subdistrict = _summed(community, areas, "subdistrict")
    district = _district_features(_summed(subdistrict, areas, "district"))
    return {"compound": compound, "community": community, "subdistrict": subdistrict, "district": district}


def _compound_features(areas: pd.DataFrame) -> pd.DataFrame:
    chance = stream("features")
    rows = areas.set_index("area_code")[["parent_code", "population", "area_km2", "x", "y", "is_village"]].copy()
    where = rows[["x", "y"]].to_numpy()
    age = areas.set_index("area_code")["district"].map(AGE).to_numpy() + 0.16 * smooth_field("age", where, 5.0)
    rows["old"] = np.clip(age + chance.normal(0, 0.1, len(rows)), 0.01, 0.99)
    rows["urban"] = np.clip(1.25 - terrain.spacing_km(where), 0, 1)
    persons_per_building = np.where(rows["is_village"], 16, 64 + 68 * (1 - rows["old"]))
    rows["buildings"] = np.maximum(2, np.round(rows["population"] / persons_per_building))
    rows["households"] = np.round(rows["population"] / 2.62)
    rows["homes"] = rows["households"] * rows["buildings"].sum() / rows["households"].sum()
    rows["units"] = np.maximum(1, np.round(rows["households"] / 26))
    rows["walkway_km"] = np.round(0.25 + 5.5 * rows["area_km2"] ** 0.8, 2)
    rows["one"] = 1.0
    return rows


def _community_features(compound: pd.DataFrame, areas: pd.DataFrame, land: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    rows = _summed(compound, areas, "community")
    built = land[~land["use"].isin(["farmland", "forest"])]
    by_use = built.pivot_table(index="community", columns="use", values="area_km2", aggfunc="sum", fill_value=0)
    by_use.index = codes.community[by_use.index]
    by_use = by_use.reindex(rows.index, fill_value=0.0)
    village_km2 = compound[compound["is_village"]].groupby("parent_code")["area_km2"].sum()
    rows["built_km2"] = np.round(by_use.sum(axis=1) + village_km2.reindex(rows.index, fill_value=0), 3)
    rows["home_ha"] = np.round(100 * (by_use["residential"] + village_km2.reindex(rows.index, fill_value=0)), 1)
    rows["shop_ha"] = np.round(100 * by_use["commercial"] + 1, 1)
    rows["children"] = np.round(rows["population"] * 0.062)
    rows["road_km"] = np.round(rows["built_km2"] * 6.5 + 3, 1)
    rows["roads"] = np.round(rows["road_km"] / 1.1)
    rows["thousands"] = rows["population"] / 1000
    rows["persons"] = rows["population"]
    rows["built_ha"] = rows["built_km2"] * 100
    return rows


def _summed(children: pd.DataFrame, areas: pd.DataFrame, level: str) -> pd.DataFrame:
    """Children added up; what is a quality rather than a quantity is averaged by population."""
    numbers = children.drop(columns=["parent_code", "is_village"], errors="ignore")
    weighted = numbers.assign(**{name: numbers[name] * numbers["population"] for name in _MEANS})
    summed = weighted.groupby(children["parent_code"]).sum()
    for name in _MEANS:
        summed[name] /= summed["population"]
    own = areas[areas["level"] == level].set_index("area_code")
    middle = shapely.get_coordinates(shapely.point_on_surface(own["geometry"].to_numpy()))
    summed = summed.reindex(own.index).assign(x=middle[:, 0], y=middle[:, 1], parent_code=own["parent_code"])
    return summed.assign(area_km2=own["area_km2"], one=1.0)


def _district_features(rows: pd.DataFrame) -> pd.DataFrame:
    persons = rows["population"]
    rows["sewage_t"] = np.round(persons * 0.0062, 1)
    rows["new_build_ha"] = np.round(rows["built_ha"] * 0.012 * (1.3 - rows["old"]), 1)
    rows["heritage"] = np.array(_HERITAGE, dtype=float)
    rows["gas_km"] = np.round(rows["road_km"] * 0.12 * rows["old"] + 2, 1)
    rows["pipe_km"] = np.round(rows["road_km"] * 2.8)
    rows["sites"] = np.round(persons / 2600)
    rows["highrises"] = np.round(persons / 900 * (1.2 - rows["old"]))
    rows["old_compounds"] = np.round(persons / 14000 * (0.3 + rows["old"]) + 3)
    rows["villages"] = np.round(persons / 22000 + 4)
    rows["car_parks"] = np.round(persons / 1500)
    rows["problems"] = np.round(persons / 3800)
    rows["gas_faults"] = np.round(rows["gas_km"] * 3)
    rows["lifts"] = np.round(persons / 900)
    return rows
