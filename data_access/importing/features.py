"""Staging what spatial files bring: the boundaries and extents of the contract, and the features of file layers."""

import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely
from sqlalchemy import Column, Table, select

from data_access.importing import limits
from data_access.importing.faults import Unreadable
from data_access.importing.geometries import checked, to_cgcs2000
from data_access.importing.headers import match_header
from data_access.importing.package import Package
from data_access.importing.reading import ROW
from data_access.importing.spatial_files import read_features
from data_access.importing.staging import Staging
from data_access.importing.workbook import cell_text
from data_access.layer_features import layer_feature

Located = tuple[int, pd.DataFrame, list[shapely.Geometry | None]]


def stage_spatial_table(staging: Staging, table: Table, path: Path) -> None:
    """`area_boundary` or `project_extent`: one geometry per code. A fault's row is the feature's number, from 1."""
    key: Column[Any] = next(iter(table.primary_key))
    polygonal = table.c.geometry.info["polygonal"]
    staging.open(table.name, path.name)
    for first, frame, geometries in _features(staging, path, table.name, polygonal):
        if first == 1 and match_header(table, [*map(str, frame.columns), "geometry"], path.name, staging.log).missing:
            staging.unread.add(table.name)
            return
        codes = [_code(cell) for cell in frame[key.name]]
        records = []
        for number, (code, geometry) in enumerate(zip(codes, geometries, strict=True), start=first):
            if code is None or len(code) > limits.CODE_CHARACTERS:
                staging.log.fault(
                    path.name, number, key.name, code, f"a code of at most {limits.CODE_CHARACTERS} characters"
                )
            records.append({ROW: number, key.name: code, "geometry": geometry})
        staging.add_records(table.name, records)


def stage_layer_files(staging: Staging, package: Package) -> None:
    """The file of every staged `spatial_layer` row whose source_kind is `file`."""
    catalogue = staging.tables.get("spatial_layer")
    if catalogue is None:
        return
    staging.open(layer_feature.name, "layer files")
    layers = staging.connection.execute(
        select(catalogue.c[ROW], catalogue.c.layer_code, catalogue.c.source, catalogue.c.source_layer)
        .where(catalogue.c.source_kind == "file", catalogue.c.source.is_not(None), catalogue.c.layer_code.is_not(None))
        .order_by(catalogue.c[ROW])
    ).all()
    for row, code, source, source_layer in layers:
        path = package.file(source)
        if path is None:
            file = staging.files["spatial_layer"]
            staging.log.fault(
                file, row, "source", source, "a file of the package: its name relative to the package folder"
            )
            continue
        try:
            _stage_layer(staging, code, path, source_layer)
        except Unreadable as error:
            staging.log.fault(source, error.row, None, error.value, str(error))


def _stage_layer(staging: Staging, code: str, path: Path, layer: str | None) -> None:
    for first, frame, geometries in _features(staging, path, layer, False):
        records = []
        for number, (row, geometry) in enumerate(zip(frame.to_dict("records"), geometries, strict=True), start=first):
            if geometry is not None:
                box = dict(zip(("minx", "miny", "maxx", "maxy"), geometry.bounds, strict=True))
                properties = json.dumps(_plain(row), ensure_ascii=False)
                record = {ROW: number, "layer_code": code, "feature_no": number, "properties": properties}
                records.append(record | {"geometry": geometry} | box)
        staging.add_records(layer_feature.name, records)


def _features(staging: Staging, path: Path, layer: str | None, polygonal: bool) -> Iterator[Located]:
    """Number of the first feature, attributes, geometries; chunk by chunk, with what was remarked logged."""
    first = 1
    for chunk in read_features(path, layer):
        geometries, remarks = checked(to_cgcs2000(chunk, staging.assumed_crs), polygonal=polygonal)
        for remark in remarks:
            report = staging.log.warn if remark.repaired else staging.log.fault
            report(path.name, first + remark.position, "geometry", remark.value, remark.expected)
        yield first, _attributes(chunk), geometries
        first += len(chunk)
        staging.progress(path.name, first - 1, 0)


def _attributes(chunk: geopandas.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(chunk.drop(columns=chunk.geometry.name))


def _code(cell: Any) -> str | None:
    """The code in an attribute; one stored as a number is its integer text."""
    if cell is None or pd.isna(cell):
        return None
    return cell_text(cell.item() if hasattr(cell, "item") else cell).strip() or None


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value
    if isinstance(value, date | datetime):
        return None if value is pd.NaT else value.isoformat()
    if isinstance(value, bool | int | str):
        return value
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, float) else str(value)
