"""One GET of a catalogued service: pinned address, no redirects, no compression, bounded in time and size."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from data_access.layers.failures import Unusable
from data_access.layers.remote.networks import Network, pinned_address

CONNECT_S = 3.0
_CHUNK = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_OK, _REDIRECTS, _ERRORS = 200, range(300, 400), range(500, 600)


@dataclass(frozen=True)
class Wish:
    """kinds: media types that may come back. limit_bytes, time_s: of the whole answer."""

    url: str
    kinds: frozenset[str]
    limit_bytes: int
    time_s: float


@dataclass(frozen=True)
class Answer:
    body: bytes
    kind: str


def fetch(wish: Wish, allowed: Sequence[Network]) -> Answer:
    """Raises Unusable with the reason; its detail names the host and nothing behind it, where tokens may stand."""
    parts = checked_url(wish.url)
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    ends = time.monotonic() + wish.time_s
    address = pinned_address(host, port, allowed)
    try:
        plain = socket.create_connection((address, port), timeout=min(CONNECT_S, wish.time_s))
    except OSError as error:
        raise Unusable("too_slow" if isinstance(error, TimeoutError) else "unreachable", host) from error
    with _Watch(plain, ends) as watch:
        try:
            return _ask(_secured(plain, parts, host), parts, wish, ends)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "too_slow" if watch.has_fired or isinstance(error, TimeoutError) else "unreachable"
            raise Unusable(reason, host) from error


def checked_url(url: str) -> SplitResult:
    """Raises Unusable for an address with anything unusual about it."""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in _PORTS and parts.hostname and parts.username is None and (parts.port or 1) > 0
    except ValueError as error:
        raise Unusable("refused_address", "not an address") from error
    if not is_plain or any(ord(letter) <= ord(" ") or letter == "\\" for letter in url):
        raise Unusable("refused_address", "not an http or https address")
    return parts


class _Watch:
    """Cuts the connection when the time is over: a server that sends a byte now and then outlasts any read timeout."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self.has_fired = False
        self._connection = connection
        self._timer = threading.Timer(max(ends - time.monotonic(), 0.01), self._fire)
        self._timer.daemon = True

    def _fire(self) -> None:
        self.has_fired = True
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._connection.close()


def _secured(plain: socket.socket, parts: SplitResult, host: str) -> socket.socket:
    """TLS towards the name that the catalogue says, on the connection that is pinned."""
    if parts.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _ask(connection: socket.socket, parts: SplitResult, wish: Wish, ends: float) -> Answer:
    asking = http.client.HTTPConnection(str(parts.hostname), parts.port or _PORTS[parts.scheme])
    asking.sock = connection
    connection.settimeout(max(ends - time.monotonic(), 0.01))
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {"Host": parts.netloc, "Accept-Encoding": "identity", "User-Agent": "CityVitals", "Connection": "close"}
    asking.request("GET", target, headers=headers)
    answer = asking.getresponse()
    kind = _kind(answer, wish, str(parts.hostname))
    return Answer(_body(answer, wish, ends), kind)


def _kind(answer: http.client.HTTPResponse, wish: Wish, host: str) -> str:
    if answer.status in _REDIRECTS:
        raise Unusable("redirected", f"{host} answers {answer.status}")
    if answer.status != _OK:
        raise Unusable("unreachable" if answer.status in _ERRORS else "refused", f"{host} answers {answer.status}")
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Unusable("wrong_kind", f"{host} compresses unasked")
    kind = answer.getheader("Content-Type", "").split(";")[0].strip().lower()
    if kind not in wish.kinds:
        raise Unusable("wrong_kind", f"{host} sends {kind[:60] or 'no media type'}")
    return kind


def _body(answer: http.client.HTTPResponse, wish: Wish, ends: float) -> bytes:
    if (answer.length or 0) > wish.limit_bytes:
        raise Unusable("too_large", f"more than {wish.limit_bytes:,} bytes")
    body = bytearray()
    while part := answer.read(_CHUNK):
        body += part
        if len(body) > wish.limit_bytes:
            raise Unusable("too_large", f"more than {wish.limit_bytes:,} bytes")
        if time.monotonic() > ends:
            raise TimeoutError
    return bytes(body)
