"""Which screen it is that draws: what a finished panel depends on beside the data."""

import hashlib

from dashboard.routes.version import build_id
from dashboard.settings import Settings


def edition(settings: Settings) -> str:
    """Changes with our own code and with the settings that panels say something of.

    Part of the key of every kept answer: a Redis outlives a deploy, and must not serve the panels of the build before.
    """
    files = [path.read_bytes() for path in (settings.scoring, settings.suggestion_rules) if path is not None]
    return hashlib.sha256(repr((build_id(), settings.opinions, files)).encode()).hexdigest()
