"""The areas of the city: names, codes, population and boundaries, from the city down to its compounds."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data_access.demo.cells import Cells
from data_access.demo.chance import stream
from data_access.demo.naming import community_names, english, names, pinyin
from data_access.demo.tiling import HILLS, INDUSTRY, NEW_TOWN, OLD_TOWN, SUBURB, Tiling

CITY = "990100"
POPULATION = 1_926_000
PERSONS_PER_KM2 = {OLD_TOWN: 30_000, NEW_TOWN: 24_000, INDUSTRY: 14_000, HILLS: 9_000, SUBURB: 13_000}
VILLAGE_PERSONS_PER_KM2 = 3_500
LEVELS = (
    ("city", 0, "administrative", "城市", "City"),
    ("district", 1, "administrative", "市辖区", "District"),
    ("subdistrict", 2, "administrative", "街道", "Subdistrict"),
    ("community", 3, "administrative", "社区", "Community"),
    ("compound", 4, "administrative", "小区", "Compound"),
    ("renewal_unit", 2, "renewal_unit", "更新单元", "Renewal unit"),
)


@dataclass(frozen=True)
class Codes:
    """Area codes by number, as the tiling numbers them."""

    district: NDArray[np.object_]
    subdistrict: NDArray[np.object_]
    community: NDArray[np.object_]
    district_of_community: NDArray[np.int_]


def area_levels() -> pd.DataFrame:
    return pd.DataFrame(LEVELS, columns=["level", "rank", "partition", "name_zh", "name_en"])


def make_areas(cells: Cells, tiling: Tiling, compounds: pd.DataFrame) -> tuple[pd.DataFrame, Codes]:
    """The administrative areas with their geometry in kilometres; compounds carry `district` and `is_village` too."""
    codes = _codes(tiling)
    lowest = _compound_areas(compounds, codes)
    parts = [lowest]
    for level, number, code, parent in _upper_levels(tiling, codes):
        rows = pd.DataFrame({"area_code": code, "parent_code": parent, "level": level, "code_system": "stat12"})
        rows["geometry"] = dissolve(cells, number)
        rows["area_km2"] = shapely.area(rows["geometry"].to_numpy())
        rows["population"] = rows["area_code"].map(parts[-1].groupby("parent_code")["population"].sum())
        parts.append(rows)
    areas = pd.concat(parts[::-1], ignore_index=True)
    return _named(areas, codes), codes


def dissolve(cells: Cells, number: NDArray[np.int_]) -> NDArray[np.object_]:
    """One polygon per number 0 … n-1, edges exactly as in the cells."""
    groups = [cells.polygons[number == wanted] for wanted in range(number.max() + 1)]
    return np.array([shapely.coverage_union_all(group) for group in groups])


def _codes(tiling: Tiling) -> Codes:
    district = np.array([f"9901{number + 2:02}" for number in range(tiling.district.max() + 1)], dtype=object)
    owner = _owners(tiling.subdistrict, tiling.district)
    subdistrict = _numbered(district[owner], 3)
    holder = _owners(tiling.community, tiling.subdistrict)
    return Codes(district, subdistrict, _numbered(subdistrict[holder], 3), owner[holder])


def _owners(inner: NDArray[np.int_], outer: NDArray[np.int_]) -> NDArray[np.int_]:
    return np.array([outer[inner == number][0] for number in range(inner.max() + 1)])


def _numbered(prefixes: NDArray[np.object_], digits: int) -> NDArray[np.object_]:
    order = pd.Series(prefixes).groupby(prefixes).cumcount() + 1
    return np.array([f"{prefix}{n:0{digits}}" for prefix, n in zip(prefixes, order, strict=True)], dtype=object)


def _upper_levels(tiling: Tiling, codes: Codes) -> list[tuple[str, NDArray[np.int_], Any, Any]]:
    of_community = codes.subdistrict[_owners(tiling.community, tiling.subdistrict)]
    of_subdistrict = codes.district[_owners(tiling.subdistrict, tiling.district)]
    return [
        ("community", tiling.community, codes.community, of_community),
        ("subdistrict", tiling.subdistrict, codes.subdistrict, of_subdistrict),
        ("district", tiling.district, codes.district, CITY),
        ("city", np.zeros_like(tiling.district), [CITY], None),
    ]


def _compound_areas(compounds: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    rows = compounds[["geometry", "area_km2", "is_village", "district", "community", "x", "y"]].copy()
    rows["parent_code"] = codes.community[rows["community"]]
    rows["district"] = codes.district_of_community[rows["community"]]
    rows["area_code"] = (
        rows["parent_code"] + "-" + (rows.groupby("parent_code").cumcount() + 1).astype(str).str.zfill(3)
    )
    rows["level"], rows["code_system"] = "compound", "local"
    density = np.where(rows["is_village"], VILLAGE_PERSONS_PER_KM2, rows["district"].map(PERSONS_PER_KM2))
    persons = density * rows["area_km2"] * stream("population").lognormal(0, 0.28, len(rows))
    rows["population"] = np.maximum(60, np.round(persons * POPULATION / persons.sum())).astype(int)
    return rows


def _named(areas: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    known = names()
    titles = {CITY: known["city"]}
    for code, district in zip(codes.district, known["district"], strict=True):
        titles[code] = district["name"]
        below = [c for c in codes.subdistrict if c.startswith(code)]
        titles |= dict(zip(below, district["subdistricts"], strict=True))
        communities = [c for c in codes.community if c.startswith(code)]
        titles |= dict(zip(communities, community_names(district), strict=False))
    areas["name_zh"] = areas["area_code"].map(titles)
    areas["name_en"] = areas["name_zh"].map(english, na_action="ignore")
    areas.loc[areas["level"] == "city", "name_en"] = known["city_en"]
    lowest = areas["level"] == "compound"
    areas.loc[lowest, "name_zh"] = _compound_names(areas[lowest], known)
    areas.loc[lowest, "name_en"] = areas.loc[lowest, "name_zh"].map(pinyin)
    return areas


def _compound_names(rows: pd.DataFrame, known: dict[str, Any]) -> list[str]:
    chance = stream("compound names")
    used: set[str] = set()
    found = []
    for district, is_village in zip(rows["district"].astype(int), rows["is_village"], strict=True):
        stems, endings = known["stems"]["compound"], known["district"][district]["compounds"]
        if is_village:
            stems, endings = known["stems"]["village"], known["stems"]["village_ending"]
        name = f"{stems[chance.integers(len(stems))]}{endings[chance.integers(len(endings))]}"
        if is_village:
            name = f"{known['district'][district]['themes'][chance.integers(10)]}{name}"
        phases = (f"{name}{n}期" for n in "二三四五六七八九")
        found.append(name if name not in used else next((p for p in phases if p not in used), f"{name}北区"))
        used.add(found[-1])
    return found
