"""What a table of the spatial store is made of: its geometry column, coordinate system, key and attributes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, inspect, text
from sqlalchemy.exc import NoSuchTableError

from data_access.layers.failures import Unusable

_GEOMETRY_SQLITE = text(
    "SELECT g.column_name, s.organization, s.organization_coordsys_id FROM layers.gpkg_geometry_columns g "
    "LEFT JOIN layers.gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE lower(g.table_name) = lower(:name)"
)
_GEOMETRY_POSTGIS = text(
    "SELECT g.f_geometry_column, r.auth_name, r.auth_srid, g.f_table_schema, g.srid FROM geometry_columns g "
    "LEFT JOIN spatial_ref_sys r ON r.srid = g.srid AND g.srid <> 0 "
    "WHERE g.f_table_name = :name AND g.f_table_schema = ANY (current_schemas(false))"
)
_INDEX_SQLITE = text("SELECT name FROM layers.sqlite_master WHERE type = 'table' AND name = :name")
_UNREADABLE = ("BLOB", "BYTEA", "GEOMETRY", "GEOGRAPHY", "RASTER")


@dataclass(frozen=True)
class TableShape:
    """crs: None where the store has it undefined (srid 0 there). index: the R-tree of a GeoPackage layer."""

    name: str
    schema: str
    geometry: str
    crs: str | None
    key: str
    attributes: tuple[str, ...]
    index: str | None = None
    srid: int = 0
    has_number_key: bool = True


def table_shape(connection: Connection, name: str) -> TableShape:
    """Raises Unusable: `no_table` where it has no geometry, `no_key` where its rows cannot be told apart."""
    is_sqlite = connection.dialect.name == "sqlite"
    found = connection.execute(_GEOMETRY_SQLITE if is_sqlite else _GEOMETRY_POSTGIS, {"name": name}).first()
    if found is None:
        raise Unusable("no_table", f"no table {name!r:.80} with a geometry in the spatial store")
    geometry, authority, number = str(found[0]), found[1], found[2]
    schema = "layers" if is_sqlite else str(found[3])
    key, is_number, attributes = _columns(connection, name, schema, geometry)
    is_known = isinstance(authority, str) and authority.upper() == "EPSG"
    index = _rtree(connection, name, geometry) if is_sqlite else None
    crs = f"EPSG:{number}" if is_known else None
    srid = 0 if is_sqlite else int(found[4])
    return TableShape(name, schema, geometry, crs, key, attributes, index, srid, is_number)


def _columns(connection: Connection, name: str, schema: str, geometry: str) -> tuple[str, bool, tuple[str, ...]]:
    inspector = inspect(connection)
    try:
        columns: Any = inspector.get_columns(name, schema=schema)
        keys = inspector.get_pk_constraint(name, schema=schema)["constrained_columns"]
    except NoSuchTableError as error:
        raise Unusable("no_table", name[:80]) from error
    if len(keys) != 1:
        raise Unusable("no_key", f"table {name!r:.80} needs a primary key of one column")
    readable = [str(column["name"]) for column in columns if not str(column["type"]).upper().startswith(_UNREADABLE)]
    types = {column["name"]: column["type"] for column in columns}
    is_number = isinstance(types[keys[0]], Integer)
    return str(keys[0]), is_number, tuple(column for column in readable if column not in (geometry, keys[0]))


def _rtree(connection: Connection, name: str, geometry: str) -> str | None:
    """The spatial index of a GeoPackage layer (OGC 12-128r18, extension F.3)."""
    found = connection.execute(_INDEX_SQLITE, {"name": f"rtree_{name}_{geometry}"}).scalar()
    return str(found) if found else None
