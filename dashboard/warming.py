"""Draws screens before anyone asks: the first ones after a start or a load, then those below what is looked at."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from flask import Flask

from callbacks import correlation_map, indicator, map, overview, problems, projects
from callbacks.ahead import Looked, kept_ahead
from callbacks.boundaries import kept_boundaries
from callbacks.faults import left_to_the_asker
from callbacks.layer_sources import kept_layers
from callbacks.layers_specs import catalogue_file, packed_points
from callbacks.reach_data import kept_reach
from callbacks.resolving import resolve
from callbacks.scene import USUAL_TEXT_PX, Scene
from callbacks.selection import Selection
from dashboard.memory import give_back
from data_access.errors import DataAccessError
from data_access.questions import AreasQuestion, BoundariesQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from data_access.tree import ADMINISTRATIVE
from data_access.viewer import EVERYTHING

LOG = logging.getLogger("cityvitals.warming")
POLL_S = 5
MOST_FURTHER = 60
MOST_BELOW = 24
AFTER_S = 1.0
"""A click is answered and drawn before anything is drawn ahead."""
MOST_LAYERS = 100
_ROOT = "/"


def keep_warm(server: Flask, store: IndicatorStore) -> threading.Thread:
    """Starts a thread that draws the overview of the top area and its children, as everyone sees them.

    Workers that share a cache draw each panel once between them.
    """
    thread = threading.Thread(target=_follow, args=(server, store), name="warming", daemon=True)
    thread.start()
    return thread


def _follow(server: Flask, store: IndicatorStore) -> None:
    warmed, look = None, None
    while True:
        try:
            version = store.data_version()
            if version != warmed:
                warm(server, store)
                warmed = version
                give_back()
                LOG.info("warmed")
            if look is not None:
                draw_below(server, store, look)
        except DataAccessError as error:
            LOG.info("not warmed: %s", error)
        except Exception:
            LOG.exception("not warmed")
            warmed = version
        look = kept_ahead(server).wait(POLL_S)


def warm(server: Flask, store: IndicatorStore) -> None:
    """The overview of the top area, then of each of its children; its problems and projects; its indicator view; what
    its correlations are computed from; the boundaries of each level as a whole; the roads and homes of the reach view,
    the layer catalogue and the large point layers; last the overviews one level further down, where they are not too
    many."""
    home = store.home_area()
    if home is None:
        return
    first, _ = resolve(Selection(area=home), store, EVERYTHING)
    children = _children(store, [home])
    for code in [home, *children]:
        _draw(server, store, first.changed({"area": code}))
    _draw_work(server, store, first)
    with _sparing(), server.app_context():
        indicator.draw(Scene(first, store, EVERYTHING))
    with _sparing():
        correlation_map.prepare(Scene(first, store, EVERYTHING))
    for level in store.levels(CatalogueQuestion())["level"]:
        with _sparing():
            kept_boundaries(server, store).bundle(BoundariesQuestion(area=home, level=str(level)))
    with _sparing():
        kept_reach(server, store).warm()
    with _sparing():
        catalogue_file(kept_layers(server), store, EVERYTHING)
    for entry in kept_layers(server).entries(EVERYTHING)[:MOST_LAYERS]:
        with _sparing():
            packed_points(server, store, entry, EVERYTHING)
    further = _children(store, children)
    for code in further if len(further) <= MOST_FURTHER else []:
        _draw(server, store, first.changed({"area": code}))


def draw_below(server: Flask, store: IndicatorStore, look: Looked) -> None:
    """The overviews that a click on the map leads to, as the one who looks will see them; a newer look goes first."""
    time.sleep(AFTER_S)
    below = store.areas(AreasQuestion(area=look.selection.area, viewer=look.viewer))
    tiling = look.selection.partition or ADMINISTRATIVE
    for code in below.loc[below["partition"] == tiling, "area_code"].head(MOST_BELOW):
        if kept_ahead(server).looks:
            return
        wish = look.selection.changed({"area": str(code), "level": None, "partition": None})
        with _sparing(), server.app_context():
            selection, _ = resolve(wish, store, look.viewer)
            there = Scene(selection, store, look.viewer)
            map.painted(there, kept_boundaries(server, store), _ROOT)
            overview.draw(there, (look.text_px,), look.hidden)


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


def _draw_work(server: Flask, store: IndicatorStore, selection: Selection) -> None:
    """Problems and projects of the area, as their views open; the reports that every curve is made of come first."""
    with _sparing():
        store.reports()
    for view in (problems, projects):
        for part in chain.from_iterable(view.drawn_parts(kept_boundaries(server, store), _ROOT)):
            with _sparing(), server.app_context(), left_to_the_asker():
                for size in USUAL_TEXT_PX:
                    part.draw(Scene(selection, store, EVERYTHING), size)
