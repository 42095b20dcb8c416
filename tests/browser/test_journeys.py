"""What a person does on the overview, in a real browser."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.routes import version
from data_access.importing import load_packages
from scripts.screen_server import running
from tests.browser.conftest import HOSTILE, Open, eventually, load, small_city
from tests.builders import area, write_package


def crumbs(page: Page) -> str:
    return page.locator(".breadcrumb").inner_text().replace("\n", " ")


def test_a_click_in_the_ranking_drills_to_a_community_and_the_breadcrumb_leads_back(open_page: Open) -> None:
    page = open_page()
    page.locator(".rank__name", has_text="名0101").click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名0101")
    page.locator(".rank__name", has_text="名010102").click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名010102")
    expect(page.locator(".rank.is-selected .rank__name")).to_have_text("名010102")
    page.locator(".crumb").first.click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("澄江市")


def test_reload_back_and_a_pasted_link_restore_the_same_screen(open_page: Open) -> None:
    page = open_page("theme=light&lang=en&scheme=natural_breaks")
    name = page.locator(".rank__name").first.inner_text()
    title = f"Road density · {name} · 2024"
    page.locator(".rank__name").first.click()
    expect(page.locator(".at-map h2")).to_have_text(title)
    expect(page).to_have_url(re.compile("area=010"))
    link = page.url
    page.reload()
    expect(page.locator(".at-map h2")).to_have_text(title)
    assert page.url == link
    expect(open_page(link.split("?", 1)[1]).locator(".at-map h2")).to_have_text(title)
    page.go_back()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("Chengjiang")
    page.go_forward()
    expect(page.locator(".at-map h2")).to_have_text(title)


def test_another_indicator_redraws_every_panel_and_remounts_no_chart(open_page: Open) -> None:
    page = open_page()
    page.locator("#overview-trend .main-svg").first.wait_for()
    page.evaluate("document.querySelector('#overview-trend .main-svg').dataset.mark = 'kept'")
    page.locator(".key__name", has_text="之3").click()
    for title in (".at-map h2", ".at-trend h2"):
        expect(page.locator(title)).to_contain_text("之3")
    assert page.locator("#overview-trend .main-svg[data-mark='kept']").count() == 1


def test_the_language_switch_changes_every_word_and_keeps_the_place(open_page: Open) -> None:
    page = open_page("area=0101")
    page.get_by_label("Switch to English").click()
    expect(page.locator(".at-key h2")).to_have_text("Key indicators")
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("District 0101")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_theme_switch_changes_the_ground_and_the_charts(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("切换为浅色").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")
    expect(page.locator("body")).to_have_css("background-color", "rgb(243, 245, 249)")


def test_the_search_finds_by_initials_and_enter_goes_there(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("dlw")
    expect(page.locator(".search__result")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".at-map h2")).to_contain_text("道路网密度")


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_every_number_explains_itself(open_page: Open, how: str) -> None:
    page = open_page("ind=N")
    number = page.locator(".key.is-selected .explained")
    number.hover() if how == "hover" else number.focus()
    card = page.locator("#explanation")
    expect(card).to_be_visible()
    expect(card).to_contain_text("汇总计算")
    expect(card).to_contain_text("6/6")


def test_a_number_explains_itself_by_touch(chromium: Browser, address: str) -> None:
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.locator(".headline__figure").first.tap()
    expect(page.locator("#explanation")).to_be_visible()
    context.close()


def test_pointing_at_a_row_marks_it_on_the_map_and_only_there(open_page: Open) -> None:
    page = open_page()
    page.locator(".rank").nth(2).hover()
    expect(page.locator(".rank.is-hovered")).to_have_count(1)


def test_a_hostile_name_is_shown_as_the_text_it_is(tmp_path: Path, open_page: Open) -> None:
    tables = small_city()
    tables["area"] = [row | {"name_zh": HOSTILE} if row["area_code"] == "0102" else row for row in tables["area"]]
    with running(load(tmp_path, tables)) as server:
        page = open_page("area=0102", at=f"http://127.0.0.1:{server.server_port}")
        expect(page.locator(".breadcrumb [aria-current]")).to_have_text(HOSTILE)
        expect(page.locator("#overview-trend")).to_contain_text(HOSTILE)
        assert page.locator("img[src=x]").count() == 0


def test_after_the_server_was_away_the_page_recovers_by_itself(open_page: Open, city_url: str) -> None:
    with running(city_url) as server:
        port = server.server_port
        page = open_page(at=f"http://127.0.0.1:{port}")
    page.locator(".rank__name").first.click(force=True)
    expect(page.locator("#connection")).to_contain_text("屏上为", timeout=30_000)
    assert page.locator(".rank__name").count() == 6
    with running(city_url, port):
        expect(page.locator("#connection")).to_be_hidden(timeout=30_000)
        page.locator(".rank__name").first.click()
        expect(page.locator(".breadcrumb li")).to_have_count(2)


def test_an_area_that_was_shown_is_shown_again_without_asking(open_page: Open) -> None:
    page = open_page()
    title = page.locator(".at-map h2")
    page.locator(".rank__name", has_text="名0101").click()
    expect(title).to_contain_text("名0101")
    page.wait_for_load_state("networkidle")
    page.locator(".crumb").first.click()
    expect(title).to_contain_text("澄江市")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or request.url))
    page.locator(".rank__name", has_text="名0101").click()
    expect(title).to_contain_text("名0101")
    page.go_back()
    expect(title).to_contain_text("澄江市")
    expect(page.locator(".rank__name")).to_have_count(6)
    assert not [one for one in asked if "changedPropIds" in one]


def test_a_page_whose_scripts_did_not_all_come_loads_itself_again(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.route(re.compile("dash_renderer"), lambda route: route.fulfill(status=404), times=1)
    page.goto(address)
    expect(page.locator(".rank__name")).to_have_count(6)
    page.close()


def test_new_data_appears_by_itself_without_losing_the_place(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    url = load(tmp_path / "first", small_city())
    with running(url) as server:
        page = open_page("area=0101&ind=N", at=f"http://127.0.0.1:{server.server_port}")
        page.locator(".crumb").first.click()
        expect(page.locator(".rank__name")).to_have_count(6)
        page.go_back()
        expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名0101")
        renamed = small_city()
        renamed["area"] = [area("0101", "district", "01", name_zh="新名区", population=300_000)]
        _load_more(tmp_path / "second", {"area": renamed["area"]}, url)
        expect(page.locator(".breadcrumb [aria-current]")).to_have_text("新名区", timeout=90_000)
        assert "area=0101" in page.url
        page.locator(".crumb").first.click()
        expect(page.locator(".rank__name", has_text="新名区")).to_be_visible()


def _load_more(folder: Path, tables: dict[str, list[dict[str, object]]], url: str) -> None:
    load_packages([write_package(folder / "package", tables)], url)


def test_a_new_build_loads_the_page_again_where_it_was(
    open_page: Open, city_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(city_url, refresh_s=1) as server:
        port = server.server_port
        page = open_page("area=0101&ind=N", at=f"http://127.0.0.1:{port}")
        eventually(page, "performance.getEntriesByName(new URL('version', location)).length")
        page.evaluate("globalThis.beforeTheDeploy = true")
    monkeypatch.setattr(version, "build_id", lambda: "another")
    with ExitStack() as stack:
        with page.expect_event("load", timeout=60_000):
            stack.enter_context(running(city_url, port, refresh_s=1))
        assert page.evaluate("globalThis.beforeTheDeploy === undefined")
        expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名0101")
        expect(page.locator("#connection")).to_be_hidden()
