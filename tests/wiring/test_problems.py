"""The problem view wired together: every panel at every level in both languages, the ledger, the card, the notices."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from docx import Document
from flask import Flask
from werkzeug.test import TestResponse

from callbacks.today import keep_timezone
from callbacks.viewer import everyone, identify_viewers
from dashboard.app import create_app
from dashboard.routes.notices import register_notice_routes
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from layouts.ids import ProblemIds
from layouts.texts import LANGUAGES
from tests.builders import area, city, indicator, problem, project, value, write_package
from tests.wiring.asking import Screen, texts_of

AREAS = {"city": "01", "district": "0101", "community": "010101"}
PANELS = ("tracks", "funnel", "departments", "areas", "watch", "cross", "facets", "map-title", "legend")
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("problems")
    housing = {"lead_department_code": "housing", "indicator_code": "N"}
    package = city(
        area_level=[{"level": level, "rank": rank, "name_zh": level} for rank, level in enumerate(AREAS)],
        area=[
            area("01", "city", None, name_en="Town", population=1000),
            area("0101", "district", "01", population=600),
            area("0102", "district", "01"),
            area("010101", "community", "0101"),
        ],
        indicator=[indicator("N", unit="处", is_key=True)],
        indicator_value=[value("N", "0101", "2023", 4), value("N", "0101", "2024", 9), value("N", "0102", "2024", 1)],
        problem=[
            problem(
                "late",
                "010101",
                due_on="2025-02",
                found_on="2024-03",
                severity="critical",
                lon=121.5,
                lat=31,
                **housing,
            ),
            problem("soon", "0102", due_on="2025-04-10", track="best_effort", title_zh=HOSTILE),
            problem("done", "0101", status="closed", resolved_on="2024-08", found_on="2024-02", **housing),
            problem("back", "0101", found_on="2025-01", recurs_from_code="done", photo_url="javascript:alert(1)"),
        ],
        project=[project("j", "0101", name_zh="修缮")],
        project_problem=[{"project_code": "j", "problem_code": "late"}],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", package)], url)
    made = create_app(open_store(url), Settings(database_url=url, today=date(2025, 3, 31)))
    made.server.config["city"] = f"{folder}/city.sqlite"
    return made


@pytest.fixture
def screen(app: Dash) -> Screen:
    return Screen(app)


def panel(screen: Screen, name: str, search: str) -> list[str]:
    selection, _ = screen.open(search)
    part = "children" if name == "card" else "data-markup"
    status, answer = screen.ask(f"problems-{name}.{part}", selection=selection)
    assert status == 200, answer
    return list(texts_of(answer["response"][f"problems-{name}"][part]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", AREAS)
@pytest.mark.parametrize("name", PANELS)
def test_every_panel_has_something_to_say_at_every_level_in_every_language(
    screen: Screen, name: str, level: str, language: str
) -> None:
    assert panel(screen, name, f"?view=problems&area={AREAS[level]}&lang={language}")


def test_the_cross_table_shows_the_pair_of_the_link_and_falls_back_where_it_makes_no_sense(screen: Screen) -> None:
    assert panel(screen, "cross", "?view=problems&show=cross=track*branch")[0].startswith("整治类型 × 区域")
    for odd in ("cross=track*track", "cross=mood*branch", "cross=track", "hot=none.watch=x"):
        assert "×" in panel(screen, "cross", f"?view=problems&show={odd}")[0]


def test_hot_spots_say_why_there_are_none_in_a_small_town(screen: Screen) -> None:
    assert any("不足 10 个" in text for text in panel(screen, "areas", "?view=problems&show=hot=population"))
    assert panel(screen, "map-title", "?view=problems&show=hot=objects")[0].startswith("问题热点")


def test_the_look_back_at_indicators_names_both_values_and_the_rule(screen: Screen) -> None:
    said = panel(screen, "watch", "?view=problems&show=watch=indicators&period=2024")
    assert "上期未达标指标回头看" in said


def rows(screen: Screen, search: str, **wanted: Any) -> tuple[int, Any]:
    selection, _ = screen.open(search)
    asked = {"startRow": 0, "endRow": 100, "sortModel": []} | wanted
    return screen.ask(f"{ProblemIds.LEDGER}.getRowsResponse", problems_ledger=asked, selection=selection)


def test_the_ledger_sends_the_rows_asked_for_and_how_many_there_are(screen: Screen) -> None:
    _, answer = rows(screen, "?view=problems", endRow=2)
    response = answer["response"][ProblemIds.LEDGER]["getRowsResponse"]
    assert response["rowCount"] == 4
    assert [row["problem_code"] for row in response["rowData"]] == ["late", "soon"]
    assert response["rowData"][0]["countdown"] == "逾期 31 天"


def test_a_grouped_ledger_counts_before_each_group_and_loses_no_row_between_two_pages(screen: Screen) -> None:
    shown = []
    for start in range(0, 6, 2):
        _, answer = rows(screen, "?view=problems&show=group=lead_department_code", startRow=start, endRow=start + 2)
        response = answer["response"][ProblemIds.LEDGER]["getRowsResponse"]
        assert response["rowCount"] == 6
        shown += [row["problem_code"] for row in response["rowData"]]
    assert shown == [
        "group:lead_department_code:housing",
        "late",
        "done",
        "group:lead_department_code:~",
        "soon",
        "back",
    ]


def test_a_filter_in_the_link_narrows_ledger_map_and_counts(screen: Screen) -> None:
    search = "?view=problems&filter=deadline:overdue"
    _, answer = rows(screen, search)
    assert answer["response"][ProblemIds.LEDGER]["getRowsResponse"]["rowCount"] == 1
    selection, _ = screen.open(search)
    _, answer = screen.ask(f"{ProblemIds.POINTS}.data", selection=selection)
    assert answer["response"][ProblemIds.POINTS]["data"]["code"] == ["late"]
    assert "1" in "".join(panel(screen, "map-title", search))


def test_a_day_in_the_link_is_the_day_lateness_is_measured_against(screen: Screen) -> None:
    _, answer = rows(screen, "?view=problems&today=2025-02-28")
    response = answer["response"][ProblemIds.LEDGER]["getRowsResponse"]
    assert {row["problem_code"]: row["deadline"] for row in response["rowData"]}["late"] == "due_soon"
    assert any("2025-02-28" in text for text in panel(screen, "tracks", "?view=problems&today=2025-02-28"))


def test_the_card_shows_the_problem_its_indicator_and_its_project(screen: Screen) -> None:
    said = panel(screen, "card", "?view=problems&filter=problem:late")
    assert {"late", "修缮 · 开工", "逾期 31 天"} <= set(said)
    assert "done" in panel(screen, "card", "?view=problems&filter=problem:back")


def test_an_unknown_problem_is_a_calm_sentence_and_a_script_in_a_photo_is_no_photo(screen: Screen) -> None:
    assert any("nope" in text for text in panel(screen, "card", "?view=problems&filter=problem:nope"))
    selection, _ = screen.open("?view=problems&filter=problem:back")
    _, answer = screen.ask("problems-card.children", selection=selection)
    assert "javascript:" not in str(answer)


def test_last_years_problem_that_came_back_is_on_the_watch_list(screen: Screen) -> None:
    said = panel(screen, "watch", "?view=problems")
    assert said.count("反弹") >= 1
    assert "名late" not in said


@pytest.mark.parametrize(
    "wanted", [{"startRow": "x"}, {"endRow": 10**6}, {"sortModel": [{"colId": "mood", "sort": "asc"}]}]
)
def test_a_request_no_grid_would_send_is_refused(screen: Screen, wanted: dict[str, Any]) -> None:
    assert rows(screen, "?view=problems", **wanted)[0] == 400


def notice(app: Dash, kind: str, asked: str = "department=housing&today=2025-03-31") -> TestResponse:
    return app.server.test_client().get(f"/notices/supervision.{kind}?{asked}")


def words_of(docx: bytes) -> str:
    draft = Document(io.BytesIO(docx))
    cells = [cell.text for table in draft.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in draft.paragraphs), *cells])


def test_a_supervision_notice_lists_what_is_overdue_with_number_deadline_and_map(app: Dash) -> None:
    answer = notice(app, "docx")
    said = words_of(answer.data)
    assert {"住建局：", "late", "编号：DB-20250331-01-housing"} <= set(said.splitlines())
    assert "2025-04-15" in said and "soon" not in said and "done" not in said
    draft = Document(io.BytesIO(answer.data))
    page, (picture,) = draft.sections[0], draft.inline_shapes
    assert picture.width <= page.page_width - page.left_margin - page.right_margin


def test_a_notice_as_pdf_is_the_same_bytes_however_often_it_is_made(app: Dash) -> None:
    first, second = notice(app, "pdf"), notice(app, "pdf")
    assert first.status_code == 200 and first.data.startswith(b"%PDF") and first.data == second.data
    assert b"FontFile" in first.data


def test_notices_of_all_departments_come_in_one_archive_and_odd_requests_are_refused(app: Dash) -> None:
    for kind in ("docx", "pdf"):
        answer = notice(app, "zip", f"format={kind}")
        assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == [f"DB-20250331-01-housing.{kind}"]
    assert notice(app, "zip", "format=exe").status_code == 400
    assert notice(app, "docx", "department=nope").status_code == 404
    assert notice(app, "pdf", "department=housing&today=soon").status_code == 400
    assert notice(app, "docx", "department=housing&today=2024-05-01").status_code == 400


def test_a_machine_without_a_chinese_font_says_so_and_still_writes_word(app: Dash, tmp_path: Path) -> None:
    bare = Flask("bare")
    identify_viewers(bare, everyone)
    keep_timezone(bare, "Asia/Shanghai", date(2025, 3, 31))
    url = f"sqlite:///{app.server.config['city']}"
    register_notice_routes(bare, open_store(url), tmp_path / "no.ttf")
    client = bare.test_client()
    assert client.get("/notices/supervision.pdf?department=housing").status_code == 503
    assert client.get("/notices/supervision.docx?department=housing").status_code == 200
