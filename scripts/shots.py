"""`python -m scripts.shots`: a screenshot of every view, size, theme and language into shots/.

    python -m scripts.shots [DATABASE_URL] [--only TEXT]

Without a database the demo city is shown, generated first where it is not there yet, and the pictures of the READMEs
are renewed.
"""

import argparse
import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

from playwright.sync_api import Browser

from dashboard.cli.demo import DEMO_DATABASE, demo
from dashboard.views import VIEWS
from data_access.demo.stories import TODAY
from layouts.texts import LANGUAGES
from scripts.browser import browser
from scripts.screen_server import served

SIZES = ((1366, 768), (1920, 1080), (3840, 2160), (7680, 2160), (390, 844))
THEMES = ("dark", "light")
SHOTS = Path("shots")
IN_THE_README = {
    "overview-1920x1080-dark-zh_CN": Path("docs/images/overview-zh.png"),
    "overview-1920x1080-dark-en": Path("docs/images/overview-en.png"),
}
PAINT_MS = 400
MOST_STEPS = 60
STILL = """() => { if (document.querySelector("[data-fault]")) return false;
  if ([...document.querySelectorAll(".panel:empty")].some((panel) => panel.getClientRects().length)) return false;
  const view = globalThis.cityvitals && cityvitals.map && cityvitals.map.view();
  const place = view ? [view.map.getZoom(), view.map.getCenter()].join() : "", same = place === globalThis.lastPlace;
  globalThis.lastPlace = place;
  const tiles = view && view.layer ? Object.values(view.layer._tiles || {}) : [];
  return same && tiles.every((tile) => tile.loaded); }"""
"""Whether every panel is drawn and the map, where there is one, has come to rest with all its tiles."""


def main() -> None:
    arguments = _arguments()
    if arguments.database is None:
        demo(serve=False)
    SHOTS.mkdir(exist_ok=True)
    url, today = (
        (arguments.database, None) if arguments.database else (f"sqlite:///{DEMO_DATABASE}", date.fromisoformat(TODAY))
    )
    with served(url, today=today) as address, browser() as chromium:
        for name, size, query in shots(arguments.only):
            shoot(chromium, f"{address}/?{query}", size, SHOTS / f"{name}.png")
            print(SHOTS / f"{name}.png")
            if arguments.database is None and name in IN_THE_README:
                copyfile(SHOTS / f"{name}.png", IN_THE_README[name])


def shots(only: str = "") -> Iterator[tuple[str, tuple[int, int], str]]:
    """Name, size and query of every shot whose name contains `only`."""
    for view, size, theme, language in itertools.product(VIEWS, SIZES, THEMES, LANGUAGES):
        name = f"{view.code}-{size[0]}x{size[1]}-{theme}-{language}"
        if only in name:
            yield name, size, f"view={view.code}&theme={theme}&lang={language}"


def shoot(chromium: Browser, url: str, size: tuple[int, int], path: Path) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto(url)
    page.locator(".panel h2, .sheet-view *").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    for _ in range(MOST_STEPS):
        page.wait_for_timeout(PAINT_MS)
        if page.evaluate(STILL):
            break
    page.screenshot(path=path)
    page.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("database", nargs="?", help="URL of a loaded database; default: the demo city")
    parser.add_argument("--only", default="", help="part of the names wanted, such as 1920x1080-dark")
    return parser.parse_args()


if __name__ == "__main__":
    main()
