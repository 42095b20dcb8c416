"""A screen served on a free port of this machine, for browser tests, screenshots and measurements."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from werkzeug.serving import BaseWSGIServer, make_server

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.startup import open_store


@contextmanager
def served(database_url: str, port: int = 0, today: date | None = None, **settings: Any) -> Iterator[str]:
    """The address of the running screen; it stops with the block. today: the day lateness is measured against."""
    with running(database_url, port, today, **settings) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def running(database_url: str, port: int = 0, today: date | None = None, **settings: Any) -> Iterator[BaseWSGIServer]:
    """settings: further fields of dashboard.settings."""
    app = create_app(open_store(database_url), Settings(database_url=database_url, today=today, **settings))
    server = make_server("127.0.0.1", port, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
