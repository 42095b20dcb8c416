"""What may be asked next: the areas below the one on a screen, or those that a search found; dashboard.warming draws
them while nobody waits."""

import threading
from collections import deque
from dataclasses import dataclass, field

from flask import Flask

from callbacks.selection import Selection
from data_access.viewer import Viewer

_KEY = "cityvitals-ahead"
_MOST_WAITING = 4


@dataclass(frozen=True)
class Looked:
    """An overview that is on a screen, the size of its small text in pixels, and the chart it has no place for.

    next: codes of the areas that are offered to go to; where there are none, those below the selected one.
    """

    selection: Selection
    viewer: Viewer
    text_px: int
    hidden: str | None
    next: tuple[str, ...] = ()


@dataclass
class Ahead:
    """The latest looks of this process; older ones are forgotten. told: how many there were."""

    looks: deque[Looked] = field(default_factory=lambda: deque(maxlen=_MOST_WAITING))
    arrived: threading.Event = field(default_factory=threading.Event)
    told: int = 0

    def tell(self, look: Looked) -> None:
        self.looks.append(look)
        self.told += 1
        self.arrived.set()

    def wait(self, seconds: float) -> Looked | None:
        """The latest look, as soon as there is one; None after so many seconds."""
        if not self.looks:
            self.arrived.clear()
            self.arrived.wait(seconds)
        return self.looks.pop() if self.looks else None


def kept_ahead(server: Flask) -> Ahead:
    found: Ahead = server.extensions.setdefault(_KEY, Ahead())
    return found
