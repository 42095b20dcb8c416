"""Runs the screen under gunicorn, with the app built once and shared by all workers."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from dashboard.settings import Settings

WORKER_TIMEOUT_S = 60
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108, gunicorn's heartbeat files, which must not wait for a disk


class ScreenServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads. The app is loaded before the fork, which halves a worker's memory.

    build must not open connections: they would be shared between the workers. in_worker runs in each of them,
    at_end when the last of them has stopped.
    """

    def __init__(
        self,
        build: Callable[[], Flask],
        settings: Settings,
        in_worker: Callable[[], object],
        at_end: Callable[[], object] = lambda: None,
    ) -> None:
        self._build = build
        self._settings = settings
        self._in_worker = in_worker
        self._at_end = at_end
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._build()

    def _options(self) -> dict[str, Any]:
        return {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": WORKER_TIMEOUT_S,
            "post_worker_init": lambda worker: self._in_worker(),
            "on_exit": lambda server: self._at_end(),
            "worker_tmp_dir": str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else tempfile.gettempdir(),
            "control_socket_disable": True,
            "loglevel": "warning",
        }
