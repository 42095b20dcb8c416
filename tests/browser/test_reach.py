"""The reach view in a browser: a click draws what is within reach, a school tried out changes the figure."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.screen_server import served
from tests.browser.conftest import eventually
from tests.reach_city import EAST, HOSTILE, LAT, load_town

SPOT = """([lon, lat]) => {
  const {map} = cityvitals.points.view("reach-map"), at = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect(); return [box.left + at.x, box.top + at.y]; }"""
LOOK = """([lon, lat, zoom]) => {
  cityvitals.map.view().moved = true;  // as by a person's hand: from then on the map is not fitted to its legend
  cityvitals.points.view("reach-map").map.setView([lat, lon], zoom, {animate: false}); }"""
DRAWN = """Boolean(cityvitals.map.view() && cityvitals.reach.view() && cityvitals.reach.view().drawn.length
  && cityvitals.points.view("reach-map").layer)"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(load_town(tmp_path_factory.mktemp("reach"))) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, town: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{town}/?view=reach&area=0101")
    eventually(page, "Boolean(globalThis.cityvitals && cityvitals.reach)")
    eventually(page, DRAWN)
    page.wait_for_load_state("networkidle")  # the last panel to come moves the map's frame
    yield page
    page.close()
    assert not faults


def test_a_click_is_asked_from_and_a_school_tried_out_changes_the_figure(page: Page) -> None:
    share = page.locator(".reach-share .digits")
    expect(share).to_have_text("14.6")
    page.evaluate(LOOK, [114.15, LAT, 13])
    page.mouse.click(*page.evaluate(SPOT, [114.15, LAT]))
    expect(page).to_have_url(re.compile(r"reach=at%3A114\.1[45]"))
    expect(page.locator(".reach-pin--start")).to_have_count(1)
    expect(page.locator("#reach-legend .reach-rows li")).to_have_count(4)

    page.locator("[data-reach-click=plus]").click()
    expect(page.locator("[data-reach-click=plus]")).to_have_attribute("aria-pressed", "true")
    page.evaluate(LOOK, [EAST, LAT, 13])
    page.mouse.click(*page.evaluate(SPOT, [EAST - 0.0001, LAT]))
    pin = page.locator(".reach-pin--added")
    expect(pin).to_have_count(1)
    box, place = pin.bounding_box(), page.evaluate(SPOT, [EAST - 0.0001, LAT])
    assert box
    assert abs(box["x"] + box["width"] / 2 - place[0]) < 3, "the pin stands where the click was"
    expect(share).to_have_text("29.3")
    expect(page.locator(".reach-what-if")).to_contain_text("600")
    page.locator(".reach-what-if .toggle").click()
    expect(share).to_have_text("14.6")
    expect(page.locator(".reach-pin--added")).to_have_count(0)


def test_a_single_school_shows_what_is_known_of_it_as_text(page: Page) -> None:
    page.evaluate(LOOK, [114.11, LAT, 15])
    eventually(page, "!cityvitals.points.view('reach-map').layer._queue.length")
    spot = page.evaluate(SPOT, [114.11, LAT])
    page.mouse.move(spot[0] - 60, spot[1] - 60)
    page.mouse.move(*spot)
    expect(page.locator(".point-card")).to_contain_text(HOSTILE)
    assert page.locator(".point-card img").count() == 0
    url = page.url
    page.mouse.click(*spot)
    expect(page.locator(".point-card")).to_be_visible()
    assert page.url == url, "the point takes the click, the map does not start from there"
