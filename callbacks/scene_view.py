"""The 3D and comparison view: strip, titles and legends of both sides, and what the browser paints."""

import json
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from plotly.utils import PlotlyJSONEncoder

from callbacks.boundaries import kept_boundaries
from callbacks.compare_options import AGAINST, INDICATOR, MODES, PERIOD, SOLID
from callbacks.compare_sides import Comparison
from callbacks.map_picture import picture
from callbacks.map_view import MapView
from callbacks.scene import scene
from callbacks.scene_object import chosen_object, object_panel
from callbacks.solid_scene import solid_legend, solid_payload, solid_rows, solid_title
from data_access.store import IndicatorStore
from layouts.components.choosing import Choice
from layouts.components.markup import markup
from layouts.components.panel import joined, no_data, panel_head
from layouts.ids import SceneIds, ShellIds
from layouts.map.legend import legend
from layouts.scene.strip import strip

NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)

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
            "comparison", asked, store.contract(), lambda: _answer(Comparison(at, bundles), address)
        )
        return answer

    @app.callback(Output(SceneIds.CARD, "children"), *NOW)
    def draw_object(selection: object, _fresh: object) -> Any:
        return object_panel(scene(selection, store))

    app.clientside_callback(ClientsideFunction("compare", "paint"), Input(SceneIds.PAINT, "data"))  # type: ignore[no-untyped-call]


def _answer(found: Comparison, address: str) -> list[Any]:
    left, right, at, is_solid = found.left, found.right, found.scene, found.options.mode == SOLID
    painted = {
        "mode": found.options.mode,
        "divider": found.options.divider,
        "show": at.selection.show,
        "left": found.payload(left, address),
        "right": found.payload(right, address) if right else None,
        "solid": solid_payload(found, address),
        "object": chosen_object(at),
    }
    plain: dict[str, Any] = json.loads(json.dumps(painted, cls=PlotlyJSONEncoder))
    title = joined(at.texts(f"scene.mode_{found.options.mode}"), at.area_name)
    also = found.title(right) if right and not is_solid else ""
    head = panel_head(title, picture(left, _picture_title(found), also))
    return [
        plain,
        markup(_strip(found)),
        markup(head),
        markup(solid_title(found) if is_solid else found.title(left)),
        markup(found.title(right) if right else at.texts("scene.nothing_to_compare")),
        markup((solid_legend(found) if is_solid else None) or _legend(found, left)),
        markup(_legend(found, right) if right else None),
    ]


def _picture_title(found: Comparison) -> str:
    at, right = found.scene, found.right
    if right is None or found.options.mode == SOLID:
        return ""
    return joined(at.texts(f"scene.mode_{found.options.mode}"), at.area_name)


def _legend(found: Comparison, view: MapView) -> list[Any]:
    if not view.bundle.drawn:
        return [no_data(view.texts("map.no_boundaries"))]
    return legend(view.formatter, found.classes(view), **view.legend_facts())


def _strip(found: Comparison) -> list[Any]:
    texts, options = found.scene.texts, found.options
    modes: list[Choice] = [
        (texts(f"scene.mode_{one}"), options.choosing("mode", one), one == options.mode) for one in MODES
    ]
    if options.mode == SOLID:
        return strip(texts, modes, solid_rows(found), {})
    against: list[Choice] = [
        (texts(f"scene.{one}"), options.choosing("against", one), one == found.against)
        for one in AGAINST
        if one != PERIOD or found.left.earlier_periods
    ]
    menu = {PERIOD: _periods, INDICATOR: _others}.get(found.against)
    return strip(texts, modes, [against], {f"which_{found.against}": menu(found)} if menu else {})


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
