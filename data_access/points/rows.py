"""All features of a layer of the spatial store, as far as a viewer may see them: of files and of tables alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from sqlalchemy import ColumnElement, Connection, Select, select

from data_access import contract, scope
from data_access.answers.names import contract_columns
from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.layers.entry import STORED, LayerEntry, entry_of
from data_access.layers.stored import stored_features
from data_access.viewer import Viewer

CHUNK = 5_000
_LOOKED_AT = 1_000
"""So many features of a file tell which attributes there are."""
_feature = layer_feature.c


@dataclass(frozen=True)
class LayerRows:
    """keys: feature numbers. columns: the attributes asked for that the layer has, a value per feature as the source
    wrote it. shapes: CGCS2000; where only points were asked for, none, and `places` has longitude and latitude (n, 2)
    of the middle of each feature."""

    keys: npt.NDArray[np.int64]
    columns: dict[str, list[Any]]
    shapes: npt.NDArray[np.object_] | None
    places: npt.NDArray[np.float64] | None

    def kept(self, mask: npt.NDArray[np.bool_]) -> "LayerRows":
        chosen = np.flatnonzero(mask)
        columns = {name: [cells[n] for n in chosen] for name, cells in self.columns.items()}
        shapes = None if self.shapes is None else self.shapes[chosen]
        return LayerRows(self.keys[chosen], columns, shapes, None if self.places is None else self.places[chosen])


def layer_entry(connection: Connection, code: str) -> LayerEntry:
    """Raises UnknownCode for a layer that does not exist or does not lie in the spatial store."""
    table = contract.spatial_layer
    row = connection.execute(select(*contract_columns(table)).where(table.c.layer_code == code)).first()
    if row is None or row.source_kind not in STORED:
        raise UnknownCode("layer", code)
    return entry_of(dict(row._mapping))


def read_rows(
    connection: Connection, entry: LayerEntry, viewer: Viewer, columns: Sequence[str], *, as_points: bool = False
) -> LayerRows:
    """CHUNK features at a time: no single statement runs into the time limit. Raises Unusable for a lost table."""
    wanted = dict.fromkeys([*columns, *([entry.area_column] if entry.area_column else [])])
    read = _of_file if entry.kind == "file" else _of_table
    rows = read(connection, entry, list(wanted), as_points)
    return rows if viewer.area_codes is None else rows.kept(_seen(connection, viewer, entry.area_column, rows))


def _of_file(connection: Connection, entry: LayerEntry, wanted: list[str], as_points: bool) -> LayerRows:
    box = (_feature.minx, _feature.miny, _feature.maxx, _feature.maxy)
    columns = (_feature.feature_no, _feature.properties, *(box if as_points else (_feature.geometry,)))
    chosen = select(*columns).where(_feature.layer_code == entry.code)
    found = _in_chunks(connection, chosen, _feature.feature_no)
    properties = orjson.loads(f"[{','.join(row[1] for row in found)}]")
    present: set[str] = set().union(*(one.keys() for one in properties[:_LOOKED_AT]))
    cells = {name: [one.get(name) for one in properties] for name in wanted if name in present}
    keys = np.array([row[0] for row in found], dtype=np.int64)
    if not as_points:
        return LayerRows(keys, cells, _objects([row[2] for row in found]), None)
    corners = np.array([row[2:] for row in found], dtype=float).reshape(-1, 2, 2)
    return LayerRows(keys, cells, None, corners.mean(axis=1))


def _of_table(connection: Connection, entry: LayerEntry, wanted: list[str], as_points: bool) -> LayerRows:
    """Raises UnknownCode for a table whose key is no number: its features cannot be named."""
    source = stored_features(connection, entry)
    if not source.has_number_key:
        raise UnknownCode("layer", entry.code)
    present = {str(one.key): one for one in source.attributes}
    columns = {name: present[name] for name in wanted if name in present}
    found = _in_chunks(connection, source.select(source.key, source.raw_geometry, *columns.values()), source.key)
    found = [row for row in found if row[1] is not None]
    shapes = source.shapes_of([row[1] for row in found])
    is_drawn = ~shapely.is_empty(shapes)
    drawn, shapes = [row for row, is_one in zip(found, is_drawn, strict=True) if is_one], shapes[is_drawn]
    keys = np.array([row[0] for row in drawn], dtype=np.int64)
    cells = {name: [row[place] for row in drawn] for place, name in enumerate(columns, start=2)}
    if not as_points:
        return LayerRows(keys, cells, shapes, None)
    middle = shapely.centroid(shapes)
    return LayerRows(keys, cells, None, np.column_stack([shapely.get_x(middle), shapely.get_y(middle)]))


def _in_chunks(connection: Connection, asked: Select[Any], key: ColumnElement[Any]) -> list[Any]:
    """All rows by their key, which is the first column."""
    found: list[Any] = []
    asked = asked.order_by(key).limit(CHUNK)
    while True:
        part = connection.execute(asked.where(key > found[-1][0]) if found else asked).all()
        found += part
        if len(part) < CHUNK:
            return found


def _objects(shapes: list[Any]) -> npt.NDArray[np.object_]:
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def _seen(connection: Connection, viewer: Viewer, column: str | None, rows: LayerRows) -> npt.NDArray[np.bool_]:
    """By the layer's own area codes where it has them, else what touches the boundaries of the viewer's areas."""
    area, boundary = contract.area.c.area_code, contract.area_boundary.c
    if column in rows.columns:
        codes = set(connection.scalars(select(area).where(scope.sees_area(viewer, area))))
        return np.array([code in codes for code in rows.columns[column]], dtype=bool)
    tops = connection.scalars(select(boundary.geometry).where(boundary.area_code.in_(viewer.area_codes or ())))
    land = shapely.union_all(list(tops))
    shapely.prepare(land)
    if rows.places is not None:
        return np.asarray(shapely.intersects_xy(land, rows.places[:, 0], rows.places[:, 1]), dtype=bool)
    return np.asarray(shapely.intersects(land, rows.shapes), dtype=bool)
