"""What every block is used for, and the residential compounds among them."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.stats import norm
from shapely import affinity

from data_access.demo import terrain
from data_access.demo.blocks import Blocks
from data_access.demo.chance import stream
from data_access.demo.fields import smooth_field
from data_access.demo.plane import Points
from data_access.demo.tiling import HILLS, INDUSTRY, NEW_TOWN, OLD_TOWN, SUBURB, Tiling
from data_access.demo.water import all_water

COMPOUNDS = 1500
VILLAGES_PER_COMMUNITY = 4
URBAN_USES = ("residential", "commercial", "industrial", "public", "park")
SHARES = {
    OLD_TOWN: (0.66, 0.13, 0.03, 0.12, 0.06),
    NEW_TOWN: (0.58, 0.14, 0.03, 0.13, 0.12),
    INDUSTRY: (0.30, 0.06, 0.50, 0.07, 0.07),
    HILLS: (0.56, 0.12, 0.04, 0.12, 0.16),
    SUBURB: (0.56, 0.10, 0.14, 0.10, 0.10),
}


def make_land_use(blocks: Blocks, tiling: Tiling) -> pd.DataFrame:
    """One row per block: cell, community, district, use, geometry (kilometres), inset from the streets around it."""
    district = tiling.district[blocks.cell]
    centre = shapely.get_coordinates(shapely.centroid(blocks.polygons))
    frame = pd.DataFrame({"cell": blocks.cell, "district": district, "use": _uses(blocks, district, centre)})
    frame["community"] = tiling.community[blocks.cell]
    frame["geometry"] = _inset(blocks.polygons, blocks.is_urban)
    frame["geometry"] = _dry(frame["geometry"].to_numpy())
    frame["x"], frame["y"] = centre.T
    frame["area_km2"] = shapely.area(frame["geometry"].to_numpy())
    near_water = shapely.distance(shapely.points(centre), terrain.waterways()) < 0.25
    frame.loc[near_water & blocks.is_urban & (stream("banks").random(len(frame)) < 0.55), "use"] = "park"
    return frame[frame["area_km2"] > 0.004].reset_index(drop=True)


def _uses(blocks: Blocks, district: NDArray[np.int_], centre: Points) -> NDArray[np.object_]:
    chance = stream("land use")
    use = np.where(terrain.hilliness(centre) > 0.3, "forest", "farmland").astype(object)
    for number, shares in SHARES.items():
        here = blocks.is_urban & (district == number)
        alike = norm.cdf(0.8 * smooth_field("land use", centre[here], 1.6) + 0.6 * chance.normal(0, 1, here.sum()))
        use[here] = np.array(URBAN_USES, dtype=object)[np.searchsorted(np.cumsum(shares)[:-1], alike)]
    return use


def _inset(polygons: NDArray[np.object_], urban: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Blocks without the half of the street that is theirs, corners rounded."""
    street = np.where(urban, 0.016, 0.03)
    inner = shapely.buffer(shapely.buffer(polygons, -street - 0.012, quad_segs=2), 0.012, quad_segs=2)
    parts, owner = shapely.get_parts(inner, return_index=True)
    frame = pd.DataFrame({"part": parts, "owner": owner, "size": shapely.area(parts)})
    largest = frame.sort_values("size").drop_duplicates("owner", keep="last").set_index("owner")["part"]
    result: NDArray[np.object_] = largest.reindex(range(len(polygons))).to_numpy()
    return np.where(pd.isna(result), shapely.Polygon(), result)


def _dry(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Blocks without the water that lies in them; the largest piece where water parts them."""
    water = all_water()
    shapely.prepare(water)
    dry = polygons.copy()
    wet = shapely.intersects(polygons, water)
    dry[wet] = [
        max(shapely.get_parts(g), key=shapely.area, default=g) for g in shapely.difference(polygons[wet], water)
    ]
    return dry


def make_compounds(land: pd.DataFrame, communities: int) -> pd.DataFrame:
    """Residential blocks, and villages where a community has few: community, is_village, geometry."""
    chance = stream("compounds")
    homes = land[land["use"] == "residential"].assign(is_village=False)
    few = homes.groupby("community").size().reindex(range(communities), fill_value=0)
    short = few[few < VILLAGES_PER_COMMUNITY].index
    fields = land[land["use"].isin(["farmland", "forest"])]
    rural = fields.assign(luck=chance.random(len(fields))).sort_values("luck")
    rural = rural.assign(rank=rural.groupby("community").cumcount())
    wanted = np.where(rural["community"].isin(short), VILLAGES_PER_COMMUNITY, 1)
    villages = rural[rural["rank"] < wanted].assign(is_village=True)
    villages["geometry"] = _villages(villages, chance)
    villages["area_km2"] = shapely.area(villages["geometry"].to_numpy())
    homes = _thinned(homes, COMPOUNDS - len(villages), chance)
    both = pd.concat([homes, villages]).drop(columns=["luck", "rank"], errors="ignore")
    return both.sort_values(["community", "y", "x"], ascending=[True, False, True]).reset_index(drop=True)


def _thinned(homes: pd.DataFrame, count: int, chance: np.random.Generator) -> pd.DataFrame:
    """As many of them as wanted, but at least three in every community that has them."""
    shuffled = homes.assign(luck=chance.random(len(homes))).sort_values("luck")
    first = shuffled.groupby("community").cumcount() < 3
    rest = shuffled[~first].head(max(0, count - int(first.sum())))
    return pd.concat([shuffled[first], rest])


def _villages(fields: pd.DataFrame, chance: np.random.Generator) -> list[shapely.Geometry]:
    """A small, smoothed likeness of the field it lies in, off its middle."""
    found = []
    for field in fields["geometry"]:
        size = min(0.5, float(np.sqrt(chance.uniform(0.05, 0.16) / field.area)))
        inner = field.representative_point()
        small = affinity.scale(field, size, size, origin=inner)
        found.append(shapely.intersection(shapely.buffer(small, -0.02).buffer(0.02), field).simplify(0.008))
    return found
