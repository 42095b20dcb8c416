"""A real browser on a small city with a map, at any size."""

from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from data_access.importing import load_packages
from scripts.browser import browser
from scripts.screen_server import served
from tests.builders import Tables, area, city, indicator, problem, project, value, write_package

HOSTILE = "<img src=x onerror=alert(1)>"
YEARS = ("2020", "2021", "2023", "2024")
DISTRICTS = {f"010{n}": shapely.box(114 + 0.1 * n, 30, 114.1 + 0.1 * n, 30.2) for n in range(1, 7)}
Open = Callable[..., Page]
expect.set_options(timeout=30_000)


def small_city() -> Tables:
    """Six districts in a row, one with two communities, four years with a gap, a standard, work late and done."""
    communities = ["010101", "010102"]
    return city(
        area_level=[
            {"level": level, "rank": rank, "name_zh": zh, "name_en": level.title()}
            for rank, (level, zh) in enumerate((("city", "市"), ("district", "区"), ("community", "社区")))
        ],
        area=[
            area("01", "city", None, name_zh="澄江市", name_en="Chengjiang", population=1_930_000, area_km2=1371.4),
            *(area(code, "district", "01", name_en=f"District {code}", population=300_000) for code in DISTRICTS),
            *(area(code, "community", "0101") for code in communities),
        ],
        indicator=[
            indicator("N", name_zh="道路网密度", name_en="Road density", unit="公里/平方公里", decimals=1, is_key=True,
                      aggregation="weighted_mean", weight_column="population", direction="higher_better"),
            indicator("R", "ratio", name_zh="未采集率", name_en="Nothing yet"),
            *(
                indicator(f"K{n}", name_zh=f"存在问题的住宅数量之{n}", unit="栋", is_key=True, graded=False)
                for n in range(12)
            ),
        ],
        indicator_value=[
            value("N", code, year, 5 + place + 0.3 * int(year[-1]))
            for place, code in enumerate([*DISTRICTS, *communities])
            for year in YEARS
        ] + [value(f"K{n}", code, year, 10 + n) for n in range(12) for code in DISTRICTS for year in YEARS],
        reference_value=[
            {"reference_code": "r", "indicator_code": "N", "kind": "standard", "name_zh": "标准"}
            | {"operator": ">=", "value": 8}
        ],
        problem=[problem(str(n), "0101", indicator_code="K1", due_on="2024-06") for n in range(5)],
        project=[project(str(n), "0102", planned_finish_on=f"202{n}", investment_planned=3e8) for n in range(5)],
    )  # fmt: skip


def eventually(page: Page, expression: str, wanted: Callable[[object], bool] = bool) -> object:
    """What the expression comes to once it is as wanted; the page's policy forbids Playwright's own waiting for one."""
    for _ in range(300):
        found: object = page.evaluate(expression)
        if wanted(found):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"{expression} stayed {found!r}")


@pytest.fixture(scope="session")
def city_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return load(tmp_path_factory.mktemp("browser"), small_city())


def load(folder: Path, tables: Tables) -> str:
    """The URL of a database with these tables and the boundaries of the small city."""
    package = write_package(folder / "package", tables)
    halves = {"010101": shapely.box(114.1, 30, 114.15, 30.2), "010102": shapely.box(114.15, 30, 114.2, 30.2)}
    shapes = {"01": shapely.box(114.1, 30, 114.7, 30.2)} | DISTRICTS | halves
    frame = geopandas.GeoDataFrame({"area_code": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4490")
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    return f"sqlite:///{folder}/city.sqlite"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def address(city_url: str) -> Iterator[str]:
    with served(city_url) as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Open]:
    """open_page(query, width, height): the page once its panels are drawn. A script error fails the test."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_(query: str = "", width: int = 1920, height: int = 1080, at: str = address) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: faults.append(error.stack or str(error)))
        pages.append(page)
        page.goto(f"{at}/?{query}")
        page.wait_for_selector(".rank__name, .empty-state", state="attached")
        page.wait_for_selector(".headline__figure, .empty-state", state="attached")
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for page in pages:
        page.close()
    assert not faults
