"""Answers kept for as long as the data do not change (ADR 0005).

The key holds the question with the viewer's scope, the data_version and the database, so an entry is never wrong, only
unused: nothing is ever invalidated. Memory is asked first, then what the processes share: files or Redis.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, Protocol

import pandas as pd

from data_access.cache_memory import MemoryCache
from data_access.codec import decode_frame, decode_json, encode_frame, encode_json

CLAIM_S = 10
"""After this long a process that was to compute an answer is given up."""
FRAMES_BUDGET_BYTES = 24 * 2**20
"""Of frames that lie ready, as encoded; decoding one takes as long as a small statement."""
_POLL_S = 0.005
_TOLD = "-told"


class SharedCache(Protocol):
    """Bytes by key, shared between processes; away or slow, it answers None."""

    def get(self, key: str) -> bytes | None: ...

    def set(self, key: str, data: bytes) -> None: ...

    def claim(self, key: str) -> bool:
        """Whether this process is to compute the answer; False: another one does."""

    def release(self, key: str) -> None: ...


class _Decoded(NamedTuple):
    frame: pd.DataFrame
    encoded_bytes: int


class AnswerCache:
    """Keeps answers; however many ask at once, each is computed once. Failures reach all who wait and are not kept."""

    def __init__(self, database: str, shared: SharedCache | None = None) -> None:
        """database: what tells this database from another in the same shared cache."""
        self._database = database
        self._memory = MemoryCache()
        self._frames = MemoryCache(FRAMES_BUDGET_BYTES, lambda decoded: int(decoded.encoded_bytes))
        self._shared = shared
        self._flights: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def frame(self, name: str, question: Any, data_version: Any, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer `name` to a question as a frame that the caller may change."""
        key = self._key(name, question, data_version)
        decoded: _Decoded | None = self._frames.get(key)
        if decoded is None:
            data = self._bytes(key, lambda: encode_frame(compute()))
            decoded = _Decoded(decode_frame(data), len(data))
            self._frames.set(key, decoded)
        return decoded.frame.copy()

    def json(self, name: str, question: Any, data_version: Any, compute: Callable[[], Any]) -> Any:
        """The answer as plain data (dicts, lists, numbers, text), such as a finished figure."""
        return decode_json(self._bytes(self._key(name, question, data_version), lambda: encode_json(compute())))

    def packed(self, name: str, question: Any, data_version: Any, compute: Callable[[], bytes]) -> bytes:
        """The answer as bytes, such as a file for the browser."""
        return self._bytes(self._key(name, question, data_version), compute)

    def data(self, name: str, question: Any, data_version: Any, compute: Callable[[], bytes]) -> bytes:
        """The answer as bytes, such as a map tile."""
        return self._bytes(self._key(name, question, data_version), compute)

    def tell(self, name: str, question: Any, data_version: Any, share: float) -> None:
        """How much of an answer that takes long is done, 0–1, for whoever waits for it in any process."""
        (self._shared or self._memory).set(self._key(name, question, data_version) + _TOLD, encode_json(share))

    def told(self, name: str, question: Any, data_version: Any) -> float | None:
        """What was told last; None where nobody computes that answer yet."""
        said = (self._shared or self._memory).get(self._key(name, question, data_version) + _TOLD)
        return None if said is None else float(decode_json(said))

    def forget(self) -> None:
        """Empties this process's memory: what it holds is of an earlier version, or is to be measured cold."""
        self._memory.clear()
        self._frames.clear()

    def _key(self, name: str, question: Any, data_version: Any) -> str:
        kind = f"{type(question).__module__}.{type(question).__qualname__}"
        parts = repr((self._database, data_version, name, kind, question))
        return hashlib.sha256(parts.encode()).hexdigest()

    def _bytes(self, key: str, compute: Callable[[], bytes]) -> bytes:
        found: bytes | None = self._memory.get(key)
        if found is not None:
            return found
        with self._lock:
            flight, is_first = self._flights.get(key), False
            if flight is None:
                flight, is_first = self._flights.setdefault(key, Future()), True
        if is_first:
            self._fly(key, flight, compute)
        return flight.result()

    def _fly(self, key: str, flight: Future[bytes], compute: Callable[[], bytes]) -> None:
        try:
            data = self._memory.get(key) or self._from_shared(key, compute)
            self._memory.set(key, data)
            flight.set_result(data)
        except BaseException as error:
            flight.set_exception(error)
        finally:
            with self._lock:
                del self._flights[key]

    def _from_shared(self, key: str, compute: Callable[[], bytes]) -> bytes:
        shared = self._shared
        if shared is None:
            return compute()
        found = shared.get(key) or _claimed(shared, key)
        if found is not None:
            return found
        try:
            data = compute()
            shared.set(key, data)
            return data
        finally:
            shared.release(key)


def _claimed(shared: SharedCache, key: str) -> bytes | None:
    """What another process has computed meanwhile; None when it is ours to compute, or that process was given up."""
    deadline = time.monotonic() + CLAIM_S
    while not shared.claim(key):
        if (found := shared.get(key)) is not None:
            return found
        if time.monotonic() > deadline:
            return None
        time.sleep(_POLL_S)
    found = shared.get(key)
    if found is not None:
        shared.release(key)
    return found
