"""A drill-down click on the demo city, and fifty clients at once: what a person waits, and what the server bears.

    .venv/bin/python -m benchmarks.clicks [--clients 50] [--rounds 20]

A click counts from the event to the last change of the last panel (the map flies on): cold (nobody has seen the area
since the start), warm to a page that has not shown it (the workers have its panels), and warm (the page itself keeps
them). The clients replay the callbacks of a click, over loopback, to two workers. The baseline in the same run is
`/live`, which asks and draws nothing.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from dashboard.cli.demo import DEMO_DATABASE, demo
from scripts.browser import browser

PORT = int(os.environ.get("PORT", "8077"))
ADDRESS = f"http://127.0.0.1:{PORT}"
WORKERS = 2
QUIET_MS, MOST_MS, REST_MS = 400, 20_000, 1_000
DISTRICTS = ("990102", "990103", "990104")
SUBDISTRICTS = ("990102001", "990103001", "990104001")
COMMUNITIES = ("990102001001", "990103001001", "990104001001", "990102003002", "990103003002", "990104003002")
DRILLED = tuple((f"{district}002", f"{district}002001") for district in DISTRICTS)
LOOK_S = 15
WARM_ROUNDS = 5
COLD_MS, WARM_MS, P95_MS = 600, 200, 50


@contextmanager
def serving(database: Path = DEMO_DATABASE) -> Iterator[subprocess.Popen[str]]:
    """The screen as an installation runs it: gunicorn with two workers, warmed."""
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "serve",
        "--database",
        f"sqlite:///{database}",
        "--port",
        str(PORT),
    ]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_warm(server)
        threading.Thread(target=lambda: deque(server.stderr or (), maxlen=0), daemon=True).start()
        yield server
    finally:
        server.terminate()
        server.wait()


def _wait_until_warm(server: subprocess.Popen[str]) -> None:
    """Both workers say when they have drawn the first screens."""
    warmed = 0
    for line in server.stderr or ():
        warmed += '"warmed"' in line
        if warmed == WORKERS:
            return
    raise RuntimeError("the screen did not become warm")


@dataclass(frozen=True)
class Click:
    """Milliseconds since the event until panels were asked for, the last answer came, the last panel stood."""

    asked: float
    answered: float
    drawn: float
    callbacks: int
    kilobytes: float
    requests: list[tuple[str, bytes]]


WATCH = """
(() => {
  const seen = (globalThis.seen = { changed: 0, open: 0, answers: [] });
  const apart = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".leaflet-container, #clock");
  new MutationObserver((records) => {
    if (records.some((record) => record.target.isConnected && !apart(record.target))) seen.changed = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const plain = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (resource, options) => {
    if (!String(resource?.url ?? resource).includes("_dash-update-component")) return plain(resource, options);
    const asked = performance.now();
    seen.open += 1;
    try {
      const response = await plain(resource, options);
      const body = await response.clone().arrayBuffer();
      seen.answers.push({ asked: asked, answered: performance.now(), bytes: body.byteLength });
      return response;
    } finally {
      seen.open -= 1;
    }
  };
})();
"""
"""Sees every callback, and the last change of the page outside the map, which flies on by itself. A name that the map
has taken away meanwhile lies in no page."""
_CLICK = """
async ([area, quiet, most, rest]) => {
  const row = document.body.appendChild(document.createElement("button")); // as the rows of the ranking are
  row.dataset.pick = JSON.stringify({ area });
  await new Promise((resolve) => setTimeout(resolve, rest)); // until the flight of the click before has landed
  seen.answers = [];
  seen.changed = 0;
  const began = performance.now();
  row.click();
  const last = () => Math.max(began, seen.changed, ...seen.answers.map((one) => one.answered));
  while (seen.open || !(seen.answers.length || seen.changed) || performance.now() - last() < quiet) {
    if (performance.now() - began > most) throw new Error("the click was not answered");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const since = (name) => seen.answers.map((one) => one[name] - began);
  return {
    asked: since("asked").toSorted((a, b) => a - b)[1] ?? since("asked")[0] ?? 0,
    answered: Math.max(0, ...since("answered")), drawn: seen.changed - began, callbacks: seen.answers.length,
    kilobytes: seen.answers.reduce((sum, one) => sum + one.bytes, 0) / 1000,
  };
}
"""


def click(page: Page, area: str) -> Click:
    """One change of the selection, until nothing is asked any more and nothing has changed for a while."""
    sent: list[tuple[str, bytes]] = []

    def asked(request: Request) -> None:
        if "_dash-update-component" in request.url:
            sent.append((request.url, request.post_data_buffer or b""))

    page.on("request", asked)
    try:
        return Click(**page.evaluate(_CLICK, [area, QUIET_MS, MOST_MS, REST_MS]), requests=sent)
    finally:
        page.remove_listener("request", asked)


def bear(requests: list[tuple[str, bytes]], clients: int, rounds: int, pause_s: float = 0.5) -> tuple[list[float], int]:
    """Milliseconds of every answer, and how many were no success, with each client waiting for its own answers."""
    times: list[float] = []
    errors = [0]
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        mine, failed = [], 0
        for _ in range(rounds):
            for url, body in requests:
                parts = urlsplit(url)
                began = time.perf_counter()
                method, headers = ("POST", {"Content-Type": "application/json"}) if body else ("GET", {})
                connection.request(method, f"{parts.path}?{parts.query}", body or None, headers)
                answer = connection.getresponse()
                answer.read()
                mine.append((time.perf_counter() - began) * 1000)
                failed += answer.status >= 400
                time.sleep(pause_s)
        with lock:
            times.extend(mine)
            errors[0] += failed

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    for thread in threads:
        thread.join()
    return times, errors[0]


def main() -> None:
    arguments = _arguments()
    if not Path(DEMO_DATABASE).is_file():
        demo(serve=False)
    with serving(), browser() as chromium:
        with _page(chromium) as page:
            _clicks(page)
        known = [one for _ in range(WARM_ROUNDS) for one in _in_new_page(chromium)]
        _tell("districts, warm to the server, new to the page", known, WARM_MS)
        requests = known[-1].requests
        _one_by_one(requests)
        _report("callbacks", *bear(requests, arguments.clients, arguments.rounds), f" (limit {P95_MS})")
        _report(
            "/live, the baseline",
            *bear([(f"{ADDRESS}/live", b"")] * len(requests), arguments.clients, arguments.rounds),
        )


def _clicks(page: Page) -> None:
    unknown = [click(page, one) for one in COMMUNITIES]  # before anything beyond the first screens has been drawn
    _tell("communities from elsewhere, of which nothing is known yet", unknown, COLD_MS)
    _tell(f"communities, first visit, their subdistrict on screen for {LOOK_S} s", _drill(page), COLD_MS)
    for name, areas in (
        ("subdistricts, warmed at the start, first visit", SUBDISTRICTS),
        ("districts, warmed at the start, first visit", DISTRICTS),
    ):
        _tell(name, [click(page, one) for one in areas], COLD_MS)
    _tell("districts, warm", [click(page, one) for one in DISTRICTS * WARM_ROUNDS], WARM_MS)


@contextmanager
def _page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    page.add_init_script(WATCH)
    page.goto(ADDRESS)
    page.wait_for_load_state("networkidle")
    yield page
    page.close()


def _in_new_page(chromium: Browser) -> list[Click]:
    with _page(chromium) as page:
        return [click(page, one) for one in DISTRICTS]


def _drill(page: Page) -> list[Click]:
    """From subdistricts to communities that nobody has seen; what is below a screen is drawn while it is read."""
    found = []
    for subdistrict, community in DRILLED:
        click(page, subdistrict)
        page.wait_for_timeout(1000 * LOOK_S)
        found.append(click(page, community))
    return found


def _tell(name: str, clicks: list[Click], limit_ms: int) -> None:
    drawn = [one.drawn for one in clicks]
    middle = sorted(clicks, key=lambda one: one.drawn)[len(clicks) // 2]
    print(f"{name}: panels redrawn median {statistics.median(drawn):.0f} ms, worst {max(drawn):.0f} (limit {limit_ms})")
    print(
        f"    of which: panels asked for after {middle.asked:.0f} ms, last answer {middle.answered:.0f} ms,"
        f" drawn {middle.drawn:.0f} ms; {middle.callbacks} callbacks, {middle.kilobytes:.0f} kB"
    )


def _one_by_one(requests: list[tuple[str, bytes]]) -> None:
    """What each callback of a warm click costs the server and the wire, alone."""
    for url, body in requests:
        times, _ = bear([(url, body)], clients=1, rounds=10, pause_s=0)
        print(f"    alone {statistics.median(times):5.1f} ms  {json.loads(body)['output'][:70]}")


def _report(name: str, times: list[float], errors: int, limit: str = "") -> None:
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{name}: {len(times)} answers, median {median:.1f} ms, p95 {p95:.1f} ms{limit}, {errors} errors")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
