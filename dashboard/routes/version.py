"""`/version`: what runs and which data it has, a few bytes that open pages ask for again and again."""

import hashlib
from pathlib import Path

from flask import Flask, Response, jsonify

from data_access.store import IndicatorStore

_ROOT = Path(__file__).resolve().parents[2]
_ROOMS = ("dashboard", "callbacks", "layouts", "analysis", "data_access", "assets")
_WRITTEN = frozenset({".py", ".js", ".css", ".po"})


def register_version_route(server: Flask, store: IndicatorStore) -> None:
    build = build_id()

    @server.get("/version")
    def version() -> Response:
        response = jsonify({"build": build, "data_version": store.data_version()})
        response.headers["Cache-Control"] = "no-store"
        return response


def build_id() -> str:
    """A hash of what we wrote: pages of another build load themselves again after a deploy."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((_ROOT / room).rglob("*")):
            if path.suffix in _WRITTEN:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
