"""The map of the project view: how many projects are active in each area, and where each one lies."""

from typing import Any

import pandas as pd
import shapely
from dash import html

from callbacks.map_view import MapView
from callbacks.project_scene import ProjectScene
from callbacks.taking import taking_work
from callbacks.work_map import Painting, classed, parts_view, placed_points
from data_access.geometry.bundles import BoundaryBundles
from data_access.questions import ProjectCountsQuestion
from layouts.components.panel import joined, panel_head
from layouts.work.filtering import without, write_filter
from layouts.work.points import project_legend

_DONE = ("completed", "accepted", "post_evaluation", "cancelled")
_KINDS = {"late": 0, "over_budget": 1, "silent": 1, "at_risk": 1, "on_time": 2, "unknown": 3}
_FINISHED = 4
_SIMPLE_DEGREES = 0.00003
"""Extents are drawn to about three metres."""


def paint(at: ProjectScene, bundles: BoundaryBundles, address: str) -> Painting:
    """Projects neither finished nor cancelled that serve each drawn area, and the legend."""
    view = parts_view(at.at, bundles)
    marks, unit = project_legend(at.at.texts), at.at.texts("project_map.unit")
    values = _active_by_area(at, view)
    return classed(at.at, view, values, address, marks=marks, unit=unit, decimals=0, direction="neutral")


def _active_by_area(at: ProjectScene, view: MapView) -> pd.Series:
    asked = ProjectCountsQuestion(area=view.parent, today=at.at.today, viewer=at.at.viewer, by_child=True)
    counts = at.at.store.project_counts(asked)
    active = counts[~counts["stage"].isin(_DONE)].groupby("area_code")["projects"].sum()
    return active.reindex(list(view.bundle.codes)).fillna(0)


def points(at: ProjectScene) -> dict[str, Any]:
    """Places for assets/js/problem_points.js, and the extents there are."""
    rows = at.listed()
    placed = rows[rows["lon"].notna() & rows["lat"].notna()].reset_index(drop=True)
    return placed_points(
        placed,
        placed["status"].map(_KINDS).fillna(_FINISHED),
        code="project_code",
        rough="location_quality",
        filter=write_filter(without(at.chosen, "project")) or "",
        chosen=at.project,
        theme=at.at.selection.theme,
        extents=_extents(at, set(rows["project_code"])),
    )


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
    menu = taking_work(scene, "projects") if len(rows) else None
    return panel_head(
        joined(texts("project_map.title"), scene.area_name), [html.Span(said, className="map-said"), menu]
    )
