"""Every accepted format and encoding brings the same rows; what is close to acceptable is taken with a warning."""

import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from sqlalchemy import Table, func, select

from data_access import contract
from data_access.engine import open_engine
from data_access.importing import FaultLog, PackageRefused, load_packages
from data_access.importing.faults import Fault
from data_access.layer_features import layer_feature
from tests.builders import TAIPEI, area, boundaries, city, indicator, value, write_package

CODES = ["01", "0101", "0102"]


def rows_of(database: str, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    with open_engine(database).connect() as connection:
        query = select(*(table.c[name] for name in columns)) if columns else select(table)
        return [tuple(row) for row in connection.execute(query.order_by(*table.primary_key))]


def load(package: Path, database: str, crs: str | None = None) -> list[Fault]:
    """Loads without a fault; the warnings."""
    with FaultLog() as log:
        load_packages([package], database, crs=crs, log=log)
        return log.first["warning"]


def zipped(folder: Path, top: str = "") -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"{top}{file.name}")
    return path


def as_workbook(folder: Path) -> Path:
    """The city in one .xlsx, with codes, periods and a date typed as Excel types them: numbers and dates."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, rows in city(area=[area("110101", "city", None), area("0101", "district", "110101")]).items():
        sheet = book.create_sheet(table)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append(
                [int(cell) if cell == "110101" else row.get(name) for name in columns for cell in [row.get(name)]]
            )
    values = book["indicator_value"]
    values.delete_rows(2, 5)
    values.append(["N", 110101, 2024, 1.5, "valid"])
    book.create_sheet("problem").append(["problem_code", "area_code", "title_zh", "track", "status", "found_on"])
    book["problem"].append(["p", "0101", "问题", "time_limited", "open", dt.date(2024, 6, 30)])
    folder.mkdir()
    book.save(folder / "city.xlsx")
    return folder


@pytest.mark.parametrize("form", ["folder", "zip", "zip with a top folder"])
def test_a_folder_and_a_zip_of_it_are_the_same_package(form: str, database: str, tmp_path: Path) -> None:
    package = write_package(tmp_path / "城", city())
    if form != "folder":
        package = zipped(package, "体检数据/" if "top" in form else "")
    load(package, database)
    assert rows_of(database, contract.area, "area_code", "name_zh") == [(code, f"名{code}") for code in CODES]
    assert [row[3] for row in rows_of(database, contract.indicator_value)] == [1.0, 2.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_recognised(encoding: str, newline: str, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    for path in folder.iterdir():
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", newline).encode(encoding))
    load(folder, database)
    assert rows_of(database, contract.area, "name_zh") == [(f"名{code}",) for code in CODES]


def test_a_workbook_with_numbers_for_codes_and_periods_is_understood(database: str, tmp_path: Path) -> None:
    load(as_workbook(tmp_path / "package"), database)
    assert rows_of(database, contract.area, "area_code", "parent_code") == [("0101", "110101"), ("110101", None)]
    values = rows_of(database, contract.indicator_value, "area_code", "period", "value")
    assert values == [("110101", "2024", 1.5)]
    assert rows_of(database, contract.problem, "found_on") == [("2024-06-30",)]


@pytest.mark.parametrize("form", ["gpkg", "geojson", "parquet", "zip"])
def test_boundaries_come_in_every_spatial_format(form: str, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    frame = boundaries(CODES)
    if form == "gpkg":
        frame.to_file(folder / "area_boundary.gpkg", layer="area_boundary")
    elif form == "geojson":
        frame.to_crs(4326).to_file(folder / "area_boundary.geojson", driver="GeoJSON")
    elif form == "parquet":
        frame.to_parquet(folder / "area_boundary.parquet")
    else:
        frame.to_file(tmp_path / "shape", driver="ESRI Shapefile")
        shutil.make_archive(str(folder / "area_boundary"), "zip", tmp_path / "shape")
    assert load(folder, database) == []
    found = dict(rows_of(database, contract.area_boundary, "area_code", "geometry"))
    assert list(found) == CODES
    assert all(
        shapely.equals_exact(found[code].normalize(), shape.normalize(), 1e-7)
        for code, shape in zip(CODES, frame.geometry, strict=True)
    )


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:4549", "EPSG:32651"])
def test_a_declared_crs_is_reprojected_to_cgcs2000(crs: str, database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    boundaries(CODES).to_crs(crs).to_file(folder / "area_boundary.gpkg")
    load(folder, database)
    found = dict(rows_of(database, contract.area_boundary, "area_code", "geometry"))
    assert shapely.hausdorff_distance(found["0102"], boundaries(CODES).geometry[2]) < 1e-6


def test_without_a_crs_a_file_is_refused_unless_the_loader_is_told(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    frame = boundaries(CODES).to_crs("EPSG:4549")
    frame.set_crs(None, allow_override=True).to_parquet(folder / "area_boundary.parquet")
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([folder], database, log=log)
        (fault,) = log.first["fault"]
    assert fault.file == "area_boundary.parquet"
    assert "--crs EPSG:n" in fault.expected
    load(folder, database, crs="EPSG:4549")
    found = dict(rows_of(database, contract.area_boundary, "area_code", "geometry"))
    assert shapely.hausdorff_distance(found["0101"], boundaries(CODES).geometry[1]) < 1e-6


def test_an_invalid_boundary_is_repaired_and_reported(database: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", city())
    frame = boundaries(CODES)
    frame.loc[1, "geometry"] = shapely.Polygon([(121, 31), (121.1, 31.1), (121.1, 31), (121, 31.1)])
    frame.to_file(folder / "area_boundary.gpkg")
    (warning,) = load(folder, database)
    assert warning[1:4] == ("area_boundary.gpkg", 2, "geometry")
    found = dict(rows_of(database, contract.area_boundary, "area_code", "geometry"))["0101"]
    assert found.is_valid
    assert found.geom_type == "MultiPolygon"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"area_code": "0199"}, "a known area.area_code"),
        ({"area_code": None}, "a code"),
        ({"geometry": shapely.LineString([(121, 31), (122, 31)])}, "a Polygon or MultiPolygon"),
        ({"geometry": shapely.box(200, 31, 201, 32)}, "coordinates on the globe"),
        ({"geometry": None}, "a geometry"),
    ],
)
def test_a_boundary_that_cannot_be_one_is_a_fault_with_its_number(
    change: dict[str, Any], expected: str, database: str, tmp_path: Path
) -> None:
    folder = write_package(tmp_path / "package", city())
    frame = boundaries(CODES)
    for column, content in change.items():
        frame.loc[2, column] = content
    frame.to_parquet(folder / "area_boundary.parquet")
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([folder], database, log=log)
        fault = log.first["fault"][0]
    assert fault[1:3] == ("area_boundary.parquet", 3)
    assert expected in fault.expected


def test_features_of_file_layers_are_kept_with_their_properties(database: str, tmp_path: Path) -> None:
    layer = {"layer_code": "l", "title_zh": "层", "source_kind": "file", "source": "sub/points.geojson"}
    folder = write_package(tmp_path / "package", city(spatial_layer=[layer]))
    (folder / "sub").mkdir()
    frame = boundaries(["甲", "乙"], crs="EPSG:4326", key="名称")
    frame["count"] = [1, 2]
    frame.to_file(folder / "sub" / "points.geojson", driver="GeoJSON")
    load(folder, database)
    load(folder, database)
    found = rows_of(database, layer_feature, "feature_no", "properties", "minx", "maxy")
    assert found == [(1, '{"名称": "甲", "count": 1}', 121.0, 31.1), (2, '{"名称": "乙", "count": 2}', 121.1, 31.1)]


def test_rows_whose_key_exists_are_replaced_whole(database: str, tmp_path: Path) -> None:
    load(write_package(tmp_path / "first", city()), database)
    again = [
        value("N", "0101", value=None, status="suppressed", rolls_up="否"),
        value("N", "01", value="7.25", source="县"),
    ]
    load(write_package(tmp_path / "second", {"indicator_value": again}), database)
    columns = ("area_code", "value", "status", "rolls_up", "source")
    assert rows_of(database, contract.indicator_value, *columns) == [
        ("01", 7.25, "valid", True, "县"),
        ("0101", None, "suppressed", False, None),
        ("0102", 2.0, "valid", True, None),
    ]
    assert rows_of(database, contract.contract, "data_version") == [(2,)]


def test_the_contract_row_names_the_city_but_not_the_data_version(database: str, tmp_path: Path) -> None:
    row = {"version": "1", "data_version": 41, "city_name_en": "Lakeside", "currency": None}
    load(write_package(tmp_path / "package", city(contract=[row])), database)
    columns = ("data_version", "city_name_zh", "city_name_en", "currency")
    assert rows_of(database, contract.contract, *columns) == [(1, None, "Lakeside", "CNY")]


def test_negative_counts_become_suspect_and_other_negative_values_stay(database: str, tmp_path: Path) -> None:
    indicators = [indicator("N", unit="处"), indicator("G", unit="万元"), indicator("R", "ratio", unit="处")]
    values = [value(code, "0101", value=-3) for code in ("N", "G", "R")]
    warnings = load(write_package(tmp_path / "p", city(indicator=indicators, indicator_value=values)), database)
    assert [warning[1:5] for warning in warnings if warning.column == "value"] == [
        ("indicator_value.csv", 2, "value", "-3.0")
    ]
    statuses = dict(rows_of(database, contract.indicator_value, "indicator_code", "status"))
    assert statuses == {"G": "valid", "N": "suspect", "R": "valid"}


def test_unknown_columns_are_passed_over_with_the_name_that_may_be_meant(database: str, tmp_path: Path) -> None:
    rows = [row | {"populatoin": 5} | {f"extra{n}": n for n in range(300)} for row in city()["area"]]
    warnings = [w for w in load(write_package(tmp_path / "p", city(area=rows)), database) if w.row == 1]
    assert warnings[0].value == "populatoin"
    assert "did you mean population?" in warnings[0].expected
    assert len(warnings) == 100


def test_periods_of_mixed_length_and_areas_without_boundary_are_pointed_out(database: str, tmp_path: Path) -> None:
    values = [value("N", "0101"), value("N", "0101", "2024-H1"), value("R", "0101", "2023"), value("R", "0101", "2024")]
    folder = write_package(tmp_path / "package", city(indicator_value=values))
    boundaries(["01", "0102"]).to_file(folder / "area_boundary.gpkg")
    mixed, bare = load(folder, database)
    assert (mixed.column, mixed.value) == ("period", "2024, 2024-H1")
    assert (bare.column, bare.value) == ("area_code", "0101")


def test_blank_cells_are_missing_and_codes_keep_their_zeros(database: str, tmp_path: Path) -> None:
    areas = [area("01", "city", "  "), area(" 007 ", "district", "01", population="\u3000", name_zh=" 前有空格")]
    load(write_package(tmp_path / "package", city(area=areas, indicator_value=[value("N", "007")])), database)
    columns = ("area_code", "parent_code", "population", "name_zh")
    assert rows_of(database, contract.area, *columns)[0] == ("007", "01", None, " 前有空格")


def test_opinions_get_numbers_of_their_own_and_are_not_doubled(database: str, tmp_path: Path) -> None:
    said = [{"opinion_id": n, "author": f"专家{n}", "verdict": "agree", "text": "同意"} for n in (1, 2)]
    load(write_package(tmp_path / "first", city(opinion=said)), database)
    other = [{"opinion_id": 1, "author": "另一位", "verdict": "reject", "text": None}, said[1]]
    load(write_package(tmp_path / "second", {"opinion": other}), database)
    found = rows_of(database, contract.opinion, "opinion_id", "author")
    assert found == [(1, "专家1"), (2, "专家2"), (3, "另一位")]


def test_taipei_loads_without_a_fault(database: str) -> None:
    warnings = load(TAIPEI, database)
    assert [warning[1:4] for warning in warnings] == [("area_boundary.gpkg", n, "geometry") for n in (115, 141)]
    with open_engine(database).connect() as connection:
        counted = (contract.area, contract.indicator_value, contract.area_boundary, contract.problem, layer_feature)
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in counted]
    assert counts == [469, 46_714, 469, 117, 578]


def test_a_package_may_be_loaded_into_a_database_that_does_not_exist_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/city.sqlite"
    load(write_package(tmp_path / "package", city()), url)
    assert (tmp_path / "new" / "city.gpkg").is_file()
