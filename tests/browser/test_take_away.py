"""What leaves the screen and what enters it, in a real browser: sheets, pictures, long tables, opinions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.screen_server import served
from tests.browser.conftest import DISTRICTS, load
from tests.builders import area, city, indicator, value

YEARS = ("2021", "2022", "2023", "2024")
PNG = b"\x89PNG\r\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    places = ["01", *DISTRICTS]
    tables = city(
        area_level=[
            {"level": level, "rank": rank, "name_zh": level}
            for rank, level in enumerate(("city", "district", "community"))
        ],
        area=[
            area("01", "city", None, population=9000),
            *(area(code, "district", "01") for code in DISTRICTS),
            *(area(code, "community", "0101") for code in ("010101", "010102")),
        ],
        indicator=[
            indicator(code, "none", name_zh=name, direction="higher_better", is_key=True)
            for code, name in (("A", "道路网密度"), ("B", "绿地率"))
        ],
        indicator_value=[
            value(code, place, year, 10.0 + n + int(year) - 2021)
            for code in "AB"
            for n, place in enumerate(places)
            for year in YEARS
        ],
        reference_value=[
            {"reference_code": code, "indicator_code": code, "kind": "standard", "operator": ">=", "value": bound}
            | {"name_zh": "国标"}
            for code, bound in (("A", 20), ("B", 5))
        ],
    )
    with served(load(tmp_path_factory.mktemp("taking"), tables)) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    faults: list[str] = []
    opened = chromium.new_page(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    opened.close()
    assert not faults


def taken(page: Page, panel: str, item: str) -> Path:
    page.locator(f"{panel} .menu--taking > summary").first.click()
    with page.expect_download() as download:
        page.locator(f"{panel} {item}").first.click()
    return download.value.path()


def test_the_sheet_reads_and_leaves_as_pdf_and_word(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=sheet&area=01&ind=A")
    sheet = page.locator(".sheet")
    expect(sheet.locator("h2")).to_contain_text("体检报告单")
    expect(sheet.locator(".sheet__inset")).to_be_visible()
    expect(sheet.locator("h3")).to_have_count(9)  # eight sections, and the evidence for paper
    expect(sheet).to_contain_text("综合得分")
    expect(sheet.locator(".sheet__evidence")).to_be_hidden()
    page.emulate_media(media="print")
    expect(sheet.locator(".sheet__evidence")).to_be_visible()
    expect(page.locator(".sheet__buttons")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".sheet__buttons [data-copy]").click()
    expect(page.locator(".sheet__buttons [data-said]")).to_have_attribute("data-said", "已复制")
    for label, start in (("PDF", b"%PDF"), ("Word", b"PK"), ("CSV", b"\xef\xbb\xbf")):
        with page.expect_download() as download:
            page.locator(".sheet__buttons a", has_text=label).click()
        assert download.value.path().read_bytes().startswith(start)


def test_the_benchmark_scores_and_is_taken_away_as_picture_and_table(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=benchmark&area=01&ind=A&period=2024")
    table = page.locator(".standings")
    expect(table.locator("tbody tr")).to_have_count(2)
    expect(page.locator(".score-chip--total")).to_contain_text("2/2")
    expect(page.locator(".score-change")).to_have_count(1)  # B meets its standard in both years
    expect(page.locator(".heat tbody tr")).to_have_count(len(DISTRICTS))
    assert taken(page, ".at-standings", "[data-panel-picture]").read_bytes().startswith(PNG)
    assert "四类对标" in taken(page, ".at-standings", "a[href*='.svg']").read_text("utf-8")
    assert "score" in taken(page, ".at-standings", "a[href*='.csv']").read_text("utf-8-sig").splitlines()[0]


def test_an_opinion_needs_its_reason_and_is_listed_when_it_is_taken(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=indicator&area=0101&ind=A&period=2024")
    form = page.locator(".opinion-form")
    form.locator("summary").click()
    expect(form.locator(".opinion-form__about")).to_contain_text("道路网密度")
    form.locator("[data-verdict=reject]").click()
    expect(form.locator(".opinion-form__answer")).to_contain_text("请写明理由")
    form.locator("textarea").fill("口径不符")
    form.locator("[data-verdict=reject]").click()
    expect(page.locator(".opinion__text")).to_have_text("口径不符")
    expect(page.locator(".opinion__verdict")).to_contain_text("不认可")
    page.goto(f"{address}/?view=sheet&area=0101&ind=A&period=2024")
    expect(page.locator(".sheet")).to_contain_text("口径不符")


def test_all_indicators_of_the_map_arrive_and_follow_the_link(page: Page, address: str) -> None:
    page.goto(f"{address}/?area=01&ind=B&period=2023")
    menu = "#overview-map-title"
    expect(page.locator(f"{menu} .menu--taking")).to_be_visible()
    rows = taken(page, menu, "[data-progress]").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + 2 * len(DISTRICTS)
    assert all(",2023," in row for row in rows[1:])
