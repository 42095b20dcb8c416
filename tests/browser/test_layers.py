"""Layers in a real browser: found, laid over the map, ordered by keyboard, clicked, counted; nothing hostile runs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from scripts.many_layers import many_layers
from scripts.screen_server import served
from tests.browser.conftest import eventually
from tests.layers.servers import NASTY, TOWN, map_servers
from tests.layers.town import layer, load_town

DRAWN = """() => [...document.querySelectorAll('.layer-canvas')].map((canvas) => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let solid = 0; for (let i = 3; i < pixels.length; i += 4) solid += pixels[i] > 0; return solid; })"""
PLACE = f"""() => {{ const map = cityvitals.layerMap.map(), box = map.getContainer().getBoundingClientRect();
  const point = map.latLngToContainerPoint([{TOWN[1]}, {TOWN[0]}]);
  return [box.left + point.x, box.top + point.y]; }}"""

PARK = (0x8F, 0xD0, 0xFF)
"""A layer without a style of its own, on the dark ground."""
CAMERA = """() => { const map = cityvitals.layerMap.map(); if (!map || !map._loaded) return null;
  const { lat, lng } = map.getCenter(); return [lng, lat, map.getZoom()]; }"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("layers")
    with map_servers(folder) as address:
        url = f"sqlite:///{folder}/town.sqlite"
        wms = layer("wms", "wms", f"{address}/mapserv", source_layer="parks", board="plan")
        down = layer("down", "wms", "http://127.0.0.1:9/", source_layer="x", title_zh=NASTY, board="plan")
        load_town(url, folder, wms, down, *many_layers())
        with served(url, layer_networks="127.0.0.0/8") as screen:
            page = chromium.new_page(viewport={"width": 1920, "height": 1080})
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("dialog", lambda dialog: faults.append(dialog.message))
            page.goto(f"{screen}/?view=layers&layers=schools")
            yield page
            assert faults == []
            page.close()


def test_layers_are_laid_over_clicked_counted_and_brought_back_by_the_link(opened: Page) -> None:
    """One page from first to last: what one step leaves is what the next begins with."""
    find_and_lift(opened)
    find_among_many(opened)
    drag_and_fade(opened)
    fail_alone(opened)
    tell_attributes(opened)
    colour_and_come_back(opened)
    take_along(opened)


def find_and_lift(opened: Page) -> None:
    """By pinyin initials, on the map, and one lower by the arrow key, which keeps the focus."""
    eventually(opened, DRAWN, lambda drawn: bool(drawn) and min(drawn) > 0)  # type: ignore[call-overload]
    opened.locator(".catalogue__search input").fill("tcparks")
    found = opened.locator(".layer-row__name")
    expect(found.first).to_have_text("图层parks")
    found.first.click()
    expect(found.first).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".layer-item__title").first).to_have_text("图层parks")
    eventually(opened, DRAWN, lambda drawn: len(drawn) == 2 and min(drawn) > 0)  # type: ignore[arg-type, call-overload]
    opened.locator('[data-code="parks"] .layer-item__grip').press("ArrowDown")
    expect(opened.locator(".layer-item__title").first).to_have_text("图层schools")
    expect(opened.locator('[data-code="parks"] .layer-item__grip')).to_be_focused()
    assert "layers=schools%2Cparks~f" in opened.url


def find_among_many(opened: Page) -> None:
    """Of 1,400 layers by pinyin initials, Chinese and English; a favourite is listed apart and outlasts the page."""
    search, found = opened.locator(".catalogue__search input"), opened.locator(".layer-row__name")
    for words in ("xxxz2023", "学校现状 2023", "schools, today, 2023"):
        search.fill(words)
        expect(found).to_have_text(["学校现状2023"])
    search.fill("规划")
    expect(found).to_have_count(100)
    search.fill("20")
    expect(opened.locator(".layer-tree > .quiet")).to_contain_text("1,400")
    search.fill("学校现状2023")
    opened.locator(".layer-row__star").press("Enter")
    expect(opened.locator(".layer-row__star")).to_be_focused()
    search.fill("")
    branch = opened.locator(".layer-tree > details").first
    expect(branch.locator(".catalogue__count")).to_have_text("1")
    expect(opened.locator(".layer-tree > details > summary .catalogue__count")).to_have_text(
        ["1", "351", "353", "350", "350", "3"]
    )
    opened.reload()
    branch.locator("summary").click()
    expect(branch.locator(".layer-row__name")).to_have_text(["学校现状2023"])
    branch.locator(".layer-row__star").click()
    expect(branch.locator(".layer-row")).to_have_count(0)


def drag_and_fade(opened: Page) -> None:
    """The order by a drag of the grip; opacity and the map's camera stand in the link and come back with it."""
    titles = opened.locator(".layer-item__title")
    expect(titles).to_have_text(["图层schools", "图层parks"])
    grip, upper = opened.locator('[data-code="parks"] .layer-item__grip').bounding_box(), titles.first.bounding_box()
    assert grip and upper
    opened.mouse.move(grip["x"] + 5, grip["y"] + 5)
    opened.mouse.down()
    opened.mouse.move(grip["x"] + 5, upper["y"] - 4, steps=5)
    opened.mouse.up()
    expect(titles).to_have_text(["图层parks", "图层schools"])
    expect(opened).to_have_url(re.compile("layers=parks~f%2Cschools"))
    opened.locator('[data-code="schools"] .layer-item__opacity').press("ArrowLeft")
    expect(opened).to_have_url(re.compile("layers=parks~f%2Cschools~95"))
    opened.locator('[data-code="parks"] .layer-item__zoom').click()
    expect(opened).to_have_url(re.compile(r"cam=117\.0\d+,32\.0\d+,"))
    before = eventually(opened, CAMERA)
    opened.reload()
    expect(titles).to_have_text(["图层parks", "图层schools"])
    eventually(opened, CAMERA, lambda now: now == pytest.approx(before, abs=0.01))
    expect(opened.locator('[data-code="schools"] .layer-item__opacity')).to_have_value("95")
    opened.locator('[data-code="parks"] .layer-item__grip').press("ArrowDown")
    expect(titles).to_have_text(["图层schools", "图层parks"])


def fail_alone(opened: Page) -> None:
    """A service that is down is grey with the reason; a hostile name is text; the other layers stay."""
    opened.locator(".catalogue__search input").fill("onerror")
    opened.locator(".layer-row__name").click()
    item = opened.locator('[data-code="down"]')
    expect(item.locator(".layer-item__title")).to_have_text(NASTY)
    expect(item.locator(".layer-item__trouble")).to_have_text("服务无法连接")
    expect(item).to_have_class("layer-item is-off is-focus")
    assert opened.locator("main img[onerror]").count() == 0
    item.locator(".layer-item__remove").click()
    expect(item).to_have_count(0)
    eventually(opened, DRAWN, lambda drawn: len(drawn) == 2 and min(drawn) > 0)  # type: ignore[arg-type, call-overload]


def tell_attributes(opened: Page) -> None:
    """A click on a feature shows its attributes as text."""
    x, y = eventually(opened, PLACE)  # type: ignore[misc]
    opened.mouse.click(x, y)
    card = opened.locator(".layer-card")
    expect(card).to_contain_text(NASTY)
    expect(card).to_contain_text("100")
    assert card.locator("img").count() == 0
    card.locator(".layer-card__close").click()
    expect(card).to_have_count(0)


def colour_and_come_back(opened: Page) -> None:
    """The areas by a count, and all of it again after a reload."""
    opened.locator('[data-code="schools"] .layer-item__title').click()
    opened.locator(".layer-measures button").first.click()
    expect(opened.locator("#layers-map-title")).to_contain_text("图层schools · 数量")
    opened.reload()
    expect(opened.locator("#layers-map-title")).to_contain_text("图层schools · 数量")
    expect(opened.locator(".layer-item__title")).to_have_count(2)
    expect(opened.locator(".ag-center-cols-container .ag-row")).to_have_count(9)


def take_along(opened: Page) -> None:
    """The picture of the map has its layers, in the map and in the legend."""
    opened.locator("#layers-map-title .menu--picture summary").click()
    with opened.expect_download() as waiting:
        opened.locator("#layers-map-title [data-map-image]").first.click()
    pixels = np.asarray(Image.open(io.BytesIO(Path(waiting.value.path()).read_bytes())).convert("RGB")).reshape(-1, 3)
    drawn = int((pixels == PARK).all(axis=1).sum())
    assert len(pixels) > 500_000 and drawn > 100, "the parks in their colour"
