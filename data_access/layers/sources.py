"""Every layer of the catalogue behind one door: what it holds, its tiles and pictures, its features."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from data_access.cache_memory import MemoryCache
from data_access.contract import area_boundary
from data_access.errors import UnknownCode
from data_access.layers.entry import FEATURE_SERVICES, LayerEntry, entry_of, require_features
from data_access.layers.failures import Unusable
from data_access.layers.features import FeatureSource
from data_access.layers.postgis_tiles import postgis_tile
from data_access.layers.remote.pictures import Picture, picture_tile
from data_access.layers.remote.services import KEPT_S, Services
from data_access.layers.remote.snapshots import Snapshot, snapshot
from data_access.layers.scoping import scoped
from data_access.layers.stored import StoredFeatures, stored_features
from data_access.layers.tiling import MOST_FEATURES, encode_tile, tile_box
from data_access.questions import CatalogueQuestion
from data_access.scope import sees_area
from data_access.store import IndicatorStore
from data_access.viewer import Viewer

_VERSION_CHARS = 16
_PICTURES_BYTES = 48 << 20
_CODES_AT_ONCE = 500
_CATALOGUES = 16


@dataclass(frozen=True)
class _Catalogue:
    data_version: int
    entries: dict[str, LayerEntry]
    digest: str


class LayerSources:
    """Safe for many threads. Raises UnknownCode for an unknown layer, Unusable for one that gives no answer."""

    def __init__(self, store: IndicatorStore, services: Services | None = None) -> None:
        self._store = store
        self._services = services or Services()
        self._pictures = MemoryCache(_PICTURES_BYTES)
        self._troubles: dict[str, Unusable] = {}
        self._catalogues: dict[Viewer, _Catalogue] = {}
        self._lock = threading.Lock()

    def entries(self, viewer: Viewer) -> list[LayerEntry]:
        """The catalogue, by code."""
        return list(self._catalogue(viewer).entries.values())

    def entry(self, code: str, viewer: Viewer) -> LayerEntry:
        found = self._catalogue(viewer).entries.get(code)
        if found is None:
            raise UnknownCode("layer", code)
        return found

    def catalogue_version(self, viewer: Viewer) -> str:
        """By what the viewer's catalogue says."""
        return self._catalogue(viewer).digest

    def _catalogue(self, viewer: Viewer) -> "_Catalogue":
        """Read once per version of the data for the last viewers: a catalogue may have a thousand rows and more."""
        version = self._store.data_version()
        with self._lock:
            known = self._catalogues.get(viewer)
        if known is not None and known.data_version == version:
            return known
        rows = self._store.layers(CatalogueQuestion(viewer=viewer)).to_dict("records")
        entries = {entry.code: entry for entry in map(entry_of, rows)}
        made = _Catalogue(version, entries, hashlib.sha256(repr(entries).encode()).hexdigest()[:_VERSION_CHARS])
        with self._lock:
            self._catalogues[viewer] = made
            while len(self._catalogues) > _CATALOGUES:
                self._catalogues.pop(next(iter(self._catalogues)))
        return made

    def version(self, entry: LayerEntry, viewer: Viewer) -> str:
        """Changes with the data, the layer's row and the viewer's scope: what stands under it may be kept for ever."""
        parts = repr((self._store.data_version(), entry, sorted(entry.style.items(), key=str), viewer))
        return hashlib.sha256(parts.encode()).hexdigest()[:_VERSION_CHARS]

    @contextmanager
    def features(self, entry: LayerEntry, viewer: Viewer) -> Iterator[FeatureSource]:
        """The layer's features as this viewer sees them, for as long as the block lasts."""
        require_features(entry)
        if entry.kind in FEATURE_SERVICES:
            yield scoped(self._snapshot(entry), self._store, viewer)
            return
        with self._store.transaction() as connection:
            yield scoped(stored_features(connection, entry), self._store, viewer)

    def tile(self, entry: LayerEntry, viewer: Viewer, z: int, x: int, y: int) -> bytes:
        """A vector tile; empty where nothing is drawn."""
        if entry.kind in FEATURE_SERVICES:
            return self._tile(entry, viewer, z, x, y)
        asked = (entry.code, viewer, z, x, y)
        version = self.version(entry, viewer)
        return self._store.cache.data("layer_tile", asked, version, lambda: self._tile(entry, viewer, z, x, y))

    def facts(self, entry: LayerEntry, viewer: Viewer) -> dict[str, Any]:
        """count, bounds (west, south, east, north or None), columns, is_whole (False: the service has more)."""

        def read() -> dict[str, Any]:
            with self.features(entry, viewer) as source:
                return {
                    "count": source.count(),
                    "bounds": source.bounds(),
                    "columns": source.columns(),
                    "is_whole": getattr(source, "is_whole", True),
                }

        if entry.kind in FEATURE_SERVICES:
            return read()
        found: dict[str, Any] = self._store.cache.json("layer_facts", entry.code, self.version(entry, viewer), read)
        return found

    def boundaries(self, codes: set[str], viewer: Viewer) -> dict[str, Any]:
        """The boundaries of these areas that the viewer may see, by code."""
        boundary = area_boundary.c
        found: dict[str, Any] = {}
        with self._store.transaction() as connection:
            for part in _batches(sorted(codes)):
                asked = select(boundary.area_code, boundary.geometry).where(boundary.area_code.in_(part))
                found |= dict(connection.execute(asked.where(sees_area(viewer, boundary.area_code))).tuples().all())
        return found

    def picture(self, entry: LayerEntry, z: int, x: int, y: int) -> Picture:
        """A tile of a layer of pictures; the services cannot cut them, so all viewers see the same."""
        if not entry.is_picture:
            raise Unusable("not_drawn_here", "no layer of pictures")
        key = f"{int(time.monotonic() // KEPT_S)} {entry.code} {z} {x} {y}"
        found: bytes | None = self._pictures.get(key)
        if found is None:
            with self._remembering(entry):
                picture = picture_tile(self._services, entry, z, x, y)
            found = picture.kind.encode() + b"\n" + picture.body
            self._pictures.set(key, found)
        kind, body = found.split(b"\n", 1)
        return Picture(body, kind.decode())

    def trouble(self, entry: LayerEntry) -> Unusable | None:
        """Why the service of the layer failed last, None when its last answer was one."""
        return self._troubles.get(entry.code)

    def _snapshot(self, entry: LayerEntry) -> Snapshot:
        with self._remembering(entry):
            return snapshot(self._services, entry)

    @contextmanager
    def _remembering(self, entry: LayerEntry) -> Iterator[None]:
        try:
            yield
        except Unusable as error:
            before = self._troubles.get(entry.code)
            if error.reason == "resting" and before is not None:
                self._troubles[entry.code] = Unusable(before.reason, before.detail, error.retry_after_s)
            elif error.reason != "not_drawn_here":
                self._troubles[entry.code] = error
            raise
        self._troubles.pop(entry.code, None)

    def _tile(self, entry: LayerEntry, viewer: Viewer, z: int, x: int, y: int) -> bytes:
        column = entry.style.get("column")
        column = column if isinstance(column, str) else None
        with self.features(entry, viewer) as source:
            if isinstance(source, StoredFeatures) and source.connection.dialect.name == "postgresql":
                return postgis_tile(source, z, x, y, column)
            return encode_tile(source.in_box(tile_box(z, x, y), MOST_FEATURES), z, x, y, column)


def _batches(codes: list[str]) -> Iterator[list[str]]:
    """A statement takes so many values only."""
    return (codes[first : first + _CODES_AT_ONCE] for first in range(0, len(codes), _CODES_AT_ONCE))
