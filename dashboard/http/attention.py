"""When a panel was last asked for, as all workers know it: what is drawn beforehand waits until nobody waits.

One processor's worth of drawing beside a click would double the time it takes. The moment lies in memory that the
workers inherit from the process that forked them.
"""

import time
from multiprocessing.sharedctypes import RawValue

from dash import Dash
from flask import Flask, Response, request

CALM_S = 1.0
"""A click is answered and drawn in this time."""
PATIENCE_S = 2.0
"""Where somebody asks all the time, drawing beforehand goes on in small steps that far apart."""
_KEY = "cityvitals-attention"


class Attention:
    def __init__(self) -> None:
        self._asked_at = RawValue("d", time.monotonic() - CALM_S)

    def asked(self) -> None:
        self._asked_at.value = time.monotonic()

    def wait_for_calm(self, patience_s: float = PATIENCE_S) -> None:
        """Returns when nobody has asked for CALM_S, at once where that is so, and in any case after patience_s."""
        given_up = time.monotonic() + patience_s
        while (left := self._asked_at.value + CALM_S - time.monotonic()) > 0 and time.monotonic() < given_up:
            time.sleep(min(left, max(given_up - time.monotonic(), 0)))


def watch_attention(app: Dash) -> None:
    """Notes every callback when it comes and when it is answered."""
    attention = kept_attention(app.server)
    path = f"{app.config.requests_pathname_prefix}_dash-update-component"

    @app.server.before_request  # type: ignore[untyped-decorator]
    def ask() -> None:
        if request.path == path:
            attention.asked()

    @app.server.after_request  # type: ignore[untyped-decorator]
    def answer(response: Response) -> Response:
        if request.path == path:
            attention.asked()
        return response


def kept_attention(server: Flask) -> Attention:
    if _KEY not in server.extensions:
        server.extensions[_KEY] = Attention()
    found: Attention = server.extensions[_KEY]
    return found
