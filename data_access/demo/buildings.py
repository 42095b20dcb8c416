"""Building points: rows of houses in every compound, flagged as the indicators count them, and other buildings."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.plane import Points

FLAGS = {"H01": "hazard_structure", "H02": "hazard_gas", "H03": "hazard_corridor", "H04": "hazard_envelope"}
LATEST = "2024"
OTHER_USES = {"commercial": "商业", "public": "公共服务", "industrial": "工业"}
_DECADES = np.array([1970, 1980, 1990, 2000, 2010, 2020])
_SHRINK = 0.86

Numbers = NDArray[np.int_]


def make_buildings(city: City, values: pd.DataFrame) -> pd.DataFrame:
    """One row per building: where it stands, its age, structure, height and use, and the hazards found."""
    homes = _homes(city)
    for indicator, flag in FLAGS.items():
        latest = values[(values["indicator_code"] == indicator) & (values["period"] == LATEST)]
        count = latest.set_index("area_code")["value"].reindex(homes["area_code"]).fillna(0).to_numpy()
        turn = homes.groupby("area_code").cumcount().to_numpy()
        homes[flag] = turn < count
    rows = pd.concat([homes, _others(city)], ignore_index=True)
    rows["height_m"] = np.round(rows["storeys"] * np.where(rows["use"] == "住宅", 2.95, 4.1), 1)
    rows["geometry"] = shapely.points(rows[["x", "y"]].to_numpy())
    return rows


def _homes(city: City) -> pd.DataFrame:
    """The houses of every compound, numbered within it; how old and tall they are follows the compound's age."""
    chance = stream("buildings")
    compounds = city.areas[city.areas["level"] == "compound"].set_index("area_code")
    facts = city.features["compound"].loc[compounds.index]
    count = facts["buildings"].to_numpy(int)
    polygons = compounds["geometry"].to_numpy()
    where = np.vstack([_rows_of_houses(p, n, chance) for p, n in zip(polygons, count, strict=True)])
    homes = pd.DataFrame(
        {"area_code": np.repeat(compounds.index.to_numpy(), count), "x": where[:, 0], "y": where[:, 1]}
    )
    number = (homes.groupby("area_code", sort=False).cumcount() + 1).astype(str).str.zfill(2)
    homes["building_id"] = "B" + homes["area_code"] + "-" + number
    is_village = np.repeat(facts["is_village"].to_numpy(bool), count)
    middle = np.where(is_village, 3.0, 5.2 - 4.4 * np.repeat(facts["old"].to_numpy(), count))
    homes["decade"] = _DECADES[np.clip(np.round(chance.normal(middle, 0.7)), 0, 5).astype(int)]
    homes["storeys"] = _storeys(homes["decade"].to_numpy(), is_village, chance)
    homes["structure"] = np.select(
        [homes["storeys"] > 9, homes["decade"] >= 2000, homes["decade"] < 1980], ["剪力墙", "框架", "砖木"], "砖混"
    )
    return homes.assign(use="住宅")


def _rows_of_houses(polygon: shapely.Polygon, count: int, chance: np.random.Generator) -> Points:
    """`count` points on a grid along the longer side of the polygon, well inside it; wider than deep."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(polygon))
    side = corners[1] - corners[0]
    angle = np.arctan2(side[1], side[0])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle, reach = corners[:4].mean(axis=0), np.hypot(*np.ptp(corners, axis=0)) / 2
    inner = shapely.buffer(polygon, -0.012)
    inner = polygon if inner.is_empty else inner
    spacing = np.sqrt(inner.area / count) * 1.05
    while True:
        across, deep = np.arange(-reach, reach, spacing * 1.15), np.arange(-reach, reach, spacing * 0.87)
        grid = np.stack(np.meshgrid(across, deep), axis=-1).reshape(-1, 2) @ turn.T + middle
        inside = grid[shapely.contains_xy(inner, grid)]
        if len(inside) >= count:
            chosen = np.sort(chance.permutation(len(inside))[:count])
            return np.asarray(inside[chosen] + chance.normal(0, 0.0015, (count, 2)))
        spacing *= _SHRINK


def _storeys(decade: Numbers, is_village: NDArray[np.bool_], chance: np.random.Generator) -> Numbers:
    tall = chance.random(len(decade)) < np.select([decade >= 2010, decade >= 2000], [0.75, 0.4], 0.03)
    urban = np.where(tall, chance.integers(11, 34, len(decade)), np.where(decade < 1980, 3, 6))
    return np.where(is_village, chance.integers(1, 4, len(decade)), urban)


def _others(city: City) -> pd.DataFrame:
    chance = stream("other buildings")
    land = city.land[city.land["use"].isin(OTHER_USES)]
    where = shapely.get_coordinates(shapely.point_on_surface(land["geometry"].to_numpy()))
    return pd.DataFrame(
        {
            "building_id": [f"B99-{number:05}" for number in range(1, len(land) + 1)],
            "area_code": city.codes.community[land["community"]],
            "x": where[:, 0],
            "y": where[:, 1],
            "decade": _DECADES[chance.integers(1, 6, len(land))],
            "storeys": np.where(
                land["use"] == "commercial", chance.integers(3, 30, len(land)), chance.integers(1, 7, len(land))
            ),
            "structure": np.where(land["use"] == "industrial", "钢结构", "框架"),
            "use": land["use"].map(OTHER_USES).to_numpy(),
            **dict.fromkeys(FLAGS.values(), False),
        }
    )
