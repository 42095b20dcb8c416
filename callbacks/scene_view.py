"""The 3D and comparison view: strip, titles and legends of both sides, and what the browser paints."""

import json
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from plotly.utils import PlotlyJSONEncoder

from callbacks.boundaries import kept_boundaries
from callbacks.compare_layers import ComparedLayers
from callbacks.compare_options import AGAINST, BUILDINGS, INDICATOR, LAYER, MODES, PERIOD, SOLID
from callbacks.compare_sides import Comparison
from callbacks.following import now
from callbacks.layer_sources import kept_layers
from callbacks.map_picture import picture
from callbacks.map_view import MapView
from callbacks.scene import Scene, scene
from callbacks.scene_object import chosen_object, object_panel
from callbacks.solid_scene import (
    raised,
    services,
    solid_legend,
    solid_payload,
    solid_rows,
    solid_title,
    standing_choices,
)
from data_access.store import IndicatorStore
from layouts.components.choosing import Choice
from layouts.components.markup import markup
from layouts.components.panel import joined, no_data, panel_head
from layouts.ids import SceneIds
from layouts.map.legend import legend
from layouts.scene.solid import tile_services
from layouts.scene.strip import strip

NOW = now("scene")


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)

    def layers(at: Scene) -> ComparedLayers:
        return ComparedLayers(at, kept_layers(app.server))

    @app.callback(
        Output(SceneIds.PAINT, "data"),
        Output(SceneIds.STRIP, "data-markup"),
        Output(SceneIds.TITLE, "data-markup"),
        Output(SceneIds.LEFT_TITLE, "data-markup"),
        Output(SceneIds.RIGHT_TITLE, "data-markup"),
        Output(SceneIds.LEFT_LEGEND, "data-markup"),
        Output(SceneIds.RIGHT_LEGEND, "data-markup"),
        *NOW,
    )
    def draw_comparison(selection: object, _fresh: object) -> list[Any]:
        at = scene(selection, store)
        address = str(app.config.requests_pathname_prefix)
        asked = (address, at.selection, at.viewer)
        answer: list[Any] = store.cache.json(
            "comparison", asked, store.contract(), lambda: _answer(Comparison(at, bundles), layers(at), address)
        )
        return answer

    @app.callback(Output(SceneIds.CARD, "children"), Output(SceneIds.SERVICES, "children"), *NOW)
    def draw_object(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return object_panel(at), tile_services(services(at))

    app.clientside_callback(ClientsideFunction("compare", "paint"), Input(SceneIds.PAINT, "data"))  # type: ignore[no-untyped-call]


def _answer(found: Comparison, layers: ComparedLayers, address: str) -> list[Any]:
    left, right, at, is_solid = found.left, found.right, found.scene, found.options.mode == SOLID
    by_layer = found.against == LAYER
    left_payload = found.payload(left, address)
    painted = {
        "mode": found.options.mode,
        "divider": found.options.divider,
        "show": at.selection.show,
        "left": left_payload,
        "right": layers.ground(left_payload) if by_layer else found.payload(right, address) if right else None,
        "layers": layers.specs(address) if by_layer else None,
        "solid": solid_payload(found, address),
        "object": chosen_object(at),
    }
    plain: dict[str, Any] = json.loads(json.dumps(painted, cls=PlotlyJSONEncoder))
    title = joined(at.texts(f"scene.mode_{found.options.mode}"), at.area_name)
    beside = layers.title() if by_layer else found.title(right) if right else ""
    head = panel_head(title, picture(left, title, "" if is_solid else beside))
    return [
        plain,
        markup(_strip(found, layers, address)),
        markup(head),
        markup(solid_title(found) if is_solid else found.title(left)),
        markup(beside or at.texts("scene.nothing_to_compare")),
        markup((solid_legend(found) if is_solid else None) or _legend(found, left)),
        markup(layers.legend(address) if by_layer else _legend(found, right) if right else None),
    ]


def _legend(found: Comparison, view: MapView) -> list[Any]:
    if not view.bundle.drawn:
        return [no_data(view.texts("map.no_boundaries"))]
    return legend(view.formatter, found.classes(view), **view.legend_facts())


def _strip(found: Comparison, layers: ComparedLayers, address: str) -> list[Any]:
    texts, options = found.scene.texts, found.options
    modes: list[Choice] = [
        (texts(f"scene.mode_{one}"), options.choosing("mode", one), one == options.mode) for one in MODES
    ]
    if options.mode == SOLID:
        return strip(texts, modes, solid_rows(found), {"which_standing": _standing(found)})
    against: list[Choice] = [
        (texts(f"scene.{one}"), options.choosing("against", one), one == found.against)
        for one in AGAINST
        if one != PERIOD or found.left.earlier_periods
    ]
    menu = {PERIOD: _periods, INDICATOR: _others}.get(found.against)
    choices = menu(found) if menu else layers.choices()
    catalogue = layers.specs(address)["catalogue"] if found.against == LAYER else ""
    return strip(texts, modes, [against], {f"which_{found.against}": choices}, catalogue)


def _standing(found: Comparison) -> list[Choice]:
    return standing_choices(found.scene) if raised(found) == BUILDINGS else []


def _periods(found: Comparison) -> list[Choice]:
    at = found.scene
    earlier = reversed(found.left.earlier_periods)
    return [(at.formatter.period(one), {"compare": one}, one == found.period) for one in earlier]


def _others(found: Comparison) -> list[Choice]:
    texts, mine = found.scene.texts, found.scene.selection.indicator
    return [
        (texts.name(row), {"other": row["indicator_code"]}, row["indicator_code"] == found.other)
        for row in found.indicators
        if row["indicator_code"] != mine
    ]
