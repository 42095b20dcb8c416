"""Draws screens before anyone asks: the first ones after a start or a load, then those that may be asked for next."""

import logging
import os
import random
import threading
import time
from collections.abc import Iterable, Iterator
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
from callbacks.scene import DEFAULT_TEXT_PX, USUAL_TEXT_PX, Scene
from callbacks.selection import Selection
from callbacks.together import Part, drawing
from dashboard.http.attention import kept_attention
from dashboard.memory import give_back
from data_access.errors import DataAccessError
from data_access.questions import AreasQuestion, BoundariesQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from data_access.tree import ADMINISTRATIVE
from data_access.viewer import EVERYTHING
from layouts.texts import DEFAULT_LANGUAGE, Language

LOG = logging.getLogger("cityvitals.warming")
POLL_S = 5
MOST_FURTHER = 250
MOST_BELOW = 24
MOST_LAYERS = 100
_ROOT = "/"


def keep_warm(server: Flask, store: IndicatorStore, language: Language = DEFAULT_LANGUAGE) -> threading.Thread:
    """Starts a thread that draws the overview of the top area and its children, as everyone sees them.

    language: of a first visit. Workers that share a cache draw each panel once between them.
    """
    thread = threading.Thread(target=_follow, args=(server, store, language), name="warming", daemon=True)
    thread.start()
    return thread


def _follow(server: Flask, store: IndicatorStore, language: Language) -> None:
    warmed, look = None, None
    further: Iterator[str] = iter(())
    while True:
        is_done = True
        try:
            version = store.data_version()
            if version != warmed:
                warm(server, store, language)
                warmed, further = version, draw_further(server, store, language)
                give_back()
                LOG.info("warmed")
            if look is not None:
                draw_next(server, store, look)
            is_done = next(further, None) is None
        except DataAccessError as error:
            LOG.info("not warmed: %s", error)
        except Exception:
            LOG.exception("not warmed")
            warmed = version
        look = kept_ahead(server).wait(POLL_S if is_done else 0)


def warm(server: Flask, store: IndicatorStore, language: Language = DEFAULT_LANGUAGE) -> None:
    """The overview of the top area, then of each of its children; its problems and projects; its indicator view; what
    its correlations are computed from; the boundaries of each level as a whole; the roads and homes of the reach view,
    the layer catalogue and the large point layers."""
    home = store.home_area()
    if home is None:
        return
    first, _ = resolve(Selection(area=home, lang=language), store, EVERYTHING)
    children = _children(store, [home])
    for code in [home, *children]:
        _draw(server, store, first.changed({"area": code}))
    with _sparing(server):
        store.reports()
    for view in (problems, projects):
        parts = chain.from_iterable(view.drawn_parts(kept_boundaries(server, store), _ROOT))
        _draw_parts(server, Scene(first, store, EVERYTHING), parts, USUAL_TEXT_PX)
    _draw_parts(
        server, Scene(first, store, EVERYTHING), [*indicator.middle(), *indicator.evidence()], (DEFAULT_TEXT_PX,)
    )
    with _sparing(server):
        correlation_map.prepare(Scene(first, store, EVERYTHING))
    for level in store.levels(CatalogueQuestion())["level"]:
        with _sparing(server):
            kept_boundaries(server, store).bundle(BoundariesQuestion(area=home, level=str(level)))
    with _sparing(server):
        kept_reach(server, store).warm()
    with _sparing(server):
        catalogue_file(kept_layers(server), store, EVERYTHING)
    for entry in kept_layers(server).entries(EVERYTHING)[:MOST_LAYERS]:
        with _sparing(server):
            packed_points(server, store, entry, EVERYTHING)


def draw_further(server: Flask, store: IndicatorStore, language: Language = DEFAULT_LANGUAGE) -> Iterator[str]:
    """The overviews of whole levels below those that `warm` drew, an area at a time, half of the time at most; what
    somebody looks at and new data go first. Gives the code of each area drawn."""
    home = store.home_area()
    if home is None:
        return
    first, _ = resolve(Selection(area=home, lang=language), store, EVERYTHING)
    for code in _further(store, _children(store, [home])):
        began = time.monotonic()
        _draw(server, store, first.changed({"area": code}))
        time.sleep(time.monotonic() - began)
        yield code


def _further(store: IndicatorStore, areas: list[str]) -> Iterator[str]:
    """The administrative areas below those named, level by level, while a whole level does not exceed the most; within
    a level each worker in an order of its own, so that two seldom wait for the same panel."""
    left, order = MOST_FURTHER, random.Random(os.getpid())  # noqa: S311, nothing secret
    while areas := _children(store, areas):
        left -= len(areas)
        if left < 0:
            return
        yield from order.sample(areas, len(areas))


def draw_next(server: Flask, store: IndicatorStore, look: Looked) -> None:
    """The overviews that a click leads to, as the one who looks will see them; a newer look goes first."""
    told = kept_ahead(server).told
    for code in look.next or _below(store, look):
        if kept_ahead(server).told != told:
            return
        wish = look.selection.changed({"area": code, "level": None, "partition": None})
        selection, _ = resolve(wish, store, look.viewer)
        _draw_overview(server, Scene(selection, store, look.viewer), (look.text_px,), look.hidden)


def _below(store: IndicatorStore, look: Looked) -> list[str]:
    below = store.areas(AreasQuestion(area=look.selection.area, viewer=look.viewer))
    tiling = look.selection.partition or ADMINISTRATIVE
    return [str(code) for code in below.loc[below["partition"] == tiling, "area_code"].head(MOST_BELOW)]


def _children(store: IndicatorStore, areas: list[str]) -> list[str]:
    below = (store.areas(AreasQuestion(area=area)) for area in areas)
    return [str(code) for frame in below for code in frame.loc[frame["partition"] == ADMINISTRATIVE, "area_code"]]


def _draw(server: Flask, store: IndicatorStore, wish: Selection) -> None:
    """As a click on the area asks for it: indicator and period stay."""
    selection, _ = resolve(wish, store, EVERYTHING)
    _draw_overview(server, Scene(selection, store, EVERYTHING), USUAL_TEXT_PX)


def _draw_overview(server: Flask, at: Scene, sizes: Iterable[int], hidden: str | None = None) -> None:
    with _sparing(server), server.app_context():
        map.painted(at, kept_boundaries(server, at.store), _ROOT)
    _draw_parts(server, at, overview.drawn_parts().values(), sizes, hidden)


def _draw_parts(
    server: Flask, at: Scene, parts: Iterable[Part], sizes: Iterable[int], hidden: str | None = None
) -> None:
    """sizes: of small text in pixels, on the screens there are. A panel that fails says so when it is asked for.

    Each has a scene of its own: new data may come between two steps, and what is kept is of one version.
    """
    for part in parts:
        for size in sizes:
            with _sparing(server), server.app_context(), left_to_the_asker():
                drawing(part, Scene(at.selection, at.store, at.viewer), size, hidden)()


@contextmanager
def _sparing(server: Flask) -> Iterator[None]:
    """A step that begins when nobody waits for an answer."""
    kept_attention(server).wait_for_calm()
    yield
