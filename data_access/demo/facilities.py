"""Where facilities stand: where they must for the service-radius coverage on record to be true."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from data_access.demo import stories
from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.plane import Points

Flags = NDArray[np.bool_]
POCKET_PARK_RADIUS_KM = 0.062
LEAST_PARK_KM2 = 0.005
PARK_REACH_KM = 0.5


@dataclass(frozen=True)
class Homes:
    """Residential land as points that stand for it. wanted: the share of each one's area on record as covered, 0–1."""

    where: Points
    km2: NDArray[np.float64]
    area: NDArray[np.object_]
    wanted: NDArray[np.float64]


def homes_and_record(city: City, values: pd.DataFrame, indicator: str) -> Homes:
    """Residential land beside the coverage recorded for the area it lies in; the city's where its own is missing."""
    land = city.land[city.land["use"] == "residential"]
    recorded = values[(values["indicator_code"] == indicator) & (values["period"] == str(stories.YEARS[-1]))]
    share = recorded.dropna(subset="value").set_index("area_code")["value"] / 100
    parent = city.areas.set_index("area_code")["parent_code"]
    subdistrict = parent.reindex(city.codes.community[land["community"]]).to_numpy()
    district = parent.reindex(subdistrict).to_numpy()
    area = np.where(np.isin(subdistrict, share.index), subdistrict, district)
    wanted = share.reindex(area).fillna(share.mean()).to_numpy()
    return Homes(middles(land["geometry"]), land["area_km2"].to_numpy(), area, wanted)


def middles(shapes: pd.Series) -> Points:
    points: Points = shapely.get_coordinates(shapely.point_on_surface(shapes.to_numpy()))
    return points


def covering(homes: Homes, sites: Points, radius_km: float, covered: Flags) -> list[int]:
    """Sites, each the one that helps most, until every area has the coverage on record or no site helps.

    covered: which homes are covered to begin with; those that the sites cover are marked in it.
    """
    reached = cKDTree(homes.where).query_ball_point(sites, radius_km)
    reaches = _incidence(reached, len(homes.km2))
    _, area = np.unique(homes.area, return_inverse=True)
    wanted_km2 = np.bincount(area, homes.wanted * homes.km2)
    chosen: list[int] = []
    while True:
        open_km2 = np.where(covered, 0.0, homes.km2)
        missing_km2 = wanted_km2 - np.bincount(area, homes.km2 - open_km2)
        gain: NDArray[np.float64] = np.asarray(reaches @ (open_km2 * (missing_km2 > 0)[area]))
        if not gain.any():
            return chosen
        best = int(gain.argmax())
        chosen.append(best)
        covered[reached[best]] = True


def _incidence(reached: Any, homes: int) -> csr_matrix:
    """Sites × homes: 1 where the site reaches the home. reached: of each site, the places of the homes."""
    ends = np.cumsum([0, *map(len, reached)])
    near = np.concatenate([np.asarray(one, dtype=int) for one in reached])
    return csr_matrix((np.ones(len(near)), near, ends), shape=(len(reached), homes))


def sites_on_record(city: City, values: pd.DataFrame, use: str, indicator: str, radius_km: float) -> pd.DataFrame:
    """Blocks of the wanted use on which facilities stand, so that they cover what is on record."""
    land = city.land[city.land["use"] == use]
    homes = homes_and_record(city, values, indicator)
    chosen = covering(homes, middles(land["geometry"]), radius_km, np.zeros(len(homes.km2), dtype=bool))
    return land.iloc[np.sort(chosen)]


def sites_by_people(city: City, code: str, use: str, count: int) -> pd.DataFrame:
    """Blocks of the wanted use, spread by where people live."""
    chance = stream(f"sites {code}")
    land = city.land[(city.land["use"] == use) & (city.land["x"].abs() < 40)]
    people = city.features["community"]["population"].reindex(city.codes.community[land["community"]]).to_numpy()
    blocks = land.groupby("community")["use"].transform("size").to_numpy()
    weight = people**0.8 / blocks
    chosen = chance.choice(len(land), min(count, len(land)), replace=False, p=weight / weight.sum())
    return land.iloc[np.sort(chosen)]


def pocket_parks(city: City, values: pd.DataFrame, parks: pd.Series) -> pd.DataFrame:
    """Land of small parks in residential blocks, which together with the parks cover what is on record (S25)."""
    homes = homes_and_record(city, values, "S25")
    land = city.land[city.land["use"] == "residential"]
    room = shapely.intersection(
        shapely.buffer(shapely.points(homes.where), POCKET_PARK_RADIUS_KM), land["geometry"].to_numpy()
    )
    large = np.flatnonzero(shapely.area(room) >= LEAST_PARK_KM2)
    covered = shapely.distance(shapely.points(homes.where), shapely.union_all(parks.to_numpy())) <= PARK_REACH_KM
    chosen = large[np.sort(covering(homes, homes.where[large], PARK_REACH_KM, covered))]
    parts: pd.DataFrame = land.iloc[chosen].assign(use="pocket_park", geometry=room[chosen])
    return parts.assign(area_km2=shapely.area(room[chosen]))
