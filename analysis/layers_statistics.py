"""How much of a layer lies in each area: features, kilometres, square kilometres, and each per square kilometre."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely

POINTS, LINES, AREAS = "points", "lines", "areas"
MEASURES = ("count", "length", "area", "density")
UNITS = {"count": "count", "length": "km", "area": "km2", "density": ""}
DENSITY_OF = {POINTS: "count", LINES: "length", AREAS: "area"}
_KINDS = {0: POINTS, 4: POINTS, 1: LINES, 2: LINES, 5: LINES, 3: AREAS, 6: AREAS}
_M2_PER_KM2, _M_PER_KM = 1_000_000, 1000


@dataclass(frozen=True)
class Counted:
    """per_area: index of `areas`, columns count, length_km, area_km2. kind: what most features are."""

    per_area: pd.DataFrame
    kind: str


def kind_of(shapes: Iterable[Any]) -> str:
    """POINTS, LINES or AREAS, whichever most of the features are."""
    kinds = pd.Series([_KINDS.get(int(one), AREAS) for one in shapely.get_type_id(list(shapes))], dtype=str)
    return str(kinds.mode().iloc[0]) if len(kinds) else POINTS


def measures_of(kind: str) -> tuple[str, ...]:
    """The measures that make sense for a kind of features."""
    own = {LINES: ("length",), AREAS: ("area",)}.get(kind, ())
    return ("count", *own, "density")


def counted(shapes: Sequence[Any], areas: pd.Series) -> Counted:
    """shapes: geometries in degrees. areas: boundaries in degrees by code, None where an area has none.

    A point counts where it lies; a line or polygon counts in every area it touches inside, with its length or area
    there. Lengths and areas in an equal-area projection around the middle of the areas (Lambert azimuthal,
    Snyder 1987, USGS PP 1395 §24), which bends distances by less than 1:10,000 within 100 km.
    """
    found = np.array(list(shapes), dtype=object)
    known = areas.dropna()
    if not len(found) or known.empty:
        return Counted(_nothing(areas.index), kind_of(found))
    plane = _plane(shapely.total_bounds(known.to_numpy()))
    flat, places = plane(found), plane(known.to_numpy())
    shapely.prepare(places)
    area, feature = shapely.STRtree(flat).query(places, predicate="intersects")
    parts = shapely.intersection(places[area], flat[feature])
    rows = pd.DataFrame(
        {
            "area": known.index[area],
            "count": 1,
            "length_km": np.where(_is(flat[feature], LINES), shapely.length(parts), 0) / _M_PER_KM,
            "area_km2": np.where(_is(flat[feature], AREAS), shapely.area(parts), 0) / _M2_PER_KM2,
        }
    )
    inside = _is(flat[feature], POINTS) | (rows["length_km"] > 0) | (rows["area_km2"] > 0)
    sums = rows[inside].groupby("area")[["count", "length_km", "area_km2"]].sum()
    return Counted(sums.reindex(areas.index).fillna(0), kind_of(found))


def measured(found: Counted, measure: str, area_km2: pd.Series) -> pd.Series:
    """One measure per area; density is what the kind of layer is measured in, per km². Missing where unknown."""
    column = {"count": "count", "length": "length_km", "area": "area_km2"}
    if measure != "density":
        return found.per_area[column[measure]].astype(float)
    known = area_km2.reindex(found.per_area.index)
    return found.per_area[column[DENSITY_OF[found.kind]]] / known.where(known > 0)


def land_km2(areas: pd.Series) -> pd.Series:
    """The size of each boundary on the ellipsoid, missing where an area has none."""
    geod = pyproj.Geod(ellps="GRS80")
    sizes = areas.map(lambda one: abs(geod.geometry_area_perimeter(one)[0]), na_action="ignore")
    return sizes.astype(float) / _M2_PER_KM2


def _nothing(index: Any) -> pd.DataFrame:
    return pd.DataFrame(0.0, index=index, columns=["count", "length_km", "area_km2"])


def _is(shapes: Any, kind: str) -> Any:
    return np.array([_KINDS.get(int(one)) == kind for one in shapely.get_type_id(shapes)], dtype=bool)


def _plane(bounds: Any) -> Any:
    west, south, east, north = bounds
    local = f"+proj=laea +lon_0={(west + east) / 2:.4f} +lat_0={(south + north) / 2:.4f} +ellps=GRS80 +units=m"
    change = pyproj.Transformer.from_crs("+proj=longlat +ellps=GRS80", local, always_xy=True)

    def moved(points: Any) -> Any:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    return lambda shapes: shapely.transform(shapes, moved)
