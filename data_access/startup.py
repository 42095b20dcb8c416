"""Opening the store of a database."""

import hashlib
import socket
from pathlib import Path

from data_access.cache import AnswerCache, SharedCache
from data_access.engine import layers_path, normal_url
from data_access.late_engine import LateEngine
from data_access.store import IndicatorStore


def open_store(
    url: str,
    layers: str | Path | None = None,
    redis_url: str | None = None,
    shared: SharedCache | None = None,
    edition: str = "",
) -> IndicatorStore:
    """The store of a database, whether that can be reached now or not; `store.verify()` tells.

    shared: what the processes of this machine share where there is no Redis. edition: of the program that asks; what
    one edition worked out is never shown by another.
    """
    if redis_url is not None:
        from data_access.cache_redis import RedisCache  # noqa: PLC0415

        shared = RedisCache(redis_url)
    return IndicatorStore(LateEngine(url, layers), AnswerCache(f"{identity(url, layers)} {edition}", shared))


def identity(url: str, layers: str | Path | None) -> str:
    """Tells this database from any other that shares a Redis with it; holds no password."""
    parsed = normal_url(url).set(password=None)
    if parsed.get_backend_name() == "sqlite":
        database, beside = Path(str(parsed.database)).resolve(), layers_path(parsed, layers).resolve()
        return hashlib.sha256(f"{socket.gethostname()} {database} {beside}".encode()).hexdigest()
    return hashlib.sha256(parsed.render_as_string().encode()).hexdigest()
