"""The map below the layers: the selected indicator, or what a layer holds per area."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.classification import classify
from analysis.layers_statistics import DENSITY_OF, land_km2, measured, measures_of
from callbacks.finished import AREAS_BELOW, finished
from callbacks.layers_counted import counted_per_area
from callbacks.layers_scene import LayersScene
from callbacks.map_view import MapView, map_view
from callbacks.taking import citation
from data_access.geometry.bundles import BoundaryBundles
from data_access.layers.entry import STORED, LayerEntry
from data_access.layers.failures import Unusable
from data_access.questions import AreasQuestion
from data_access.store import VALUE_COLUMNS
from layouts.components.markup import markup
from layouts.components.panel import joined, no_data, panel_head
from layouts.map import payload
from layouts.map.legend import legend
from layouts.map.picture import picture_menu
from layouts.map.switches import level_switch

DEPENDS = (*AREAS_BELOW, "scheme", "k", "compare", "theme", "density")
_CLASSES = 5
_MOST_SAID = 8


def painted(at: LayersScene, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any, str]:
    """What assets/js/area_map.js paints, legend, switches and title: kept, since most changes of layers change nothing
    of them; but for what a service of others is counted by, which may send something else the next time."""
    measured = at.measured
    if measured is not None and at.entries[measured.code].kind not in STORED:
        return _painted(at, bundles, address)
    counted = None if measured is None else (measured.code, measured.measure)
    drawn = [entry.code for entry in at.drawn[:_MOST_SAID]]
    asked = (address, counted, drawn)
    found: list[Any] = finished(at.at, "layers-map", DEPENDS, lambda: _painted(at, bundles, address), *asked)
    payload, legend_rows, switches, title = found
    return payload, legend_rows, switches, title


def _painted(at: LayersScene, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any, str]:
    view = map_view(at.at, bundles)
    choices = view.level_choices() if view.bundle.codes else []
    switches = [level_switch(at.at.texts, choices)] if len(choices) > 1 else []
    if not view.bundle.codes:
        return view.payload(address), [no_data(at.at.texts("map.no_areas"))], switches, markup([])
    if at.measured is not None:
        try:
            return (*_measured(at, view, address), switches, _head(at, view, _measured_title(at), of_one=False))
        except Unusable as error:
            title = joined(at.title(at.entries[at.measured.code]), at.at.texts(f"layers.reason_{error.reason}"))
            rows = legend(view.formatter, view.classes, **view.legend_facts())
            return view.payload(address), rows, switches, _head(at, view, title)
    name = at.at.texts.name(at.at.indicator) if at.at.indicator else ""
    title = joined(name, at.at.area_name, at.at.formatter.period(at.at.selection.period))
    rows = legend(view.formatter, view.classes, **view.legend_facts())
    return view.payload(address), rows, switches, _head(at, view, title)


def _head(at: LayersScene, view: MapView, title: str, *, of_one: bool = True) -> str:
    """The title with the button that takes the map along. of_one: the areas show the selected indicator."""
    if not view.bundle.drawn:
        return markup([panel_head(title)])
    caption = joined(citation(at.at, of_one=of_one), *map(partial(_said, at), at.drawn[:_MOST_SAID]))
    return markup([panel_head(title, picture_menu(at.at.texts, title, caption))])


def _said(at: LayersScene, entry: LayerEntry) -> str:
    """A layer with its source and its day, as it stands below a picture of the map."""
    day = at.at.formatter.day(entry.updated_at) if entry.updated_at else ""
    said = at.at.texts("list.comma").join(part for part in (entry.attribution, day) if part)
    return f"{at.title(entry)} ({said})" if said else at.title(entry)


def _measured_title(at: LayersScene) -> str:
    layer = at.measured
    if layer is None:
        return ""
    return joined(at.title(at.entries[layer.code]), at.at.texts(f"layers.measure_{layer.measure}"), at.at.area_name)


def _measured(at: LayersScene, view: MapView, address: str) -> tuple[dict[str, Any], list[Any]]:
    """The areas coloured by one measure of a layer, and its legend."""
    layer = at.measured
    entry = at.entries[layer.code if layer else ""]
    found = counted_per_area(at, entry, view)
    offered = measures_of(found.kind)
    measure = layer.measure if layer and layer.measure in offered else offered[0]
    values = measured(found, str(measure), _areas_km2(at, view))
    rows = pd.DataFrame(index=values.index, columns=list(VALUE_COLUMNS))
    status = pd.Series(np.where(values.notna(), "valid", "none"), index=values.index)
    rows = rows.assign(value=values.astype(float), status=status)
    unit = at.at.texts(f"layers.unit_{measure if measure != 'density' else 'density_' + DENSITY_OF[found.kind]}")
    classes = classify(rows["value"], "natural_breaks", _CLASSES)
    decimals = 0 if measure == "count" else 2
    painting = view.payload(address) | {
        "indicator": None,
        "period": None,
        "periods": [],
        "change": False,
        "direction": "neutral",
        "previous": None,
        "classes": payload.class_payload(classes, at.at.selection.theme, False),
        "format": {"decimals": decimals, "unit": unit, "locale": at.at.texts.html_lang},
        **payload.packed_values(rows),
        **payload.details(rows, None),
    }
    missing = {"none": int((status == "none").sum())}
    facts: dict[str, Any] = {"decimals": decimals, "unit": unit, "judged": False, "missing": missing, "undrawn": []}
    return painting, legend(at.at.formatter, classes, theme=at.at.selection.theme, **facts)


def _areas_km2(at: LayersScene, view: MapView) -> pd.Series:
    """The recorded size of each area, else that of its boundary."""
    asked = AreasQuestion(area=view.parent, level=view.level, viewer=at.at.viewer)
    recorded = at.at.store.areas(asked).set_index("area_code")["area_km2"].reindex(list(view.bundle.codes))
    if recorded.notna().all():
        return recorded
    shapes = at.layers.boundaries(set(view.bundle.codes), at.at.viewer)
    own = land_km2(pd.Series(shapes, dtype=object).reindex(list(view.bundle.codes)))
    return recorded.fillna(own)
