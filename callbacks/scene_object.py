"""The card of the object that the link names."""

from typing import Any

from callbacks.scene import Scene
from data_access.city_objects import CityObjectQuestion
from data_access.errors import UnknownCode
from data_access.questions import AreaPathQuestion, ProblemsQuestion
from layouts.scene.object_card import object_card, unknown_object

_UNRESOLVED = ("open", "in_progress")


def chosen_object(at: Scene) -> dict[str, Any] | None:
    """What store.city_object knows of it; None where none is chosen or it is not there for this viewer."""
    if at.selection.cim_object is None:
        return None
    try:
        return at.store.city_object(CityObjectQuestion(object_id=at.selection.cim_object, viewer=at.viewer))
    except UnknownCode:
        return None


def object_panel(at: Scene) -> Any:
    if at.selection.cim_object is None:
        return None
    found = chosen_object(at)
    if found is None:
        return unknown_object(at.texts, at.selection.cim_object)
    area = _area(at, found["area_code"])
    return object_card(at.formatter, found, area, _problems(at, found) if area else [])


def _area(at: Scene, code: object) -> dict[Any, Any] | None:
    if not isinstance(code, str):
        return None
    try:
        found: dict[Any, Any] = at.store.area_path(AreaPathQuestion(area=code, viewer=at.viewer)).iloc[-1].to_dict()
    except UnknownCode:
        return None
    return found


def _problems(at: Scene, found: dict[str, Any]) -> list[dict[Any, Any]]:
    rows = at.store.problems(ProblemsQuestion(area=found["area_code"], viewer=at.viewer))
    mine = rows[rows["object_id"] == found["object_id"]]
    order = mine.assign(resolved=~mine["status"].isin(_UNRESOLVED)).sort_values(["resolved", "found_on"], kind="stable")
    listed: list[dict[Any, Any]] = order.to_dict("records")
    return listed
