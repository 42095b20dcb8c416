"""The map of the project view: how many projects are active in each area, and where each one lies."""

from typing import Any

import numpy as np
import pandas as pd
import shapely

from analysis.classification import classify
from callbacks.map_view import MapView
from callbacks.project_scene import ProjectScene
from callbacks.work_map import CLASSES, legend_facts, painted, parts_view, value_rows
from data_access.geometry.bundles import BoundaryBundles
from data_access.questions import ProjectCountsQuestion
from layouts.components.panel import joined, panel_head
from layouts.map.legend import legend
from layouts.work.filtering import without, write_filter
from layouts.work.points import packed_degrees, project_legend

_DONE = ("completed", "accepted", "post_evaluation", "cancelled")
_KINDS = {"late": 0, "over_budget": 1, "silent": 1, "at_risk": 1, "on_time": 2, "unknown": 3}
_FINISHED = 4
_SIMPLE_DEGREES = 0.00003
"""Extents are drawn to about three metres."""


def project_view(at: ProjectScene, bundles: BoundaryBundles) -> MapView:
    return parts_view(at.at, bundles)


def paint(at: ProjectScene, view: MapView, address: str) -> tuple[dict[str, Any], list[Any]]:
    """Projects neither finished nor cancelled that serve each drawn area, and the legend."""
    scene, texts = at.at, at.at.texts
    shown = value_rows(list(view.bundle.codes), _active_by_area(at, view))
    classes = classify(shown["value"], "natural_breaks", CLASSES)
    unit = texts("project_map.unit")
    form = {"decimals": 0, "unit": unit, "locale": texts.html_lang}
    made = painted(scene, view, shown, classes, address, direction="neutral", format=form)
    return made, [*project_legend(texts), *legend(scene.formatter, classes, **legend_facts(scene, unit, 0))]


def _active_by_area(at: ProjectScene, view: MapView) -> pd.Series:
    asked = ProjectCountsQuestion(area=view.parent, today=at.at.today, viewer=at.at.viewer, by_child=True)
    counts = at.at.store.project_counts(asked)
    active = counts[~counts["stage"].isin(_DONE)].groupby("area_code")["projects"].sum()
    return active.reindex(list(view.bundle.codes)).fillna(0)


def points(at: ProjectScene) -> dict[str, Any]:
    """Places for assets/js/problem_points.js, and the extents there are."""
    rows = at.listed()
    placed = rows[rows["lon"].notna() & rows["lat"].notna()].reset_index(drop=True)
    return {
        "lon": packed_degrees(placed["lon"]),
        "lat": packed_degrees(placed["lat"]),
        "kind": placed["status"].map(_KINDS).fillna(_FINISHED).astype(int).to_list(),
        "rough": np.flatnonzero(placed["location_quality"] == "approximate").tolist(),
        "code": placed["project_code"].to_list(),
        "filter": write_filter(without(at.chosen, "project")) or "",
        "chosen": at.project,
        "theme": at.at.selection.theme,
        "extents": _extents(at, set(rows["project_code"])),
    }


def _extents(at: ProjectScene, codes: set[str]) -> dict[str, Any]:
    """GeoJSON of the listed projects' extents; the code is the only property."""
    rows = at.at.store.project_extents(at.asked)
    rows = rows[rows["project_code"].isin(codes)]
    simple = [shapely.simplify(shape, _SIMPLE_DEGREES) for shape in rows["geometry"]]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(shape)}
        for code, shape in zip(rows["project_code"], simple, strict=True)
        if not shape.is_empty
    ]
    return {"type": "FeatureCollection", "features": features}


def map_title(at: ProjectScene) -> Any:
    scene, texts = at.at, at.at.texts
    rows = at.listed()
    placed = int((rows["lon"].notna() & rows["lat"].notna()).sum())
    counts = {"placed": scene.formatter.number(placed, 0), "listed": scene.formatter.number(len(rows), 0)}
    said = texts("project_map.placed", **counts) if len(rows) else ""
    return panel_head(joined(texts("project_map.title"), scene.area_name), said)
