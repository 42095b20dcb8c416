"""Who is looking: found once per request by the server, never told by the browser."""

from collections.abc import Callable

from flask import Flask, Request, g, request

from data_access.viewer import EVERYTHING, Viewer

Identify = Callable[[Request], Viewer]


def everyone(_request: Request) -> Viewer:
    """An installation without accounts: everyone sees everything."""
    return EVERYTHING


def identify_viewers(server: Flask, identify: Identify = everyone) -> None:
    """Asks `identify` before each request, so that a callback never takes the browser's word for it."""

    @server.before_request
    def recognise() -> None:
        g.viewer = identify(request)


def current_viewer() -> Viewer:
    viewer: Viewer = g.viewer
    return viewer
