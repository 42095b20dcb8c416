"""Every size is composed: nothing overlaps or is cut off, and text is large enough for the distance."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

SIZES = [(1366, 768), (1920, 1080), (3840, 2160), (7680, 2160), (390, 844)]

PANEL_BOXES = """() => [...document.querySelectorAll('.overview .panel')]
  .filter((panel) => panel.offsetParent)
  .map((panel) => { const box = panel.getBoundingClientRect();
    return { name: panel.className, left: box.left, top: box.top, right: box.right, bottom: box.bottom }; })"""

HEADER = """() => { const header = document.querySelector('.header'), frame = header.getBoundingClientRect();
  const parts = [...header.children].map((part) => part.getBoundingClientRect()).sort((a, b) => a.left - b.left);
  const apart = parts.every((part, place) => !place || part.left >= parts[place - 1].right - 1);
  const inside = parts.every((part) => part.right <= innerWidth && part.bottom <= frame.bottom + 1);
  return apart && inside && frame.height < 1.2 * parseFloat(getComputedStyle(header).minHeight); }"""
"""Whether all of the header stands on one line."""

CUT_OFF = """() => [...document.querySelectorAll('.overview .panel')].filter((p) => p.offsetParent).flatMap((panel) => {
  const frame = panel.getBoundingClientRect();
  const figures = '.digits, .headline__label, .rank__name, .task__state, .status-count, .dimension__figure';
  return [...panel.querySelectorAll(figures)]
    .filter((text) => {
      const scroller = text.closest('.rows, .panel__body');
      const seen = scroller ? scroller.getBoundingClientRect() : frame;
      const box = text.getBoundingClientRect();
      if (!text.checkVisibility()) return false;
      if (!box.width || box.top >= seen.bottom - 1 || box.bottom <= seen.top + 1) return false;
      return box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > seen.bottom + 2;
    }).map((text) => text.className + ': ' + text.textContent); })"""

SMALLEST_TEXT = """() => { let smallest = 1e9, where = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !parent.getClientRects().length) continue;
    if (/SCRIPT|STYLE/.test(parent.tagName)) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < smallest) { smallest = size; where = parent.className + ': ' + parent.textContent.slice(0, 30); }
  }
  return [smallest, where]; }"""


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_panel_overlaps_another_and_no_figure_is_cut_off(open_page: Open, size: tuple[int, int], lang: str) -> None:
    page = open_page(f"lang={lang}", *size)
    assert size[0] < 760 or page.evaluate(HEADER)
    boxes = page.evaluate(PANEL_BOXES)
    assert len(boxes) >= 4
    for place, one in enumerate(boxes):
        assert one["left"] >= 0
        assert one["right"] <= size[0] + 1, one
        for other in boxes[place + 1 :]:
            apart = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert apart or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1, (one, other)
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize(("size", "least_px"), [((1366, 768), 13), ((1920, 1080), 16), ((3840, 2160), 28)])
def test_text_is_as_large_as_the_distance_asks(open_page: Open, size: tuple[int, int], least_px: float) -> None:
    smallest, where = open_page("", *size).evaluate(SMALLEST_TEXT)
    assert smallest >= least_px, where


def test_density_can_be_forced_in_the_link(open_page: Open) -> None:
    assert open_page("density=office").evaluate(SMALLEST_TEXT)[0] == 13
    assert open_page("density=wall", 1366, 768).evaluate(SMALLEST_TEXT)[0] >= 16


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=str)
def test_nothing_the_wall_shows_is_out_of_reach_on_a_small_screen(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page("", *size)
    for tab in page.locator(".page-tab").all():
        if tab.is_visible():
            tab.click()
    assert page.locator(".at-projects").is_visible()


def test_what_a_dimension_holds_is_drawn_when_it_opens_and_on_the_widest_wall_at_once(open_page: Open) -> None:
    page = open_page("", 1920, 1080)
    members = page.locator("#overview-conclusion .member")
    expect(members).to_have_count(0)
    page.locator("#overview-conclusion summary.dimension").first.click()
    expect(members.first).to_be_visible()
    wall = open_page("", 7680, 2160)
    expect(wall.locator("#overview-conclusion .dimensions details:not([open]) .member").first).to_be_visible()
