"""Cities nobody has shown us yet: other levels and tilings, English names only, one year, very many areas, nothing."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import geopandas
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from data_access.engine import layers_path, open_engine
from data_access.importing import load_packages
from data_access.schema import create_tables
from scripts.screen_server import served
from tests.browser.conftest import HOSTILE, Open, eventually, load, small_city
from tests.browser.test_map import settled, spot
from tests.builders import Tables, city, indicator, value, write_package

ROWS, COLUMNS = 50, 100
BOX = tuple[float, float, float, float]


def english(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: fact for key, fact in row.items() if key != "name_zh"} | {"name_en": name}


def place(code: str, level: str, parent: str | None, name: str) -> dict[str, Any]:
    return {"area_code": code, "level": level, "parent_code": parent, "name_en": name}


def stored(folder: Path, tables: Tables, boxes: dict[str, BOX]) -> str:
    package = write_package(folder / "package", tables)
    shapes = [shapely.box(*box) for box in boxes.values()]
    frame = geopandas.GeoDataFrame({"area_code": list(boxes)}, geometry=shapes, crs="EPSG:4490")
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """English names only; communities right below the city, beside school and fire districts; wards undrawn."""
    levels = [("city", 0, "administrative"), ("community", 1, "administrative"), ("ward", 2, "administrative")]
    levels += [("school", 1, "schools"), ("fire", 1, "fire")]
    tables = city(
        contract=[{"version": "1", "data_version": "1", "city_name_en": "Harbour"}],
        area_level=[
            {"level": level, "rank": rank, "partition": partition, "name_en": level.title()}
            for level, rank, partition in levels
        ],
        area=[
            place("H", "city", None, "Harbour"),
            *(place(f"C{n}", "community", "H", f"Quay {n}") for n in range(4)),
            place("W0", "ward", "C0", "Ward 0"),
            *(place(f"S{n}", "school", "H", f"School district {n}") for n in range(2)),
            *(place(f"F{n}", "fire", "H", f"Fire district {n}") for n in range(2)),
        ],
        department=[{"department_code": "housing", "name_en": "Housing"}],
        indicator_system=[{"system_code": "s", "name_en": "System"}],
        dimension=[{"dimension_code": "d", "system_code": "s", "name_en": "Dimension"}],
        indicator=[english(indicator("N", decimals=0), "Hydrants"), english(indicator("V"), "Never collected")],
        indicator_value=[
            value("N", code, "2024", place)
            for place, code in enumerate(["C0", "C1", "C2", "C3", "S0", "S1", "F0", "F1"], 3)
        ],
    )
    boxes: dict[str, BOX] = {f"C{n}": (10 + n / 10, 50, 10.1 + n / 10, 50.2) for n in range(4)}
    boxes |= {f"S{n}": (10 + n / 5, 50, 10.2 + n / 5, 50.2) for n in range(2)}
    boxes |= {f"F{n}": (10, 50 + n / 10, 10.4, 50.1 + n / 10) for n in range(2)}
    with served(stored(tmp_path_factory.mktemp("harbour"), tables, boxes)) as running:
        yield running


def test_a_city_with_english_names_one_year_and_three_tilings_shows_itself_whole(open_page: Open, harbour: str) -> None:
    page = open_page("", at=harbour)
    settled(page, 4)
    expect(page.locator(".header h1")).to_contain_text("Harbour")
    expect(page.locator(".at-map h2")).to_have_text("Hydrants · Harbour · 2024")
    expect(page.locator(".map-timeline")).to_be_hidden()
    assert page.get_by_text("变化图").count() == 0
    expect(page.locator(".rank")).to_have_count(4)
    choices = page.locator(".map-switches .switches > *")
    assert sorted(choices.all_inner_texts()) == ["Community", "Fire", "School", "Ward"]
    page.locator(".map-switches").get_by_text("School").click()
    expect(page.locator(".rank__name", has_text="School district")).to_have_count(2)
    settled(page, 2)
    page.locator(".map-switches").get_by_text("Fire").click()
    expect(page.locator(".rank__name", has_text="Fire district")).to_have_count(2)
    assert "tiling=fire" in page.url
    page.locator(".rank__name", has_text="Fire district 0").click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("Fire district 0")
    expect(page.locator(".at-ranking h2")).to_contain_text("Harbour")
    expect(page.locator(".rank__name", has_text="Fire district")).to_have_count(2)
    settled(page, 2)


def test_a_level_without_boundaries_says_so_and_lists_its_areas(open_page: Open, harbour: str) -> None:
    page = open_page("", at=harbour)
    page.locator(".map-switches").get_by_text("Ward").click()
    expect(page.locator(".map-legend")).to_contain_text("没有边界数据")
    page.locator(".legend-undrawn", has_text="Ward 0").click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("Ward 0")
    expect(page.locator(".map-switches").get_by_text("Ward", exact=True)).to_have_count(0)


def test_an_indicator_without_values_says_what_to_do_in_every_panel(open_page: Open, harbour: str) -> None:
    page = open_page("", at=harbour)
    page.goto(f"{harbour}/?ind=V")
    expect(page.locator(".at-map h2")).to_contain_text("Never collected")
    expect(page.locator(".at-ranking")).not_to_contain_text("Quay 0")
    expect(page.locator(".at-ranking .no-data")).to_be_visible()
    expect(page.locator(".map-legend")).to_contain_text("无记录")


def test_an_unknown_code_in_a_link_is_said_calmly_and_can_be_closed(open_page: Open, harbour: str) -> None:
    page = open_page("area=nowhere&ind=nothing", at=harbour)
    expect(page.locator(".notice")).to_contain_text("nowhere")
    expect(page.locator(".notice")).to_contain_text("nothing")
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("Harbour")
    page.locator(".notice__close").click()
    expect(page.locator(".notice")).to_have_count(0)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """5,000 communities right below the city, with two years."""
    codes = [f"{row:02}{column:02}" for row in range(ROWS) for column in range(COLUMNS)]
    tables = city(
        area_level=[
            {"level": "city", "rank": 0, "name_zh": "市"},
            {"level": "community", "rank": 1, "name_zh": "社区"},
        ],
        area=[{"area_code": "L", "level": "city", "name_zh": "大市"}]
        + [{"area_code": code, "level": "community", "parent_code": "L", "name_zh": f"社区{code}"} for code in codes],
        indicator=[indicator("N", unit="处", decimals=0)],
        indicator_value=[
            value("N", code, year, number % 97 + later)
            for number, code in enumerate(codes)
            for later, year in enumerate(("2023", "2024"))
        ],
    )
    boxes: dict[str, BOX] = {
        code: (
            112 + int(code[2:]) / 100,
            30 + int(code[:2]) / 100,
            112.01 + int(code[2:]) / 100,
            30.01 + int(code[:2]) / 100,
        )
        for code in codes
    }
    with served(stored(tmp_path_factory.mktemp("large"), tables, boxes)) as running:
        yield running


def test_five_thousand_communities_are_drawn_at_once_and_each_explains_itself(open_page: Open, large: str) -> None:
    page = open_page("", at=large)
    settled(page, ROWS * COLUMNS)
    counts = page.locator(".legend-count").all_inner_texts()
    assert sum(int(count.replace(",", "")) for count in counts) == ROWS * COLUMNS
    assert page.locator(".rank").count() <= 121
    expect(page.locator(".ranks > li").last).to_contain_text("4,880")
    at = spot(page, "2550")
    page.mouse.move(at["x"], at["y"])
    card = page.locator(".area-card:not(.point-card)")
    for said in ("社区2550", "处", "/ 5000", "+1 较 2023", "实录"):
        expect(card).to_contain_text(said)
    page.mouse.click(at["x"], at["y"])
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("社区2550")


def test_an_empty_database_says_what_to_do(tmp_path: Path, open_page: Open) -> None:
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    create_tables(open_engine(url, access="load"), layers_path(url))
    with served(url) as address:
        page = open_page("", at=address)
        expect(page.locator(".empty-state")).to_contain_text("cityvitals load")
        expect(page.locator("#connection")).to_be_hidden()


@pytest.mark.parametrize("enforced", [True, False], ids=["with policy", "without policy"])
def test_a_hostile_boundary_name_is_only_ever_text(tmp_path: Path, chromium: Browser, enforced: bool) -> None:
    """Without the policy nothing but our own care keeps a name from becoming an element."""
    tables = small_city()
    tables["area"] = [row | {"name_zh": HOSTILE} if row["area_code"] == "0102" else row for row in tables["area"]]
    with served(load(tmp_path, tables)) as address:
        context = chromium.new_context(bypass_csp=not enforced, viewport={"width": 1920, "height": 1080})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/?ind=N")
        settled(page, 6)
        expect(page.locator(".rank__name", has_text=HOSTILE)).to_be_visible()
        at = spot(page, "0102")
        page.mouse.move(at["x"], at["y"] + 12)
        expect(page.locator(".area-card-name")).to_have_text(HOSTILE)
        page.mouse.click(at["x"], at["y"] + 12)
        expect(page.locator(".at-map h2")).to_contain_text(HOSTILE)
        expect(page.locator("#overview-trend")).to_contain_text(HOSTILE)
        assert page.locator("img[src=x], img[onerror]").count() == 0
        assert not [url for url in asked if re.search(r"/x$", url)]
        context.close()


class Tiles(BaseHTTPRequestHandler):
    """A tile service that has no tile."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def tiles() -> Iterator[str]:
    service = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{service.server_port}/wmts?x={{x}}&y={{y}}&z={{z}}&tk=secret"
    service.shutdown()


def test_a_basemap_that_does_not_answer_leaves_the_map_as_it_is(open_page: Open, city_url: str, tiles: str) -> None:
    with served(city_url, basemap_url=tiles) as address:
        page: Page = open_page("ind=N", at=address)
        settled(page, 6)
        eventually(page, "document.querySelectorAll('.leaflet-tile-pane').length")
        at = spot(page, "0103")
        page.mouse.move(at["x"], at["y"] + 12)
        expect(page.locator(".area-card-name")).to_have_text("名0103")
        expect(page.locator("#connection")).to_be_hidden()
    assert any("tk=secret" in path for path in Tiles.asked)
