"""Writing a package of everything: a CSV file per table, a GeoPackage per spatial table, the files of the layers."""

import csv
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from sqlalchemy import Connection, Table, select

from data_access.contract import SPATIAL, TABULAR, spatial_layer
from data_access.contract.geometry import SRID
from data_access.errors import DataAccessError
from data_access.exporting.layers import layer_sources, write_layers
from data_access.importing.chunks import Progress, silent
from data_access.long_reading import whole_database

_CHUNK = 10_000


class ExportRefused(DataAccessError):
    """The target holds something already."""


@dataclass(frozen=True)
class Exported:
    """What was written. rows: per table."""

    path: Path
    rows: dict[str, int]


def export_package(
    url: str, target: Path, layers: Path | None = None, *, force: bool = False, progress: Progress = silent
) -> Exported:
    """Write everything in the database into the folder, or `.zip`, `target`.

    force: replace the package that is there. The target appears at once and whole: a failure half-way leaves it as it
    was. Raises ExportRefused, DatabaseUnavailable, ContractMismatch.
    """
    _check_free(target, force)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent) as scratch:
        folder = Path(scratch, "package")
        folder.mkdir()
        with whole_database(url, layers) as connection:
            rows = _write(connection, folder, progress)
        if target.suffix.lower() == ".zip":
            _zip(folder, Path(scratch, "package.zip")).replace(target)
        else:
            _swap(folder, target)
    return Exported(target, rows)


def _check_free(target: Path, force: bool) -> None:
    is_zip = target.suffix.lower() == ".zip"
    if target.exists() and target.is_dir() == is_zip:
        raise ExportRefused(f"{target} is {'a folder' if is_zip else 'a file'} already: name another place")
    occupied = target.is_file() or (target.is_dir() and any(target.iterdir()))
    if occupied and not force:
        raise ExportRefused(f"{target} is not empty: name another place, or --force to replace what is there")
    if occupied and target.is_dir() and not (target / "contract.csv").is_file():
        raise ExportRefused(f"{target} holds something other than a package: it is not replaced")


def _swap(folder: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    folder.replace(target)


def _write(connection: Connection, folder: Path, progress: Progress) -> dict[str, int]:
    sources = layer_sources(connection)
    rows: dict[str, int] = {}
    for table in TABULAR.tables.values():
        rows[str(table.name)] = _write_table(connection, table, folder, sources, progress)
    for table in SPATIAL.tables.values():
        rows[str(table.name)] = _write_spatial(connection, table, folder, progress)
    write_layers(connection, folder, sources, progress)
    return {name: count for name, count in rows.items() if count}


def _write_table(
    connection: Connection, table: Table, folder: Path, sources: dict[str, str], progress: Progress
) -> int:
    """One CSV file, lines ended as RFC 4180 says, so that a line break inside a cell is always quoted."""
    columns = [str(column.name) for column in table.columns]
    result = connection.execute(select(table).order_by(*table.primary_key).execution_options(yield_per=_CHUNK))
    path, count = folder / f"{table.name}.csv", 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        for row in result.mappings():
            cells = dict(row)
            if table is spatial_layer and cells["layer_code"] in sources:
                cells["source"] = sources[cells["layer_code"]]
            writer.writerow([_cell(cells[name]) for name in columns])
            count += 1
            if count % _CHUNK == 0:
                progress(path.name, count, 0)
    if not count:
        path.unlink()
    return count


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _write_spatial(connection: Connection, table: Table, folder: Path, progress: Progress) -> int:
    key = next(iter(table.primary_key))
    result = connection.execute(select(key, table.c.geometry).order_by(key).execution_options(yield_per=_CHUNK))
    path, count = folder / f"{table.name}.gpkg", 0
    for part in result.partitions():
        codes, geometries = zip(*part, strict=True)
        frame = geopandas.GeoDataFrame({key.name: list(codes)}, geometry=list(geometries), crs=SRID)
        pyogrio.write_dataframe(
            frame, path, layer=str(table.name), geometry_type="Unknown", append=count > 0, GEOMETRY_NAME="geometry"
        )
        count += len(frame)
        progress(path.name, count, 0)
    return count


def _zip(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return path
