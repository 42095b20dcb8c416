"""Leaves a failing service alone for a while, longer each time, and never lets it take more than a few threads."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from data_access.layers.failures import Unusable

FAILURES = 3
FIRST_REST_S, LONGEST_REST_S = 5.0, 300.0
AT_ONCE = 4
WAIT_S = 3.0
_FAULTS = frozenset({"unreachable", "too_slow"})


@dataclass
class _Service:
    places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))
    failures: int = 0
    rests: int = 0
    until: float = 0.0


class Breaker:
    """One service is one host and port. clock: seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._services: dict[str, _Service] = {}
        self._lock = threading.Lock()

    @contextmanager
    def asking(self, service: str) -> Iterator[None]:
        """Raises Unusable (`resting`) instead of asking while the service rests or all its places are taken."""
        with self._lock:
            state = self._services.setdefault(service, _Service())
            self._refuse_resting(state)
        if not state.places.acquire(timeout=WAIT_S):
            raise Unusable("resting", "too many questions at once", FIRST_REST_S)
        try:
            yield
        except Unusable as error:
            self._after(state, failed=error.reason in _FAULTS)
            raise
        else:
            self._after(state, failed=False)
        finally:
            state.places.release()

    def _refuse_resting(self, state: _Service) -> None:
        left = state.until - self._clock()
        if left > 0:
            raise Unusable("resting", f"after {state.failures} failures", left)
        if state.failures >= FAILURES:
            state.until = self._clock() + FIRST_REST_S  # one may try; the others wait for what comes of it

    def _after(self, state: _Service, *, failed: bool) -> None:
        with self._lock:
            if not failed:
                state.failures = state.rests = 0
                state.until = 0.0
                return
            state.failures += 1
            if state.failures >= FAILURES:
                state.until = self._clock() + min(FIRST_REST_S * 2**state.rests, LONGEST_REST_S)
                state.rests += 1
