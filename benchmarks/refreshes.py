"""A wall that is never reloaded: a thousand automatic refreshes of one page, beside the limits of a page that stays.

    .venv/bin/python -m benchmarks.refreshes [--refreshes 1000] [--new-data-every 20]

Every refresh asks all panels of the overview again, as the page does by itself when data arrive; for some of them the
data really have a new version, so that the server draws everything anew. The browser is measured after a collection of
garbage, the server as the memory of its two workers. What counts is the growth after both have reached their size: a
worker has it once it has drawn the first screens beforehand for a second and a third version of the data, a page once
the browser has compiled what runs often and let go what it had compiled and has not run for three minutes. Until then
the heap rises by 1.5 MB and falls by as much; both are printed.
"""

import argparse
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from benchmarks import clicks
from dashboard.cli.demo import DEMO_DATABASE, demo
from scripts.browser import browser

SETTLING = 1300
STEP = 200
AT_ONCE = 10
MOST_MS = 60_000
BROWSER_PCT, SERVER_PCT = 5, 10
_REFRESH = """
async ([count, first, most]) => {
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    seen.answers = [];
    dash_clientside.set_props("fresh", { data: { version: first + n, at: first + n } });
    const last = () => Math.max(0, seen.changed, ...seen.answers.map((one) => one.answered));
    while (seen.open || !seen.answers.length || performance.now() - last() < 40) {
      if (performance.now() - began > most) throw new Error("a refresh was not answered");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
"""


@dataclass(frozen=True)
class Size:
    heap_mb: float
    nodes: int
    listeners: int
    server_mb: float


@contextmanager
def changeable_city() -> Iterator[Path]:
    """A copy of the demo city, whose version may be raised."""
    if not Path(DEMO_DATABASE).is_file():
        demo(serve=False)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".sqlite", ".gpkg"):
            shutil.copy(Path(DEMO_DATABASE).with_suffix(suffix), folder)
        yield Path(folder) / Path(DEMO_DATABASE).name


def raise_version(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE contract SET data_version = data_version + 1")
    connection.close()


def size(devtools: CDPSession, server: subprocess.Popen[str]) -> Size:
    for _ in range(2):
        devtools.send("HeapProfiler.collectGarbage")
    counted = devtools.send("Memory.getDOMCounters")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    return Size(heap, counted["nodes"], counted["jsEventListeners"], _workers_mb(server.pid))


def _workers_mb(parent: int) -> float:
    """Memory of the workers; what they share with each other counts in parts."""
    workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    lines = [line for one in workers for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def refresh(page: Page, database: Path, refreshes: int, new_data_every: int) -> None:
    for first in range(0, refreshes, AT_ONCE):
        if first % new_data_every == 0:
            raise_version(database)
        page.evaluate(_REFRESH, [min(AT_ONCE, refreshes - first), first, MOST_MS])


def main() -> None:
    arguments = _arguments()
    with changeable_city() as database, clicks.serving(database) as server, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1920, "height": 1080})
        page.add_init_script(clicks.WATCH)
        page.goto(clicks.ADDRESS)
        page.wait_for_load_state("networkidle")
        devtools = page.context.new_cdp_session(page)
        sizes: dict[int, Size] = {}
        last = SETTLING + arguments.refreshes
        for done in sorted({SETTLING, last, *range(STEP, last, STEP)}):
            refresh(page, database, done - max(sizes, default=0), arguments.new_data_every)
            sizes[done] = size(devtools, server)
            _tell(done, sizes[done])
        _report(arguments.refreshes, sizes[SETTLING], sizes[last])


def _tell(refreshes: int, now: Size) -> None:
    print(
        f"after {refreshes:5}: {now.heap_mb:.1f} MB heap, {now.nodes} nodes, {now.listeners} listeners,"
        f" {now.server_mb:.0f} MB in two workers",
        flush=True,
    )


def _report(refreshes: int, before: Size, after: Size) -> None:
    print(f"{refreshes} refreshes, after {SETTLING} in which page and server reached their size")
    for name, unit, limit in (
        ("heap_mb", "MB JavaScript heap", BROWSER_PCT),
        ("nodes", "DOM nodes", BROWSER_PCT),
        ("listeners", "event listeners", BROWSER_PCT),
        ("server_mb", "MB in two workers", SERVER_PCT),
    ):
        first, last = getattr(before, name), getattr(after, name)
        print(f"{unit:<20} {first:9.1f} {last:9.1f}  {100 * (last / first - 1):+6.1f} % (limit ±{limit} %)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--refreshes", type=int, default=1000)
    parser.add_argument("--new-data-every", type=int, default=100)
    return parser.parse_args()


if __name__ == "__main__":
    main()
