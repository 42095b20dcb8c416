"""Draws the first screens before anyone asks for them, after a start and after every load."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from callbacks import map, overview
from callbacks.boundaries import kept_boundaries
from callbacks.reach_data import kept_reach
from callbacks.resolving import resolve
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.errors import DataAccessError
from data_access.questions import AreasQuestion, BoundariesQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING

LOG = logging.getLogger("cityvitals.warming")
POLL_S = 5
MOST_FURTHER = 60
_ROOT = "/"


def keep_warm(server: Flask, store: IndicatorStore) -> threading.Thread:
    """Starts a thread that draws the overview of the top area and its children, as everyone sees them.

    Workers that share a cache draw each panel once between them.
    """
    thread = threading.Thread(target=_follow, args=(server, store), name="warming", daemon=True)
    thread.start()
    return thread


def _follow(server: Flask, store: IndicatorStore) -> None:
    warmed = None
    while True:
        try:
            version = store.data_version()
            if version != warmed:
                warm(server, store)
                warmed = version
                LOG.info("warmed")
        except DataAccessError as error:
            LOG.info("not warmed: %s", error)
        except Exception:
            LOG.exception("not warmed")
            warmed = version
        time.sleep(POLL_S)


def warm(server: Flask, store: IndicatorStore) -> None:
    """The overview of the top area, then of each of its children, then the boundaries of each level as a whole; then
    the roads and homes of the reach view; last the overviews one level further down, where they are not too many."""
    home = store.home_area()
    if home is None:
        return
    first, _ = resolve(Selection(area=home), store, EVERYTHING)
    children = _children(store, [home])
    for code in [home, *children]:
        _draw(server, store, first.changed({"area": code}))
    for level in store.levels(CatalogueQuestion())["level"]:
        with _sparing():
            kept_boundaries(server, store).bundle(BoundariesQuestion(area=home, level=str(level)))
    with _sparing():
        kept_reach(server, store).warm()
    further = _children(store, children)
    for code in further if len(further) <= MOST_FURTHER else []:
        _draw(server, store, first.changed({"area": code}))


def _children(store: IndicatorStore, areas: list[str]) -> list[str]:
    return [str(code) for area in areas for code in store.areas(AreasQuestion(area=area))["area_code"]]


@contextmanager
def _sparing() -> Iterator[None]:
    """Leaves those who ask meanwhile as much time as it takes."""
    began = time.monotonic()
    yield
    time.sleep(time.monotonic() - began)


def _draw(server: Flask, store: IndicatorStore, wish: Selection) -> None:
    """As a click on the area asks for it: indicator and period stay."""
    with _sparing(), server.app_context():
        selection, _ = resolve(wish, store, EVERYTHING)
        at = Scene(selection, store, EVERYTHING)
        map.painted(at, kept_boundaries(server, store), _ROOT)
        overview.draw(at)
