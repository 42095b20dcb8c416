"""The city map: colours and legend of the selected areas, switches, and the other periods once the timeline is used."""

import json
from functools import cache, partial
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from plotly.utils import PlotlyJSONEncoder

from callbacks.ahead import Looked, kept_ahead
from callbacks.boundaries import kept_boundaries
from callbacks.faults import FAULT, Panel, whole_or_parts, without_content
from callbacks.following import now
from callbacks.holding import holds
from callbacks.map_area import area_answer
from callbacks.map_picture import picture
from callbacks.map_view import MapView, map_view
from callbacks.scene import Scene, hidden_chart, scene, text_px
from callbacks.together import MARKUP
from data_access.geometry.bundles import BoundaryBundles
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.components.panel import no_data
from layouts.ids import MapIds, ShellIds
from layouts.map.legend import legend, scheme_switch, undrawn_areas
from layouts.map.payload import MOST_WITH_DETAIL, packed_values
from layouts.map.switches import compare_switch, level_switch

_OUTPUTS = (Output(MapIds.PAINT, "data"), Output(MapIds.LEGEND, MARKUP), Output(MapIds.SWITCHES, MARKUP))


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)

    @app.callback(
        *_OUTPUTS,
        Output(MapIds.LEGEND, FAULT),
        Output(MapIds.SWITCHES, FAULT),
        *now("overview"),
        State(ShellIds.SCREEN, "data"),
    )
    def paint_map(selection: object, _fresh: object, screen: object) -> list[Any]:
        at = scene(selection, store)
        address = str(app.config.requests_pathname_prefix)
        whole, parts = partial(painted, at, bundles, address), partial(_parts, at, bundles, address)
        values, faults = whole_or_parts(at, whole, parts, _blank)
        if not any(faults.values()):
            holds()
        kept_ahead(app.server).tell(Looked(at.selection, at.viewer, text_px(screen), hidden_chart(screen)))
        return [*values, faults.get(MapIds.LEGEND), faults.get(MapIds.SWITCHES)]

    @app.callback(
        Output(MapIds.FRAMES, "data"),
        Input(MapIds.FRAMES_WANTED, "data"),
        State(ShellIds.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def send_other_periods(_wanted: object, selection: object) -> dict[str, Any] | None:
        view = map_view(scene(selection, store), bundles)
        if len(view.bundle.codes) > MOST_WITH_DETAIL or view.changes:
            return None
        frames = {period: packed_values(view.values_in(period)) for period in view.periods}
        return {"digest": view.bundle.digest, "indicator": view.scene.selection.indicator, "frames": frames}

    @app.callback(
        Output(MapIds.AREA, "data"),
        Input(MapIds.AREA_WANTED, "data"),
        State(ShellIds.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def send_area(wanted: object, selection: object) -> dict[str, Any]:
        return area_answer(scene(selection, store), wanted)

    drawn = (
        ("paint", MapIds.PAINT), ("frames", MapIds.FRAMES), ("detail", MapIds.AREA), ("pointAt", ShellIds.MAP_HOVER),
    )  # fmt: skip
    for function, source in drawn:
        app.clientside_callback(ClientsideFunction("map", function), Input(source, "data"))  # type: ignore[no-untyped-call]


def painted(at: Scene, bundles: BoundaryBundles, address: str) -> list[Any]:
    """What the map is told, worked out once. address: of the app's root, ending in a slash."""
    asked = (address, at.selection, at.viewer)
    answer: list[Any] = at.store.cache.json(
        "city_map", asked, at.store.contract(), lambda: _answer(at, bundles, address)
    )
    return answer


def _answer(at: Scene, bundles: BoundaryBundles, address: str) -> list[Any]:
    """Payload, legend and switches as plain data, fit to be cached."""
    view = map_view(at, bundles)
    return [_plain(view.payload(address)), markup(_legend(view)), markup(_switches(view))]


def _parts(at: Scene, bundles: BoundaryBundles, address: str) -> list[Panel]:
    """The same, each part by itself; without colours there is no legend of them."""
    view = cache(lambda: map_view(at, bundles))
    colours = cache(lambda: _plain(view().payload(address)))
    draw = (lambda: [colours()], lambda: colours() and [markup(_legend(view()))], lambda: [markup(_switches(view()))])
    return [((output,), drawn) for output, drawn in zip(_OUTPUTS, draw, strict=True)]


def _blank(output: Output, at: Scene) -> Any:
    """An empty answer tells the map that its colours are of another selection."""
    return {} if output.component_id == MapIds.PAINT else without_content(output, at)


def _plain(answer: Any) -> Any:
    return json.loads(json.dumps(answer, cls=PlotlyJSONEncoder))


def _legend(view: MapView) -> list[Any]:
    if not view.bundle.codes:
        return [no_data(view.texts("map.no_areas"))]
    if not view.bundle.drawn:
        listed = undrawn_areas(view.texts, view.legend_facts()["undrawn"], is_open=True)
        return [no_data(view.texts("map.no_boundaries")), *listed]
    selection = view.scene.selection
    rows = legend(view.formatter, view.classes, **view.legend_facts())
    if view.changes:
        return rows
    return [*rows, scheme_switch(view.texts, selection.scheme, selection.k, has_standard=view.standard is not None)]


def _switches(view: MapView) -> list[Any]:
    choices = view.level_choices()
    levels = level_switch(view.texts, choices) if len(choices) > 1 else None
    changes = compare_switch(view.formatter, view.earlier_periods, view.scene.selection.compare)
    return [part for part in (levels, changes, picture(view)) if part is not None]
