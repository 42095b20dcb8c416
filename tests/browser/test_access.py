"""Without a mouse, and without motion: everything is reached by keyboard and seen there, and the map holds still."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Open
from tests.browser.test_map import settled, spot

MOST_STEPS = 250
FOCUSED = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  return { end: one === document.body, name: one.id || one.className.split(' ')[0],
    seen: box.width > 0 && box.height > 0, outlined }; }"""
REACHED = {
    "view-link", "search-text", "header-period", "switch", "map", "explained", "dimension", "key__name", "rank__name",
    "timeline-play", "timeline-range", "task__name",
}  # fmt: skip


def test_the_keyboard_reaches_everything_and_the_focus_is_always_seen(open_page: Open) -> None:
    page = open_page("ind=N")
    settled(page, 6)
    reached, unseen = set(), []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["end"]:
            break
        reached.add(now["name"])
        if not (now["seen"] and now["outlined"]):
            unseen.append(now["name"])
    assert reached >= REACHED
    assert unseen == []


def test_who_wants_no_motion_gets_none(chromium: Browser, address: str) -> None:
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{address}/?ind=N")
    settled(page, 6)
    page.evaluate("() => { cityvitals.map.view().map.flyTo = () => { throw new Error('motion'); }; }")
    at = spot(page, "0101")
    page.mouse.click(at["x"], at["y"] + 12)
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("名0101")
    settled(page, 2)
    context.close()
