"""Comparison, 3D and the map as a picture, in a real browser."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from callbacks.browser_packages import served_files
from tests.browser.conftest import eventually

NO_WEBGL = """
const own = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return /webgl/.test(kind) ? null : own.call(this, kind, ...rest);
};
"""
READY = "Boolean(window.cityvitals.compare.views().left?.shown)"
OpenScene = Callable[..., Page]


@pytest.fixture
def open_scene(chromium: Browser, address: str) -> Iterator[OpenScene]:
    """open_scene(query, script, without): the view once its left map has areas. A script error fails the test."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_(query: str = "", script: str = "", without: str = "") -> Page:
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        page.on("pageerror", lambda error: faults.append(str(error)))
        pages.append(page)
        if script:
            page.add_init_script(script)
        if without:
            page.route(without, lambda route: route.abort())
        page.goto(f"{address}/?view=scene&ind=N&{query}")
        page.locator("#scene-title h2").wait_for()
        eventually(page, READY)
        return page

    yield open_
    for page in pages:
        page.close()
    assert not faults


def taken(page: Page) -> tuple[str, Image.Image]:
    """The name of the downloaded picture, and the picture."""
    page.locator(".menu--picture summary").click()
    with page.expect_download() as waiting:
        page.locator("[data-map-image]").first.click()
    return waiting.value.suggested_filename, Image.open(io.BytesIO(Path(waiting.value.path()).read_bytes()))


def test_the_divider_moves_by_keyboard_stays_in_the_link_and_in_the_picture(open_scene: OpenScene) -> None:
    page = open_scene()
    divider = page.locator("#compare-divider input")
    expect(divider).to_have_value("50")
    expect(page.locator("#scene-right-title")).to_contain_text("2023")
    line = page.locator(".compare-line")
    before = line.bounding_box()
    divider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(divider).to_have_value("40")
    after = line.bounding_box()
    assert before and after and after["x"] < before["x"] - 50
    expect(page).to_have_url(re.compile("show=at-40"))
    clip = "getComputedStyle(document.querySelector('.compare-side--right .area-map-frame')).clipPath"
    assert "inset" in str(page.evaluate(clip))
    name, picture = taken(page)
    stage = page.locator("#compare-stage").bounding_box()
    assert name.endswith(".png") and "2024" in name and stage
    assert picture.width > 1.5 * stage["width"] and picture.height > 1.5 * stage["height"]
    colours = np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3)[::7], axis=0)
    assert len(colours) > 50  # ground, classes, lines and letters
    page.reload()
    eventually(page, READY)
    expect(divider).to_have_value("40")


def test_two_maps_side_by_side_move_as_one(open_scene: OpenScene) -> None:
    page = open_scene("show=side")
    eventually(page, "Boolean(window.cityvitals.compare.views().right?.shown)")
    zooms = "['left', 'right'].map((side) => window.cityvitals.compare.views()[side].map)"
    before = page.evaluate(f"{zooms}[1].getZoom()")
    page.locator("#compare-left").hover()
    page.mouse.wheel(0, -300)
    assert eventually(page, f"{zooms}[1].getZoom() > {before} + 0.1")
    gap = f"{zooms}[0].getCenter().distanceTo({zooms}[1].getCenter())"
    eventually(page, gap, lambda metres: isinstance(metres, int | float) and metres < 500)
    assert page.evaluate(f"{zooms}[0].getZoom() === {zooms}[1].getZoom()")


def test_the_3d_view_draws_and_keeps_the_camera(open_scene: OpenScene) -> None:
    page = open_scene("show=solid.areas")
    if "maplibre-gl.mjs" not in served_files():
        expect(page.locator("#solid-said")).to_contain_text("make setup")
        return
    expect(page.locator("#compare-stage")).to_have_attribute("data-solid", "on")
    eventually(page, "window.cityvitals.solid.map().queryRenderedFeatures({ layers: ['areas-standing'] }).length > 0")
    page.evaluate("window.cityvitals.solid.map().jumpTo({ center: [114.3, 30.05], zoom: 10 })")
    _, picture = taken(page)
    assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3)[::7], axis=0)) > 50
    page.locator(".at-strip .toggle").first.click()
    expect(page.locator("#compare-stage")).to_have_attribute("data-mode", "swipe")
    left = "window.cityvitals.compare.views().left.map"
    eventually(page, f"Math.abs({left}.getZoom() - 11) < 0.01 && Math.abs({left}.getCenter().lng - 114.3) < 0.01")


@pytest.mark.parametrize("missing", ["WebGL", "package"])
def test_without_webgl_or_the_package_the_map_stays_flat_and_says_so(open_scene: OpenScene, missing: str) -> None:
    lacks_package = missing == "package" or "maplibre-gl.mjs" not in served_files()
    script, without = ("", "**/maplibre-gl*.mjs") if missing == "package" else (NO_WEBGL, "")
    page = open_scene("show=solid.areas&lang=en", script, without)
    expect(page.locator("#solid-said")).to_contain_text("make setup" if lacks_package else "WebGL")
    expect(page.locator("#compare-stage")).to_have_attribute("data-solid", "off")
    expect(page.locator("#compare-left canvas").first).to_be_visible()
