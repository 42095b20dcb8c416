"""The doctor finds each planted trouble, with its count and its codes, and nothing in a sound city."""

from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from sqlalchemy import Table, delete, insert, update

from data_access import contract
from data_access.checking import Finding, check_database
from data_access.engine import open_engine
from data_access.errors import ContractMismatch, DatabaseCorrupt, DatabaseUnavailable
from data_access.importing import load_packages
from tests.builders import TAIPEI, area, boundaries, city, indicator, problem, project, value, write_package

DISTRICTS = [f"01{n:02}" for n in range(1, 31)]


def town(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    """Thirty districts, one indicator in six years that moves by a unit a year."""
    areas = [
        area("01", "city", None, population=90),
        *(area(code, "district", "01", population=3) for code in DISTRICTS),
    ]
    values = [
        value("R", code, str(2019 + year), 40 + n % 7 + year + (n * year % 3) / 10)
        for n, code in enumerate(DISTRICTS)
        for year in range(6)
    ]
    return city(area=areas, indicator_value=values) | changes


def drawn(folder: Path, frame: geopandas.GeoDataFrame | None = None) -> Path:
    """Boundaries of the root and its districts side by side."""
    if frame is None:
        frame = boundaries(["01", *DISTRICTS])
        frame.loc[0, "geometry"] = shapely.box(121, 31, 125, 31.1)
    frame.to_file(folder / "area_boundary.gpkg")
    return folder


def findings(database: str) -> dict[str, Finding]:
    return {finding.check: finding for finding in check_database(database).findings}


def change(database: str, statement: Any) -> None:
    engine = open_engine(database, access="load")
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


def load(database: str, folder: Path, **changes: Any) -> None:
    load_packages([drawn(write_package(folder, town(**changes)))], database)


def test_a_sound_city_has_no_findings(database: str, tmp_path: Path) -> None:
    load(database, tmp_path / "package")
    diagnosis = check_database(database)
    assert (diagnosis.findings, diagnosis.contract_version, diagnosis.data_version) == ((), "1", 1)


def row(table: Table, **facts: Any) -> Any:
    return insert(table).values(**facts)


PLANTED: dict[str, tuple[list[Any], int, dict[str, Any]]] = {
    "orphan_reference": (
        [row(contract.indicator_value, indicator_code="R", area_code="0199", period="2024", value=1, status="valid")],
        1,
        {"table": "indicator_value", "column": "area_code", "code": "0199", "rows": 1},
    ),
    "roots": (
        [update(contract.area).where(contract.area.c.area_code == "0102").values(parent_code=None)],
        2,
        {"area_code": "01"},
    ),
    "cycle": (
        [
            update(contract.area).where(contract.area.c.area_code == "0102").values(parent_code="0103"),
            update(contract.area).where(contract.area.c.area_code == "0103").values(parent_code="0102"),
        ],
        2,
        {"table": "area", "code": "0102", "parent": "0103"},
    ),
    "status_contradicts_value": (
        [
            row(
                contract.indicator_value,
                indicator_code="N",
                area_code="01",
                period="2024",
                value=1,
                status="suppressed",
            )
        ],
        1,
        {"indicator_code": "N", "area_code": "01"},
    ),
    "invalid_geometry": (
        [
            update(contract.area_boundary)
            .where(contract.area_boundary.c.area_code == "0102")
            .values(geometry=shapely.Polygon([(121, 31), (121.1, 31.1), (121.1, 31), (121, 31.1)]))
        ],
        1,
        {"area_code": "0102"},
    ),
    "boundary_far_from_parent": (
        [
            update(contract.area_boundary)
            .where(contract.area_boundary.c.area_code == "0102")
            .values(geometry=shapely.box(31, 121 - 90, 31.1, 31.1))
        ],
        1,
        {"area_code": "0102", "parent_code": "01"},
    ),
    "area_without_boundary": (
        [delete(contract.area_boundary).where(contract.area_boundary.c.area_code == "0130")],
        1,
        {"level": "district", "areas": 1, "first_area_code": "0130"},
    ),
    "gap": (
        [
            delete(contract.indicator_value).where(
                contract.indicator_value.c.period == "2021", contract.indicator_value.c.area_code.in_(["0101", "0102"])
            )
        ],
        1,
        {"indicator_code": "R", "level": "district", "period": "2021", "missing": 2, "areas": 30},
    ),
    "missing_year": (
        [delete(contract.indicator_value).where(contract.indicator_value.c.period == "2021")],
        1,
        {"indicator_code": "R", "level": "district", "period": "2021"},
    ),
    "malformed_period": (
        [row(contract.indicator_value, indicator_code="N", area_code="01", period="2024年", value=1, status="valid")],
        1,
        {"indicator_code": "N", "period": "2024年"},
    ),
    "mixed_periods": (
        [row(contract.indicator_value, indicator_code="R", area_code="01", period="2024-H1", value=1, status="valid")],
        1,
        {"indicator_code": "R"},
    ),
    "negative_count": (
        [row(contract.indicator_value, indicator_code="N", area_code="01", period="2024", value=-4, status="valid")],
        1,
        {"indicator_code": "N", "value": -4.0},
    ),
    "percentage_out_of_range": (
        [row(contract.indicator_value, indicator_code="R", area_code="01", period="2024", value=101, status="valid")],
        1,
        {"area_code": "01", "value": 101.0},
    ),
    "ratio_differs": (
        [
            row(
                contract.indicator_value,
                indicator_code="R",
                area_code="01",
                period="2024",
                value=51,
                numerator=1,
                denominator=2,
                status="valid",
            )
        ],
        1,
        {"value": 51.0, "computed": 50.0},
    ),
    "area_without_weight": (
        [update(contract.area).where(contract.area.c.area_code == "0102").values(population=None)],
        1,
        {"area_code": "0102", "level": "district"},
    ),
    "suspicious_jump": (
        [
            update(contract.indicator_value)
            .where(contract.indicator_value.c.area_code == "0104", contract.indicator_value.c.period == "2024")
            .values(value=75)
        ],
        1,
        {"area_code": "0104", "period": "2024", "value": 75.0},
    ),
    "decimal_slip": (
        [
            update(contract.indicator_value)
            .where(contract.indicator_value.c.area_code == "0101", contract.indicator_value.c.period == "2024")
            .values(value=4.5)
        ],
        1,
        {"area_code": "0101", "value": 4.5},
    ),
}


@pytest.mark.parametrize("check", PLANTED)
def test_each_planted_trouble_is_found_with_its_codes(check: str, database: str, tmp_path: Path) -> None:
    statements, count, example = PLANTED[check]
    load(database, tmp_path / "package")
    for statement in statements:
        change(database, statement)
    finding = findings(database)[check]
    assert finding.count == count
    assert example.items() <= finding.examples[0].items()


def test_problems_and_projects_that_contradict_themselves_are_found(database: str, tmp_path: Path) -> None:
    load(
        database,
        tmp_path / "package",
        problem=[
            problem("p1", "0101", title_zh="漏水", lon=121.15, lat=31.05),
            problem("p2", "0101", title_zh="漏水", lon=121.15, lat=31.05),
            problem("p3", "0101", lon=121.15, lat=31.5, resolved_on="2023"),
        ],
        project=[project("x", "0101", planned_start_on="2024-06", planned_finish_on="2024-05"), project("y", "0101")],
        project_progress=[
            {"project_code": "y", "reported_on": "2024-01", "physical_actual_pct": 50},
            {"project_code": "y", "reported_on": "2024-02", "physical_planned_pct": 60},
            {"project_code": "y", "reported_on": "2024-03", "physical_actual_pct": 40},
        ],
    )
    found = findings(database)
    assert found["duplicate_problem"].examples[0]["first_problem_code"] == "p1"
    assert found["point_outside_area"].examples == (
        {"problem_code": "p3", "area_code": "0101", "lon": 121.15, "lat": 31.5},
    )
    assert found["progress_falls_back"].examples[0]["reported_on"] == "2024-03"
    ended_early = [f.examples[0] for f in check_database(database).findings if f.check == "ends_before_start"]
    assert [next(iter(example.values())) for example in ended_early] == ["x", "p3"]


def test_amounts_of_one_project_that_cannot_be_in_one_unit_are_listed(database: str, tmp_path: Path) -> None:
    spent = {"reported_on": "2024-01", "investment_actual": 4_000_000}
    load(
        database,
        tmp_path / "package",
        project=[
            project("wan", "0101", investment_planned=350),
            project("yuan", "0101", investment_planned=3_500_000),
            project("unknown", "0101"),
        ],
        project_funding=[
            {"project_code": code, "fund_source": "财政", "amount": 3_500_000} for code in ("wan", "yuan", "unknown")
        ],
        project_progress=[{"project_code": code} | spent for code in ("wan", "yuan", "unknown")],
    )
    found = findings(database)["amounts_differ"]
    assert [example["project_code"] for example in found.examples] == ["wan"]


def test_unverified_references_are_pointed_out(database: str, tmp_path: Path) -> None:
    reference = {"reference_code": "r", "indicator_code": "R", "kind": "standard", "name_zh": "标准", "operator": "<="}
    load(database, tmp_path / "package", reference_value=[reference | {"value": 5, "verified": False}])
    assert findings(database)["unverified_reference"].examples[0]["reference_code"] == "r"


def test_indicators_that_move_a_lot_have_no_jumps(database: str, tmp_path: Path) -> None:
    wild = [
        value("R", code, str(2019 + year), (n * 37 + year * 53) % 97)
        for n, code in enumerate(DISTRICTS)
        for year in range(6)
    ]
    load(database, tmp_path / "package", indicator_value=wild, indicator=[indicator("N", unit="处"), indicator("R")])
    assert {"suspicious_jump", "decimal_slip"}.isdisjoint(findings(database))


def test_a_damaged_file_is_found_before_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "city.sqlite"
    load_packages([TAIPEI], f"sqlite:///{path}")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    finding = findings(f"sqlite:///{path}")["damaged_file"]
    assert finding.severity == "error"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseCorrupt):
        check_database(f"sqlite:///{path}")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        check_database(f"sqlite:///{tmp_path}/none.sqlite")
    (tmp_path / "empty.sqlite").touch()
    (tmp_path / "empty.gpkg").touch()
    with pytest.raises(ContractMismatch):
        check_database(f"sqlite:///{tmp_path}/empty.sqlite")


def test_taipei_has_no_errors_and_its_known_oddities(database: str) -> None:
    load_packages([TAIPEI], database)
    diagnosis = check_database(database)
    found = {finding.check: finding for finding in diagnosis.findings}
    assert diagnosis.errors == 0
    assert found["gap"].count > 0
    assert found["area_without_weight"].count == 1
    assert "percentage_out_of_range" not in found, "coefficients of variation may exceed 100 %"
