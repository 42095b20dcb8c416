"""Writes the files of an import package, the same bytes in every run."""

from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio

from data_access.contract import TABLES
from data_access.contract.geometry import SRID
from data_access.demo.plane import in_degrees


def write_table(folder: Path, name: str, rows: pd.DataFrame) -> None:
    """`<name>.csv` with the contract's columns only, whole numbers without a decimal point."""
    columns = [str(column.name) for column in TABLES[name].columns if column.name in rows.columns]
    tidy = pd.DataFrame({column: _tidy(rows[column], name, column) for column in columns})
    tidy.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def _tidy(values: pd.Series, table: str, column: str) -> pd.Series:
    kind = TABLES[table].columns[column].info["kind"]
    if kind == "whole":
        return values.astype("Int64")
    if kind == "flag":
        return values.astype("object").map({True: "true", False: "false", "true": "true", "false": "false"})
    if kind == "number" and values.notna().any():
        return _plain(pd.to_numeric(values))
    return values


def _plain(numbers: pd.Series) -> pd.Series:
    """Numbers as short text: 3.0 becomes 3."""
    return numbers.round(6).map("{:.12g}".format, na_action="ignore")


def write_layer(folder: Path, name: str, rows: pd.DataFrame | dict[str, Any]) -> None:
    """`<name>.gpkg` in CGCS2000 degrees from geometries in kilometres."""
    frame = pd.DataFrame(rows)
    geometry = in_degrees(frame["geometry"].to_numpy())
    layer = geopandas.GeoDataFrame(frame.drop(columns="geometry"), geometry=geometry, crs=SRID)
    pyogrio.write_dataframe(layer, folder / f"{name}.gpkg", layer=name, SPATIAL_INDEX="NO", GEOMETRY_NAME="geometry")
