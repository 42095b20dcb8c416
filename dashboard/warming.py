"""Asks the costly questions of the first screens before anyone does, after a start and after every load."""

import logging
import threading
import time

from data_access.errors import DataAccessError
from data_access.questions import AreasQuestion, CatalogueQuestion, ProfileQuestion
from data_access.store import IndicatorStore

LOG = logging.getLogger("cityvitals.warming")
POLL_S = 5


def keep_warm(store: IndicatorStore) -> threading.Thread:
    """Starts a thread that fills this process's cache for the top area and its children, as everyone sees them."""
    thread = threading.Thread(target=_follow, args=(store,), name="warming", daemon=True)
    thread.start()
    return thread


def _follow(store: IndicatorStore) -> None:
    warmed = None
    while True:
        try:
            version = store.data_version()
            if version != warmed:
                warm(store)
                warmed = version
        except DataAccessError as error:
            LOG.info("not warmed: %s", error)
        time.sleep(POLL_S)


def warm(store: IndicatorStore) -> None:
    """The profile of the top area, then of each of its children."""
    home = store.home_area()
    if home is None:
        return
    store.indicators(CatalogueQuestion())
    store.profile(ProfileQuestion(area=home))
    for code in store.areas(AreasQuestion(area=home))["area_code"]:
        store.profile(ProfileQuestion(area=str(code)))
