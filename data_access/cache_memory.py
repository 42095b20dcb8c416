"""The in-process cache: flask-caching's SimpleCache, holding what it is given within a budget, and nothing pickled."""

from collections.abc import Callable
from typing import Any

from flask_caching.backends import SimpleCache

BUDGET_BYTES = 128 * 2**20
ENTRY_BYTES = 256
"""What an entry takes beside its value: the key, the time, the places in the dictionary."""
KEPT_S = 7 * 24 * 3600


class Unchanged:
    """Serializer of cachelib that stores values as they are."""

    def dumps(self, value: Any) -> Any:
        return value

    def loads(self, data: Any) -> Any:
        return data


class MemoryCache(SimpleCache):
    """Values by key; the oldest go first when the budget is spent."""

    serializer = Unchanged()  # type: ignore[assignment]

    def __init__(self, budget_bytes: int = BUDGET_BYTES, weigh: Callable[[Any], int] = len) -> None:
        """weigh: bytes of a value."""
        super().__init__(default_timeout=KEPT_S)
        self._budget_bytes, self._weigh, self._spent = budget_bytes, weigh, 0

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:
        weight = self._weigh(value) + ENTRY_BYTES
        if weight > self._budget_bytes:
            return False
        with self._lock:
            self._drop(key)
            stored = bool(super().set(key, value, timeout))
            self._spent += weight
            while self._spent > self._budget_bytes:
                self._drop(next(iter(self._cache)))
        return stored

    def clear(self) -> bool:
        with self._lock:
            self._spent = 0
            return bool(super().clear())

    def _drop(self, key: str) -> None:
        if key in self._cache:
            self._spent -= self._weigh(self._cache.pop(key)[1]) + ENTRY_BYTES

    def _prune(self) -> None:
        """The budget decides what goes, not a number of entries."""
