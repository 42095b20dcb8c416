"""Creates the tables of the contract, in both kinds of database."""

import sqlite3
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text

from data_access.contract import SPATIAL, TABULAR, UNNAMED_CITY, VERSION, contract
from data_access.contract.geometry import SRID
from data_access.layer_features import FEATURES, layer_feature

_DTYPES = {"code": "str", "text": "str", "whole": "int64", "number": "float64"}


def create_tables(engine: Engine, layers: Path | None) -> None:
    """Every table that is not there yet, and the contract row with data_version 0. Existing data stay as they are.

    layers: the GeoPackage beside a SQLite database; None on PostgreSQL. The engine must be open for `load`.
    """
    if layers is not None:
        _create_geopackage(layers)
        _keep_readers_unblocked(engine)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
            SPATIAL.create_all(connection)
            FEATURES.create_all(connection)
        TABULAR.create_all(connection)
        if connection.execute(select(contract.c.version)).first() is None:
            connection.execute(
                insert(contract).values(version=VERSION, data_version=0, city_name_zh=UNNAMED_CITY, currency="CNY")
            )


def has_tables(connection: Connection) -> bool:
    return inspect(connection).has_table(contract.name)


def _keep_readers_unblocked(engine: Engine) -> None:
    """Write-ahead logging in both files: a load of minutes never makes a reader wait (ADR 0003)."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        for schema in ("main", "layers"):
            driver.execute(f"PRAGMA {schema}.journal_mode = WAL")


def _create_geopackage(path: Path) -> None:
    """One empty layer per spatial table, as GDAL writes it, so that any GIS opens the file."""
    present = {name for name, _ in pyogrio.list_layers(path)} if path.is_file() else set()
    for table in (*SPATIAL.tables.values(), layer_feature):
        if table.name not in present:
            _create_layer(path, table)


def _create_layer(path: Path, table: Table) -> None:
    columns = {str(column.name): _DTYPES[column.info["kind"]] for column in table.columns if column.name != "geometry"}
    rows: dict[str, list[object]] = {name: [] for name in columns}
    empty = geopandas.GeoDataFrame(rows, geometry=geopandas.GeoSeries([], crs=SRID), crs=SRID).astype(columns)
    pyogrio.write_dataframe(
        empty,
        path,
        layer=str(table.name),
        geometry_type="Unknown",
        append=path.is_file(),
        SPATIAL_INDEX="NO",
        GEOMETRY_NAME="geometry",
    )
    _create_indexes(path, table)


def _create_indexes(path: Path, table: Table) -> None:
    """The key, and the plain indexes; a GIST index on the geometry is PostgreSQL's alone."""
    indexes = [(f"ux_{table.name}", "UNIQUE ", list(table.primary_key.columns.keys()))]
    indexes += [
        (str(index.name), "", index.columns.keys()) for index in table.indexes if "geometry" not in index.columns
    ]
    with sqlite3.connect(path) as connection:
        for name, unique, columns in indexes:
            quoted = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f'CREATE {unique}INDEX "{name}" ON "{table.name}" ({quoted})')
