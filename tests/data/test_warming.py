from pathlib import Path
from typing import NoReturn

import pytest

from dashboard.warming import warm
from data_access import answers
from data_access.importing import load_packages
from data_access.questions import ProfileQuestion
from data_access.startup import open_store
from tests.builders import city, write_package


def profile(*_: object) -> NoReturn:
    raise AssertionError("asked again")


def test_after_warming_the_first_screen_asks_the_database_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_packages([write_package(tmp_path / "package", city())], database)
    store = open_store(database)
    warm(store)
    home = store.home_area()
    assert home is not None
    monkeypatch.setattr(answers, "profile", profile)
    assert not store.profile(ProfileQuestion(area=home)).empty


def test_an_empty_database_needs_no_warming(database: str) -> None:
    warm(open_store(database))
