"""Opinions through the screen's door: from our own page, in the name the server knows, listed and exported."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from dash import Dash

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access import opinions
from data_access.importing import load_packages
from data_access.startup import open_store
from layouts.components.opinions import LONGEST_TEXT
from tests.builders import city, value, write_package
from tests.wiring.asking import Screen, texts_of

OURS = {"Sec-Fetch-Site": "same-origin"}
FIGURE = {"indicator": "N", "area": "0101", "period": "2024", "verdict": "question", "text": "口径存疑"}
SELECTION = "?view=indicator&ind=N&area=0101&period=2024"


@pytest.fixture
def url(tmp_path: Path) -> str:
    tables = city(indicator_value=[value("N", "0101"), value("N", "0102", value=2)])
    load_packages([write_package(tmp_path / "package", tables)], f"sqlite:///{tmp_path}/city.sqlite")
    return f"sqlite:///{tmp_path}/city.sqlite"


def app(url: str, **settings: Any) -> Dash:
    return create_app(open_store(url), Settings(database_url=url, **settings))


def post(made: Dash, headers: dict[str, str] | None = None, **changes: Any) -> int:
    client = made.server.test_client()
    return client.post("/opinions", json=FIGURE | changes, headers=OURS if headers is None else headers).status_code


def listed(made: Dash) -> str:
    screen = Screen(made)
    selection, _ = screen.open(SELECTION)
    _, answer = screen.ask("indicator-opinions.data-markup", selection=selection)
    return " ".join(texts_of(answer["response"]["indicator-opinions"]["data-markup"]))


def test_an_opinion_is_listed_at_once_under_the_name_that_the_proxy_tells(url: str) -> None:
    made = app(url, user_header="X-Remote-User")
    assert "还没有专家意见" in listed(made)
    assert post(made, OURS | {"X-Remote-User": "王工".encode().decode("latin-1")}) == 201
    shown = listed(made)
    assert "口径存疑" in shown
    assert "王工 · 2024" in shown


def test_the_browser_cannot_name_the_author(url: str) -> None:
    made = app(url)
    assert post(made, author="市长") == 400
    assert post(made, OURS | {"X-Remote-User": "mayor"}) == 201
    assert "未署名" in listed(made)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}],
)
def test_a_foreign_page_writes_nothing(url: str, headers: dict[str, str]) -> None:
    made = app(url)
    assert post(made, headers) == 403
    assert "还没有专家意见" in listed(made)


def test_an_old_browser_is_known_by_its_origin(url: str) -> None:
    assert post(app(url), {"Origin": "http://localhost"}) == 201


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"verdict": "maybe"}, 400),
        ({"text": " "}, 400),
        ({"text": "x" * (LONGEST_TEXT + 1)}, 400),
        ({"text": "\ud800"}, 400),
        ({"text": 5}, 400),
        ({"area": "nowhere"}, 404),
        ({"indicator": "nothing"}, 404),
        ({"period": "1999"}, 404),
    ],
)
def test_what_is_no_opinion_is_refused_in_words(url: str, changes: dict[str, Any], status: int) -> None:
    assert post(app(url), **changes) == status


def test_only_json_is_read(url: str) -> None:
    client = app(url).server.test_client()
    assert client.post("/opinions", data=FIGURE, headers=OURS).status_code == 415
    assert client.post("/opinions", data=b"[", headers=OURS, content_type="application/json").status_code == 400
    assert client.post("/opinions", json=[1], headers=OURS).status_code == 400


def test_an_installation_may_close_them(url: str) -> None:
    made = app(url, opinions=False)
    assert post(made) == 403
    assert "未开放" in listed(made)


def test_opinions_are_taken_away_with_text_that_stays_text(url: str) -> None:
    made = app(url)
    assert post(made, text="=1+1") == 201
    answer = made.server.test_client().get("/download/opinions.xlsx?ind=N&area=01")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    said = dict(zip(head, row, strict=True))
    assert (said["area_code"], said["verdict"], said["text"]) == ("0101", "question", "=1+1")
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} == {"s"}


def test_the_form_takes_as_much_text_as_the_database() -> None:
    assert LONGEST_TEXT == opinions.LONGEST_TEXT


def test_an_opinion_cannot_show_other_words_than_it_holds(url: str) -> None:
    """Marks that turn the direction of writing are left out."""
    made = app(url)
    assert post(made, text="\u202e口径\u2069存疑") == 201
    assert "口径存疑" in listed(made)
