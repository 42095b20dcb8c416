"""The 3D view without a graphics card: frames per second while it turns and tilts, in software (SwiftShader).

    .venv/bin/python -m benchmarks.solid [--database sqlite:////path/of/a/city.sqlite] [--width 1920 --height 1080]

A lower bound: a screen with any graphics card draws the same scene by one to two orders of magnitude faster.
"""

import argparse
import time
from typing import Any

from playwright.sync_api import Page, sync_playwright

from dashboard.cli.demo import DEMO_DATABASE
from scripts.browser import CHROMIUM
from scripts.screen_server import served

SOFTWARE = (
    "--no-sandbox",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
READY = """() => Boolean(window.cityvitals && cityvitals.solid && cityvitals.solid.isOn()
  && cityvitals.solid.map().loaded())"""
RENDERER = """() => { const gl = document.createElement('canvas').getContext('webgl2');
  const more = gl && gl.getExtension('WEBGL_debug_renderer_info');
  return more ? gl.getParameter(more.UNMASKED_RENDERER_WEBGL) : 'unknown'; }"""
TURN = """async (zoom) => {
  const map = cityvitals.solid.map(); map.jumpTo({ zoom });
  await new Promise((done) => map.once('idle', done));
  let frames = 0; const count = () => frames++, start = performance.now(); map.on('render', count);
  while (performance.now() - start < 4000) {
    map.jumpTo({ bearing: map.getBearing() + 1, pitch: 45 + 15 * Math.sin(performance.now() / 700) });
    await new Promise((done) => map.once('render', done));
  }
  map.off('render', count); return frames / 4; }"""


def opened(page: Page, address: str, show: str) -> float:
    """Seconds until everything stands."""
    start = time.perf_counter()
    page.goto(f"{address}/?view=scene&show={show}")
    while not page.evaluate(READY):
        page.wait_for_timeout(100)
        if time.perf_counter() - start > 90:
            raise TimeoutError(show)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--database", default=f"sqlite:///{DEMO_DATABASE}")
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    options: Any = parser.parse_args()
    with served(options.database) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SOFTWARE))
        page = chromium.new_page(viewport={"width": options.width, "height": options.height})
        page.set_default_timeout(120_000)
        for show, zooms in (("solid.areas", (None,)), ("solid.buildings", (None, 14.5))):
            took = opened(page, address, show)
            for zoom in zooms:
                wanted = zoom or page.evaluate("() => cityvitals.solid.map().getZoom()")
                rate = page.evaluate(TURN, wanted)
                print(f"{show} | stands after {took:.1f} s | zoom {wanted:.1f} | {rate:.0f} fps", flush=True)
        print(page.evaluate(RENDERER))
        chromium.close()


if __name__ == "__main__":
    main()
