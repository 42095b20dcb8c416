"""What the database sums over reports is what the analysis sums over rows."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.projects.curves import increments
from analysis.projects.status import statuses
from data_access import project_questions as rq
from data_access.cache import AnswerCache
from data_access.engine import open_engine
from data_access.importing import load_packages
from data_access.questions import ProjectsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from tests.builders import city, indicator, problem, project, write_package

TODAY = date(2025, 3, 31)
PLAN = {"stage": "construction", "planned_finish_on": "2025-12", "investment_planned": 1000}


def report(code: str, on: str, planned: float | None, actual: float | None, spent: float | None) -> dict[str, object]:
    figures = {"physical_planned_pct": planned, "physical_actual_pct": actual, "investment_actual": spent}
    return {"project_code": code, "reported_on": on, "investment_planned": None} | figures


TABLES = city(
    indicator=[indicator("N")],
    problem=[problem("q1", "0101", indicator_code="N"), problem("q2", "0101"), problem("q3", "0102")],
    action=[{"action_code": "A", "name_zh": "行动"}],
    project=[
        project("a", "0101", action_code="A", **PLAN),
        project("b", "0102", **PLAN),
        project("c", "0102", **PLAN | {"planned_finish_on": "2025-01"}),
        project("d", "0102", **PLAN),
    ],
    project_area=[{"project_code": "a", "area_code": code, "share": None} for code in ("0101", "0102")],
    project_problem=[{"project_code": "a", "problem_code": "q1"}, {"project_code": "b", "problem_code": "q1"}],
    project_progress=[
        report("a", "2025-01", 20, 10, 100),
        report("a", "2025-02", 40, None, None),
        report("a", "2025-03", 60, 50, None),
        report("a", "2025-04", 80, 70, 700),
        report("b", "2024", 50, 55, 400),
        report("b", "2025-02-28", None, 40, 380),
        report("c", "2024", 60, 20, 900),
        report("c", "2024-06", 30, 10, 500),
        report("c", "2025-01-31", 100, 30, 2000),
        report("d", "2025", 70, None, None),
        report("d", "2025-03", None, 45, None),
        report("d", "2025-03-20", 120, 44, None),
    ],
)


@pytest.fixture(scope="module")
def url(make_module_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    made = make_module_database()
    load_packages([write_package(tmp_path_factory.mktemp("reports") / "package", TABLES)], made)
    return made


@pytest.fixture
def store(url: str) -> IndicatorStore:
    engine = open_engine(url)
    return IndicatorStore(lambda: engine, AnswerCache(url))


def test_the_deciding_reports_lead_to_the_same_status_as_all_reports(store: IndicatorStore) -> None:
    projects, every = store.projects(ProjectsQuestion()), store.project_progress(ProjectsQuestion())
    deciding = store.deciding_reports(rq.ReportsQuestion(today=TODAY))
    pd.testing.assert_frame_equal(statuses(projects, deciding, TODAY), statuses(projects, every, TODAY))
    assert set(zip(deciding["project_code"], deciding["reported_on"], strict=True)) == {
        ("a", "2025-03"), ("b", "2024"), ("b", "2025-02-28"), ("c", "2025-01-31"),
        ("d", "2025"), ("d", "2025-03"), ("d", "2025-03-20"),
    }  # fmt: skip


def test_a_report_of_the_whole_month_or_year_follows_those_of_its_days(store: IndicatorStore) -> None:
    projects, question = store.projects(ProjectsQuestion(projects=("d",))), rq.ReportsQuestion(today=TODAY)
    found = statuses(projects, store.deciding_reports(question), TODAY).iloc[0]
    assert (found["physical_actual_pct"], found["physical_planned_pct"]) == (45, 70)


@pytest.mark.parametrize("area", [None, "0101", "0102"])
def test_monthly_increments_are_those_of_the_rows(store: IndicatorStore, area: str | None) -> None:
    asked = ProjectsQuestion(area=area)
    by_hand = increments(store.project_progress(asked), store.projects(asked))
    found = store.monthly_increments(ProjectsQuestion(area=area))
    pd.testing.assert_frame_equal(found, by_hand, check_dtype=False)


def test_the_report_of_a_whole_year_follows_those_of_its_months(store: IndicatorStore) -> None:
    asked = ProjectsQuestion(area="0102")
    rows = store.project_progress(asked)
    of_c = increments(rows[rows["project_code"] == "c"], store.projects(asked))
    found = store.monthly_increments(ProjectsQuestion(area="0102", projects=("c",)))
    pd.testing.assert_frame_equal(found, of_c, check_dtype=False)


def test_increments_of_one_project_are_its_own(store: IndicatorStore) -> None:
    found = store.monthly_increments(ProjectsQuestion(projects=("b",)))
    assert found["month"].to_list() == ["2024-12", "2025-02"]
    assert found["earned_value"].to_list() == pytest.approx([550, -150])


def test_the_chain_counts_answered_and_unanswered_problems(store: IndicatorStore) -> None:
    counted = store.problem_chain(rq.ChainQuestion(area="01", today=TODAY))
    assert counted["problems"].sum() == 4
    assert counted[counted["project_type"].isna()]["problems"].sum() == 2
    assert set(counted["action_code"].dropna()) == {"A"}


def test_a_restricted_viewer_sees_no_report_of_another_district(store: IndicatorStore) -> None:
    mine = Viewer(area_codes=("0101",))
    assert set(store.deciding_reports(rq.ReportsQuestion(today=TODAY, viewer=mine))["project_code"]) == {"a"}
    assert store.monthly_increments(ProjectsQuestion(viewer=mine))["earned_value"].sum() == pytest.approx(350)
    counted = store.problem_chain(rq.ChainQuestion(area="0101", today=TODAY, viewer=mine))
    assert counted["problems"].sum() == 2
