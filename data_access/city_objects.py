"""One object of the city information model: its row of cim_object, and the building of the same id in the layer."""

from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from sqlalchemy import Connection, select

from data_access import contract, scope
from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.questions import Question

BUILDINGS, ID = "buildings", "building_id"
_MOST_ALIKE = 50
_object, _feature, _area = contract.cim_object, layer_feature.c, contract.area.c.area_code


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
    """Found by its text first: the attributes are one column of JSON on both databases."""
    alike = _feature.properties.contains(question.object_id, autoescape=True)
    rows = connection.execute(
        select(_feature.properties, _feature.geometry).where(_feature.layer_code == BUILDINGS, alike).limit(_MOST_ALIKE)
    )
    for text, shape in rows:
        properties = orjson.loads(text)
        if properties.get(ID) == question.object_id and _is_seen(connection, question, properties.get("area_code")):
            middle = shapely.centroid(shape)
            return properties, (middle.x, middle.y)
    return None


def _is_seen(connection: Connection, question: CityObjectQuestion, area: object) -> bool:
    if question.viewer.area_codes is None:
        return True
    seen = select(_area).where(_area == area, scope.sees_area(question.viewer, _area))
    return isinstance(area, str) and connection.scalar(seen) is not None
