"""Memory that the C library would keep for itself goes back to the system: a screen runs for months.

Every thread that asks for memory while others do gets a pool of its own, up to eight per core, and each keeps what was
once its most; after every load of data all is drawn anew, in whichever thread comes first. Two pools cost no time that
Python's own lock would not cost anyway. Other C libraries than glibc have no such pools.

And what lives as long as the process is not looked through for garbage again and again: that took a tenth of drawing a
screen, and the collector's longest round over all that is imported a fifth of a second in the middle of one.
"""

import ctypes
import gc
from typing import Any

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
_POOLS = 2
_COLLECT_AFTER = (20_000, 50, 100)
"""Objects until a first round, first rounds until a second, second until a third."""


def keep_few_pools() -> None:
    """To be called before the first thread starts."""
    _call("mallopt", _ARENA_MAX, _POOLS)


def give_back() -> None:
    """What has been freed, after much has been."""
    _call("malloc_trim", 0)


def collect_seldom() -> None:
    """Leaves all there is out of the rounds; to be called before the fork, so that workers share it for ever."""
    gc.set_threshold(*_COLLECT_AFTER)
    gc.collect()
    gc.freeze()


def _call(name: str, *arguments: int) -> None:
    function: Any = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*arguments)
