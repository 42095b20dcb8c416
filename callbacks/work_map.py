"""What the maps of problems, projects and reach share: the areas, what area_map.js paints of them, the points."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from dash import Output

from analysis.classification import Classes, classify
from callbacks.finished import finished
from callbacks.map_view import MapView, map_view
from callbacks.scene import Scene
from callbacks.together import MARKUP, Part
from data_access.geometry.bundles import BoundaryBundles
from data_access.store import VALUE_COLUMNS
from layouts.components.markup import markup
from layouts.ids import ProblemIds, ProjectIds
from layouts.map import payload
from layouts.map.legend import legend
from layouts.work.points import packed_degrees

CLASSES = 5

Painting = tuple[dict[str, Any], list[Any]]
"""What the map is told, and its legend."""


def map_part(
    ids: type[ProblemIds] | type[ProjectIds],
    depends_on: tuple[str, ...],
    address: str,
    paint: Callable[[Scene], Painting],
    points: Callable[[Scene], dict[str, Any]],
) -> Part:
    """The areas with their legend, kept like a panel, and the points, which are quicker sent than kept.

    address: of the app's root, which what is painted names.
    """

    def drawn(at: Scene) -> list[Any]:
        told, rows = paint(at)
        return [markup(rows), told]

    return Part(
        (Output(ids.LEGEND, MARKUP), Output(ids.PAINT, "data"), Output(ids.POINTS, "data")),
        lambda at, _size: [*finished(at, ids.MAP, depends_on, lambda: drawn(at), address), points(at)],
    )


def parts_view(at: Scene, bundles: BoundaryBundles, level: str | None = None) -> MapView:
    """The parts of the area one level down, or all of a level; the overview's own choice of level is left alone."""
    plain = replace(at.selection, level=level, partition=None)
    return map_view(Scene(plain, at.store, at.viewer), bundles)


def classed(
    at: Scene,
    view: MapView,
    values: pd.Series,
    address: str,
    *,
    marks: list[Any],
    unit: str,
    decimals: int,
    direction: str,
) -> Painting:
    """Areas in natural breaks of a figure. marks: what the legend says of the points."""
    shown = value_rows(list(view.bundle.codes), values)
    classes = classify(shown["value"], "natural_breaks", CLASSES)
    form = {"decimals": decimals, "unit": unit, "locale": at.texts.html_lang}
    told = painted(at, view, shown, classes, address, direction=direction, format=form)
    facts: dict[str, Any] = {"theme": at.selection.theme, "decimals": decimals, "unit": unit}
    return told, [*marks, *legend(at.formatter, classes, **facts, judged=False, missing={}, undrawn=[])]


def placed_points(places: pd.DataFrame, kinds: pd.Series, *, code: str, rough: str, **more: Any) -> dict[str, Any]:
    """Places packed for assets/js/problem_points.js: single-precision degrees (about a metre), kinds, codes.

    code, rough: columns of the codes and of the quality of the place. more: `filter`, `chosen`, `theme`, what differs.
    """
    return {
        "lon": packed_degrees(places["lon"]),
        "lat": packed_degrees(places["lat"]),
        "kind": kinds.astype(int).to_list(),
        "rough": np.flatnonzero(places[rough] == "approximate").tolist(),
        "code": places[code].to_list(),
        **more,
    }


def value_rows(codes: list[str], values: pd.Series) -> pd.DataFrame:
    """Value rows in the order of the boundaries; an area without a value is hatched."""
    rows = pd.DataFrame(index=pd.Index(codes, name="area_code"), columns=list(VALUE_COLUMNS))
    known = values.reindex(rows.index).astype(float)
    status = known.notna().map({True: "valid", False: "none"})
    return rows.assign(value=known, status=status)


def painted(
    at: Scene,
    view: MapView,
    shown: pd.DataFrame,
    classes: Classes,
    address: str,
    *,
    is_judged: bool = True,
    **more: Any,
) -> dict[str, Any]:
    """address: of the app's root. is_judged: classes take sides. more: what differs, such as `format`, `direction`."""
    return {
        "geometry": {
            "url": address + view.bundle.path,
            "context_url": address + view.context.path if view.context else None,
        },
        "area": view.parent,
        "selected": at.area if at.area in view.bundle.codes else None,
        "drills": True,
        "language": "en" if at.selection.lang == "en" else "zh",
        "theme": at.selection.theme,
        "change": False,
        "indicator": None,
        "period": None,
        "periods": [],
        "previous_period": "",
        "classes": payload.class_payload(classes, at.selection.theme, is_judged),
        "colours": payload.colours_payload(at.selection.theme),
        "words": payload.words_payload(at.texts),
        **payload.packed_values(shown),
        **more,
    }
