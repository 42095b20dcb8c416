"""The map of the reach view: shares per area, and over them the land within reach, blind zones and facilities."""

from typing import Any

import numpy as np
import orjson
import pandas as pd
import shapely
from dash import html

from analysis.classification import classify
from analysis.reach.isochrone import circles, isochrones, spots
from callbacks.reach_choice import MOST_ADDED, Spot
from callbacks.reach_panels import reach_facts
from callbacks.reach_scene import ReachScene
from callbacks.work_map import painted, value_rows
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.points.bundles import PointBundles
from layouts.components.panel import joined, no_data, panel_head
from layouts.map.legend import legend
from layouts.map.picture import picture_menu
from layouts.map.switches import level_switch
from layouts.reach.legend import band_colours, reach_legend

_CLASSES = 5
_HOME_M = 45.0
"""How far around an unserved home its blind zone is drawn."""
_DIGITS = 6


def paint(at: ReachScene, address: str) -> dict[str, Any]:
    """What assets/js/area_map.js paints: the share of residents within reach of each area."""
    shown, form = _shares(at), {"decimals": 1, "unit": "%", "locale": at.at.texts.html_lang}
    classes = _classes(shown)
    return painted(at.at, at.map, shown, classes, address, is_judged=False, direction="higher_better", format=form)


def legend_of(at: ReachScene) -> list[Any]:
    scene, texts = at.at, at.at.texts
    if at.layer is None:
        return [no_data(texts("reach.no_layer"))]
    shown = _shares(at)
    facts: dict[str, Any] = {
        "theme": scene.selection.theme, "decimals": 1, "unit": texts("reach.legend_unit"), "judged": False,
        "missing": {}, "undrawn": [],
    }  # fmt: skip
    over = reach_legend(texts, scene.selection.theme, at.bands, at.facility_title, has_blind=at.choice.at is None)
    return [*over, *legend(scene.formatter, _classes(shown), **facts)]


def map_title(at: ReachScene) -> Any:
    texts = at.at.texts
    said = texts(f"reach.mode_{at.mode}")
    way = texts("reach.title", mode=said, minutes=at.minutes, facility=at.facility_title)
    title = joined(way, at.at.area_name)
    aside: list[Any] = [] if at.has_roads else [html.Span(texts("reach.straight_short"))]
    if at.map.bundle.drawn and at.layer is not None:
        facts = [f"{label} {value}" if label else value for label, value in reach_facts(at)]
        aside.append(picture_menu(texts, title, joined(*facts)))
    return panel_head(title, aside)


def levels(at: ReachScene) -> Any:
    """Which areas are shown: the children or all areas of a level."""
    choices = at.map.level_choices()
    return level_switch(at.at.texts, choices) if len(choices) > 1 else None


def shapes(at: ReachScene, points: PointBundles, address: str) -> dict[str, Any]:
    """What assets/js/reach_layer.js draws."""
    scene, choice = at.at, at.choice
    asked = (choice.written(), at.layer, at.map.parent, scene.viewer)
    drawn: dict[str, Any] = scene.store.cache.json("reach shapes", asked, scene.store.contract(), lambda: _drawn(at))
    return drawn | {
        "colours": band_colours(scene.selection.theme, len(at.bands)),
        "choice": choice.written() or "",
        "at": choice.at,
        "plus": choice.plus,
        "most_added": MOST_ADDED,
        "layer": _facility_layer(at, points, address),
        "words": {word: scene.texts(f"reach.{word}") for word in ("here", "added", "start", "full")},
    }


def _facility_layer(at: ReachScene, points: PointBundles, address: str) -> dict[str, Any] | None:
    """The facilities as a layer of assets/js/point_map.js, as far as this viewer may see them; parks have no points."""
    if at.layer is None:
        return None
    try:
        bundle = points.bundle(at.layer, at.at.viewer)
    except UnknownCode:
        return None
    words = {"here": at.at.texts("points.here")}
    return {"key": "facilities", "url": address + bundle.path, "title": at.facility_title, "words": words}


def _shares(at: ReachScene) -> pd.DataFrame:
    """Shares as value rows in the order of the boundaries."""
    return value_rows(list(at.map.bundle.codes), at.by_area["share_pct"])


def _classes(shown: pd.DataFrame) -> Any:
    return classify(shown["value"], "natural_breaks", _CLASSES)


def _drawn(at: ReachScene) -> dict[str, Any]:
    return {"bands": [_geojson(at, shape) for shape in reached(at)], "blind": _geojson(at, blind_zones(at))}


def reached(at: ReachScene) -> list[Any]:
    """The land within each of the bands, in metres, as far as the viewer sees; the shortest first."""
    graph, starts = at.data.graph(at.mode), _starts(at)
    minutes = at.bands
    if not len(starts):
        return [shapely.MultiPolygon() for _ in minutes]
    if graph is None:
        return [_seen(at, circles(starts, at.straight_m * one / at.minutes)) for one in minutes]
    turned = graph if at.choice.at or (at.service and at.service.outward) else graph.reversed
    found = isochrones(turned, turned.place(starts), minutes)
    return [_seen(at, shape) for shape in found]


def _starts(at: ReachScene) -> Any:
    if at.choice.at:
        _require_seen(at, at.choice.at)
        return at.spots([at.choice.at])
    return at.entrances(at.choice.plus)


def _require_seen(at: ReachScene, spot: Spot) -> None:
    """Who sees only some areas may ask only from there."""
    if at.at.viewer.area_codes is not None and not at.land_seen.intersects(shapely.Point(at.spots([spot])[0])):
        raise InvalidQuestion("this place lies outside the areas you may see")


def _seen(at: ReachScene, shape: Any) -> Any:
    return shape if at.at.viewer.area_codes is None else shapely.intersection(shape, at.land_seen)


def blind_zones(at: ReachScene) -> Any:
    """The land around the homes of the shown areas that no facility is within reach of."""
    if at.layer is None or at.choice.at:
        return shapely.MultiPolygon()
    people = at.data.people()
    mine = people.rows["area_code"].isin(list(at.lines)).to_numpy()
    unserved = mine & (at.served(people, at.choice.plus) < 1) & (people.rows["weight"] > 0).to_numpy()
    return _seen(at, spots(people.metres[unserved], _HOME_M))


def _geojson(at: ReachScene, shape: Any) -> Any:
    degrees = at.data.plane().shapes_to_degrees(np.array([shape], dtype=object))[0]
    return orjson.loads(shapely.to_geojson(shapely.set_precision(degrees, 10.0**-_DIGITS, mode="pointwise")))
