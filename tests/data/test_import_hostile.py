"""What people send on purpose or by accident is refused in bounded time and memory, and never reaches outside."""

import io
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data_access.importing import FaultLog, PackageRefused, archive, limits, load_packages
from data_access.importing.faults import Fault
from tests.builders import boundaries, city, csv, write_package

CODES = ["01", "0101", "0102"]


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Reading files does not depend on the kind of database."""
    return f"sqlite:///{tmp_path}/city.sqlite"


def refuse(package: Path, database: str) -> list[Fault]:
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([package], database, log=log)
        return log.first["fault"]


def archive_with(path: Path, member: zipfile.ZipInfo | str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for table, rows in city().items():
            opened.writestr(f"{table}.csv", csv(rows))
        opened.writestr(member, content)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil.csv", "/tmp/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv", "x/../../../etc/cron.d/evil"],
)
def test_a_name_that_leaves_the_archive_is_refused(name: str, database: str, tmp_path: Path) -> None:
    (fault,) = refuse(archive_with(tmp_path / "package.zip", zipfile.ZipInfo(name), b"x"), database)
    assert fault.value == name
    assert "a plain relative name" in fault.expected
    assert not list(tmp_path.parent.rglob("evil.csv"))


def test_a_link_in_an_archive_is_refused(database: str, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("problem.csv")
    link.external_attr = 0o120777 << 16
    (fault,) = refuse(archive_with(tmp_path / "package.zip", link, b"/etc/passwd"), database)
    assert fault.value == "problem.csv"
    assert "no links" in fault.expected


def test_a_link_out_of_a_folder_is_refused(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / "problem.csv").symlink_to("/etc/passwd")
    assert refuse(folder, database)[0].file == "problem.csv"


def test_a_zip_in_a_zip_is_refused(database: str, tmp_path: Path) -> None:
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").writestr("area.csv", "x")
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("area_boundary.zip", inner.getvalue())
    assert "no zip in a zip" in refuse(path, database)[0].expected


def test_an_archive_with_a_password_is_refused(database: str, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "package.zip", "problem.csv", b"secret")
    content = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.rfind(magic)
        content[position + offset] |= 1
    path.write_bytes(content)
    assert "without a password" in refuse(path, database)[0].expected


def test_a_bomb_of_zeros_is_refused_however_small_it_claims_to_be(database: str, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "package.zip", "problem.csv", b"0" * 50_000_000)
    assert "compressed at most" in refuse(path, database)[0].expected
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 100)
    path.write_bytes(content)
    assert refuse(path, database)


def test_an_archive_of_too_many_files_is_refused(database: str, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as opened:
        for number in range(limits.ARCHIVE_MEMBERS + 1):
            opened.writestr(f"{number}.txt", "")
    assert "at most 1,000 files" in refuse(path, database)[0].expected


def test_an_archive_larger_than_the_limit_is_refused(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive.limits, "ARCHIVE_BYTES", 10_000)
    content = json.dumps(list(range(5_000))).encode()
    path = archive_with(tmp_path / "package.zip", "problem.csv", content)
    assert "10,000 bytes unpacked" in refuse(path, database)[0].expected


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_refused(content: bytes, database: str, tmp_path: Path) -> None:
    (tmp_path / "package.zip").write_bytes(content)
    assert "a readable zip archive" in refuse(tmp_path / "package.zip", database)[0].expected


VRT = "<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
DISGUISES = {
    "area_boundary.gpkg": VRT,
    "area_boundary.geojson": VRT,
    "area_boundary.parquet": VRT,
    "area_boundary.zip": VRT,
    "area_boundary.json": '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /vsicurl/http://x"}',
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_driver_that_could_reach_elsewhere_is_never_asked(name: str, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / name).write_text(DISGUISES[name], encoding="utf-8")
    assert refuse(folder, database)[0].file == name


@pytest.mark.parametrize("suffix", [".vrt", ".kml", ".shp", ".csv"])
def test_other_spatial_formats_are_no_part_of_a_package(suffix: str, database: str, tmp_path: Path) -> None:
    layer = {"layer_code": "l", "title_zh": "层", "source_kind": "file", "source": f"points{suffix}"}
    folder = write_package(tmp_path / "package", city(spatial_layer=[layer]))
    (folder / f"points{suffix}").write_text(VRT, encoding="utf-8")
    fault = refuse(folder, database)[-1]
    assert (fault.file, fault.value) == (f"points{suffix}", suffix)


@pytest.mark.parametrize("source", ["/vsicurl/http://x/y.gpkg", "/etc/passwd", "../city.gpkg", "http://x/y.gpkg", "."])
def test_a_layer_file_outside_the_package_is_not_opened(source: str, database: str, tmp_path: Path) -> None:
    layer = {"layer_code": "l", "title_zh": "层", "source_kind": "file", "source": source}
    fault = refuse(write_package(tmp_path / "package", city(spatial_layer=[layer])), database)[0]
    assert fault[1:5] == ("spatial_layer.csv", 2, "source", source)


def test_a_database_that_is_no_geopackage_is_refused(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    with sqlite3.connect(folder / "area_boundary.gpkg") as connection:
        connection.execute("CREATE TABLE area_boundary (area_code TEXT)")
    assert refuse(folder, database)[0].file == "area_boundary.gpkg"


@pytest.mark.parametrize("cut", [0.3, 0.9])
@pytest.mark.parametrize("form", ["gpkg", "parquet", "geojson"])
def test_a_truncated_spatial_file_is_refused(form: str, cut: float, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    path = folder / f"area_boundary.{form}"
    frame = boundaries(CODES)
    frame.to_parquet(path) if form == "parquet" else frame.to_file(path, driver="GPKG" if form == "gpkg" else "GeoJSON")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    assert refuse(folder, database)


def test_deeply_nested_geojson_is_refused(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / "area_boundary.geojson").write_text('{"type":"FeatureCollection","features":' + "[" * 100_000)
    assert refuse(folder, database)[0].file == "area_boundary.geojson"


def test_a_workbook_with_one_cell_in_the_far_corner_is_refused_before_it_fills_memory(
    database: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "area"
    book.active["A1"] = "area_code"
    book.active["XFD1048576"] = "x"
    folder = tmp_path / "package"
    folder.mkdir()
    book.save(folder / "city.xlsx")
    assert "cells" in refuse(folder, database)[0].expected


def test_a_workbook_of_growing_entities_is_refused(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row>'
    sheet += f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cell}</sheetData></worksheet>'
    book = openpyxl.Workbook()
    book.active.title = "area"
    book.save(folder / "plain.xlsx")
    with zipfile.ZipFile(folder / "plain.xlsx") as plain, zipfile.ZipFile(folder / "city.xlsx", "w") as opened:
        for name in plain.namelist():
            opened.writestr(name, sheet if name.startswith("xl/worksheets/") else plain.read(name))
    (folder / "plain.xlsx").unlink()
    assert refuse(folder, database)[0].file == "city.xlsx[area]"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused(content: bytes, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", {})
    (folder / "city.xlsx").write_bytes(content)
    assert refuse(folder, database)[0].file == "city.xlsx"


def test_utf16_and_broken_utf8_are_named_as_such(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / "area.csv").write_bytes(csv(city()["area"]).encode("utf-16"))
    department = csv([{"department_code": f"d{n}", "name_zh": "住房和城乡建设局"} for n in range(50)]).encode()
    broken = department[:-4] + b"\xe5" + department[-4:]
    (folder / "department.csv").write_bytes(broken)
    faults = {fault.file: fault for fault in refuse(folder, database)}
    assert "not UTF-16" in faults["area.csv"].expected
    assert (faults["department.csv"].row, "UTF-8" in faults["department.csv"].expected) == (51, True)


def test_sql_in_a_code_is_only_a_code(database: str, tmp_path: Path) -> None:
    areas = [row | {"name_zh": "'; DROP TABLE area; --"} for row in city()["area"]]
    load_packages([write_package(tmp_path / "package", city(area=areas))], database)
    with sqlite3.connect(tmp_path / "city.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM area WHERE name_zh LIKE '%DROP%'").fetchone() == (3,)


@pytest.mark.parametrize("name", ["area.xls", "area.txt", "area_boundary.shp"])
def test_a_table_in_a_format_that_is_not_read_is_never_passed_over_in_silence(
    name: str, database: str, tmp_path: Path
) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / name).write_bytes(b"x")
    assert refuse(folder, database)[0].file == name
