"""Questions about areas, problems and projects; and what the store says when the database is not as it should be."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, text, update

from data_access import contract
from data_access.engine import layers_path, open_engine
from data_access.errors import ContractMismatch, DatabaseCorrupt, DatabaseUnavailable, InvalidQuestion, UnknownCode
from data_access.questions import (
    AreaPathQuestion,
    AreasQuestion,
    CatalogueQuestion,
    PeriodsQuestion,
    ProblemCountsQuestion,
    ProfileQuestion,
    ProjectCountsQuestion,
    ProjectsQuestion,
)
from data_access.schema import create_tables
from data_access.startup import open_store
from data_access.store import IndicatorStore
from tests.data.small_city import write

TODAY = date(2025, 6, 15)


def problem(code: str, **facts: Any) -> dict[str, Any]:
    about = {"problem_code": code, "area_code": "A", "title_zh": code, "track": "time_limited", "found_on": "2024"}
    return about | {"status": "open"} | facts


def project(code: str, **facts: Any) -> dict[str, Any]:
    about = {"project_code": code, "area_code": "A", "name_zh": code, "project_type": "t", "stage": "construction"}
    return about | facts


@pytest.fixture
def filled(database: str) -> str:
    write(
        database,
        area_level=[{"level": level, "rank": n, "name_en": level} for n, level in enumerate(["city", "district"])],
        area=[
            {"area_code": "C", "name_zh": "城", "level": "city"},
            {"area_code": "A", "name_en": "Alpha", "level": "district", "parent_code": "C"},
            {"area_code": "B", "name_zh": "乙", "level": "district", "parent_code": "C"},
        ],
        dimension=[
            {"dimension_code": "top", "name_zh": "城区", "sort_order": 1},
            {"dimension_code": "sub", "name_zh": "生态", "parent_code": "top"},
        ],
        indicator=[{"indicator_code": "I", "name_zh": "I", "aggregation": "sum", "dimension_code": "sub"}],
    )
    return database


@pytest.fixture
def store(filled: str) -> IndicatorStore:
    return open_store(filled)


def test_a_name_falls_back_to_the_other_language(store: IndicatorStore) -> None:
    areas = store.areas(AreasQuestion()).set_index("area_code")
    assert areas.loc["A", ["name_zh", "name_en"]].tolist() == ["Alpha", "Alpha"]
    assert areas.loc["B", ["name_zh", "name_en"]].tolist() == ["乙", "乙"]


def test_areas_tell_how_many_children_they_have_and_the_way_down_to_them(store: IndicatorStore) -> None:
    path = store.area_path(AreaPathQuestion(area="A"))
    assert path[["area_code", "child_count", "rank"]].to_numpy().tolist() == [["C", 2, 0], ["A", 0, 1]]
    assert store.home_area() == "C"
    assert store.levels(CatalogueQuestion())[["level", "area_count"]].to_numpy().tolist() == [
        ["city", 1],
        ["district", 2],
    ]


def test_an_indicator_knows_the_top_dimension_of_its_branch(store: IndicatorStore) -> None:
    indicator = store.indicators(CatalogueQuestion()).iloc[0]
    assert (indicator["root_dimension_code"], indicator["dimension_name_zh"]) == ("top", "生态")


def test_an_empty_database_answers_with_empty_frames(database: str) -> None:
    store = open_store(database)
    assert store.home_area() is None
    assert store.areas(AreasQuestion()).empty
    assert store.periods(PeriodsQuestion()).empty
    with pytest.raises(UnknownCode, match="unknown area: 'X'"):
        store.profile(ProfileQuestion(area="X"))


def test_a_malformed_period_is_an_invalid_question(store: IndicatorStore) -> None:
    with pytest.raises(InvalidQuestion, match="2024-13"):
        store.profile(ProfileQuestion(area="A", period="2024-13"))


@pytest.mark.parametrize(
    ("facts", "is_overdue"),
    [
        ({}, False),
        ({"due_on": "2025-06-14"}, True),
        ({"due_on": "2025-06-15"}, False),
        ({"due_on": "2025-05"}, True),
        ({"due_on": "2025-06"}, False),
        ({"due_on": "2025"}, False),
        ({"due_on": "2024"}, True),
        ({"due_on": "2024", "resolved_on": "2025-06-15"}, False),
        ({"due_on": "2024", "resolved_on": "2025-07"}, True),
        ({"due_on": "2024", "status": "resolved"}, False),
    ],
)
def test_a_problem_is_overdue_when_its_day_has_wholly_passed_unresolved(
    filled: str, facts: dict[str, Any], is_overdue: bool
) -> None:
    write(filled, problem=[problem("p", **facts)])
    counts = open_store(filled).problem_counts_by_area_status_track(ProblemCountsQuestion(area="C", today=TODAY))
    assert counts[["area_code", "problems", "overdue"]].to_numpy().tolist() == [["C", 1, int(is_overdue)]]


def test_problems_are_counted_by_child_and_those_of_the_area_itself_under_its_own_code(filled: str) -> None:
    write(filled, problem=[problem("p"), problem("q", area_code="B"), problem("r", area_code="C")])
    question = ProblemCountsQuestion(area="C", today=TODAY, by_child=True)
    counts = open_store(filled).problem_counts_by_area_status_track(question)
    assert dict(zip(counts["area_code"], counts["problems"], strict=True)) == {"A": 1, "B": 1, "C": 1}


def test_a_project_of_two_districts_counts_in_both_and_divides_its_money(filled: str) -> None:
    served = [{"project_code": "p", "area_code": "A", "share": 0.75}, {"project_code": "p", "area_code": "B"}]
    reports = [("2024", 10), ("2025-06", 40), ("2025-07", 90)]
    write(
        filled,
        project=[project("p", investment_planned=100, planned_finish_on="2025-05")],
        project_area=served,
        project_progress=[
            {"project_code": "p", "reported_on": on, "investment_actual": spent} for on, spent in reports
        ],
    )
    store = open_store(filled)
    counts = store.project_counts(ProjectCountsQuestion(area="C", today=TODAY, by_child=True))
    columns = ["area_code", "projects", "late", "investment_planned", "investment_actual"]
    assert counts[columns].to_numpy().tolist() == [["A", 1, 1, 75, 30], ["B", 1, 1, 25, 10]]
    whole = store.project_counts(ProjectCountsQuestion(area="C", today=TODAY))
    assert whole[columns].to_numpy().tolist() == [["C", 1, 1, 100, 40]]
    assert store.projects(ProjectsQuestion(area="B"))["share"].tolist() == [0.25]


@pytest.mark.parametrize(
    ("facts", "is_late"),
    [({"stage": "cancelled"}, False), ({"stage": "completed"}, False), ({"actual_finish_on": "2025-08"}, True)],
)
def test_a_completed_project_without_a_finish_date_is_not_late(
    filled: str, facts: dict[str, Any], is_late: bool
) -> None:
    write(filled, project=[project("p", planned_finish_on="2025-05", **facts)])
    counts = open_store(filled).project_counts(ProjectCountsQuestion(area="C", today=TODAY))
    assert counts["late"].tolist() == [int(is_late)]


def test_a_sound_database_verifies(store: IndicatorStore) -> None:
    store.verify()
    assert (store.contract().version, store.contract().currency) == (contract.VERSION, "CNY")


def test_another_contract_version_is_named_beside_the_own(filled: str) -> None:
    with open_engine(filled, access="load").begin() as connection:
        connection.execute(update(contract.contract).values(version="99"))
    with pytest.raises(ContractMismatch, match="version 99 of the contract, this program version 1"):
        open_store(filled).verify()


def test_missing_tables_and_a_missing_contract_row_point_to_init(filled: str) -> None:
    with open_engine(filled, access="load").begin() as connection:
        connection.execute(text("DROP TABLE peer_value"))
    with pytest.raises(ContractMismatch, match="lacks peer_value: run `cityvitals init`"):
        open_store(filled).verify()
    with open_engine(filled, access="load").begin() as connection:
        connection.execute(delete(contract.contract))
    with pytest.raises(ContractMismatch, match="run `cityvitals init`"):
        open_store(filled).verify()
    with open_engine(filled, access="load").begin() as connection:
        connection.execute(text("DROP TABLE contract"))
    with pytest.raises(ContractMismatch, match="run `cityvitals init`"):
        open_store(filled).verify()


def test_new_data_are_seen_after_a_second_at_most(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.contract_row.FRESH_S", 0.0)
    store = open_store(filled)
    before = store.data_version(), len(store.areas(AreasQuestion()))
    write(filled, area=[{"area_code": "D", "name_zh": "丁", "level": "district", "parent_code": "C"}])
    assert (store.data_version(), len(store.areas(AreasQuestion()))) == (before[0] + 1, before[1] + 1)


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "city.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    sqlite3.connect(tmp_path / "city.gpkg").execute("CREATE TABLE t (a)")
    with pytest.raises(DatabaseCorrupt, match="is no database"):
        open_store(f"sqlite:///{path}").verify()


def test_a_file_with_a_damaged_page_is_called_damaged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/city.sqlite"
    engine = open_engine(url, access="load")
    create_tables(engine, layers_path(url))
    write(url, department=[{"department_code": f"{n:06}", "name_zh": "局" * 50} for n in range(2000)])
    engine.dispose()
    path = tmp_path / "city.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    pages = bytearray(path.read_bytes())
    pages[len(pages) // 2 : len(pages) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(pages)
    with pytest.raises(DatabaseCorrupt, match="damaged"):
        open_store(url).verify()


def test_a_server_starts_before_its_database_and_finds_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_access.contract_row.FRESH_S", 0.0)
    url = f"sqlite:///{tmp_path}/late.sqlite"
    store = open_store(url)
    with pytest.raises(DatabaseUnavailable, match="cityvitals init"):
        store.verify()
    create_tables(open_engine(url, access="load"), layers_path(url))
    store.verify()
    for path in tmp_path.glob("late.*"):
        path.rename(path.with_name(f"old-{path.name}"))
    with pytest.raises(DatabaseUnavailable):
        store.areas(AreasQuestion())


def test_an_unreachable_server_is_unavailable_in_plain_words() -> None:
    store = open_store("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
        store.verify()


def test_a_password_is_in_no_message_and_no_key() -> None:
    store = open_store("postgresql://nobody:secret-word@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailable) as failure:
        store.contract()
    assert "secret-word" not in str(failure.value)
