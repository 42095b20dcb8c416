"""`cityvitals query`: pure data on stdout, codes that do not exist on stderr."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from dashboard.cli import app
from tests.data.small_city import write


@pytest.fixture(scope="module")
def city(make_module_database: Callable[[], str]) -> str:
    database = make_module_database()
    write(
        database,
        area_level=[{"level": "city", "rank": 0, "name_zh": "市"}, {"level": "district", "rank": 1, "name_zh": "区"}],
        area=[
            {"area_code": "C", "name_zh": "城", "level": "city"},
            {"area_code": "01", "name_zh": "甲", "level": "district", "parent_code": "C"},
            {"area_code": "02", "name_zh": "乙", "level": "district", "parent_code": "C"},
        ],
        indicator=[{"indicator_code": "I", "name_zh": "I", "aggregation": "ratio"}],
        indicator_value=[
            {
                "indicator_code": "I",
                "area_code": "01",
                "period": "2024",
                "value": 100 / 3,
                "numerator": 1,
                "denominator": 3,
                "status": "valid",
            }
        ],
        problem=[
            {
                "problem_code": "p",
                "area_code": "02",
                "title_zh": "坑",
                "track": "best_effort",
                "status": "open",
                "found_on": "2024",
            }
        ],
        project=[{"project_code": "r", "area_code": "02", "name_zh": "路", "project_type": "t", "stage": "started"}],
    )
    return database


def query(database: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["query", *words, "--database", database])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_children_come_with_leading_zeros_unrounded_numbers_and_empty_cells_for_missing(city: str) -> None:
    first, second = rows(query(city, "values", "--indicator", "I", "--period", "2024", "--area", "C"))
    assert (first["area_code"], first["value"], first["origin"]) == ("01", repr(100 / 3), "recorded")
    assert (second["area_code"], second["value"], second["status"], second["origin"]) == ("02", "", "", "")


def test_a_rolled_up_figure_says_so_with_its_coverage(city: str) -> None:
    (row,) = rows(query(city, "series", "--indicator", "I", "--area", "C"))
    assert (row["period"], row["origin"]) == ("2024", "rolled_up")
    assert (row["coverage_contributing"], row["coverage_children"]) == ("1", "2")
    assert (row["numerator"], row["denominator"], row["misses_suppressed"]) == ("1", "3", "false")


def test_json_tells_the_same_with_null_for_missing(city: str) -> None:
    result = query(city, "values", "--indicator", "I", "--period", "2024", "--area", "C", "--format", "json")
    first, second = json.loads(result.stdout)
    assert (first["value"], first["denominator"], first["contains_estimated"]) == (100 / 3, 3, False)
    assert (second["value"], second["status"]) == (None, None)


def test_a_profile_areas_problems_and_projects_are_asked_alike(city: str) -> None:
    assert [row["indicator_code"] for row in rows(query(city, "profile", "--area", "C", "--period", "2024"))] == ["I"]
    assert [row["area_code"] for row in rows(query(city, "areas"))] == ["01", "02"]
    assert [row["area_code"] for row in rows(query(city, "areas", "--area", "C", "--level", "district"))] == [
        "01",
        "02",
    ]
    assert [row["problem_code"] for row in rows(query(city, "problems", "--area", "C"))] == ["p"]
    assert rows(query(city, "problems", "--area", "01")) == []
    assert [row["project_code"] for row in rows(query(city, "projects"))] == ["r"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("profile", "--area", "X"), "unknown area: 'X'"),
        (("series", "--indicator", "X", "--area", "C"), "unknown indicator: 'X'"),
        (("areas", "--level", "X"), "unknown level: 'X'"),
        (("profile", "--area", "C", "--period", "soon"), "'soon'"),
    ],
)
def test_what_does_not_exist_is_refused_on_stderr(city: str, words: tuple[str, ...], message: str) -> None:
    result = query(city, *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
