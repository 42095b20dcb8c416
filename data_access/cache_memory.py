"""The in-process cache: flask-caching's SimpleCache, holding bytes within a budget instead of pickled objects."""

from typing import Any

from flask_caching.backends import SimpleCache

BUDGET_BYTES = 128 * 2**20
MOST_ENTRIES = 4096
KEPT_S = 7 * 24 * 3600


class PlainBytes:
    """Serializer of cachelib that stores bytes as they are."""

    def dumps(self, value: bytes) -> bytes:
        return value

    def loads(self, data: bytes | None) -> bytes | None:
        return data


class MemoryCache(SimpleCache):
    """Bytes by key; the oldest go first when the budget is spent."""

    serializer = PlainBytes()  # type: ignore[assignment]

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        super().__init__(threshold=MOST_ENTRIES, default_timeout=KEPT_S)
        self._budget_bytes = budget_bytes

    def set(self, key: str, value: bytes, timeout: Any = None) -> bool:
        if len(value) > self._budget_bytes:
            return False
        with self._lock:
            stored = bool(super().set(key, value, timeout))
            self._drop_oldest()
        return stored

    def _drop_oldest(self) -> None:
        spent = sum(len(value) for _, value in self._cache.values())
        for key in list(self._cache):
            if spent <= self._budget_bytes:
                return
            spent -= len(self._cache.pop(key)[1])
