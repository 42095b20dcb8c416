"""From the features of a road layer to edges between nodes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from analysis.reach.plane import Plane

SNAP_M = 2.0
"""Ends of roads nearer than this are one node, where a layer brings no node numbers."""
_BACKWARD = {"-1", "reverse"}
_ONE_WAY = {"true", "yes", "1", "1.0", "t", "y", "ft", *_BACKWARD}

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Roads:
    """m edges between numbered nodes: lines in metres on `plane`, class words, km/h (NaN unknown), one-way flags.

    source, target: the nodes where a line begins and ends. A one-way edge leads from source to target.
    """

    plane: Plane
    lines: npt.NDArray[np.object_]
    source: Integers
    target: Integers
    nodes: int
    kind: npt.NDArray[np.object_]
    speed_kmh: Floats
    is_one_way: npt.NDArray[np.bool_]
    length_m: Floats


def read_roads(features: pd.DataFrame, snap_m: float = SNAP_M) -> Roads:
    """features: geometry (lines, in degrees) and, where the layer has them, class, speed_kmh, oneway, length_m,
    from_node, to_node. Without node numbers, or with lines of several parts, ends within snap_m become one node.
    """
    rows = _single_lines(features)
    plane = Plane.around(shapely.get_coordinates(rows["geometry"].to_numpy()))
    lines = plane.shapes_to_metres(rows["geometry"].to_numpy())
    way = _column(rows, "oneway").astype(str).str.lower().to_numpy()
    turned = np.isin(way, list(_BACKWARD))
    lines[turned] = shapely.reverse(lines[turned])
    source, target = _numbered(rows, turned) or _snapped(lines, snap_m)
    drawn = shapely.length(lines)
    given = pd.to_numeric(_column(rows, "length_m"), errors="coerce").to_numpy(dtype=float)
    return Roads(
        plane,
        lines,
        source,
        target,
        int(max(source.max(initial=-1), target.max(initial=-1))) + 1,
        _column(rows, "class").fillna("").astype(str).to_numpy(dtype=object),
        pd.to_numeric(_column(rows, "speed_kmh"), errors="coerce").to_numpy(dtype=float),
        np.isin(way, list(_ONE_WAY)),
        np.where(given > 0, given, drawn),
    )


def _single_lines(features: pd.DataFrame) -> pd.DataFrame:
    """One row per line; a line of several parts loses its node numbers and its length, which are not those of parts."""
    shapes = features["geometry"].to_numpy(dtype=object)
    parts, row = shapely.get_parts(shapes, return_index=True)
    is_line = (shapely.get_type_id(parts) == 1) & (shapely.get_num_points(parts) > 1)
    parts, row = parts[is_line], row[is_line]
    rows: pd.DataFrame = features.iloc[row].reset_index(drop=True).assign(geometry=shapely.force_2d(parts))
    split = np.bincount(row, minlength=len(features))[row] > 1
    for name in ("from_node", "to_node", "length_m"):
        if name in rows:
            rows[name] = rows[name].where(~split)
    return rows


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(np.nan, index=rows.index, dtype=object)


def _numbered(rows: pd.DataFrame, turned: npt.NDArray[np.bool_]) -> tuple[Integers, Integers] | None:
    """The layer's own node numbers, counted anew from 0; None unless every edge has both."""
    ends = [_column(rows, name) for name in ("from_node", "to_node")]
    if not len(rows) or any(end.isna().any() for end in ends):
        return None
    codes = pd.factorize(pd.concat(ends, ignore_index=True).astype(str))[0].astype(np.int64)
    first, last = codes[: len(rows)], codes[len(rows) :]
    return np.where(turned, last, first), np.where(turned, first, last)


def _snapped(lines: npt.NDArray[np.object_], snap_m: float) -> tuple[Integers, Integers]:
    """Ends that are near each other, directly or by way of others, are one node."""
    ends = shapely.get_coordinates(np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)]))
    if not len(ends):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    one, other = cKDTree(ends).query_pairs(snap_m, output_type="ndarray").T
    near = coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(ends), len(ends)))
    label = connected_components(near, directed=False)[1].astype(np.int64)
    return label[: len(lines)], label[len(lines) :]
