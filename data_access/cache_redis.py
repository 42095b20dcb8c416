"""The shared cache: flask-caching's Redis backend with plain bytes, behind a breaker.

A Redis that is dead or hung costs one short timeout; then nothing, until a probe in the background finds it back.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from flask_caching.backends.rediscache import RedisCache as RedisBackend
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from data_access.cache import CLAIM_S
from data_access.cache_memory import Unchanged

PREFIX = "cityvitals:"
KEPT_S = 24 * 3600
WAIT_S = 0.1
"""For connecting, and again for an answer: together 0.2 s at most."""
PROBE_S = 1.0

T = TypeVar("T")
_log = logging.getLogger(__name__)


class _Backend(RedisBackend):
    serializer = Unchanged()  # type: ignore[assignment]


class RedisCache:
    """Bytes by key in Redis; while Redis is away every key is missing and every claim is granted."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(
            url,
            socket_connect_timeout=WAIT_S,
            socket_timeout=WAIT_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )
        self._backend = _Backend(host=self._client, key_prefix=PREFIX, default_timeout=KEPT_S)
        self._is_away = threading.Event()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        return self._guarded(lambda: self._backend.get(key), None)

    def set(self, key: str, data: bytes) -> None:
        self._guarded(lambda: self._backend.set(key, data), None)

    def claim(self, key: str) -> bool:
        """Whether this process is to compute the answer."""
        return bool(self._guarded(lambda: self._client.set(_claim(key), b"1", nx=True, ex=CLAIM_S), True))

    def release(self, key: str) -> None:
        self._guarded(lambda: self._client.delete(_claim(key)), None)

    def _guarded(self, ask: Callable[[], Any], otherwise: T) -> Any | T:
        if self._is_away.is_set():
            return otherwise
        try:
            return ask()
        except RedisError as error:
            self._give_up(error)
            return otherwise

    def _give_up(self, error: RedisError) -> None:
        with self._lock:
            if self._is_away.is_set():
                return
            self._is_away.set()
        _log.warning(
            "redis is away (%s): answers are computed and kept in memory until it is back", type(error).__name__
        )
        threading.Thread(target=self._probe, name="redis-probe", daemon=True).start()

    def _probe(self) -> None:
        while True:
            time.sleep(PROBE_S)
            try:
                self._client.ping()
            except RedisError:
                continue
            self._is_away.clear()
            _log.info("redis is back")
            return


def _claim(key: str) -> str:
    return f"{PREFIX}claim:{key}"
