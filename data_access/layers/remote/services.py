"""The services of the catalogue, asked through breaker and limits; what they said is kept for a while."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from data_access.layers.remote.breaker import Breaker
from data_access.layers.remote.fetching import Answer, Wish, checked_url, fetch
from data_access.layers.remote.networks import Network

XML_KINDS = frozenset({"text/xml", "application/xml", "application/vnd.ogc.wms_xml", "application/gml+xml"})
DOCUMENT_BYTES, DOCUMENT_S = 8 << 20, 10.0
KEPT_S = 600.0
_MOST_KEPT = {"features": 6}
_MOST_KEPT_ELSE = 64
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Settings:
    """networks: what may be asked. tokens: query parameters by host suffix, added on the server alone."""

    networks: tuple[Network, ...] = ()
    tokens: Mapping[str, str] | None = None


class Services:
    """Safe for many threads."""

    def __init__(self, settings: Settings | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings or Settings()
        self._breaker = Breaker(clock)
        self._clock = clock
        self._kept: OrderedDict[tuple[Any, ...], tuple[float, Any]] = OrderedDict()
        self._locks: dict[Any, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, wish: Wish) -> Answer:
        """Raises Unusable, also while the service rests."""
        parts = checked_url(wish.url)
        with self._breaker.asking(f"{parts.scheme}://{parts.netloc}"):
            return fetch(replace(wish, url=self._with_token(wish.url)), self._settings.networks)

    def document(self, url: str, kinds: frozenset[str] = XML_KINDS) -> bytes:
        """A description of a service."""
        return self.get(Wish(url, kinds, DOCUMENT_BYTES, DOCUMENT_S)).body

    def kept(self, key: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made by one at a time and kept for ten minutes; failures are not kept."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            found = self._kept.get(key)
            if found is not None and self._clock() - found[0] < KEPT_S:
                return found[1]  # type: ignore[no-any-return]
            made = make()
            self._keep(key, made)
            return made

    def _keep(self, key: tuple[Any, ...], made: object) -> None:
        with self._lock:
            self._kept[key] = (self._clock(), made)
            self._kept.move_to_end(key)
            alike = [one for one in self._kept if one[0] == key[0]]
            for oldest in alike[: -_MOST_KEPT.get(key[0], _MOST_KEPT_ELSE)]:
                del self._kept[oldest]
                self._locks.pop(oldest, None)

    def _with_token(self, url: str) -> str:
        host = urlsplit(url).hostname or ""
        for suffix, token in (self._settings.tokens or {}).items():
            if host == suffix or host.endswith(f".{suffix}"):
                return with_query(url, parse_qsl(token, keep_blank_values=True))
        return url


def with_query(url: str, more: Sequence[tuple[str, str]]) -> str:
    """The address with these parameters; those of the same name (in any case) are replaced."""
    parts = urlsplit(url)
    named = {name.lower() for name, _ in more}
    own = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in named]
    return urlunsplit(parts._replace(query=urlencode([*own, *more]), fragment=""))
