import time
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pytest

from callbacks.ahead import kept_ahead
from dashboard import warming
from dashboard.app import create_app
from dashboard.http.attention import CALM_S, Attention
from dashboard.settings import Settings
from dashboard.warming import draw_further, draw_next, warm
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.store import IndicatorStore
from tests.builders import Tables, area, city, indicator, value, write_package
from tests.wiring.asking import Screen


def opened(database: str, folder: Path, tables: Tables) -> tuple[Screen, IndicatorStore]:
    load_packages([write_package(folder / "package", tables)], database)
    store = open_store(database)
    return Screen(create_app(store, Settings(database_url=database))), store


def nothing_asked(*_: object) -> NoReturn:
    raise AssertionError("the database was asked again")


def test_after_warming_the_first_screen_asks_the_database_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, store = opened(database, tmp_path, city())
    warm(screen.app.server, store)
    selection, _ = screen.open()
    monkeypatch.setattr(store, "_ask", nothing_asked)
    for output in ("overview-conclusion.data-markup", "overview-ranking.data-markup", "map-paint.data"):
        status, answer = screen.ask(output, selection=selection)
        assert (status, output.split(".")[0] in answer["response"]) == (200, True)


def test_what_a_click_on_the_map_leads_to_is_drawn_while_the_parent_is_looked_at(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, store = opened(database, tmp_path, city())
    selection, _ = screen.open("?area=01")
    below, _ = screen.open("?area=0101")
    small_text = {"text_px": 15, "hides": "overview-attainment"}
    screen.ask("map-paint.data", selection=selection, screen=small_text)
    look = kept_ahead(screen.app.server).wait(0)
    assert look is not None
    assert (look.selection.area, look.text_px) == ("01", 15)
    draw_next(screen.app.server, store, look)
    monkeypatch.setattr(store, "_ask", nothing_asked)
    for output in ("overview-conclusion.data-markup", "overview-trend.figure", "map-paint.data"):
        status, answer = screen.ask(output, selection=below, screen=small_text)
        assert (status, output.split(".")[0] in answer["response"]) == (200, True)


def test_the_areas_that_a_search_offers_are_drawn_while_the_list_is_read(database: str, tmp_path: Path) -> None:
    screen, _ = opened(database, tmp_path, city())
    selection, _ = screen.open("?area=01")
    screen.ask("search-results.children", search_text="0101", selection=selection, screen={"text_px": 15})
    look = kept_ahead(screen.app.server).wait(0)
    assert look is not None
    assert (look.next, look.text_px) == (("0101",), 15)


def test_whole_levels_further_down_are_drawn_as_long_as_they_are_not_too_many(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = [
        {"level": name, "rank": rank, "name_zh": name} for rank, name in enumerate(("city", "district", "street"))
    ]
    streets = [area(code, "street", "0101") for code in ("010101", "010102")]
    areas = [*city()["area"], *streets]
    screen, store = opened(database, tmp_path, city(area_level=levels, area=areas))
    server = screen.app.server
    assert set(draw_further(server, store)) == {"010101", "010102"}
    monkeypatch.setattr(warming, "MOST_FURTHER", 1)
    assert list(draw_further(server, store)) == []


def test_nothing_is_drawn_beforehand_while_somebody_waits() -> None:
    attention = Attention()
    began = time.monotonic()
    attention.wait_for_calm()
    assert time.monotonic() - began < CALM_S
    attention.asked()
    attention.wait_for_calm(patience_s=0.2)
    assert time.monotonic() - began >= 0.2
    attention.wait_for_calm()
    assert time.monotonic() - began >= CALM_S


def test_every_worker_knows_when_another_was_asked() -> None:
    attention = Attention()
    worker = get_context("fork").Process(target=attention.asked)
    worker.start()
    worker.join()
    began = time.monotonic()
    attention.wait_for_calm(patience_s=0.2)
    assert time.monotonic() - began >= 0.2


def test_an_empty_database_needs_no_warming(database: str) -> None:
    store = open_store(database)
    server = create_app(store, Settings(database_url=database)).server
    warm(server, store)
    assert list(draw_further(server, store)) == []


def test_what_is_drawn_while_new_data_arrive_is_kept_of_one_version(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_access.contract_row.FRESH_S", 0.0)
    tables = city(indicator=[indicator("N", unit="处", is_key=True)], indicator_value=[value("N", "0101", value=3)])
    screen, store = opened(database, tmp_path, tables)
    selection, _ = screen.open("?area=01")
    screen.ask("map-paint.data", selection=selection)
    look = kept_ahead(screen.app.server).wait(0)
    assert look is not None
    newer = write_package(tmp_path / "newer", tables | {"indicator_value": [value("N", "0101", value=777)]})
    steps = count(1)

    def load_between(_attention: Attention) -> None:
        if next(steps) == 3:
            load_packages([newer], database)

    monkeypatch.setattr(Attention, "wait_for_calm", load_between)
    draw_next(screen.app.server, store, look)
    below, _ = screen.open("?area=0101")
    for panel in ("overview-conclusion", "overview-key-indicators"):
        _, answer = screen.ask(f"{panel}.data-markup", selection=below, screen={"text_px": look.text_px})
        assert '"777"' in answer["response"][panel]["data-markup"], panel


def test_a_newer_look_goes_first_and_an_older_one_holds_nothing_up(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, store = opened(database, tmp_path, city())
    server, drawn = screen.app.server, list[str]()
    for where in ("?area=0102", "?area=01"):
        selection, _ = screen.open(where)
        screen.ask("map-paint.data", selection=selection)
    look = kept_ahead(server).wait(0)
    assert look is not None
    monkeypatch.setattr(warming, "_draw_overview", lambda _server, at, *_: drawn.append(at.area))
    draw_next(server, store, look)
    assert drawn == ["0101", "0102"]
    drawn.clear()
    monkeypatch.setattr(warming, "_draw_overview", lambda _server, at, *_: kept_ahead(server).tell(look))
    draw_next(server, store, look)
    assert kept_ahead(server).told == 3
