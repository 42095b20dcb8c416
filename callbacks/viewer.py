"""Who is looking: found once per request by the server, never told by the browser."""

from collections.abc import Callable

from flask import Flask, Request, g, request

from data_access.viewer import EVERYTHING, Viewer

Identify = Callable[[Request], Viewer]


def everyone(_request: Request) -> Viewer:
    """An installation without accounts: everyone sees everything."""
    return EVERYTHING


def named_by(header: str | None) -> Identify:
    """Everyone sees everything, and is called what a trusted proxy says in this header (UTF-8)."""

    def identify(asked: Request) -> Viewer:
        said = asked.headers.get(header, "") if header else ""
        return Viewer(name=_utf8(said).strip()) if said else EVERYTHING

    return identify


def _utf8(header: str) -> str:
    """Headers arrive as Latin-1 (PEP 3333), whatever the proxy meant."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace")


def identify_viewers(server: Flask, identify: Identify = everyone) -> None:
    """Asks `identify` before each request, so that a callback never takes the browser's word for it."""

    @server.before_request
    def recognise() -> None:
        g.viewer = identify(request)


def current_viewer() -> Viewer:
    viewer: Viewer = g.viewer
    return viewer
