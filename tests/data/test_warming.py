from pathlib import Path
from typing import NoReturn

import pytest

from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.warming import warm
from data_access.importing import load_packages
from data_access.startup import open_store
from tests.builders import city, write_package
from tests.wiring.asking import Screen


def nothing_asked(*_: object) -> NoReturn:
    raise AssertionError("the database was asked again")


def test_after_warming_the_first_screen_asks_the_database_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_packages([write_package(tmp_path / "package", city())], database)
    store = open_store(database)
    screen = Screen(create_app(store, Settings(database_url=database)))
    warm(screen.app.server, store)
    selection, _ = screen.open()
    monkeypatch.setattr(store, "_ask", nothing_asked)
    for output in ("overview-conclusion.data-markup", "overview-ranking.data-markup", "map-paint.data"):
        status, answer = screen.ask(output, selection=selection)
        assert (status, output.split(".")[0] in answer["response"]) == (200, True)


def test_an_empty_database_needs_no_warming(database: str) -> None:
    store = open_store(database)
    warm(create_app(store, Settings(database_url=database)).server, store)
