"""The project view wired together: every panel at every level in both languages, the planted cases, the card."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pytest
from dash import Dash

from analysis.projects.suggestion_rules import InvalidRules
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from layouts.texts import LANGUAGES
from tests.builders import area, city, indicator, problem, project, value, write_package
from tests.wiring.asking import Screen, attributes_of, texts_of

AREAS = {"city": "01", "district": "0101", "community": "010101"}
PANELS = (
    "status", "stages", "annual", "funding", "list", "map-title", "legend", "curve-title", "chain-title",
    "suggestions",
)  # fmt: skip


def report(code: str, on: str, planned: float, actual: float | None, spent: float | None) -> dict[str, Any]:
    figures = {"physical_planned_pct": planned, "physical_actual_pct": actual, "investment_actual": spent}
    return {"project_code": code, "reported_on": on, "investment_planned": None} | figures


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("projects")
    budget = {"investment_planned": 1_000_000, "stage": "construction", "actual_start_on": "2024-01"}
    done = {"stage": "completed", "planned_finish_on": "2023-06", "actual_start_on": "2023-01"}
    districts = [f"01{n:02}" for n in range(1, 9)]
    package = city(
        area_level=[{"level": level, "rank": rank, "name_zh": level} for rank, level in enumerate(AREAS)],
        area=[area("01", "city", None, name_en="Town"), area("010101", "community", "0101", population=500)]
        + [area(code, "district", "01", population=1000) for code in districts],
        indicator=[indicator("N", unit="处")],
        indicator_value=[
            value("N", code, str(year), 20 + n + year % 3 * 0.1 * n - (9 if code == "0102" and year > 2023 else 0))
            for n, code in enumerate(districts)
            for year in (2021, 2022, 2023, 2024)
        ],
        problem=[problem(f"q{n}", "010101", kind="engineering") for n in range(7)] + [problem("answered", "0101")],
        action=[{"action_code": "A", "name_zh": "行动", "name_en": "Drive"}],
        project=[
            project("late", "0101", planned_finish_on="2025-02-13", lon=121.5, lat=31.0, action_code="A", **budget),
            project("dear", "0101", planned_finish_on="2025-12", **budget),
            project("mute", "0102", planned_finish_on="2025-12", **budget),
            project("fine", "0103", planned_finish_on="2025-12", **budget),
            project("effective", "0102", actual_finish_on="2023-06-30", **done),
            project("undated", "0102", **done),
            project("gone", "0102", stage="cancelled", planned_finish_on="2020"),
            project("odd", "0102", stage="unknown"),
        ],
        project_progress=[
            report("late", "2025-03", 100, 80, 700_000),
            report("dear", "2025-03", 50, 50, 900_000),
            report("mute", "2024-08", 20, 20, 200_000),
            report("fine", "2025-03", 40, 41, 400_000),
        ],
        project_funding=[{"project_code": "late", "fund_source": "债券", "amount": 400_000}],
        project_milestone=[
            {"project_code": "late", "stage": "started", "planned_on": "2024-01", "actual_on": "2024-01"}
        ],
        project_problem=[{"project_code": "late", "problem_code": "answered"}],
        project_indicator=[{"project_code": "effective", "indicator_code": "N"}],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", package)], url)
    made = create_app(open_store(url), Settings(database_url=url, today=date(2025, 3, 31)))
    made.server.config["city"] = url
    return made


@pytest.fixture
def screen(app: Dash) -> Screen:
    return Screen(app)


def answer_of(screen: Screen, name: str, search: str, part: str) -> Any:
    selection, _ = screen.open(search)
    status, answer = screen.ask(f"projects-{name}.{part}", selection=selection)
    assert status == 200, answer
    return answer["response"][f"projects-{name}"][part]


def panel(screen: Screen, name: str, search: str = "?view=projects") -> list[str]:
    part = "children" if name == "card" else "data-markup"
    return list(texts_of(answer_of(screen, name, search, part)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", AREAS)
@pytest.mark.parametrize("name", PANELS)
def test_every_panel_has_something_to_say_at_every_level_in_every_language(
    screen: Screen, name: str, level: str, language: str
) -> None:
    assert panel(screen, name, f"?view=projects&area={AREAS[level]}&lang={language}")


def test_the_list_finds_the_late_the_dear_and_the_silent_and_puts_them_first(screen: Screen) -> None:
    said = panel(screen, "list")
    order = [said.index(f"项目{code}") for code in ("late", "dear", "mute", "fine")]
    assert order == sorted(order)
    assert {"滞后 46 天", "超概算 80%", "7 个月未填报"} <= set(said)


def test_a_project_completed_on_an_unknown_day_is_not_late(screen: Screen) -> None:
    said = panel(screen, "list", "?view=projects&filter=state:finished")
    assert "项目undated" in said and "已竣工，日期不明" in said


def test_a_filter_in_the_link_narrows_list_and_map(screen: Screen) -> None:
    search = "?view=projects&filter=state:late"
    assert "项目dear" not in panel(screen, "list", search)
    assert answer_of(screen, "points", search, "data")["code"] == ["late"]


def test_the_curves_are_those_of_the_listed_projects(screen: Screen) -> None:
    figure = answer_of(screen, "curve", "?view=projects&filter=state:late", "figure")
    spent = [trace for trace in figure["data"] if trace["name"] == "实际"][-1]
    assert spent["customdata"][-1] == "70 万元"


def test_the_card_explains_status_money_milestones_and_problems(screen: Screen) -> None:
    said = panel(screen, "card", "?view=projects&filter=project:late")
    assert {"滞后 46 天", "answered", "行动", "债券 40 万元"} <= set(said)


def test_the_effect_of_a_finished_project_is_told_with_its_interval(screen: Screen) -> None:
    said = " ".join(panel(screen, "card", "?view=projects&filter=project:effective"))
    assert "比可比区域好转" in said and "95% 区间" in said
    assert "竣工日期不明" not in said


def test_every_attribute_can_be_chosen_with_its_count(screen: Screen) -> None:
    said = panel(screen, "facets")
    assert {"项目状态", "阶段", "滞后", "超概算"} <= set(said)


def test_an_unknown_project_is_a_calm_sentence(screen: Screen) -> None:
    assert any("nope" in text for text in panel(screen, "card", "?view=projects&filter=project:nope"))


def test_suggestions_leave_out_what_is_answered_already(screen: Screen) -> None:
    said = panel(screen, "suggestions")
    assert any("7 处问题" in text for text in said)
    assert any("已有项目 1 处" in text for text in said)


def test_problems_without_a_project_and_projects_without_a_problem_are_listed(screen: Screen) -> None:
    said = panel(screen, "suggestions", "?view=projects&show=link=problems")
    assert "尚无项目的问题 · 名01" in said and "查看全部 7 项" in said
    said = panel(screen, "suggestions", "?view=projects&show=link=projects")
    assert "项目dear" in said and "项目late" not in said
    assert "项目late" not in panel(screen, "list", "?view=projects&filter=has_problem:no")


def test_the_flow_between_two_days_follows_the_dated_milestones(screen: Screen) -> None:
    said = panel(screen, "stages", "?view=projects&show=flow=year")
    assert "开工 → 在建" in said


def test_the_flow_between_two_free_days_is_that_of_these_days(screen: Screen) -> None:
    address = "?view=projects&show=cross=a*b.flow=2023-01-01*{}"
    drawn = answer_of(screen, "stages", address.format("2024-02-01"), "data-markup")
    assert '"data-days":"cross=a*b.flow=@"' in drawn
    days = list(attributes_of(drawn, "input"))
    assert [(one["type"], one["value"]) for one in days] == [("date", "2023-01-01"), ("date", "2024-02-01")]
    assert {(one["min"], one["max"]) for one in days} == {("1990-01-01", "2025-03-31")}
    assert "开工 → 在建" not in drawn, "the project had not reached construction by then"
    for last in ("2022-12-31", "2025-04-01", "soon", "2025-02-30"):
        assert any("起始日早于截止日" in text for text in panel(screen, "stages", address.format(last)))


def test_bands_of_the_chain_carry_what_a_click_asks_for(screen: Screen) -> None:
    wishes = answer_of(screen, "chain", "?view=projects", "figure")["layout"]["meta"]
    assert {"filter": "action_code:A"} in wishes["nodes"]
    assert any(wish.get("view") == "problems" for wish in wishes["nodes"])
    assert any("started,construction" in wish["filter"] for wish in wishes["links"])


def test_suggestions_leave_as_a_geopackage_with_the_areas_they_stand_for(app: Dash) -> None:
    answer = app.server.test_client().get("/suggestions/projects.gpkg")
    rows = geopandas.read_file(io.BytesIO(answer.data), layer="suggested_project")
    assert rows["area_code"].tolist() == ["0101"] and rows["problems"].tolist() == [7]


def test_a_city_brings_its_own_rules_and_a_faulty_file_stops_the_start(app: Dash, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    url = str(app.server.config["city"])
    rules.write_text('[weights]\nseverity = 1\n[[rule]]\ncode = "x"\nproject_type = "y"\nwhen.track = ["sometime"]')
    with pytest.raises(InvalidRules, match=r"rules.toml: rule 'x': when.track .* not 'sometime'"):
        create_app(open_store(url), Settings(database_url=url, suggestion_rules=rules))
    rules.write_text(rules.read_text().replace("sometime", "time_limited"))
    client = create_app(open_store(url), Settings(database_url=url, suggestion_rules=rules)).server.test_client()
    listed = pd.read_excel(io.BytesIO(client.get("/suggestions/projects.xlsx?today=2025-03-31").data), dtype=str)
    assert listed["规则代码"].tolist() == ["x"]


def test_the_suggestions_leave_as_a_workbook_with_the_problems_behind_them(app: Dash) -> None:
    answer = app.server.test_client().get("/suggestions/projects.xlsx?lang=en")
    assert answer.status_code == 200
    rows = pd.read_excel(io.BytesIO(answer.data), dtype=str)
    assert rows["Area code"].tolist() == ["0101"]
    assert rows["Problem codes"].item().split(";") == [f"q{n}" for n in range(7)]
    assert app.server.test_client().get("/suggestions/projects.xlsx?area=nope").status_code == 404
    assert app.server.test_client().get("/suggestions/projects.xlsx?today=soon").status_code == 400
