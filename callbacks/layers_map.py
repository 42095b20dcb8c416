"""The map below the layers: the selected indicator, or what a layer counts per area."""

from typing import Any

from callbacks.layers_scene import LayersScene
from callbacks.map_view import map_view
from data_access.geometry.bundles import BoundaryBundles
from layouts.components.markup import markup
from layouts.components.panel import joined, no_data, panel_head
from layouts.map.legend import legend


def painted(at: LayersScene, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any, str]:
    """What assets/js/area_map.js paints, legend, switches and title."""
    view = map_view(at.at, bundles)
    rows = legend(view.formatter, view.classes, **view.legend_facts()) if view.bundle.codes else []
    name = at.at.texts.name(at.at.indicator) if at.at.indicator else ""
    title = joined(name, at.at.area_name, at.at.formatter.period(at.at.selection.period))
    found = rows or [no_data(at.at.texts("map.no_areas"))]
    return view.payload(address), found, [], markup([panel_head(title)])
