"""A table of bad packages, and the exact fault each is refused with: file, row, column, value, expectation."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data_access import contract
from data_access.engine import open_engine
from data_access.importing import FaultLog, PackageRefused, load_packages
from tests.builders import area, city, csv, indicator, problem, value, write_package
from tests.empty_databases import EmptyDatabases


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def untouched(request: pytest.FixtureRequest, empty_databases: EmptyDatabases) -> Iterator[str]:
    """One empty database for all packages that are refused: each leaves it as it found it."""
    url: str = empty_databases.make(request.param)
    yield url
    empty_databases.take_back(url)


Place = tuple[str, int | None, str | None, str | None]


def faults_of(folder: Path, database: str) -> list[Any]:
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([folder], database, log=log)
        return log.first["fault"]


def reference(**facts: Any) -> dict[str, Any]:
    row = {
        "reference_code": "r",
        "indicator_code": "N",
        "kind": "standard",
        "name_zh": "标准",
        "operator": ">=",
        "value": 5,
    }
    return row | facts


AREAS = city()["area"]
BAD: dict[str, tuple[dict[str, list[dict[str, Any]]], Place, str]] = {
    "text in a number": (
        city(indicator_value=[value("N", "0101", value="12"), value("N", "0102", value="十二")]),
        ("indicator_value.csv", 3, "value", "十二"),
        "a finite number",
    ),
    "thousands separator": (
        city(indicator_value=[value("N", "0101", value="1,234")]),
        ("indicator_value.csv", 2, "value", "1,234"),
        "without thousands separators",
    ),
    "percent sign": (
        city(indicator_value=[value("N", "0101", value="12%")]),
        ("indicator_value.csv", 2, "value", "12%"),
        "units or %",
    ),
    "full-width digits": (
        city(indicator_value=[value("N", "0101", value="１２")]),
        ("indicator_value.csv", 2, "value", "１２"),
        "plain digits",
    ),
    "infinity": (
        city(indicator_value=[value("N", "0101", value="inf")]),
        ("indicator_value.csv", 2, "value", "inf"),
        "a finite number",
    ),
    "a number too large to be finite": (
        city(indicator_value=[value("N", "0101", value="1e999")]),
        ("indicator_value.csv", 2, "value", "1e999"),
        "a finite number",
    ),
    "not a number": (
        city(indicator_value=[value("N", "0101", value="NaN")]),
        ("indicator_value.csv", 2, "value", "NaN"),
        "a finite number",
    ),
    "a status that needs a value": (
        city(indicator_value=[value("N", "0101", value=None, status="valid")]),
        ("indicator_value.csv", 2, "status", "valid"),
        "this status needs a value",
    ),
    "a status that forbids a value": (
        city(indicator_value=[value("N", "0101", status="suppressed")]),
        ("indicator_value.csv", 2, "status", "suppressed"),
        "this status has no value",
    ),
    "a word outside the list": (
        city(problem=[problem("p", "0101", severity="catastrophic")]),
        ("problem.csv", 2, "severity", "catastrophic"),
        "one of general, serious, critical",
    ),
    "an empty required cell": (
        city(indicator=[indicator("N", unit="")]),
        ("indicator.csv", 2, "unit", ""),
        "text",
    ),
    "a name in neither language": (
        city(area=[*AREAS, area("0103", "district", "01", name_zh=None, name_en=" ")]),
        ("area.csv", 5, "name_zh", ""),
        "name_zh or name_en",
    ),
    "a key twice": (
        city(indicator_value=[value("N", "0101"), value("N", "0102"), value("N", "0101", value=3)]),
        ("indicator_value.csv", 4, "indicator_code+area_code+period", "N+0101+2024"),
        "once; it is also in row 2",
    ),
    "a dangling reference": (
        city(indicator_value=[value("N", "0101"), value("N", "0199")]),
        ("indicator_value.csv", 3, "area_code", "0199"),
        "a known area.area_code",
    ),
    "a dangling code in a list": (
        city(problem=[problem("p", "0101", support_department_codes="housing; water")]),
        ("problem.csv", 2, "support_department_codes", "water"),
        "a known department.department_code",
    ),
    "a second root": (
        city(area=[*AREAS, area("02", "city", None)]),
        ("area.csv", 5, "parent_code", None),
        "the root is 01",
    ),
    "a cycle of areas": (
        city(area=[*AREAS, area("A", "district", "B"), area("B", "district", "A")]),
        ("area.csv", 5, "parent_code", "B"),
        "the chain is a cycle",
    ),
    "an indicator that is its own predecessor": (
        city(indicator=[indicator("N", predecessor_code="N"), indicator("R")]),
        ("indicator.csv", 2, "predecessor_code", "N"),
        "the chain is a cycle",
    ),
    "a weighted mean without a weight": (
        city(indicator=[indicator("N", "weighted_mean")]),
        ("indicator.csv", 2, "aggregation", "weighted_mean"),
        "a weight_column or weight_indicator_code",
    ),
    "between without an upper bound": (
        city(reference_value=[reference(operator="between")]),
        ("reference_value.csv", 2, "value_high", None),
        "a value_high",
    ),
    "between with bounds in the wrong order": (
        city(reference_value=[reference(operator="between", value_high=4)]),
        ("reference_value.csv", 2, "value_high", "4"),
        "not below value",
    ),
    "longitude and latitude swapped": (
        city(problem=[problem("p", "0101", lon=31.2, lat=121.5)]),
        ("problem.csv", 2, "lat", "121.5"),
        "are lon and lat swapped?",
    ),
    "another contract version": (
        city(contract=[{"version": "2", "data_version": 1, "city_name_zh": "城"}]),
        ("contract.csv", 2, "version", "2"),
        "1, the version of the contract",
    ),
    "a period that does not exist": (
        city(indicator_value=[value("N", "0101", "2024-13")]),
        ("indicator_value.csv", 2, "period", "2024-13"),
        "a period such as",
    ),
    "a date that does not exist": (
        city(problem=[problem("p", "0101", found_on="2023-02-29")]),
        ("problem.csv", 2, "found_on", "2023-02-29"),
        "a date such as",
    ),
    "a flag that is neither": (
        city(indicator=[indicator("N", graded="perhaps")]),
        ("indicator.csv", 2, "graded", "perhaps"),
        "true or false",
    ),
    "a fraction where a whole number belongs": (
        city(area=[area("01", "city", None, population="12.5")]),
        ("area.csv", 2, "population", "12.5"),
        "a whole number",
    ),
    "style that is no JSON": (
        city(spatial_layer=[{"layer_code": "l", "title_zh": "层", "source_kind": "wms", "source": "u", "style": "{"}]),
        ("spatial_layer.csv", 2, "style", "{"),
        "JSON text",
    ),
    "a layer file that is not in the package": (
        city(spatial_layer=[{"layer_code": "l", "title_zh": "层", "source_kind": "file", "source": "../l.gpkg"}]),
        ("spatial_layer.csv", 2, "source", "../l.gpkg"),
        "a file of the package",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_refused_with_the_place_and_the_expectation(name: str, untouched: str, tmp_path: Path) -> None:
    tables, place, expected = BAD[name]
    first = faults_of(write_package(tmp_path / "package", tables), untouched)[0]
    assert (first.file, first.row, first.column, first.value or None) == (*place[:3], place[3] or None)
    assert expected in first.expected


def rewrite(table: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))

    return apply


RAW: dict[str, tuple[Callable[[Path], None], Place, str]] = {
    "a required column that is missing": (
        rewrite("area", lambda text: text.replace("area_code", "areacode", 1)),
        ("area.csv", 1, "area_code", "areacode"),
        "a column area_code; areacode looks like it",
    ),
    "a row with a cell too few": (
        rewrite("area", lambda text: text.replace("0102,名0102,district,01", "0102,名0102,district")),
        ("area.csv", 4, None, "3 cells"),
        "4 cells, as in the header",
    ),
    "a row with a cell too many": (
        rewrite("area", lambda text: text.replace("0102,名0102,district,01", "0102,名,0102,district,01")),
        ("area.csv", 4, None, "5 cells"),
        "4 cells, as in the header",
    ),
    "a row after a cell of several lines": (
        rewrite("area", lambda text: text.replace("名0101", '"名\n0101"').replace("0102,名0102,district,01", "0102")),
        ("area.csv", 5, None, "1 cells"),
        "4 cells, as in the header",
    ),
    "a quote that never ends": (
        rewrite("area", lambda text: text.replace("名0102", '"名0102')),
        ("area.csv", 4, None, None),
        "quotes as in RFC 4180",
    ),
    "bytes that are no text": (
        rewrite("area", lambda text: text.replace("名0102", "名\udcff\udcff0102")),
        ("area.csv", 4, None, None),
        "text in UTF-8",
    ),
    "NUL bytes": (
        rewrite("area", lambda text: text.replace("名0102", "名\0")),
        ("area.csv", 4, None, None),
        "without NUL bytes",
    ),
    "an empty file": (rewrite("area", lambda _: ""), ("area.csv", 1, None, None), "a header row"),
    "a column twice": (
        rewrite("area", lambda text: text.replace("name_zh", "level", 1)),
        ("area.csv", 1, "level", "level"),
        "each column once",
    ),
    "a row of absurd length": (
        rewrite("area", lambda text: text.replace("名0102", "名" * 400_000)),
        ("area.csv", 4, None, None),
        "rows of at most",
    ),
    "an absurd number of columns": (
        rewrite(
            "area", lambda text: text.replace("area_code", "area_code," + ",".join(f"c{n}" for n in range(3000)), 1)
        ),
        ("area.csv", 1, None, "3,004 columns"),
        "at most 2,000 columns",
    ),
}


@pytest.mark.parametrize("name", RAW)
def test_a_file_that_is_broken_is_refused_with_the_row(name: str, untouched: str, tmp_path: Path) -> None:
    damage, place, expected = RAW[name]
    folder = write_package(tmp_path / "package", city())
    damage(folder)
    found = faults_of(folder, untouched)
    matching = [fault for fault in found if fault[1:5] == place]
    assert matching, found
    assert expected in matching[0].expected


@pytest.mark.parametrize("name", list(BAD)[:3] + list(RAW)[:2])
def test_a_refused_package_changes_nothing(name: str, database: str, tmp_path: Path) -> None:
    load_packages([write_package(tmp_path / "good", city())], database)
    folder = write_package(
        tmp_path / "bad", BAD[name][0] if name in BAD else city(area=[*AREAS, area("new", "x", "01")])
    )
    faults_of(folder, database)
    with open_engine(database).connect() as connection:
        assert connection.scalar(select(contract.contract.c.data_version)) == 1
        assert len(connection.execute(select(contract.indicator_value)).all()) == 2
        assert len(connection.execute(select(contract.area)).all()) == 3


def test_every_fault_is_reported_and_none_twice(database: str, tmp_path: Path) -> None:
    values = [value("N", f"x{n}", value="many") for n in range(150)]
    with FaultLog() as log:
        with pytest.raises(PackageRefused, match="300 faults"):
            load_packages([write_package(tmp_path / "package", city(indicator_value=values))], database, log=log)
        log.save_report(tmp_path / "faults.csv")
        assert len(log.first["fault"]) == 100
    lines = (tmp_path / "faults.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == len(set(lines)) == 301


def test_a_report_is_never_a_formula(database: str, tmp_path: Path) -> None:
    values = [value("N", "0101", value="=1+1"), value("N", "0102", value="@SUM(A1)"), value("N", "01", value="-5x")]
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([write_package(tmp_path / "package", city(indicator_value=values))], database, log=log)
        log.save_report(tmp_path / "faults.csv")
    report = (tmp_path / "faults.csv").read_text(encoding="utf-8-sig")
    assert all(f",'{cell}," in report for cell in ("=1+1", "@SUM(A1)", "-5x"))


def test_a_cycle_may_run_partly_through_existing_rows(database: str, tmp_path: Path) -> None:
    deep = [*AREAS, area("010101", "district", "0101")]
    load_packages([write_package(tmp_path / "first", city(area=deep))], database)
    (fault,) = faults_of(write_package(tmp_path / "second", {"area": [area("0101", "district", "010101")]}), database)
    assert fault[1:5] == ("area.csv", 2, "parent_code", "010101")


def test_a_second_root_beside_an_existing_one_is_refused(database: str, tmp_path: Path) -> None:
    load_packages([write_package(tmp_path / "first", city())], database)
    (fault,) = faults_of(write_package(tmp_path / "second", {"area": [area("99", "city", None)]}), database)
    assert "the root is 01" in fault.expected


def test_one_bad_cell_does_not_make_references_to_its_row_dangle(database: str, tmp_path: Path) -> None:
    areas = [area("01", "city", None, population="many"), *AREAS[1:]]
    (fault,) = faults_of(write_package(tmp_path / "package", city(area=areas)), database)
    assert fault.column == "population"


def test_a_missing_key_column_is_one_fault_and_not_a_thousand_dangling_references(
    database: str, tmp_path: Path
) -> None:
    folder = write_package(tmp_path / "package", city())
    (folder / "area.csv").write_text(csv(AREAS).replace("area_code", "code"), encoding="utf-8")
    assert [fault.column for fault in faults_of(folder, database)] == ["area_code"]
