"""Who is within reach: shares of residents and of residential land per area, before and after one more facility."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analysis.reach.graph import Graph, Places
from analysis.reach.roads import Floats

EVERY_M = 100.0
"""How far apart a line or the edge of a large facility is taken for its entrances."""
MOST_GRID_POINTS = 60


@dataclass(frozen=True)
class Facilities:
    """metres: where they are entered, (n, 2). shapes: as drawn, in metres. owner: the shape of each entrance."""

    metres: Floats
    shapes: npt.NDArray[np.object_]
    owner: npt.NDArray[np.int64]


def facilities(shapes: npt.NDArray[np.object_]) -> Facilities:
    """A point is its own entrance; parks, lines and the like are entered anywhere along their edge."""
    found, owner = [np.zeros((0, 2))], [np.zeros(0, dtype=np.int64)]
    for number, shape in enumerate(shapes):
        entrances = _entrances(shape)
        found.append(entrances)
        owner.append(np.full(len(entrances), number))
    return Facilities(np.vstack(found), shapes, np.concatenate(owner))


def _entrances(shape: shapely.Geometry) -> Floats:
    if shapely.get_dimensions(shape) < 1:
        return np.asarray(shapely.get_coordinates(shape))
    edge = shapely.boundary(shape) if shapely.get_dimensions(shape) > 1 else shape
    return np.asarray(shapely.get_coordinates(shapely.segmentize(edge, EVERY_M)))


def residents(buildings: pd.DataFrame, population: "pd.Series[float]") -> Floats:
    """Persons per building: the population of its area by share of `weight` (households, floor area, storeys or 1).

    buildings: area_code, weight. population: persons by area_code. Buildings of an area without a known population
    get what is usual per weight in the rest; where none is known, everyone counts by weight alone.
    """
    weight = buildings["weight"].fillna(0).clip(lower=0).to_numpy(dtype=float)
    known = buildings["area_code"].map(population).to_numpy(dtype=float)
    sums = pd.Series(weight).groupby(buildings["area_code"].to_numpy()).transform("sum").to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        persons = known * weight / sums
    counted = np.isfinite(persons)
    usual = persons[counted].sum() / weight[counted].sum() if weight[counted].sum() > 0 else 1.0
    return np.asarray(np.where(counted, persons, weight * usual))


def spread(shape: shapely.Geometry, most: int = MOST_GRID_POINTS) -> Floats:
    """About so many points evenly over an area, where nothing is known of where its people live."""
    if shapely.is_empty(shape):
        return np.zeros((0, 2))
    west, south, east, north = shapely.bounds(shape)
    step = max(np.sqrt(shapely.area(shape) / most), 1.0)
    x, y = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    grid = np.column_stack([x.ravel(), y.ravel()])
    inside = grid[shapely.contains_xy(shape, grid)]
    return inside if len(inside) else np.asarray(shapely.get_coordinates(shapely.point_on_surface(shape)))


def seconds_to(graph: Graph, entrances: Places, people: Places, limit_s: float, *, inward: bool = True) -> Floats:
    """Seconds between each place of people and the nearest entrance: to it, or from it (a fire engine comes)."""
    turned = graph.reversed if inward else graph
    return turned.times_at(turned.arrivals(entrances, limit_s), entrances, people)


def within_radius(places: Floats, shapes: npt.NDArray[np.object_], radius_m: "float | Floats") -> npt.NDArray[np.bool_]:
    """Which points lie within the service radius of any shape, as the crow flies. radius_m: one, or one per shape."""
    inside = np.zeros(len(places), dtype=bool)
    if len(shapes) and len(places):
        land = service_land(shapes, radius_m)
        shapely.prepare(land)
        inside = np.asarray(shapely.intersects_xy(land, places[:, 0], places[:, 1]))
    return inside


def service_land(shapes: npt.NDArray[np.object_], radius_m: "float | Floats") -> shapely.Geometry:
    """The land within the service radius of any shape: what 服务半径覆盖 means by covered."""
    usable = np.broadcast_to(np.asarray(radius_m, dtype=float), len(shapes)) > 0
    radius = np.broadcast_to(np.asarray(radius_m, dtype=float), len(shapes))[usable]
    return shapely.union_all(shapely.buffer(shapes[usable], radius, quad_segs=16))


def covered_share(polygons: npt.NDArray[np.object_], land: shapely.Geometry) -> Floats:
    """The share (0–1) of each polygon's area that lies in the covered land."""
    shapely.prepare(land)
    inside = shapely.contains_properly(land, polygons)
    share = inside.astype(float)
    edge = ~inside & shapely.intersects(land, polygons)
    with np.errstate(invalid="ignore", divide="ignore"):
        share[edge] = shapely.area(shapely.intersection(polygons[edge], land)) / shapely.area(polygons[edge])
    return np.asarray(np.nan_to_num(share))


def by_area(
    demand: pd.DataFrame, served: Floats, lines: Mapping[str, Sequence[str]], areas: Sequence[str]
) -> pd.DataFrame:
    """Per area, as given: total, served, unserved (in the unit of the weight), share_pct (NaN without demand).

    demand: area_code, weight. served: the share (0–1) of each row that is within reach. lines: area_code → the areas of
    the table that hold it (itself among them where it is one).
    """
    codes = demand["area_code"].to_numpy()
    weight = demand["weight"].to_numpy(dtype=float)
    sums = pd.DataFrame({"area_code": codes, "total": weight, "served": weight * served})
    sums = sums.groupby("area_code", as_index=False).sum()
    sums["area"] = sums["area_code"].map(lambda code: list(lines.get(code, ())))
    rolled = sums.explode("area").groupby("area")[["total", "served"]].sum()
    found = rolled.reindex(list(areas)).fillna(0.0)
    found["unserved"] = found["total"] - found["served"]
    found["share_pct"] = 100 * found["served"] / found["total"].where(found["total"] > 0)
    return found
