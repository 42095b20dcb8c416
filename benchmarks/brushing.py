"""Brushing a scatter of some 5,600 communities: how long until the map shows it, and that the server is not asked.

    .venv/bin/python -m benchmarks.brushing

Also what the server needs for the first LISA map of this city: boundaries, neighbours, 999 permutations.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks import map_city
from callbacks.correlation_data import Pairing
from callbacks.correlation_map import clusters
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.viewer import EVERYTHING
from scripts.browser import browser
from scripts.screen_server import served

SIDE, ROUNDS, STEPS = 75, 3, 8
PAUSE_MS = 3000
BRUSH_MS, LISA_S = 100, 5
QUERY = "view=correlation&ind=A&with=B&level=community"
WATCH = """() => {
  globalThis.waits = [];
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...all) {
    put.apply(this, all);
    if (this.canvas.className === 'linked-map__canvas') globalThis.waits.push(performance.now() - globalThis.movedAt);
  };
  globalThis.addEventListener('pointermove', () => { globalThis.movedAt = performance.now(); }, true);
}"""


def city(folder: Path) -> str:
    map_city.SIDE, map_city.AREAS = SIDE, SIDE * SIDE
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([map_city.write_city(folder)], url)
    return url


def lisa_s(url: str) -> tuple[float, float]:
    """Wall and processor seconds, nothing known before."""
    selection = Selection(view="correlation", area=map_city.ROOT, indicator="A", other="B", period=map_city.PERIOD)
    pairing = Pairing(Scene(selection.changed({"level": "community"}), open_store(url), EVERYTHING))
    assert pairing.pair == ("A", "B") and len(pairing.x)
    wall, processor = time.perf_counter(), time.process_time()
    _, why, _ = clusters(pairing, "lisa")
    assert why is None
    return time.perf_counter() - wall, time.process_time() - processor


def lasso_ms(page: Page) -> list[float]:
    """For every step of a lasso in the scatter: from the mouse's move until the map is painted."""
    box = page.locator("#correlation-scatter .nsewdrag").first.bounding_box()
    assert box is not None
    page.evaluate("() => { globalThis.waits = []; }")
    places = [(0.2, 0.2), (0.7, 0.2), (0.7, 0.8), (0.2, 0.8), (0.2, 0.2)]
    spots = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in places]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=STEPS)
    page.mouse.up()
    page.wait_for_timeout(PAUSE_MS)
    return [float(wait) for wait in page.evaluate("() => globalThis.waits")]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        url = city(Path(name))
        wall, processor = lisa_s(url)
        print(f"first LISA map of {SIDE * SIDE} areas: {wall:.2f} s, {processor:.2f} s of processor, limit {LISA_S} s")
        with served(url) as address, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1920, "height": 1080})
            page.goto(f"{address}/?{QUERY}")
            page.locator("#correlation-scatter .js-plotly-plot").wait_for(timeout=120_000)
            page.wait_for_load_state("networkidle")
            page.evaluate(WATCH)
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            waits = [wait for _ in range(ROUNDS) for wait in lasso_ms(page)]
            middle, worst = statistics.median(waits), max(waits)
            print(
                f"move of the lasso to painted map: median {middle:.0f} ms, worst {worst:.0f} ms, limit {BRUSH_MS} ms"
            )
            callbacks = [one for one in asked if "_dash-update" in one]
            print(f"callbacks sent to the server meanwhile: {len(callbacks)} (of {len(asked)} requests)")


if __name__ == "__main__":
    main()
