"""The map in a real browser: pointing, drilling, climbing, time, change, colours around the standard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Open, eventually

SETTLED = """() => { const view = cityvitals.map.view();
  if (!view || !view.shown || view.layer._queue.length) return null;
  const tiles = Object.values(view.layer._tiles || {});
  const place = [view.map.getZoom(), view.map.getCenter()].join(), rests = place === globalThis.lastPlace;
  globalThis.lastPlace = place;
  return rests && tiles.length > 0 && tiles.every((tile) => tile.loaded) ? view.areas.count : null; }"""
SPOT = """(code) => { const view = cityvitals.map.view(), area = view.areas.names.codes.indexOf(code);
  const at = cityvitals.areaPlaces.metres(view.areas, view.areas.labels[2 * area], view.areas.labels[2 * area + 1]);
  const point = view.map.latLngToContainerPoint(view.map.options.crs.projection.unproject(L.point(at)));
  const frame = view.map.getContainer().getBoundingClientRect();
  return { x: frame.left + point.x, y: frame.top + point.y }; }"""
PAINTED = """(code) => { const view = cityvitals.map.view(), area = view.areas.names.codes.indexOf(code);
  const pixel = new Uint8Array(view.shown.colours.buffer, (area + 1) * 8 * 4, 4);
  return '#' + [...pixel.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join(''); }"""
SEEN = """(spot) => { const canvases = [...document.querySelectorAll('.area-areas canvas')];
  for (const canvas of canvases) {
    const box = canvas.getBoundingClientRect();
    if (spot.x < box.left || spot.x >= box.right || spot.y < box.top || spot.y >= box.bottom) continue;
    const scale = canvas.width / box.width, pick = (at, from) => Math.floor((at - from) * scale);
    const one = new OffscreenCanvas(1, 1).getContext('2d');
    one.drawImage(canvas, -pick(spot.x, box.left), -pick(spot.y, box.top));
    const pixel = one.getImageData(0, 0, 1, 1).data;
    if (pixel[3]) return '#' + [...pixel.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('');
  }
  return null; }"""


def settled(page: Page, areas: int) -> None:
    eventually(page, SETTLED, lambda count: count == areas)


def spot(page: Page, code: str) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(SPOT, code)
    return found


def here(page: Page, name: str) -> None:
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text(name)


MOVES = """() => { const { map } = cityvitals.map.view(), { setView, flyTo } = map, moves = globalThis.moves = [];
  map.setView = (...place) => { moves.push('jump'); return setView.apply(map, place); };
  map.flyTo = (...place) => { moves.push('flight'); return flyTo.apply(map, place); }; }"""


def test_the_map_flies_to_the_next_area_in_one_go_though_its_legend_and_switches_change_their_size(
    open_page: Open,
) -> None:
    page = open_page("ind=N")
    settled(page, 6)
    size = page.locator("#map-switches").bounding_box()
    page.evaluate(MOVES)
    page.locator(".rank__name", has_text="名0101").click()
    settled(page, 2)
    page.wait_for_timeout(400)  # what waits for the flight has had its turn
    assert page.locator("#map-switches").bounding_box() != size
    assert page.evaluate("moves") == ["flight"]


def test_the_pointer_explains_an_area_and_a_click_opens_it_and_ways_lead_back(open_page: Open) -> None:
    page = open_page("ind=N")
    settled(page, 6)
    at = spot(page, "0101")
    page.mouse.move(at["x"], at["y"] + 12)
    card = page.locator(".area-card:not(.point-card)")
    expect(card).to_be_visible()
    for said in ("名0101", "6.2", "公里/平方公里", "第 6 / 6 位", "+0.3", "实录"):
        expect(card).to_contain_text(said)
    expect(page.locator(".rank.is-hovered .rank__name")).to_have_text("名0101")
    page.mouse.click(at["x"], at["y"] + 12)
    here(page, "名0101")
    settled(page, 2)
    page.keyboard.press("Escape")
    here(page, "澄江市")
    settled(page, 6)
    at = spot(page, "0101")
    page.mouse.click(at["x"], at["y"] + 12)
    here(page, "名0101")
    settled(page, 2)
    frame = page.locator(".area-map").bounding_box()
    assert frame
    page.mouse.dblclick(frame["x"] + 8, frame["y"] + frame["height"] - 8)
    here(page, "澄江市")


def test_the_keyboard_walks_from_area_to_area(open_page: Open) -> None:
    page = open_page("ind=N")
    settled(page, 6)
    page.locator(".area-map").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".area-card-name")).to_have_text("名0101")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".area-card-name")).to_have_text("名0102")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    here(page, "名0101")


def test_the_timeline_plays_to_the_latest_period_and_every_panel_follows(open_page: Open) -> None:
    page = open_page("ind=N&period=2021")
    settled(page, 6)
    before = page.evaluate("cityvitals.map.view().shown.values[0]")
    page.locator(".timeline-play").click()
    expect(page.locator(".timeline-play")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".timeline-now")).to_have_text("2024")
    expect(page.locator(".timeline-play")).to_have_attribute("aria-pressed", "false")
    for panel in (".at-map h2", ".at-conclusion .panel__aside"):
        expect(page.locator(panel)).to_contain_text("2024")
    assert page.evaluate("cityvitals.map.view().shown.values[0]") == pytest.approx(before + 0.9, abs=1e-4)
    assert "period=2024" in page.url


def test_the_period_selector_and_the_slider_agree(open_page: Open) -> None:
    page = open_page("ind=N")
    page.locator("#header-period").click()
    page.get_by_role("option", name="2020").click()
    expect(page.locator(".at-map h2")).to_contain_text("2020")
    expect(page.locator(".timeline-now")).to_have_text("2020")
    page.locator(".timeline-range").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".at-map h2")).to_contain_text("2021")


def test_the_change_map_shows_differences_and_leads_back(open_page: Open) -> None:
    page = open_page("ind=N")
    settled(page, 6)
    page.locator(".map-switches summary", has_text="变化").click()
    page.locator(".menu-items").get_by_text("2020").click()
    expect(page.locator(".legend-title")).to_have_text("变化")
    expect(page.locator(".map-timeline")).to_be_hidden()
    assert page.evaluate("cityvitals.map.view().shown.values[0]") == pytest.approx(1.2, abs=1e-4)
    assert "vs=2020" in page.url
    page.locator(".map-switches summary", has_text="变化").click()
    page.get_by_role("button", name="关闭变化图").click()
    expect(page.locator(".legend-title")).to_have_text("分位数")


def test_around_the_standard_what_meets_it_and_what_fails_differ_at_a_glance(open_page: Open) -> None:
    """The standard is ≥ 8; districts have 6.2 to 11.2: two below, four that meet it. Read from the pixels."""
    page = open_page("ind=N&scheme=standard")
    settled(page, 6)
    seen = {}
    for code in ("0101", "0102", "0103", "0106"):
        at = spot(page, code)
        seen[code] = page.evaluate(SEEN, {"x": at["x"] + 5, "y": at["y"] + 25})
        assert seen[code] == page.evaluate(PAINTED, code)
    red, blue = ({code: int(colour[at : at + 2], 16) for code, colour in seen.items()} for at in (1, 5))
    assert all(red[code] > blue[code] for code in ("0101", "0102")), seen
    assert all(red[code] < blue[code] for code in ("0103", "0106")), seen
    expect(page.locator(".legend-standard")).to_have_text("标准 ≥ 8")
    assert page.locator(".legend-side--below").count() >= 1


def test_the_city_lies_under_neither_legend_nor_switches(open_page: Open) -> None:
    page = open_page("ind=N&lang=en", 1366, 768)
    settled(page, 6)
    overlaps = page.evaluate(
        """() => { const view = cityvitals.map.view(), frame = view.map.getContainer().getBoundingClientRect();
        const corner = (at) => view.map.latLngToContainerPoint(at), west = corner(view.bounds.getNorthWest()),
          east = corner(view.bounds.getSouthEast());
        return [...document.querySelectorAll('#map-legend, #map-switches > *')].filter((over) => {
          const box = over.getBoundingClientRect();
          return box.left - frame.left < east.x && box.right - frame.left > west.x &&
            box.top - frame.top < east.y && box.bottom - frame.top > west.y; }).map((over) => over.className); }"""
    )
    assert overlaps == []


@pytest.fixture
def touched(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(has_touch=True, viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{address}/?ind=N")
    yield page
    context.close()


def test_by_touch_the_first_tap_explains_and_the_second_opens(touched: Page) -> None:
    settled(touched, 6)
    at = spot(touched, "0101")
    touched.touchscreen.tap(at["x"], at["y"] + 12)
    expect(touched.locator(".area-card-name")).to_have_text("名0101")
    here(touched, "澄江市")
    touched.touchscreen.tap(at["x"], at["y"] + 12)
    here(touched, "名0101")
    small = touched.evaluate(
        """() => [...document.querySelectorAll('.view-link, .crumb-target, .header .switch, .map-switches .switch')]
        .filter((one) => one.getClientRects().length && Math.max(one.getBoundingClientRect().height,
          parseFloat(getComputedStyle(one, '::after').height) || 0) < 43.5).map((one) => one.className)"""
    )
    assert small == []


def test_boundaries_that_did_not_come_are_asked_for_again(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    refused: list[str] = []

    def once(route: Route) -> None:
        refused.append(route.request.url)
        route.abort() if len(refused) == 1 else route.continue_()

    page.route("**/geometry/**", once)
    page.goto(f"{address}/?ind=N")
    settled(page, 6)
    assert refused
    page.close()
