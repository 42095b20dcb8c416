"""The sheet and the table of the layer in focus."""

from typing import Any

from analysis.layers_statistics import AREAS, LINES, POINTS, measures_of
from callbacks.layers_counted import offset_of
from callbacks.layers_scene import LayersScene
from data_access.errors import InvalidQuestion
from data_access.layers.entry import LayerEntry
from data_access.layers.failures import Unusable
from layouts.components.panel import no_data, panel, panel_head
from layouts.layers.sheet import facts_list, measure_switch, offset_note, unusable
from layouts.layers.table import feature_columns, feature_rows

_MOST_ROWS = 500
_KINDS = {"Polygon": AREAS, "LineString": LINES, "Point": POINTS}


def sheet_panel(at: LayersScene) -> list[Any]:
    """Title, source, date, department, count, and what is wrong with the layer if anything is."""
    texts = at.at.texts
    if at.focus is None:
        return panel(texts("layers.sheet"), no_data(texts("layers.sheet_empty")))
    entry = at.entry
    try:
        facts = at.layers.facts(entry, at.at.viewer) if entry.has_features else None
        trouble = None
    except Unusable as error:
        facts, trouble = None, unusable(texts, error.reason, error.detail)
    row = facts_list(at.at.formatter, entry, at.departments.get(entry.department_code or ""), facts)
    parts = [trouble, row, *(_judged(at, entry) if facts else [])]
    return panel(at.title(entry), [part for part in parts if part is not None])


def _judged(at: LayersScene, entry: LayerEntry) -> list[Any]:
    """What can be counted of the layer, and whether it lies where it says."""
    if at.focus is None:
        return []
    offered = measures_of(_KINDS.get((entry.geometry_type or "").removeprefix("Multi"), POINTS))
    switch = measure_switch(at.at.texts, at.shown, at.focus, offered)
    offset = offset_of(at, entry)
    return [switch, offset_note(at.at.formatter, offset.found, offset.by_edge)]


def table_head(at: LayersScene) -> tuple[list[dict[str, Any]], list[Any]]:
    """Columns of the grid, and the title above it."""
    texts = at.at.texts
    if at.focus is None or not at.entry.has_features:
        said = texts("layers.choose" if at.focus is None else "layers.without_features")
        return [], [panel_head(texts("layers.features")), no_data(said)]
    try:
        columns = at.layers.facts(at.entry, at.at.viewer)["columns"]
    except Unusable:
        columns = []
    return feature_columns(columns), [panel_head(texts("layers.features_of", title=at.title(at.entry)))]


def rows(at: LayersScene, wanted: object, text: str) -> dict[str, Any]:
    """wanted: {startRow, endRow}, as the grid asks."""
    if not isinstance(wanted, dict):
        raise InvalidQuestion("a request for rows is an object")
    start, end = wanted.get("startRow"), wanted.get("endRow")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= start + _MOST_ROWS:
        raise InvalidQuestion("a request for rows says from where to where")
    if at.focus is None or not at.entry.has_features:
        return {"rowData": [], "rowCount": 0}
    try:
        names = at.layers.facts(at.entry, at.at.viewer)["columns"]
        with at.layers.features(at.entry, at.at.viewer) as source:
            found, total = source.page(start, end, text)
    except Unusable:
        return {"rowData": [], "rowCount": 0}
    return {"rowData": feature_rows(names, found), "rowCount": total}
