"""Which layers of the spatial store hold buildings, and under which names they say what is known of them."""

from typing import Any

from sqlalchemy import Connection, select

from data_access import contract
from data_access.answers.names import contract_columns
from data_access.layers.entry import STORED, LayerEntry, entry_of
from data_access.layers.failures import Unusable
from data_access.layers.stored import stored_features
from data_access.questions import CatalogueQuestion

USUAL = "buildings"
MOST_LOOKED_INTO = 400
_LAST = 3
_TITLES = ("房屋", "建筑", "楼栋", "building", "house")
_NAMES = {
    "building_id": ("building_id", "bldg_id", "object_id", "建筑编号", "楼栋编号", "房屋编号"),
    "height_m": ("height_m", "height", "building_height", "bldg_height", "measuredheight", "高度", "建筑高度", "楼高"),
    "storeys": ("storeys", "stories", "floors", "levels", "building:levels", "num_floors", "层数", "楼层", "地上层数"),
    "floor_area_m2": ("floor_area_m2", "floor_area", "gross_floor_area", "建筑面积"),
    "area_code": ("area_code",),
}  # fmt: skip


def building_layers(connection: Connection, _question: CatalogueQuestion) -> list[dict[str, Any]]:
    """Per layer: layer_code, title_zh, title_en, and `columns`: our name of each fact → the layer's own.

    A layer of buildings has a column of heights or storeys; the one called `buildings` is first and needs none, then
    those that say so in their title, then every other one of polygons.
    """
    table = contract.spatial_layer
    rows = connection.execute(
        select(*contract_columns(table)).where(table.c.source_kind.in_(STORED)).order_by(table.c.layer_code)
    )
    entries = sorted((entry_of(dict(row._mapping)) for row in rows), key=_order)
    looked = [entry for entry in entries if _order(entry) < _LAST][:MOST_LOOKED_INTO]
    found = [(entry, _columns(connection, entry)) for entry in looked]
    return [
        {"layer_code": entry.code, "title_zh": entry.title_zh, "title_en": entry.title_en, "columns": columns}
        for entry, columns in found
        if "height_m" in columns or "storeys" in columns or (entry.code == USUAL and columns)
    ]


def _order(entry: LayerEntry) -> int:
    title = f"{entry.title_zh or ''} {entry.title_en or ''}".casefold()
    if entry.code == USUAL:
        return 0
    is_land = "Polygon" in (entry.geometry_type or "Polygon")
    return 1 if is_land and any(word in title for word in _TITLES) else 2 if is_land else _LAST


def _columns(connection: Connection, entry: LayerEntry) -> dict[str, str]:
    """None of a layer that cannot be read: what is wrong with it is told where it is shown."""
    try:
        names = {name.casefold(): name for name in stored_features(connection, entry).columns()}
    except Unusable:
        return {}
    named = {ours: next((names[one] for one in theirs if one in names), None) for ours, theirs in _NAMES.items()}
    if entry.area_column:
        named["area_code"] = entry.area_column
    return {ours: name for ours, name in named.items() if name is not None}
