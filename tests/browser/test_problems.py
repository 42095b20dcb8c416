"""Problems and projects in a real browser: map, ledger and panels filter each other; every size is composed."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.screen_server import served
from tests.browser.conftest import HOSTILE, eventually, load, small_city
from tests.builders import problem, project

LISTED = 400
SIZES = [(1366, 768), (1920, 1080), (3840, 2160), (7680, 2160), (390, 844)]
OpenView = Callable[..., Page]

PANEL_BOXES = """() => [...document.querySelectorAll('main .panel')].filter((panel) => panel.offsetParent)
  .map((panel) => { const box = panel.getBoundingClientRect();
    return { name: panel.className, left: box.left, top: box.top, right: box.right, bottom: box.bottom }; })"""
POINT_DRAWN = """() => { const map = window.cityvitals?.map?.view?.()?.map;
  const canvas = document.querySelector('.problem-points');
  if (!map || !canvas?.width) return null;
  const point = map.latLngToContainerPoint([30.1, 114.35]), box = map.getContainer().getBoundingClientRect();
  const seen = canvas.getBoundingClientRect(), spot = [box.left + point.x, box.top + point.y];
  const ratio = canvas.width / seen.width, at = [(spot[0] - seen.left) * ratio, (spot[1] - seen.top) * ratio];
  return canvas.getContext('2d').getImageData(...at.map(Math.round), 1, 1).data[3] ? spot : null; }"""
CUT_OFF = """() => [...document.querySelectorAll('main .panel')].filter((p) => p.offsetParent).flatMap((panel) => {
  const frame = panel.getBoundingClientRect();
  return [...panel.querySelectorAll('.digits, .track__name, .state__name, .stage__name, .annual__name')]
    .filter((text) => { const scroller = text.closest('.rows'), box = text.getBoundingClientRect();
      const seen = scroller ? scroller.getBoundingClientRect() : frame;
      if (!box.width || text.closest('.facet__options') || box.top >= seen.bottom - 1) return false;
      return box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > seen.bottom + 2;
    }).map((text) => text.className + ': ' + text.textContent); })"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a city with many problems, most of them overdue on 2025-03-31, and a few projects."""
    found = {"found_on": "2024-03", "lead_department_code": "housing", "due_on": "2025-01", "severity": "serious"}
    tables = small_city()
    tables["problem"] = [
        problem("hostile", "010101", **found | {"severity": "critical"}, title_zh=HOSTILE, lon=114.12, lat=30.15),
        *(problem(f"p{n:03}", "0102", **found, lon=114.25 + n / 10_000, lat=30.1) for n in range(LISTED - 2)),
        problem("running", "0103", found_on="2024-05", due_on="2025-12", track="best_effort", lon=114.35, lat=30.1),
    ]
    tables["project"] = [
        project("late", "0101", planned_finish_on="2025-01", stage="construction", actual_start_on="2024", lon=114.15,
                lat=30.1, investment_planned=3e8),
        project("fine", "0102", planned_finish_on="2026", stage="approval"),
    ]  # fmt: skip
    tables["action"] = [{"action_code": "A", "name_zh": "行动"}]
    tables["project"][0] |= {"action_code": "A"}
    tables["project_problem"] = [{"project_code": "late", "problem_code": "running"}]
    with served(load(tmp_path_factory.mktemp("work"), tables)) as running:
        yield running


@pytest.fixture
def open_view(chromium: Browser, place: str) -> Iterator[OpenView]:
    pages: list[Page] = []
    faults: list[str] = []

    def open_(query: str, width: int = 1920, height: int = 1080) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: faults.append(str(error)))
        pages.append(page)
        page.goto(f"{place}/?today=2025-03-31&{query}")
        page.wait_for_selector(".track__figure, .state__count", state="attached")
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for page in pages:
        page.close()
    assert not faults


def has_rows(page: Page, wanted: int) -> bool:
    """The ledger comes to this many rows; the page's policy forbids Playwright's own waiting for expressions."""
    for _ in range(300):
        if page.evaluate("dash_ag_grid.getApi('problems-ledger').getDisplayedRowCount()") == wanted:
            return True
        page.wait_for_timeout(100)
    return False


def test_a_figure_narrows_the_ledger_and_a_chip_takes_it_back(open_view: OpenView) -> None:
    page = open_view("view=problems")
    page.wait_for_selector(".ag-row [col-id=title]")
    assert has_rows(page, LISTED)
    page.locator(".track__part", has_text="逾期").click()
    expect(page.locator(".chip", has_text="逾期")).to_be_visible()
    assert has_rows(page, LISTED - 1)
    expect(page).to_have_url(re.compile("deadline%3Aoverdue"))
    page.locator(".chip--clear").click()
    assert has_rows(page, LISTED)


def test_the_browser_holds_only_the_rows_it_was_shown(open_view: OpenView) -> None:
    page = open_view("view=problems")
    page.wait_for_selector(".ag-row [col-id=title]")
    held = page.evaluate("""() => { let held = 0;
      dash_ag_grid.getApi('problems-ledger').forEachNode((node) => { held += node.data ? 1 : 0; }); return held; }""")
    assert 0 < held < LISTED


def test_a_row_opens_the_card_and_a_hostile_title_is_only_text(open_view: OpenView) -> None:
    page = open_view("view=problems")
    page.locator(".ag-row [col-id=title]", has_text=HOSTILE).first.click()
    expect(page.locator(".card h3")).to_have_text(HOSTILE)
    assert page.locator(".card img, .ag-row img").count() == 0
    page.locator(".card__close").click()
    expect(page.locator(".card")).to_have_count(0)


def test_a_point_of_the_map_opens_its_card_and_its_area_is_not_drilled(open_view: OpenView) -> None:
    page = open_view("view=problems")
    spot = eventually(page, POINT_DRAWN)
    assert isinstance(spot, list)
    page.mouse.click(*spot)
    expect(page.locator(".card h3")).to_have_text("问题running")
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("澄江市")


def test_a_search_narrows_the_ledger_and_stays_in_the_link(open_view: OpenView) -> None:
    page = open_view("view=problems")
    page.wait_for_selector(".ag-row [col-id=title]")
    page.locator("#problems-search").fill("p007")
    assert has_rows(page, 1)
    expect(page).to_have_url(re.compile("p007"))


def test_a_project_of_the_list_opens_its_card_and_leads_to_its_area(open_view: OpenView) -> None:
    page = open_view("view=projects")
    page.locator(".gantt__name", has_text="项目late").click()
    expect(page.locator(".card h3")).to_have_text("项目late")
    page.locator(".card__link", has_text="名0101").click()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名0101")


def test_a_status_narrows_the_list_of_projects(open_view: OpenView) -> None:
    page = open_view("view=projects")
    expect(page.locator(".gantt__name")).to_have_count(2)
    page.locator(".state", has_text="滞后").click()
    expect(page.locator(".gantt__name")).to_have_count(1)


def test_a_day_of_ones_own_becomes_the_start_of_the_stage_flow(open_view: OpenView) -> None:
    page = open_view("view=projects&show=flow=year")
    days = page.locator(".flow-days input")
    expect(days.last).to_have_value("2025-03-31")
    days.first.fill("2024-02-01")
    expect(page).to_have_url(re.compile("flow.*2024-02-01.*2025-03-31"))
    days.first.fill("2025-04-01")
    expect(page.locator(".flow-days input:invalid")).to_have_count(1)


def test_a_block_of_the_chain_narrows_the_list_to_the_projects_it_stands_for(open_view: OpenView) -> None:
    page = open_view("view=projects")
    expect(page.locator(".gantt__name")).to_have_count(2)
    page.locator("#projects-chain .node-rect").nth(1).click()
    expect(page.locator(".chip", has_text="行动")).to_be_visible()
    expect(page.locator(".gantt__name")).to_have_count(1)


def test_a_group_row_counts_and_narrows_the_ledger_to_its_group(open_view: OpenView) -> None:
    page = open_view("view=problems&show=group=severity")
    page.wait_for_selector(".ledger__group [col-id=title]")
    assert has_rows(page, LISTED + 3)
    page.locator(".ledger__group [col-id=title]", has_text="特别严重").click()
    expect(page.locator(".chip", has_text="特别严重")).to_be_visible()
    assert has_rows(page, 2)


@pytest.mark.parametrize("view", ["problems", "projects"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_panel_overlaps_another_and_no_figure_is_cut_off(
    open_view: OpenView, size: tuple[int, int], lang: str, view: str
) -> None:
    page = open_view(f"view={view}&lang={lang}", *size)
    boxes = page.evaluate(PANEL_BOXES)
    assert len(boxes) >= 4
    for number, one in enumerate(boxes):
        assert one["left"] >= 0
        assert one["right"] <= size[0] + 1, one
        for other in boxes[number + 1 :]:
            apart = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert apart or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1, (one, other)
    assert page.evaluate(CUT_OFF) == []
