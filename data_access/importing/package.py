"""Finding what a package holds: one file per table, one workbook, and the files its layers name."""

import difflib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from data_access.contract import SPATIAL, TABLES
from data_access.importing.archive import unpack
from data_access.importing.faults import FaultLog, Unreadable
from data_access.importing.workbook import Workbook

SPATIAL_SUFFIXES = (".gpkg", ".geojson", ".json", ".parquet", ".zip")


@dataclass
class Package:
    """The files of a package by the table they bring. workbook: the `.xlsx`, whose sheets are in `sheets`."""

    root: Path
    name: str
    csv_files: dict[str, Path] = field(default_factory=dict)
    spatial_files: dict[str, Path] = field(default_factory=dict)
    workbook: Workbook | None = None
    sheets: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[str]:
        """Tables the package brings, in the order of the contract."""
        brought = {*self.csv_files, *self.spatial_files, *self.sheets}
        return [table for table in TABLES if table in brought]

    def file(self, name: str) -> Path | None:
        """The file that a layer names; None when the package holds none of that name inside its folder."""
        path = self.root / name
        inside = path.resolve().is_relative_to(self.root.resolve())
        return path if inside and path.is_file() else None


@contextmanager
def open_package(source: Path, log: FaultLog) -> Iterator[Package]:
    """The package in a folder, a zip or a lone workbook. What does not belong there, or is hostile, is logged."""
    with tempfile.TemporaryDirectory(prefix="cityvitals-") as unpacked:
        try:
            package = _scan(_root(source, Path(unpacked)), source, log)
        except Unreadable as error:
            log.fault(source.name, error.row, None, error.value, str(error))
            package = Package(Path(unpacked), source.name)
        yield package


def _root(source: Path, unpacked: Path) -> Path:
    if source.is_dir() or source.suffix.lower() == ".xlsx":
        return source
    unpack(source, unpacked)
    return _single_top_folder(unpacked)


def _single_top_folder(root: Path) -> Path:
    entries = list(root.iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else root


def _scan(root: Path, source: Path, log: FaultLog) -> Package:
    package = Package(root if root.is_dir() else root.parent, source.name)
    for path in sorted(root.iterdir()) if root.is_dir() else [root]:
        if path.is_dir():
            continue
        if package.file(path.name) is None:
            log.fault(path.name, None, None, None, "a plain file inside the package folder")
            continue
        _take(package, path, log)
    if not package.tables and not log.faults:
        log.fault(source.name, None, None, None, "at least one file named after a table, such as area.csv")
    return package


def _take(package: Package, path: Path, log: FaultLog) -> None:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _take_workbook(package, path, log)
    elif path.stem in SPATIAL.tables:
        _take_spatial(package, path, log)
    elif suffix == ".csv":
        _take_csv(package, path, log)
    elif path.stem in TABLES and suffix not in SPATIAL_SUFFIXES:
        log.fault(path.name, None, None, path.suffix, "a table as .csv, or as a sheet of one .xlsx")
    elif suffix in SPATIAL_SUFFIXES and (close := difflib.get_close_matches(path.stem.lower(), SPATIAL.tables, n=1)):
        log.warn(path.name, None, None, path.stem, f"ignored unless a layer names it; did you mean {close[0]}?")


def _take_csv(package: Package, path: Path, log: FaultLog) -> None:
    if path.stem not in TABLES:
        log.warn(path.name, None, None, path.stem, f"ignored: no table of that name{_similar(path.stem)}")
    elif path.stem in package.sheets:
        log.fault(path.name, None, None, path.stem, "each table once: it is also a sheet of the workbook")
    else:
        package.csv_files[path.stem] = path


def _take_spatial(package: Package, path: Path, log: FaultLog) -> None:
    if path.suffix.lower() not in SPATIAL_SUFFIXES:
        expected = "a spatial file: .gpkg, .geojson, .parquet or a zipped shapefile"
        if path.suffix.lower() in (".csv", ".shp"):
            log.fault(path.name, None, None, path.suffix, expected)
    elif path.stem in package.spatial_files:
        other = package.spatial_files[path.stem].name
        log.fault(path.name, None, None, path.stem, f"each table once: {other} brings it too")
    else:
        package.spatial_files[path.stem] = path


def _take_workbook(package: Package, path: Path, log: FaultLog) -> None:
    if package.workbook is not None:
        log.fault(path.name, None, None, None, f"one workbook per package: there is also {package.workbook.path.name}")
        return
    try:
        package.workbook = Workbook(path)
    except Unreadable as error:
        log.fault(path.name, None, None, None, str(error))
        return
    for sheet in package.workbook.sheet_names:
        table = sheet.strip()
        if table not in TABLES or table in SPATIAL.tables:
            log.warn(f"{path.name}[{sheet}]", None, None, sheet, f"ignored: no table of that name{_similar(table)}")
        elif table in package.csv_files or table in package.sheets:
            log.fault(f"{path.name}[{sheet}]", None, None, table, "each table once: it is also a file or another sheet")
        else:
            package.sheets[table] = sheet


def _similar(name: str) -> str:
    close = difflib.get_close_matches(name.lower(), TABLES, n=1)
    return f"; did you mean {close[0]}?" if close else ""
