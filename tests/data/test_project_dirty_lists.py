"""Real lists are dirty: each fault is refused with its place and what was expected, or loaded and known as unknown."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.problems.deadlines import deadlines
from analysis.projects.reports import setbacks
from analysis.projects.status import statuses
from callbacks.city_box import city_box, is_outside
from data_access import problem_questions as pq
from data_access.cache import AnswerCache
from data_access.engine import open_engine
from data_access.importing import FaultLog, PackageRefused, load_packages
from data_access.project_questions import ReportsQuestion
from data_access.questions import ProjectsQuestion
from data_access.store import IndicatorStore
from tests.builders import boundaries, city, problem, project, write_package

TODAY = date(2025, 3, 31)
Load = Callable[..., IndicatorStore]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A store of a city with these tables; SQLite, since what is refused does not depend on the database."""

    def load_(**tables: list[dict[str, Any]]) -> IndicatorStore:
        url = f"sqlite:///{tmp_path}/city.sqlite"
        load_packages([write_package(tmp_path / "package", city(**tables))], url)
        engine = open_engine(url)
        return IndicatorStore(lambda: engine, AnswerCache(url))

    return load_


REFUSED = [
    ({"problem": [problem("p", "0101", found_on="去年三月")]}, ("found_on", "去年三月")),
    ({"problem": [problem("p", "0101", due_on="2025/3/1")]}, ("due_on", "2025/3/1")),
    ({"problem": [problem("p", "0101", found_on=None)]}, ("found_on",)),
    ({"problem": [problem("p", "0101", lon=181.0, lat=30.0)]}, ("lon", "181")),
    ({"problem": [problem("p", "0101"), problem("p", "0102")]}, ("problem_code", "p")),
    ({"problem": [problem("p", "nowhere")]}, ("area_code", "nowhere")),
    ({"problem": [problem("p", "0101", status="处理中")]}, ("status", "处理中")),
    ({"project": [project("j", "0101", stage="快完工")]}, ("stage", "快完工")),
    ({"project": [project("j", "0101", planned_finish_on="2025年6月")]}, ("planned_finish_on", "2025年6月")),
    ({"project": [project("j", "0101"), project("j", "0102")]}, ("project_code", "j")),
    ({"project": [project("j", "0101", investment_planned="1200万元")]}, ("investment_planned", "1200万元")),
    ({"project": [project("j", "0101", investment_planned="12,000,000")]}, ("investment_planned", "12,000,000")),
]


@pytest.mark.parametrize(("tables", "said"), REFUSED, ids=lambda case: str(case)[:60])
def test_what_cannot_be_read_is_refused_with_its_column_and_value(
    tmp_path: Path, tables: dict[str, list[dict[str, Any]]], said: tuple[str, ...]
) -> None:
    package = write_package(tmp_path / "package", city(**tables))
    with FaultLog() as log:
        with pytest.raises(PackageRefused):
            load_packages([package], f"sqlite:///{tmp_path}/city.sqlite", log=log)
        faults = " ".join(map(str, log.first["fault"]))
    assert all(word in faults for word in said), faults


def test_a_problem_without_a_deadline_is_neither_overdue_nor_on_time(load: Load) -> None:
    store = load(problem=[problem("p", "0101"), problem("month", "0101", due_on="2025-03")])
    page = store.problem_page(pq.ProblemPageQuestion(area="01", today=TODAY))
    found = dict(zip(page["problem_code"], deadlines(page, TODAY)["deadline"], strict=True))
    assert found == {"p": "no_deadline", "month": "due_soon"}


def status_of(store: IndicatorStore) -> pd.DataFrame:
    projects = store.projects(ProjectsQuestion(area="01"))
    reports = store.deciding_reports(ReportsQuestion(area="01", today=TODAY))
    found = statuses(projects, reports, TODAY)
    return found.set_index(projects["project_code"])


def report(code: str, on: str, **figures: Any) -> dict[str, Any]:
    return {"project_code": code, "reported_on": on} | figures


def test_a_project_of_which_nothing_is_known_is_unknown_and_never_on_time(load: Load) -> None:
    store = load(project=[project("bare", "0101", stage="unknown"), project("undated", "0101", stage="completed")])
    found = status_of(store)
    assert found["status"].to_dict() == {"bare": "unknown", "undated": "finished"}
    assert found["delay_days"].isna().all() and found["cost_variance"].isna().all()


def test_progress_that_falls_back_is_kept_as_reported_and_named(load: Load) -> None:
    rows = [report("j", "2025-01", physical_actual_pct=60), report("j", "2025-02", physical_actual_pct=45)]
    store = load(project=[project("j", "0101", stage="construction")], project_progress=rows)
    assert status_of(store).loc["j", "physical_actual_pct"] == 45
    fallen = setbacks(store.project_progress(ProjectsQuestion(area="01")), TODAY)
    assert fallen[["project_code", "reported_on", "before", "after"]].to_numpy().tolist() == [["j", "2025-02", 60, 45]]


def test_a_place_outside_the_city_counts_where_its_area_says_and_is_no_place(load: Load) -> None:
    far = problem("far", "0101", lon=0.0, lat=0.0, location_quality="exact")
    store = load(problem=[far, problem("near", "0101", lon=5, lat=5), problem("none", "0101")])
    asked: dict[str, Any] = {"area": "0101", "today": TODAY, "city": (4.0, 4.0, 6.0, 6.0)}
    tally = store.problem_tally(pq.ProblemTallyQuestion(**asked, by=("located",)))
    assert dict(zip(tally["located"], tally["problems"], strict=True)) == {"exact": 1, "none": 1, "outside": 1}
    assert store.problem_places(pq.ProblemPlacesQuestion(**asked))["problem_code"].tolist() == ["near"]


def test_the_city_reaches_as_far_as_its_boundary_and_a_little_further(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", city())
    boundaries(["01"]).to_file(package / "area_boundary.gpkg", layer="area_boundary")
    url = f"sqlite:///{tmp_path}/city.sqlite"
    load_packages([package], url)
    engine = open_engine(url)
    box = city_box(IndicatorStore(lambda: engine, AnswerCache(url)))
    places = pd.DataFrame({"lon": [121.05, 121.12, 31.05, None], "lat": [31.05, 31.05, 121.05, None]})
    assert is_outside(places, box).tolist() == [False, False, True, False]
    assert not is_outside(places, None).any()


def test_shares_of_progress_beyond_any_whole_are_unknown(load: Load) -> None:
    rows = [report("j", "2025-02", physical_actual_pct=140, physical_planned_pct=-5, investment_actual=7)]
    found = status_of(load(project=[project("j", "0101", stage="construction")], project_progress=rows)).loc["j"]
    assert found[["physical_actual_pct", "physical_planned_pct"]].isna().all() and found["investment_actual"] == 7


def test_a_project_of_several_areas_is_one_project_with_its_money_divided(load: Load) -> None:
    shares = [{"project_code": "j", "area_code": code} for code in ("0101", "0102")]
    store = load(project=[project("j", "0101", investment_planned=100)], project_area=shares)
    assert store.projects(ProjectsQuestion(area="0101"))["share"].item() == 0.5
    assert store.projects(ProjectsQuestion(area="01"))["share"].item() == 1
