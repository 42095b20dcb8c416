"""A drill-down click on the demo city, and fifty clients at once: what a person waits, and what the server bears.

    .venv/bin/python -m benchmarks.clicks [--clients 50] [--rounds 20]

A click counts from the key press to the answer of the last panel, cold (the first visit to a district after a start)
and warm (when both workers know the answers). The clients replay the callbacks that such a click sends, over loopback,
to two workers. The baseline in the same run is `/live`, which asks and draws nothing.
"""

import argparse
import http.client
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from dashboard.cli.demo import DEMO_DATABASE, demo
from scripts.browser import browser

PORT = 8077
ADDRESS = f"http://127.0.0.1:{PORT}"
QUIET_S = 0.4
WARM_UP = 5  # each worker keeps its own answers: after so many visits both have them
COLD_MS, WARM_MS, P95_MS = 600, 200, 50


@contextmanager
def serving() -> Iterator[None]:
    """The screen as an installation runs it: gunicorn with two workers, warmed."""
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "serve",
        "--database",
        f"sqlite:///{DEMO_DATABASE}",
        "--port",
        str(PORT),
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready()
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_ready() -> None:
    for _ in range(120):
        try:
            if _get("/ready") == 200:
                time.sleep(8)  # the warming of both workers
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the screen did not become ready")


def _get(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def click_ms(page: Page, address: str) -> tuple[float, list[tuple[str, bytes]]]:
    """Milliseconds until the last panel answered, and the callbacks that were sent."""
    sent: list[tuple[str, bytes]] = []
    last = [0.0]

    def asked(request: Request) -> None:
        if "_dash-update-component" in request.url:
            sent.append((request.url, request.post_data_buffer or b""))

    def answered(request: Request) -> None:
        if "_dash-update-component" in request.url:
            last[0] = time.perf_counter()

    page.on("request", asked)
    page.on("requestfinished", answered)
    began = time.perf_counter()
    page.evaluate(
        "href => { history.pushState(null, '', href); dispatchEvent(new PopStateEvent('popstate')) }", address
    )
    while time.perf_counter() - max(last[0], began) < QUIET_S or not last[0]:
        page.wait_for_timeout(20)
        if time.perf_counter() - began > 20:
            raise RuntimeError("the click was not answered")
    page.remove_listener("request", asked)
    page.remove_listener("requestfinished", answered)
    return (last[0] - began) * 1000, sent


def bear(requests: list[tuple[str, bytes]], clients: int, rounds: int) -> tuple[list[float], int]:
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
                time.sleep(0.5)
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
        page = chromium.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(ADDRESS)
        page.wait_for_load_state("networkidle")
        districts = ["990102", "990103", "990104"]
        cold = [click_ms(page, f"/?area={code}")[0] for code in districts]
        for code in districts * WARM_UP:
            click_ms(page, f"/?area={code}")
        visits = [click_ms(page, f"/?area={code}") for code in districts * 3]
        warm, requests = [ms for ms, _ in visits], visits[-1][1]
        page.close()
        print(f"drill-down, cold: median {statistics.median(cold):.0f} ms, worst {max(cold):.0f} (limit {COLD_MS})")
        print(f"drill-down, warm: median {statistics.median(warm):.0f} ms, worst {max(warm):.0f} (limit {WARM_MS})")
        _report("callbacks", *bear(requests, arguments.clients, arguments.rounds), f" (limit {P95_MS})")
        _report(
            "/live, the baseline",
            *bear([(f"{ADDRESS}/live", b"")] * len(requests), arguments.clients, arguments.rounds),
        )


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
