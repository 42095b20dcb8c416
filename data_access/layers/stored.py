"""Features of the spatial store: tables that others write, and what came as files of a package."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    Select,
    String,
    and_,
    cast,
    column,
    func,
    null,
    or_,
    table,
    type_coerce,
)
from sqlalchemy import select as sql_select
from sqlalchemy.types import NullType

from data_access.contract.geometry import SRID, Geometry, from_geopackages
from data_access.layer_features import layer_feature
from data_access.layers.crs import CGCS2000, Box, box_in, first_crs, to_cgcs2000, total_box
from data_access.layers.entry import LayerEntry
from data_access.layers.features import Feature, Key, page_of
from data_access.layers.reflection import TableShape, table_shape

CHUNK = 2_000
_KEYS_FROM = 200
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class StoredFeatures:
    """One layer's rows behind one connection. attributes: columns, or the one that holds them all as a JSON object."""

    connection: Connection
    rows: FromClause
    mine: ColumnElement[bool] | None
    key: ColumnElement[Any]
    geometry: ColumnElement[Any]
    attributes: tuple[ColumnElement[Any], ...]
    as_json: bool
    crs: str
    srid: int = SRID
    has_number_key: bool = True
    index: FromClause | None = None

    def count(self) -> int:
        return int(self.connection.scalar(self.select(func.count())) or 0)

    def bounds(self) -> Box | None:
        """Of all features; from their geometries, unless their boxes stand beside them."""
        if self.as_json:
            c = layer_feature.c
            edges = func.min(c.minx), func.min(c.miny), func.max(c.maxx), func.max(c.maxy)
            west, south, east, north = self.connection.execute(self.select(*edges)).one()
            return None if west is None else (float(west), float(south), float(east), float(north))
        corners = [shapely.box(*box) for box in map(total_box, self._shapes()) if box]
        return total_box(corners)

    def columns(self) -> list[str]:
        """Names of the attributes; those of JSON objects from the first features."""
        if not self.as_json:
            return [str(one.key) for one in self.attributes]
        rows = self.connection.scalars(self.select(self.attributes[0]).order_by(self.key).limit(_KEYS_FROM))
        return list(dict.fromkeys(name for row in rows for name in _read(row)))

    def in_box(self, box: Box, limit: int) -> Iterator[Feature]:
        asked = self._features().limit(limit)
        condition = self.touches(box)
        if condition is not None:
            return self._read_all(asked.where(condition))
        around = shapely.box(*box)
        return (one for one in self._read_all(asked) if one.geometry.intersects(around))

    def page(self, start: int, end: int, text: str) -> tuple[list[Feature], int]:
        asked = self._features().order_by(self.key)
        if not text:
            return list(self._read_all(asked.offset(start).limit(end - start))), self.count()
        asked = asked.where(or_(*(cast(one, String).icontains(text, autoescape=True) for one in self.attributes)))
        if not self.as_json:
            total = self.connection.scalar(sql_select(func.count()).select_from(asked.order_by(None).subquery()))
            return list(self._read_all(asked.offset(start).limit(end - start))), int(total or 0)
        return page_of(self._read_all(asked), start, end, text)

    def feature(self, key: Key) -> Feature | None:
        """None also for a key of another kind than the layer's, which PostgreSQL would refuse to compare."""
        if isinstance(key, int) != self.has_number_key or (isinstance(key, int) and abs(key) > _LARGEST_KEY):
            return None
        return next(self._read_all(self._features().where(self.key == key).limit(1)), None)

    def where(self, condition: ColumnElement[bool], limit: int) -> Iterator[Feature]:
        return self._read_all(self._features().where(condition).limit(limit))

    def attribute(self, name: str) -> ColumnElement[Any]:
        """One attribute's value as text; PostgreSQL only."""
        if self.as_json:
            found: ColumnElement[Any] = cast(self.attributes[0], JSON)[name].as_string()
            return found
        return next((cast(one, String) for one in self.attributes if one.key == name), null())

    @property
    def raw_geometry(self) -> ColumnElement[Any]:
        """As bytes, which `shapes_of` reads many at a time."""
        if self.connection.dialect.name == "postgresql":
            return func.ST_AsBinary(type_coerce(self.geometry, NullType()), type_=LargeBinary())
        return type_coerce(self.geometry, LargeBinary())

    def shapes_of(self, raw: list[bytes]) -> Any:
        """The geometries in CGCS2000, as an array."""
        is_well_known = self.connection.dialect.name == "postgresql"
        shapes = shapely.from_wkb(np.array(raw, dtype=object)) if is_well_known else from_geopackages(raw)
        return to_cgcs2000(shapes, self.crs)

    def touches(self, box: Box) -> ColumnElement[bool] | None:
        west, south, east, north = box_in(box, self.crs)
        if self.connection.dialect.name == "postgresql":
            around = func.ST_MakeEnvelope(west, south, east, north, self.srid)
            return type_coerce(self.geometry, NullType()).bool_op("&&")(around)
        if self.as_json:
            c = layer_feature.c
            return and_(c.maxx >= west, c.minx <= east, c.maxy >= south, c.miny <= north)
        if self.index is None:
            return None
        i = self.index.c
        found = and_(i.maxx >= west, i.minx <= east, i.maxy >= south, i.miny <= north)
        return self.key.in_(sql_select(i.id).where(found))

    def _features(self) -> Select[Any]:
        return self.select(self.key, self.geometry, *self.attributes)

    def select(self, *columns: Any) -> Select[Any]:
        asked = sql_select(*columns).select_from(self.rows)
        return asked if self.mine is None else asked.where(self.mine)

    def _shapes(self) -> Iterator[Any]:
        streamed = self.connection.execution_options(yield_per=CHUNK).scalars(self.select(self.geometry))
        for part in streamed.partitions(CHUNK):
            yield to_cgcs2000(np.array([one for one in part if one is not None], dtype=object), self.crs)

    def _read_all(self, asked: Select[Any]) -> Iterator[Feature]:
        """Row by row in chunks, so that memory does not grow with the layer; rows without geometry are left out."""
        for part in self.connection.execution_options(yield_per=CHUNK).execute(asked).partitions(CHUNK):
            drawn = [row for row in part if row[1] is not None and not row[1].is_empty]
            shapes = to_cgcs2000(np.array([row[1] for row in drawn], dtype=object), self.crs)
            for row, shape in zip(drawn, shapes, strict=True):
                yield Feature(row[0], self._properties(row[2:]), shape)

    def _properties(self, cells: Any) -> dict[str, Any]:
        if self.as_json:
            return _read(cells[0])
        return {str(one.key): cell for one, cell in zip(self.attributes, cells, strict=True)}


def stored_features(connection: Connection, entry: LayerEntry) -> StoredFeatures:
    """Of an entry whose kind is `table` or `file`. Raises Unusable where the store has no such table."""
    if entry.kind == "file":
        return _of_file(connection, entry)
    return _of_table(connection, entry, table_shape(connection, entry.source))


def _of_file(connection: Connection, entry: LayerEntry) -> StoredFeatures:
    c = layer_feature.c
    mine = c.layer_code == entry.code
    return StoredFeatures(connection, layer_feature, mine, c.feature_no, c.geometry, (c.properties,), True, CGCS2000)


def _of_table(connection: Connection, entry: LayerEntry, shape: TableShape) -> StoredFeatures:
    crs = first_crs(shape.crs, entry.told_crs)
    geometry: Any = column(shape.geometry, Geometry())
    key: Any = column(shape.key)
    attributes: Any = tuple(column(name) for name in shape.attributes)
    rows = table(shape.name, key, geometry, *attributes, schema=shape.schema)
    boxes: Any = [column(name) for name in ("id", "minx", "maxx", "miny", "maxy")]
    index = table(shape.index, *boxes, schema=shape.schema) if shape.index else None
    c = rows.c
    own = tuple(c[name] for name in shape.attributes)
    facts: Any = {"srid": shape.srid, "has_number_key": shape.has_number_key, "index": index}
    return StoredFeatures(connection, rows, None, c[shape.key], c[shape.geometry], own, False, crs, **facts)


def _read(properties: str) -> dict[str, Any]:
    found = json.loads(properties)
    return found if isinstance(found, dict) else {}
