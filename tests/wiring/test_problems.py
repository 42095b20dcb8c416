"""The problem view wired together: every panel at every level in both languages, the ledger, the card, the notices."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from dash import Dash

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from layouts.ids import ProblemIds
from layouts.texts import LANGUAGES
from layouts.work.word_document import document, paragraph
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
    return create_app(open_store(url), Settings(database_url=url, today=date(2025, 3, 31)))


@pytest.fixture
def screen(app: Dash) -> Screen:
    return Screen(app)


def panel(screen: Screen, name: str, search: str) -> list[str]:
    selection, _ = screen.open(search)
    part = "children" if name in {"card", "legend"} else "data-markup"
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


def test_a_supervision_notice_lists_what_is_overdue_and_nothing_else(app: Dash) -> None:
    client = app.server.test_client()
    answer = client.get("/notices/supervision.docx?department=housing&today=2025-03-31")
    assert answer.status_code == 200
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert "住建局" in text and ">late<" in text and ">soon<" not in text and ">done<" not in text
    assert "DB-20250331-01-housing" in text and "2025-04-15" in text
    assert client.get("/notices/supervision.docx?department=housing&today=2025-03-31").data == answer.data


def test_notices_of_all_departments_come_in_one_archive_and_odd_requests_are_refused(app: Dash) -> None:
    client = app.server.test_client()
    names = zipfile.ZipFile(io.BytesIO(client.get("/notices/supervision.zip").data)).namelist()
    assert names == ["DB-20250331-01-housing.docx"]
    assert client.get("/notices/supervision.docx?department=nope").status_code == 404
    assert client.get("/notices/supervision.docx?department=housing&today=soon").status_code == 400
    assert client.get("/notices/supervision.docx?department=housing&today=2024-05-01").status_code == 400


def test_names_in_a_notice_are_text_and_never_markup() -> None:
    text = zipfile.ZipFile(io.BytesIO(document([paragraph("<w:p>&\x00</w:p>")]))).read("word/document.xml").decode()
    assert "&lt;w:p&gt;&amp;&lt;/w:p&gt;" in text
