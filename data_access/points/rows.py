"""All features of a layer of the spatial store, as far as a viewer may see them: of files and of tables alike."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from sqlalchemy import Connection, select

from data_access import contract, scope
from data_access.answers.names import contract_columns
from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.layers.entry import STORED, LayerEntry, entry_of
from data_access.layers.stored import stored_features
from data_access.viewer import Viewer

CHUNK = 5_000
_feature = layer_feature.c


@dataclass(frozen=True)
class LayerRows:
    """keys: feature numbers. properties: attributes as their source wrote them. shapes: CGCS2000, or the middle of each
    feature's box where only points were asked for."""

    keys: npt.NDArray[np.int64]
    properties: list[dict[str, Any]]
    shapes: npt.NDArray[np.object_]

    def kept(self, mask: npt.NDArray[np.bool_]) -> "LayerRows":
        chosen = np.flatnonzero(mask)
        return LayerRows(self.keys[chosen], [self.properties[n] for n in chosen], self.shapes[chosen])


def layer_entry(connection: Connection, code: str) -> LayerEntry:
    """Raises UnknownCode for a layer that does not exist or does not lie in the spatial store."""
    table = contract.spatial_layer
    row = connection.execute(select(*contract_columns(table)).where(table.c.layer_code == code)).first()
    if row is None or row.source_kind not in STORED:
        raise UnknownCode("layer", code)
    return entry_of(dict(row._mapping))


def read_rows(connection: Connection, entry: LayerEntry, viewer: Viewer, *, as_points: bool = False) -> LayerRows:
    """CHUNK features at a time: no single statement runs into the time limit. Raises Unusable for a lost table."""
    rows = _of_file(connection, entry.code, as_points) if entry.kind == "file" else _of_table(connection, entry)
    if as_points and entry.kind != "file":
        rows = LayerRows(rows.keys, rows.properties, shapely.centroid(rows.shapes))
    return rows if viewer.area_codes is None else rows.kept(_seen(connection, viewer, entry.area_column, rows))


def _of_file(connection: Connection, code: str, as_points: bool) -> LayerRows:
    box = (_feature.minx, _feature.miny, _feature.maxx, _feature.maxy)
    columns = (_feature.feature_no, _feature.properties, *(box if as_points else (_feature.geometry,)))
    found: list[Any] = []
    while True:
        chosen = select(*columns).where(_feature.layer_code == code).order_by(_feature.feature_no).limit(CHUNK)
        part = connection.execute(chosen.where(_feature.feature_no > found[-1][0]) if found else chosen).all()
        found += part
        if len(part) < CHUNK:
            break
    keys = np.array([row[0] for row in found], dtype=np.int64)
    properties = [orjson.loads(row[1]) for row in found]
    if not as_points:
        return LayerRows(keys, properties, _objects([row[2] for row in found]))
    corners = np.array([row[2:] for row in found], dtype=float).reshape(-1, 2, 2)
    return LayerRows(keys, properties, np.asarray(shapely.points(corners.mean(axis=1)), dtype=object))


def _of_table(connection: Connection, entry: LayerEntry) -> LayerRows:
    """Raises UnknownCode for a table whose key is no number: its features cannot be named."""
    source = stored_features(connection, entry)
    if not source.has_number_key:
        raise UnknownCode("layer", entry.code)
    found: list[Any] = []
    while True:
        part, _ = source.page(len(found), len(found) + CHUNK, "")
        found += part
        if len(part) < CHUNK:
            break
    keys = np.array([one.key for one in found], dtype=np.int64)
    return LayerRows(keys, [one.properties for one in found], _objects([one.geometry for one in found]))


def _objects(shapes: list[Any]) -> npt.NDArray[np.object_]:
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def _seen(connection: Connection, viewer: Viewer, column: str | None, rows: LayerRows) -> npt.NDArray[np.bool_]:
    """By the layer's own area codes where it has them, else what touches the boundaries of the viewer's areas."""
    area, boundary = contract.area.c.area_code, contract.area_boundary.c
    if column and any(column in one for one in rows.properties):
        codes = set(connection.scalars(select(area).where(scope.sees_area(viewer, area))))
        return np.array([one.get(column) in codes for one in rows.properties], dtype=bool)
    tops = connection.scalars(select(boundary.geometry).where(boundary.area_code.in_(viewer.area_codes or ())))
    land = shapely.union_all(list(tops))
    shapely.prepare(land)
    return np.asarray(shapely.intersects(land, rows.shapes), dtype=bool)
