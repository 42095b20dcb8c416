"""Makes the boundaries of many areas one coverage and simplifies it, so that what was a common border stays one."""

import numpy as np
import shapely

from data_access.geometry.mercator import Geometries

DETAIL_STEPS = 8192
"""Steps across the longer side of a map: half a pixel on a 4K wall that shows it whole."""
_GAP_DETAILS = 4
_TOLERATED_CHANGE = 0.02


def detail_m(geometries: Geometries) -> float:
    """The smallest feature worth sending for a map of these areas, in metres of their plane; at least a decimetre."""
    west, south, east, north = bounds(geometries)
    return max(max(east - west, north - south) / DETAIL_STEPS, 0.1)


def bounds(geometries: Geometries) -> tuple[float, float, float, float]:
    """West, south, east, north of all; zeros where there is nothing to bound."""
    drawn = geometries[~shapely.is_empty(geometries)]
    west, south, east, north = shapely.total_bounds(drawn) if len(drawn) else (0, 0, 0, 0)
    return float(west), float(south), float(east), float(north)


def simplify(geometries: Geometries, tolerance_m: float) -> Geometries:
    """Polygons with borders simplified as one coverage; invalid ones are repaired first.

    tolerance_m: square root of the area of the corners that may go (Visvalingam and Whyatt 1993,
    doi:10.1179/000870493786962263).
    """
    valid, broken = geometries.copy(), ~shapely.is_valid(geometries)
    valid[broken] = shapely.make_valid(geometries[broken], method="structure", keep_collapsed=False)
    return np.asarray(shapely.coverage_simplify(_edge_matched(valid, tolerance_m), tolerance_m), dtype=object)


def _edge_matched(geometries: Geometries, tolerance_m: float) -> Geometries:
    """Surveyed boundaries with their slivers closed, so that neighbours share a border instead of almost touching.

    Only the areas concerned are touched: cleaning a whole city takes ten times as long. Areas that overlap on purpose
    lose more than a sliver by that; then all stay as they were.
    """
    gap_m = _GAP_DETAILS * tolerance_m
    faults = shapely.coverage_invalid_edges(geometries, gap_width=gap_m)
    concerned = ~(shapely.is_missing(faults) | shapely.is_empty(faults))
    if not concerned.any():
        return geometries
    matched = geometries.copy()
    matched[concerned] = shapely.coverage_clean(geometries[concerned], gap_width=gap_m)
    before, after = shapely.area(geometries), shapely.area(matched)
    changed = np.abs(after - before) > _TOLERATED_CHANGE * before + tolerance_m**2
    return geometries if changed.any() else matched
