"""What a restricted viewer is told: of every question, exactly what a database without the rest would answer."""

import dataclasses
import inspect
import typing
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
import shapely

from data_access.errors import UnknownCode
from data_access.questions import (
    AreasQuestion,
    CatalogueQuestion,
    ProblemsQuestion,
    ProfileQuestion,
    ProjectsQuestion,
    Question,
    ReferencesQuestion,
    SeriesQuestion,
    ValuesQuestion,
)
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.data.small_city import write

DISTRICT_A = Viewer(area_codes=("A",))
QUESTIONS = sorted(
    name
    for name, method in inspect.getmembers(IndicatorStore, inspect.isfunction)
    if not name.startswith("_")
    and "question" in inspect.signature(method).parameters
    and typing.get_type_hints(method)["return"] is pd.DataFrame
)
WITHOUT_ROWS = {"problem_history", "layer_points", "layer_shapes", "problem_objects"}
"""The features of layers are no table of the contract: what of them is seen is told beside their own tests."""
FACTS: dict[str, Any] = {
    "area": "A",
    "areas": ("A", "A1"),
    "indicator": "I",
    "layer": "l",
    "level": "k",
    "period": "2024",
    "problem": "A-p",
    "today": date(2025, 6, 1),
    "year": 2025,
    "by": ("status",),
}


def city(*districts: str) -> dict[str, list[dict[str, Any]]]:
    """Districts with one community each and something of every kind in both; alone, a district is the root."""
    is_alone = len(districts) == 1
    tables: dict[str, list[dict[str, Any]]] = {
        "area_level": [{"level": level, "rank": n, "name_zh": level} for n, level in enumerate(["c", "d", "k"])],
        "department": [{"department_code": code, "name_zh": code} for code in ("X", "Y")],
        "indicator_system": [{"system_code": "s", "name_zh": "s"}],
        "dimension": [{"dimension_code": "d", "system_code": "s", "name_zh": "d"}],
        "indicator": [
            {"indicator_code": "I", "name_zh": "I", "aggregation": "sum", "lead_department_code": "X"},
            {"indicator_code": "J", "name_zh": "J", "aggregation": "sum", "support_department_codes": "Y; XX"},
        ],
        "peer_city": [{"peer_code": "P", "name_zh": "P"}],
        "peer_value": [{"indicator_code": code, "peer_code": "P", "period": "2024", "value": 1} for code in ("I", "J")],
        "spatial_layer": [{"layer_code": "l", "source_kind": "file", "source": "l.gpkg"}],
        "action": [{"action_code": "a", "name_zh": "a"}],
        "area": [] if is_alone else [{"area_code": "C", "name_zh": "C", "level": "c", "population": 100}],
    }
    for district in districts:
        for name, rows in of_district(district, None if is_alone else "C").items():
            tables.setdefault(name, []).extend(rows)
    if not is_alone:
        tables["project_problem"].append({"project_code": "A-r", "problem_code": "B-p"})
        tables["project_area"].append({"project_code": "A-r", "area_code": "B", "share": 0.75})
        tables["indicator_value"].append(value("I", "C", 7.0))
    return tables


def of_district(code: str, parent: str | None) -> dict[str, list[dict[str, Any]]]:
    community = f"{code}1"
    work = {"lead_department_code": "X", "area_code": community, "lon": 120.0, "lat": 30.0}
    project = {"project_code": f"{code}-r"}
    return {
        "area": [
            {"area_code": code, "name_zh": code, "level": "d", "parent_code": parent, "population": 10},
            {"area_code": community, "name_zh": community, "level": "k", "parent_code": code, "population": 5},
        ],
        "area_boundary": [{"area_code": at, "geometry": shapely.box(120, 30, 121, 31)} for at in (code, community)],
        "indicator_value": [value("I", community, 3.0), value("J", community, 4.0), value("J", code, 9.0)],
        "dimension_grade": [{"dimension_code": "d", "area_code": code, "period": "2024", "grade": code}],
        "survey_result": [
            {
                "topic_code": "t",
                "area_code": code,
                "period": "2024",
                "respondent_group": "all",
                "score": 50,
                "respondents": 9,
            }
        ],
        "reference_value": [
            {
                "reference_code": f"{code}-s",
                "indicator_code": "I",
                "kind": "standard",
                "area_code": code,
                "operator": ">=",
                "value": 1,
            }
        ],
        "problem": [
            {
                "problem_code": f"{code}-p",
                "title_zh": code,
                "track": "time_limited",
                "status": "open",
                "found_on": "2024",
                **work,
            }
        ],
        "project": [
            {**project, "name_zh": code, "project_type": "t", "stage": "started", "investment_planned": 8, **work}
        ],
        "project_area": [{**project, "area_code": community, "share": 0.25}],
        "project_progress": [{**project, "reported_on": "2024-05", "investment_actual": 4}],
        "project_milestone": [{**project, "stage": "started", "planned_on": "2024"}],
        "project_funding": [{**project, "fund_source": code, "amount": 8}],
        "project_problem": [{**project, "problem_code": f"{code}-p"}],
        "project_indicator": [{**project, "indicator_code": "I"}],
        "project_extent": [{**project, "geometry": shapely.Point(120, 30)}],
        "opinion": [
            {"indicator_code": "I", "area_code": code, "period": "2024", "verdict": "agree", "created_at": "2024"}
        ],
    }


def value(indicator: str, area: str, number: float) -> dict[str, Any]:
    row = {"indicator_code": indicator, "area_code": area, "period": "2024", "value": number, "status": "valid"}
    return row | {"source": "bureau"}


def ask(store: IndicatorStore, method: str, viewer: Viewer, **facts: Any) -> pd.DataFrame:
    """The question of a method, with every field it needs filled in."""
    kind = typing.get_type_hints(getattr(IndicatorStore, method))["question"]
    needed = {
        field.name: (FACTS | facts)[field.name]
        for field in dataclasses.fields(kind)
        if field.name in facts or (field.default is dataclasses.MISSING and field.name != "viewer")
    }
    frame: pd.DataFrame = getattr(store, method)(kind(viewer=viewer, **needed))
    return frame


@pytest.fixture(scope="module")
def urls(make_module_database: Callable[[], str]) -> tuple[str, str]:
    whole, alone = make_module_database(), make_module_database()
    write(whole, **city("A", "B"))
    write(alone, **city("A"))
    return whole, alone


@pytest.fixture
def stores(urls: tuple[str, str]) -> tuple[IndicatorStore, IndicatorStore]:
    """The whole city, and a database in which district A is all there is."""
    whole, alone = urls
    return open_store(whole), open_store(alone)


def test_a_restricted_viewer_is_told_what_a_database_of_the_own_district_answers(
    stores: tuple[IndicatorStore, IndicatorStore],
) -> None:
    whole, alone = stores
    for method in QUESTIONS:
        for facts in asked(method):
            ask(whole, method, EVERYTHING, **facts)
            expected = ask(alone, method, EVERYTHING, **facts)
            for _ in ("computed", "cached"):
                told = ask(whole, method, DISTRICT_A, **facts)
                pd.testing.assert_frame_equal(told, expected, obj=f"{method} {facts}")


def asked(method: str) -> list[dict[str, Any]]:
    """Each question as it stands, and about one area where it also takes none."""
    kind = typing.get_type_hints(getattr(IndicatorStore, method))["question"]
    names = {field.name for field in dataclasses.fields(kind)}
    return [{}, *([{"area": "A"}] if "area" in names else []), *([{"indicator": "I"}] if "indicator" in names else [])]


def test_every_answer_of_the_own_district_has_rows(stores: tuple[IndicatorStore, IndicatorStore]) -> None:
    """Otherwise the test above would compare nothing with nothing."""
    empty = {method for method in QUESTIONS if ask(stores[0], method, DISTRICT_A).empty}
    assert empty <= WITHOUT_ROWS


@pytest.mark.parametrize(
    "question",
    [
        AreasQuestion(area="B"),
        ValuesQuestion(indicator="I", period="2024", area="C"),
        SeriesQuestion(indicator="I", areas=("A", "B1")),
        ProfileQuestion(area="C"),
        ProblemsQuestion(area="B"),
        ProjectsQuestion(area="B1"),
    ],
)
def test_an_area_outside_the_scope_is_answered_like_one_that_does_not_exist(
    stores: tuple[IndicatorStore, IndicatorStore], question: Question
) -> None:
    whole, alone = stores
    method = {
        AreasQuestion: "areas",
        ValuesQuestion: "values_by_area",
        SeriesQuestion: "series",
        ProfileQuestion: "profile",
        ProblemsQuestion: "problems",
        ProjectsQuestion: "projects",
    }[type(question)]
    with pytest.raises(UnknownCode) as hidden:
        getattr(whole, method)(dataclasses.replace(question, viewer=DISTRICT_A))
    with pytest.raises(UnknownCode) as missing:
        getattr(alone, method)(question)
    assert str(hidden.value) == str(missing.value)


def test_the_home_of_a_restricted_viewer_is_the_own_district(stores: tuple[IndicatorStore, IndicatorStore]) -> None:
    whole, _ = stores
    assert whole.home_area(EVERYTHING) == "C"
    assert whole.home_area(DISTRICT_A) == "A"
    assert whole.home_area(Viewer(area_codes=())) is None


def test_a_department_sees_what_it_leads_or_supports_and_a_code_inside_another_is_not_it(
    stores: tuple[IndicatorStore, IndicatorStore],
) -> None:
    whole, _ = stores
    leads, supports = Viewer(department_codes=("X",)), Viewer(department_codes=("Y",))
    assert list(whole.indicators(CatalogueQuestion(viewer=leads))["indicator_code"]) == ["I"]
    assert list(whole.indicators(CatalogueQuestion(viewer=supports))["indicator_code"]) == ["J"]
    assert list(whole.profile(ProfileQuestion(area="C", viewer=supports))["indicator_code"]) == ["J"]
    assert whole.problems(ProblemsQuestion(viewer=supports)).empty
    assert len(whole.problems(ProblemsQuestion(viewer=leads))) == 2
    assert whole.indicators(CatalogueQuestion(viewer=Viewer(department_codes=("x",)))).empty
    with pytest.raises(UnknownCode):
        whole.series(SeriesQuestion(indicator="J", areas=("C",), viewer=leads))


def test_a_reference_of_the_city_also_judges_the_district_that_sees_only_itself(
    make_database: Callable[[], str],
) -> None:
    database = make_database()
    write(database, **city("A", "B"))
    write(
        database,
        reference_value=[
            {
                "reference_code": "city",
                "indicator_code": "I",
                "kind": "standard",
                "area_code": "C",
                "operator": ">=",
                "value": 1,
            }
        ],
    )
    found = open_store(database).references(ReferencesQuestion(viewer=DISTRICT_A))
    assert list(found["reference_code"]) == ["A-s", "city"]
