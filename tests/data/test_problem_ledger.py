"""The ledger counts, narrows and sorts where the data are stored, and agrees with the rules of analysis."""

from collections.abc import Callable
from datetime import date

import geopandas
import pandas as pd
import pytest

from analysis.problems.deadlines import deadlines
from data_access import problem_questions as pq
from data_access.cache import AnswerCache
from data_access.engine import open_engine
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.importing import load_packages
from data_access.questions import CatalogueQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from tests.builders import city, indicator, problem, write_package

TODAY = date(2025, 3, 31)
LISTED = [
    problem("a", "0101", due_on="2025-03-30", severity="general", indicator_code="N"),
    problem("b", "0101", due_on="2025-03", severity="critical", kind="engineering"),
    problem("c", "0102", due_on="2024", status="closed", resolved_on="2025-02"),
    problem("d", "0102", due_on="2024", status="closed", lead_department_code="housing"),
    problem("e", "01", due_on="2025-04-30", track="best_effort", lon=121.5, lat=31.0, location_quality="exact"),
    problem("f", "0102", due_on="2025-05-01", found_on="2024-12", title_zh="100%_破损"),
    problem("g", "0101", found_on="2025-04"),
    problem("h", "0102", due_on="2024", resolved_on="2025-06", status="resolved"),
]


@pytest.fixture(scope="module")
def listed(make_module_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    url, folder = make_module_database(), tmp_path_factory.mktemp("listed")
    load_packages([write_package(folder / "package", city(problem=LISTED, indicator=[indicator("N")]))], url)
    return url


@pytest.fixture
def store(listed: str) -> IndicatorStore:
    engine = open_engine(listed)
    return IndicatorStore(lambda: engine, AnswerCache(listed))


def codes(store: IndicatorStore, **asked: object) -> list[str]:
    question = pq.ProblemPageQuestion(**{"area": "01", "today": TODAY} | asked)
    return store.problem_page(question)["problem_code"].to_list()


def test_a_page_shows_first_what_is_overdue_and_grave_and_never_what_was_found_later(store: IndicatorStore) -> None:
    assert codes(store) == ["a", "h", "b", "e", "f", "c", "d"]
    assert codes(store, start=2, end=4) == ["b", "e"]


def test_the_deadline_in_sql_is_the_deadline_of_the_analysis(store: IndicatorStore) -> None:
    page = store.problem_page(pq.ProblemPageQuestion(area="01", today=TODAY))
    assert page["deadline"].to_list() == deadlines(page, TODAY)["deadline"].to_list()
    assert set(page["deadline"]) == {"overdue", "due_soon", "running", "done"}


def test_conditions_narrow_the_list_and_missing_words_can_be_asked_for(store: IndicatorStore) -> None:
    assert codes(store, where=(("deadline", ("overdue",)), ("branch", ("0102",)))) == ["h"]
    assert codes(store, where=(("severity", ("critical", "")),), area="0101") == ["b"]
    assert codes(store, where=(("dimension_code", ("d",)),)) == ["a"]
    assert codes(store, where=(("located", ("exact",)),)) == ["e"]


def test_a_search_takes_wildcards_for_letters(store: IndicatorStore) -> None:
    assert codes(store, search="100%_") == ["f"]
    assert codes(store, search="%") == ["f"]


def test_missing_cells_come_last_in_either_direction(store: IndicatorStore) -> None:
    assert codes(store, order=(("severity", False),))[:2] == ["b", "a"]
    assert codes(store, order=(("severity", True),))[:2] == ["a", "b"]


def test_the_tally_counts_every_listed_problem_once(store: IndicatorStore) -> None:
    tally = store.problem_tally(pq.ProblemTallyQuestion(area="01", today=TODAY, by=("branch", "track")))
    assert dict(zip(zip(tally["branch"], tally["track"], strict=True), tally["problems"], strict=True)) == {
        ("01", "best_effort"): 1,
        ("0101", "time_limited"): 2,
        ("0102", "time_limited"): 4,
    }
    whole = store.problem_tally(pq.ProblemTallyQuestion(area="01", today=TODAY))
    assert whole[["problems", "overdue"]].to_numpy().tolist() == [[7, 2]]


def test_a_restricted_viewer_gets_no_row_of_another_district(store: IndicatorStore) -> None:
    mine = Viewer(area_codes=("0101",))
    assert codes(store, area="0101", viewer=mine) == ["a", "b"]
    for question in (
        lambda: codes(store, viewer=mine),
        lambda: store.problem(pq.ProblemQuestion(problem="c", viewer=mine)),
    ):
        with pytest.raises(UnknownCode):
            question()
    of_housing = Viewer(department_codes=("housing",))
    assert codes(store, viewer=of_housing) == ["d"]


def test_unknown_attributes_and_endless_pages_are_refused(store: IndicatorStore) -> None:
    for wrong in ({"where": (("mood", ("bad",)),)}, {"order": (("mood", True),)}, {"end": 5000}):
        with pytest.raises(InvalidQuestion):
            codes(store, **wrong)


def test_a_review_of_a_past_day_sees_what_was_overdue_then(store: IndicatorStore) -> None:
    past = pd.Timestamp(2025, 1, 15).date()
    assert codes(store, today=past, where=(("deadline", ("overdue",)),)) == ["c", "h"]


BUILDINGS = [
    {"building_id": "B1", "decade": 1980, "structure": "砖混", "area_code": "0101"},
    {"building_id": "B2", "decade": 2000, "structure": "框架", "area_code": "0101"},
    {"building_id": "B3", "decade": 2000, "structure": "框架", "area_code": "0102"},
]
DECADE = "object/buildings/building_id/decade"


@pytest.fixture(scope="module")
def with_buildings(make_module_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three buildings as a layer; two problems name one of them, one problem names none."""
    layer = {"layer_code": "buildings", "title_zh": "房屋", "source_kind": "file", "source": "buildings.gpkg"}
    layer |= {"source_layer": "buildings", "area_column": "area_code"}
    listed = [problem("a", "0101", object_id="B1"), problem("b", "0102", object_id="B3"), problem("c", "0102")]
    folder = tmp_path_factory.mktemp("buildings")
    package = write_package(folder / "package", city(problem=listed, spatial_layer=[layer]))
    points = geopandas.points_from_xy([114.0, 114.1, 114.2], [30.0, 30.0, 30.0])
    geopandas.GeoDataFrame(BUILDINGS, geometry=points, crs=4490).to_file(package / "buildings.gpkg", layer="buildings")
    url = make_module_database()
    load_packages([package], url)
    return url


@pytest.fixture
def built(with_buildings: str) -> IndicatorStore:
    engine = open_engine(with_buildings)
    return IndicatorStore(lambda: engine, AnswerCache(with_buildings))


def test_problems_are_counted_by_what_their_building_is(built: IndicatorStore) -> None:
    found = built.problem_objects(CatalogueQuestion())
    assert found.to_numpy().tolist() == [
        ["buildings", "building_id", "decade"],
        ["buildings", "building_id", "structure"],
    ]
    tally = built.problem_tally(pq.ProblemTallyQuestion(area="01", today=TODAY, by=(DECADE,)))
    assert dict(zip(tally[DECADE].fillna("?"), tally["problems"], strict=True)) == {"?": 1, "1980": 1, "2000": 1}
    assert codes(built, where=((DECADE, ("2000",)),)) == ["b"]
    assert codes(built, where=((DECADE, ("",)), ("level/district", ("0102",)))) == ["c"]


def test_an_attribute_that_is_none_is_refused(built: IndicatorStore) -> None:
    for name in ("object/buildings", "level", "object/a/b/c/d"):
        with pytest.raises(InvalidQuestion):
            codes(built, where=((name, ("x",)),))
    assert codes(built, where=((f"object/x/y'/{'z'}", ("1",)),)) == []


def test_an_area_is_held_against_its_buildings_and_its_people(built: IndicatorStore) -> None:
    base = built.density_base(pq.DensityQuestion(area="01", level="district", layer="buildings"))
    assert base.set_index("area_code")["objects"].to_dict() == {"0101": 2.0, "0102": 1.0}
    assert built.density_base(pq.DensityQuestion(area="01", level="district"))["objects"].isna().all()
