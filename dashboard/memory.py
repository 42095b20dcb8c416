"""Memory that the C library would keep for itself goes back to the system: a screen runs for months.

Every thread that asks for memory while others do gets a pool of its own, up to eight per core, and each keeps what was
once its most; after every load of data all is drawn anew, in whichever thread comes first. Two pools cost no time that
Python's own lock would not cost anyway. Other C libraries than glibc have no such pools.
"""

import ctypes
from typing import Any

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
_POOLS = 2


def keep_few_pools() -> None:
    """To be called before the first thread starts."""
    _call("mallopt", _ARENA_MAX, _POOLS)


def give_back() -> None:
    """What has been freed, after much has been."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    function: Any = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*arguments)
