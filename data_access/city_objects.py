"""One object of the city information model: its row of cim_object, and the building of the same id in the layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Connection, String, cast, select

from data_access import contract, scope
from data_access.building_layers import building_layers
from data_access.errors import UnknownCode
from data_access.layers.entry import LayerEntry
from data_access.layers.stored import stored_features
from data_access.points.rows import layer_entry
from data_access.questions import CatalogueQuestion, Question

ID = "building_id"
_MOST_ALIKE = 50
_object, _area, _boundary = contract.cim_object, contract.area.c.area_code, contract.area_boundary.c


@dataclass(frozen=True, slots=True, kw_only=True)
class CityObjectQuestion(Question):
    """The object with this id, where the viewer sees the area it lies in."""

    object_id: str


def city_object(connection: Connection, question: CityObjectQuestion) -> dict[str, Any]:
    """object_id, area_code, lon, lat; `model`: its row of cim_object or None; `building`: attributes or None.

    Raises UnknownCode where there is neither, or where the viewer does not see the area: the answers are the same.
    """
    model, building = _model(connection, question), _building(connection, question)
    if model is None and building is None:
        raise UnknownCode("object", question.object_id)
    properties, place = building or (None, None)
    found = model or {"area_code": (properties or {}).get("area_code"), "lon": None, "lat": None}
    if found["lon"] is None and place is not None:
        found = found | {"lon": place[0], "lat": place[1]}
    return {
        "object_id": question.object_id,
        **{name: found[name] for name in ("area_code", "lon", "lat")},
        "model": model,
        "building": properties,
    }


def _model(connection: Connection, question: CityObjectQuestion) -> dict[str, Any] | None:
    seen = scope.sees_area(question.viewer, _object.c.area_code)
    row = connection.execute(select(_object).where(_object.c.object_id == question.object_id, seen)).mappings().first()
    return {str(name): value for name, value in row.items()} if row else None


def _building(
    connection: Connection, question: CityObjectQuestion
) -> tuple[dict[str, Any], tuple[float, float]] | None:
    """Of the first layer of buildings that has one of this number and the viewer sees."""
    for layer in building_layers(connection, CatalogueQuestion()):
        columns = layer["columns"]
        own = columns.get(ID)
        entry = layer_entry(connection, layer["layer_code"])
        for properties, shape in _named(connection, entry, own, question.object_id) if own else ():
            known = {ours: properties.pop(theirs, None) for ours, theirs in columns.items()} | properties
            if known[ID] is not None and _is_seen(connection, question, known.get("area_code"), shape):
                middle = shapely.centroid(shape)
                return known, (middle.x, middle.y)
    return None


def _named(connection: Connection, entry: LayerEntry, column: str, name: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """The features of this number. Those of a file are found by their text first: their attributes are one of JSON."""
    source = stored_features(connection, entry)
    if source.as_json:
        alike = source.attributes[0].contains(name, autoescape=True)
    else:
        alike = next(cast(one, String) == name for one in source.attributes if one.key == column)
    for found in source.where(alike, _MOST_ALIKE):
        if str(found.properties.get(column)) == name:
            yield dict(found.properties), found.geometry


def _is_seen(connection: Connection, question: CityObjectQuestion, area: object, shape: Any) -> bool:
    """By the area it names, else by where it stands."""
    if question.viewer.area_codes is None:
        return True
    if not isinstance(area, str):
        tops = select(_boundary.geometry).where(_boundary.area_code.in_(question.viewer.area_codes))
        return bool(shapely.intersects(shapely.union_all(list(connection.scalars(tops))), shape))
    seen = select(_area).where(_area == area, scope.sees_area(question.viewer, _area))
    return connection.scalar(seen) is not None
