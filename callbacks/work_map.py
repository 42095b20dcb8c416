"""What the maps of both views of work share: the areas they draw, and what assets/js/area_map.js paints of them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.classification import Classes
from callbacks.map_view import MapView, map_view
from callbacks.scene import Scene
from data_access.geometry.bundles import BoundaryBundles
from data_access.store import VALUE_COLUMNS
from layouts.map import payload

CLASSES = 5


def parts_view(at: Scene, bundles: BoundaryBundles, level: str | None = None) -> MapView:
    """The parts of the area one level down, or all of a level; the overview's own choice of level is left alone."""
    plain = replace(at.selection, level=level, partition=None)
    return map_view(Scene(plain, at.store, at.viewer), bundles)


def value_rows(codes: list[str], values: pd.Series) -> pd.DataFrame:
    """Value rows in the order of the boundaries; an area without a value is hatched."""
    rows = pd.DataFrame(index=pd.Index(codes, name="area_code"), columns=list(VALUE_COLUMNS))
    known = values.reindex(rows.index).astype(float)
    status = known.notna().map({True: "valid", False: "none"})
    return rows.assign(value=known, status=status)


def painted(
    at: Scene, view: MapView, shown: pd.DataFrame, classes: Classes, address: str, **more: Any
) -> dict[str, Any]:
    """address: of the app's root. more: what differs, such as `format` and `direction`."""
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
        "classes": payload.class_payload(classes, at.selection.theme, True),
        "colours": payload.colours_payload(at.selection.theme),
        "words": payload.words_payload(at.texts),
        **payload.packed_values(shown),
        **more,
    }


def legend_facts(at: Scene, unit: str, decimals: int) -> dict[str, Any]:
    return {
        "theme": at.selection.theme, "decimals": decimals, "unit": unit, "judged": False, "missing": {}, "undrawn": [],
    }  # fmt: skip
