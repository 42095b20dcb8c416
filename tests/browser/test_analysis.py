"""What an expert does on the analysis views, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from data_access.importing import load_packages
from scripts.screen_server import served
from tests.browser.conftest import eventually
from tests.builders import area, city, indicator, value, write_package

SIDE = 5
PLACES = [(y, x) for y in range(SIDE) for x in range(SIDE)]
CODES = [f"01{y}{x}" for y, x in PLACES]
DRAWN = """() => { const canvas = document.querySelector('.linked-map__canvas');
  const [x, y] = [canvas?.width / 2, canvas?.height / 2];
  const painted = canvas && canvas.width && canvas.getContext('2d').getImageData(x, y, 1, 1).data[3];
  return Boolean(painted && document.querySelector('#correlation-scatter .js-plotly-plot .scatterlayer')); }"""
DIMMED = """() => { const canvas = document.querySelector('.linked-map__canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, n) => n % 4 === 3 && value > 30 && value < 60); }"""
SELECTED = """() => document.querySelector('#correlation-scatter .js-plotly-plot')
    .data.find((trace) => trace.name === 'areas').selectedpoints?.length"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("analysis")
    random = np.random.default_rng(1)
    base = random.normal(size=len(CODES))
    names = {"A": "道路网密度", "B": "绿地率", "C": "停车缺口"}
    values = [
        value(code, place, year, round(float(base[n] + random.normal() / 3), 3))
        for code in names
        for n, place in enumerate(CODES)
        for year in ("2021", "2022", "2023", "2024")
    ]
    values += [
        value(code, "01", year, 5.0 + int(year) - 2020) for code in names for year in ("2021", "2022", "2023", "2024")
    ]
    tables = city(
        area=[area("01", "city", None), *(area(code, "district", "01", population=1000) for code in CODES)],
        indicator=[indicator(code, "none", name_zh=name, direction="higher_better") for code, name in names.items()],
        indicator_value=values,
        reference_value=[
            {"reference_code": code, "indicator_code": code, "kind": "standard", "operator": ">=", "value": bound}
            | {"name_zh": "国标"}
            for code, bound in (("A", 3), ("B", 30), ("C", 9))
        ],
    )
    package = write_package(folder / "package", tables)
    boxes = [shapely.box(114 + x / 50, 30 + y / 50, 114.02 + x / 50, 30.02 + y / 50) for y, x in PLACES]
    frame = geopandas.GeoDataFrame({"area_code": CODES}, geometry=boxes, crs="EPSG:4490")
    frame.to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], f"sqlite:///{folder}/city.sqlite")
    with served(f"sqlite:///{folder}/city.sqlite") as running:
        yield running


def opened(chromium: Browser, address: str, query: str) -> Page:
    page = chromium.new_page(viewport={"width": 1600, "height": 900})
    page.goto(f"{address}/?{query}")
    page.wait_for_load_state("networkidle")
    return page


def test_the_catalogue_filters_by_pinyin_initials_and_a_click_selects(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=indicator&ind=A")
    page.locator("#indicator-filter").press_sequentially("ldl")
    expect(page.locator(".leaf:visible")).to_have_count(1)
    page.locator(".leaf:visible").click()
    expect(page.locator(".at-card h2")).to_contain_text("B")
    expect(page.locator(".leaf.is-selected")).to_contain_text("绿地率")


def test_the_catalogue_is_walked_with_the_arrow_keys(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=indicator&ind=A")
    expect(page.locator(".leaf.is-selected")).to_be_visible()
    field, branch = page.locator("#indicator-filter"), page.locator(".branch").first
    field.press("ArrowDown")
    page.locator(":focus").press("ArrowLeft")
    expect(page.locator(".leaf:visible")).to_have_count(0)
    page.locator(":focus").press("ArrowRight")
    expect(branch).to_have_attribute("open", "")
    page.locator(":focus").press("End")
    page.locator(".leaf:focus").press("Enter")
    expect(page.locator(".leaf[aria-current]")).to_be_focused()
    field.fill("nothing of the kind")
    expect(page.locator(".catalogue__nothing")).to_be_visible()


def test_a_chart_is_taken_away_as_a_picture(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=indicator&ind=A")
    page.locator(".at-long-trend .menu > summary").click()
    with page.expect_download() as download:
        page.locator(".at-long-trend .menu__item", has_text="SVG").click()
    assert download.value.suggested_filename.endswith("2024.svg")
    picture = download.value.path().read_text(encoding="utf-8")
    assert "数据截至" in picture


def test_a_heading_sorts_the_comparisons(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=benchmark")
    names = page.locator(".standings__name")
    expect(names).to_have_count(3)
    page.locator(".standings th button", has_text="标准").click()
    expect(page.locator(".standings tbody tr").last.locator(".icon--meets")).to_be_visible()


def lasso(page: Page, selector: str) -> None:
    """Around the left half of an element."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    left, top, width, height = box["x"], box["y"], box["width"], box["height"]
    page.mouse.move(left + 3, top + 3)
    page.mouse.down()
    for x, y in ((width / 2, 3), (width / 2, height - 3), (3, height - 3), (3, 3)):
        page.mouse.move(left + x, top + y, steps=4)
    page.mouse.up()


def test_brushing_links_scatter_and_map_both_ways(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=correlation&ind=A&with=B")
    expect(page.locator(".linked-map__canvas")).to_be_visible()
    eventually(page, DRAWN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lasso(page, ".linked-map__canvas")
    by_map = eventually(page, SELECTED)
    lasso(page, "#correlation-scatter .nsewdrag")
    by_scatter = eventually(page, SELECTED, lambda found: bool(found) and found != by_map)
    eventually(page, DIMMED)
    assert isinstance(by_map, int) and isinstance(by_scatter, int)
    assert by_map < len(CODES) and by_scatter < len(CODES)
    page.locator(".linked-map__canvas").press("Escape")
    eventually(page, SELECTED, lambda found: not found)
    for key in ("Home", "ArrowRight", "Space"):
        page.keyboard.press(key)
    eventually(page, SELECTED, lambda found: found == 1)
    expect(page.locator("#linked-map-said")).to_contain_text("已选 1 个")
    assert not [url for url in asked if "_dash-update" in url]


def test_choices_of_the_correlation_view_go_into_the_link_and_its_map_is_taken_along(
    chromium: Browser, address: str
) -> None:
    page = opened(chromium, address, "view=correlation&ind=A&with=B")
    page.locator(".at-strip summary", has_text="邻接").click()
    page.locator(".at-strip .menu__item", has_text="最近 4 个").click()
    expect(page).to_have_url(re.compile("show=nearest~4|show=nearest%7E4"))
    expect(page.locator(".linked-map__legend")).to_contain_text("最近 4 个")
    expect(page.locator("#correlation-map-busy")).to_be_hidden()
    page.locator(".at-linked-map .menu > summary").click()
    with page.expect_download() as download:
        page.locator(".at-linked-map .menu__item", has_text="PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    page.locator(".at-strip .toggle", has_text="更新需求").click()
    expect(page.locator(".at-scatter")).to_be_hidden()
    expect(page.locator(".at-findings tbody tr")).to_have_count(len(CODES))


def test_a_click_in_the_matrix_selects_the_pair(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "view=correlation&ind=A&with=B")
    drag = page.locator("#correlation-matrix .nsewdrag").first
    box = drag.bounding_box()
    assert box is not None
    order = eventually(page, "document.querySelector('#correlation-matrix .js-plotly-plot')?.data[0].x")
    assert isinstance(order, list)
    column, row = order.index("C") + 0.5, order.index("A") + 0.5
    page.mouse.click(box["x"] + box["width"] * column / len(order), box["y"] + box["height"] * row / len(order))
    expect(page).to_have_url(re.compile("with=C"))
    expect(page.locator(".at-scatter h2")).to_contain_text("A × C")
