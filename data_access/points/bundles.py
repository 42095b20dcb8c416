"""The points of one layer as files for the browser, built once per version of the data and scope of the viewer."""

import base64
import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

import brotli
import numpy as np
import numpy.typing as npt
import pandas as pd

from data_access.geometry.mercator import project
from data_access.points.packing import pack_overview, pack_points
from data_access.questions import LayerPointsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer

KEPT = 48
WITH_OVERVIEW = 20_000
"""From so many points on a browser first gets only how many lie where."""
_MOST_BYTES = 128 * 1024 * 1024
_DIGEST_CHARS = 20


@dataclass(frozen=True)
class PointFile:
    """One file as it is sent; compressed when first asked for, what a city view needs of a large layer beforehand."""

    packed: bytes = field(repr=False)

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.packed, 6, mtime=0)

    @cached_property
    def brotlied(self) -> bytes:
        return bytes(brotli.compress(self.packed, quality=5))

    def encoded(self, encoding: str) -> bytes:
        if encoding == "br":
            return self.brotlied
        return self.gzipped if encoding == "gzip" else self.packed


@dataclass(frozen=True)
class PointBundle:
    """features: the feature number at each place of the file. categories: their words in the order of their numbers."""

    name: str
    points: PointFile
    overview: PointFile | None
    features: npt.NDArray[np.int64] = field(repr=False)
    categories: tuple[str, ...]
    digest: str

    @property
    def path(self) -> str:
        """What the browser fetches first, below the app's root."""
        return f"points/{self.name}.{self.digest}.{'overview.' if self.overview else ''}bin"

    @property
    def count(self) -> int:
        return len(self.features)


def name_of(layer: str) -> str:
    """The layer's code as one word that any URL can hold."""
    return base64.urlsafe_b64encode(layer.encode()).decode().rstrip("=")


def layer_of(name: str) -> str | None:
    """The code that a name stands for; None where it is not one of ours."""
    try:
        return base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode() or None
    except ValueError:
        return None


class PointBundles:
    """Builds bundles and keeps the last used ones. One is built at a time: a build takes both time and memory."""

    def __init__(self, store: IndicatorStore) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[LayerPointsQuestion, int], PointBundle] = OrderedDict()
        self._lock = threading.RLock()

    def bundle(self, layer: str, viewer: Viewer) -> PointBundle:
        """Raises UnknownCode for a layer that does not exist or whose points are not in the spatial store."""
        question = LayerPointsQuestion(layer=layer, viewer=viewer)
        key = (question, self._store.data_version())
        with self._lock:
            found = self._kept.get(key) or self._build(question)
            self._kept[key] = found
            self._kept.move_to_end(key)
            self._drop_unused()
            return found

    def _drop_unused(self) -> None:
        while len(self._kept) > 1 and (
            len(self._kept) > KEPT or sum(len(one.points.packed) for one in self._kept.values()) > _MOST_BYTES
        ):
            self._kept.popitem(last=False)

    def _build(self, question: LayerPointsQuestion) -> PointBundle:
        points = self._store.layer_points(question)
        metres = project(points[["lon", "lat"]].to_numpy(dtype=float))
        number, found = pd.factorize(points["category"].to_numpy(dtype=object))
        count = np.bincount(number, minlength=len(found))
        order = np.argsort(-count, kind="stable")
        words = tuple(str(found[n]) for n in order)
        category = np.argsort(order)[number]
        names = {"categories": words, "counts": count[order].tolist(), "total": len(points)}
        packed = pack_points(metres, category, names)
        features = points["feature_no"].to_numpy(dtype=np.int64)[packed.order]
        digest = hashlib.sha256(packed.packed + features.tobytes()).hexdigest()[:_DIGEST_CHARS]
        name = name_of(question.layer)
        overview = None
        if len(points) >= WITH_OVERVIEW:
            overview = PointFile(pack_overview(metres, category, names | {"points": f"{name}.{digest}.bin"}))
            _ = overview.gzipped, overview.brotlied
        return PointBundle(name, PointFile(packed.packed), overview, features, words, digest)
