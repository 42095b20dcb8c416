"""Buildings of a 3D city model, CityJSON or CityGML, as footprints with a height: all that the screen stands up.

Height is `measuredHeight` where the model has it, else the extent of the building's surfaces. The footprint is the
union of all its surfaces seen from above, so that walls without area and roofs that overhang need no case of their own.
CityJSON 1.0–2.0 (https://www.cityjson.org/specs/2.0.1/), CityGML 1–3 by local names (OGC 12-019, 20-010).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import geopandas
import numpy as np
import numpy.typing as npt
import shapely
from defusedxml.ElementTree import iterparse

from data_access.importing import limits
from data_access.importing.faults import Unreadable
from data_access.layers.crs import crs_name, north_first
from data_access.layers.failures import Unusable

Surfaces = list[npt.NDArray[np.float64]]
"""Outer rings, each an array of x, y, z."""
_BUILDING = frozenset({"Building", "BuildingPart"})
_FEWEST_CORNERS, _AXES = 4, 3
_ATTRIBUTES = {"storeysAboveGround": "storeys", "function": "use", "yearOfConstruction": "year_built"}


def is_cityjson(content: object) -> bool:
    return isinstance(content, dict) and content.get("type") == "CityJSON"


def read_cityjson(content: dict[str, Any]) -> geopandas.GeoDataFrame:
    """One row per building, its parts taken together: building_id, height_m, storeys, use, year_built, geometry."""
    objects = content["CityObjects"]
    corners = _vertices(content)
    rows = []
    for code, one in objects.items():
        if one.get("type") != "Building":
            continue
        parts = [one, *(objects[child] for child in one.get("children", []) if child in objects)]
        surfaces = [
            corners[ring]
            for part in parts
            for shape in part.get("geometry", [])
            for ring in _rings(shape["boundaries"])
        ]
        rows.append(_row(str(code), one.get("attributes", {}), surfaces))
    declared = content.get("metadata", {}).get("referenceSystem")
    return _frame(rows, _crs(declared))


def _vertices(content: dict[str, Any]) -> npt.NDArray[np.float64]:
    corners = np.asarray(content["vertices"], dtype=float).reshape(-1, _AXES)
    transform = content.get("transform")
    if transform is None:
        return corners
    return np.asarray(corners * np.asarray(transform["scale"]) + np.asarray(transform["translate"]))


def _rings(boundaries: list[Any]) -> Iterator[list[int]]:
    """The outer ring of every surface, however deep solids and shells nest them; inner rings are left out."""
    stack = [boundaries]
    while stack:
        level = stack.pop()
        if not level:
            continue
        if isinstance(level[0], list) and level[0] and isinstance(level[0][0], int):
            yield level[0]
        else:
            stack.extend(part for part in level if isinstance(part, list))


def read_citygml(path: Path) -> geopandas.GeoDataFrame:
    """The same of a CityGML file, read building by building; DTDs and entities are refused."""
    if path.stat().st_size > limits.GEOJSON_BYTES:
        raise Unreadable(f"CityGML of at most {limits.GEOJSON_BYTES:,} bytes: split it")
    rows, declared, depth = [], None, 0
    try:
        for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
            name = _local(element.tag)
            declared = declared or element.get("srsName")
            depth += {"start": 1, "end": -1}[event] if name == "Building" else 0
            if event == "end" and name == "Building" and depth == 0:
                rows.append(_row(_identity(element), _facts(element), list(_gml_surfaces(element))))
                element.clear()
    except (ParseError, defusedxml.DefusedXmlException) as error:
        raise Unreadable(f"a CityGML file without DTD or entities ({error})") from error
    return _frame(rows, _crs(declared), flipped=_is_north_first(declared))


def _identity(building: Element) -> str:
    own = [value for name, value in building.attrib.items() if _local(name) == "id"]
    return own[0] if own else ""


def _facts(building: Element) -> dict[str, str]:
    """Attributes of the building itself, by local names; a height may also stand in `Height/value` (CityGML 3)."""
    facts: dict[str, str] = {}
    for child in building:
        name, text = _local(child.tag), (child.text or "").strip()
        if text:
            facts.setdefault(name, text)
        for value in child.iter():
            if name == "height" and _local(value.tag) == "value" and value.text:
                facts.setdefault("measuredHeight", value.text.strip())
    return facts


def _gml_surfaces(building: Element) -> Iterator[npt.NDArray[np.float64]]:
    for ring in building.iter():
        if _local(ring.tag) != "exterior":
            continue
        numbers = [
            float(part)
            for one in ring.iter()
            if _local(one.tag) in {"posList", "pos"}
            for part in (one.text or "").split()
        ]
        if numbers and len(numbers) % _AXES == 0:
            yield np.asarray(numbers).reshape(-1, _AXES)


def _row(code: str, attributes: dict[str, Any], surfaces: Surfaces) -> dict[str, Any]:
    heights = np.concatenate([ring[:, 2] for ring in surfaces]) if surfaces else np.zeros(0)
    extent = float(np.ptp(heights)) if len(heights) else None
    measured = _number(attributes.get("measuredHeight"))
    facts = {name: attributes.get(source) for source, name in _ATTRIBUTES.items()}
    height = measured if measured else extent
    return {
        "building_id": code,
        "height_m": None if height is None else round(height, 2),
        **facts,
        "surfaces": surfaces,
    }


def _frame(rows: list[dict[str, Any]], crs: str | None, *, flipped: bool = False) -> geopandas.GeoDataFrame:
    """Buildings without a surface that is seen from above are left out: there is nothing to draw."""
    for row in rows:
        storeys = _number(row["storeys"])
        row["storeys"] = None if storeys is None else int(storeys)
        row["geometry"] = _footprint(row.pop("surfaces"), flipped=flipped)
    drawn = [row for row in rows if not row["geometry"].is_empty]
    if not drawn:
        raise Unreadable("a city model with buildings")
    return geopandas.GeoDataFrame(geopandas.pd.DataFrame(drawn, dtype=object), geometry="geometry", crs=crs)


def _footprint(surfaces: Surfaces, *, flipped: bool) -> shapely.Geometry:
    flat = [ring[:, (1, 0)] if flipped else ring[:, :2] for ring in surfaces if len(ring) >= _FEWEST_CORNERS - 1]
    polygons: Iterable[Any] = (shapely.make_valid(shapely.Polygon(ring)) for ring in flat)
    parts = [
        part for one in polygons for part in shapely.get_parts(one) if part.geom_type == "Polygon" and part.area > 0
    ]
    return shapely.union_all(parts)


def _crs(declared: object) -> str | None:
    try:
        return crs_name(declared if isinstance(declared, str) else None)
    except Unusable as error:
        raise Unreadable("a coordinate system named by its EPSG code", value=str(declared)) from error


def _is_north_first(declared: str | None) -> bool:
    """Whether positions stand north before east: by the authority's order, which the URN and HTTP forms imply."""
    name = _crs(declared)
    is_plain = declared is None or declared.upper().startswith("EPSG:")
    return not is_plain and name is not None and name != "OGC:CRS84" and north_first(name)


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
