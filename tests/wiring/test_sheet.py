"""The area sheet says what the numbers say, alike on the screen and in Word, and suppresses what speaks of persons."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from callbacks.scene import Scene
from callbacks.selection import Selection
from callbacks.sheet_content import sheet_of
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING
from layouts.components.area_sheet import area_sheet
from layouts.sheet import Section, Sheet
from layouts.texts import texts
from layouts.work.sheet_document import sheet_document
from tests.builders import area, city, indicator, problem, project, value, write_package

HOSTILE = "<script>alert(1)</script>&区"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("sheet")
    up = {"direction": "higher_better"}
    survey = {"area_code": "01", "period": "2024", "respondent_group": "all", "topic_en": "Topic"}
    tables = city(
        area=[
            area("01", "city", None, population=9),
            area("0101", "district", "01", name_zh=HOSTILE),
            area("0102", "district", "01"),
        ],
        indicator=[
            indicator("A", "none", name_en="Alpha", **up),
            indicator("B", "none", name_en="Beta", **up),
            indicator("C", "none"),
        ],
        indicator_value=[
            *(value("A", "01", str(year), 80.0 + year - 2018) for year in range(2018, 2025)),
            value("B", "01", "2024", 5),
            value("A", "0101", "2024", 5),
        ],
        reference_value=[
            {"reference_code": code, "indicator_code": code, "kind": "standard", "operator": ">=", "value": 50}
            | {"name_zh": "国标"}
            for code in "AB"
        ],
        problem=[problem("1", "0101", status="closed", resolved_on="2024"), problem("2", "01", due_on="2024")],
        project=[project("1", "0101", investment_planned=2e8)],
        survey_result=[
            survey | {"topic_code": "few", "topic_zh": "甲", "score": 11.0, "respondents": 29},
            survey | {"topic_code": "many", "topic_zh": "乙", "score": 77.0, "respondents": 300},
        ],
    )
    load_packages([write_package(folder / "package", tables)], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


@pytest.fixture(scope="module")
def store(url: str) -> IndicatorStore:
    return open_store(url)


@pytest.fixture(scope="module")
def client(url: str) -> FlaskClient:
    return create_app(open_store(url), Settings(database_url=url)).server.test_client()


def sheet(store: IndicatorStore, client: FlaskClient, **chosen: Any) -> Sheet:
    selection = Selection(view="sheet", area="01", indicator="A", period="2024", lang="en").changed(chosen)
    with client.application.test_request_context():
        return sheet_of(Scene(selection, store, EVERYTHING))


def lines(found: Sheet, title: str) -> str:
    section: Section = next(one for one in found.sections if title in one.title)
    return " ".join(one.text for one in section.sentences)


def test_strengths_shortfalls_and_trends_are_those_of_the_numbers(store: IndicatorStore, client: FlaskClient) -> None:
    found = sheet(store, client)
    assert "Alpha: 86" in lines(found, "Strengths") and "Beta" not in lines(found, "Strengths")
    assert "Beta: 5" in lines(found, "Shortfalls")
    assert "a significant rise" in lines(found, "Trends")
    assert "2 problems, 1 solved (50.0 %), 1 overdue" in lines(found, "Problems")
    assert "2 of 3 indicators have a value" in lines(found, "Completeness")


def test_a_topic_that_few_answered_is_not_shown(store: IndicatorStore, client: FlaskClient) -> None:
    said = lines(sheet(store, client), "Satisfaction")
    assert "1 topics, mean 77.0" in said
    assert "11.0" not in said


def test_what_nobody_judges_is_not_called_a_failure(store: IndicatorStore, client: FlaskClient) -> None:
    found = sheet(store, client, area="0102")
    assert "No indicator is judged" in lines(found, "Strengths")
    assert "No survey result" in lines(found, "Satisfaction")


def test_the_screen_and_word_say_the_same(store: IndicatorStore, client: FlaskClient) -> None:
    found = sheet(store, client)
    shown = json.dumps(
        area_sheet(texts("en"), found, None, "", ""), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )
    content = zipfile.ZipFile(io.BytesIO(sheet_document(found))).read("word/document.xml")
    written = "".join(ElementTree.fromstring(content).itertext())
    for section in found.sections:
        for one in section.sentences:
            assert one.text in written
            assert json.dumps(one.text, ensure_ascii=False)[1:-1] in shown


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("place", ["01", "0101", "0102"])
def test_word_opens_for_every_area_in_both_languages(client: FlaskClient, place: str, language: str) -> None:
    answer = client.get(f"/download/sheet.docx?area={place}&ind=A&lang={language}")
    assert answer.status_code == 200
    parts = zipfile.ZipFile(io.BytesIO(answer.data))
    ElementTree.fromstring(parts.read("word/document.xml"))


def test_a_hostile_name_is_text_in_word(client: FlaskClient) -> None:
    answer = client.get("/download/sheet.docx?area=0101&ind=A")
    content = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml")
    assert HOSTILE in "".join(ElementTree.fromstring(content).itertext())
