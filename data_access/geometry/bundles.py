"""The boundaries of one question as a file for the browser, built once per version of the data."""

import base64
import gzip
import hashlib
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

import brotli
import orjson
import pandas as pd

from data_access.contract_row import Contract
from data_access.geometry.areas import encode_areas
from data_access.questions import AreaPathQuestion, AreasQuestion, BoundariesQuestion
from data_access.store import IndicatorStore
from data_access.tree import ADMINISTRATIVE
from data_access.viewer import Viewer

KEPT = 64
_MOST_BYTES = 96 * 1024 * 1024
_DIGEST_CHARS = 20
_LENGTH = struct.Struct("<I")
_COMPRESSED: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda packed: bytes(brotli.compress(packed, quality=6)),
    "gzip": lambda packed: gzip.compress(packed, 6, mtime=0),
}
_SEPARATOR = "\x1f"
_PARTS = 3


@dataclass(frozen=True)
class Bundle:
    """codes: the areas in the order of the file, those without boundary too. digest: tells one content from another."""

    name: str
    packed: bytes = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    drawn: frozenset[str] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.packed).hexdigest()[:_DIGEST_CHARS]

    @property
    def path(self) -> str:
        return f"geometry/{self.name}.{self.digest}.bin"

    def to_bytes(self) -> bytes:
        """As it is kept: how long the codes are, the codes as JSON, the file."""
        codes = orjson.dumps([self.codes, [code in self.drawn for code in self.codes]])
        return b"".join([_LENGTH.pack(len(codes)), codes, self.packed])

    @classmethod
    def from_bytes(cls, name: str, kept: bytes) -> "Bundle":
        (length,) = _LENGTH.unpack_from(kept)
        end = _LENGTH.size + length
        codes, is_drawn = orjson.loads(kept[_LENGTH.size : end])
        return cls(name, kept[end:], tuple(codes), frozenset(compress(codes, is_drawn)))


def name_of(question: BoundariesQuestion) -> str:
    """The question without its viewer as one word that any URL can hold; codes are opaque and may hold anything."""
    parts = _SEPARATOR.join((question.area, question.level or "", question.partition or ""))
    return base64.urlsafe_b64encode(parts.encode()).decode().rstrip("=")


def question_of(name: str, viewer: Viewer) -> BoundariesQuestion | None:
    """The question that a name stands for, asked by this viewer; None where the name is not one of ours."""
    try:
        parts = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode().split(_SEPARATOR)
    except ValueError:
        return None
    if len(parts) != _PARTS or not parts[0]:
        return None
    area, level, partition = parts
    return BoundariesQuestion(area=area, level=level or None, partition=partition or None, viewer=viewer)


class BoundaryBundles:
    """Builds bundles, each once for all who share the store's cache, and keeps the last used ones at hand."""

    def __init__(self, store: IndicatorStore) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[BoundariesQuestion, Contract], Bundle] = OrderedDict()
        self._lock = threading.Lock()
        self._building = threading.Lock()

    def bundle(self, question: BoundariesQuestion) -> Bundle:
        """Raises what `store.boundaries` raises, UnknownCode for an area outside the viewer's scope among it."""
        version = self._store.contract()
        with self._lock:
            found = self._kept.get((question, version))
        if found is None:
            kept = self._store.cache.packed("bundle", question, version, lambda: self._build(question).to_bytes())
            found = Bundle.from_bytes(name_of(question), kept)
        with self._lock:
            self._kept[question, version] = found
            self._kept.move_to_end((question, version))
            self._drop_unused(version)
        return found

    def encoded(self, bundle: Bundle, encoding: str) -> bytes:
        """As sent under this Content-Encoding; compressed when first asked for."""
        if encoding not in _COMPRESSED:
            return bundle.packed
        squeeze = _COMPRESSED[encoding]
        return self._store.cache.packed(encoding, bundle.digest, self._store.contract(), lambda: squeeze(bundle.packed))

    def _drop_unused(self, version: Contract) -> None:
        """Those of earlier data, and the longest unused when there are too many."""
        for old in [key for key in self._kept if key[1] != version]:
            del self._kept[old]
        while len(self._kept) > 1 and (
            len(self._kept) > KEPT or sum(len(bundle.packed) for bundle in self._kept.values()) > _MOST_BYTES
        ):
            self._kept.popitem(last=False)

    def _build(self, question: BoundariesQuestion) -> Bundle:
        """One at a time: a build takes both time and memory."""
        with self._building:
            areas = _areas(self._store, question)
            boundaries = self._store.boundaries(question).set_index("area_code")["geometry"]
            geometries = boundaries.reindex(areas["area_code"])
            drawn = frozenset(boundaries.index)
            shown = [geometry if code in drawn else None for code, geometry in geometries.items()]
            names = _names(areas) | {"groups": _group_names(self._store, question, areas)}
            return Bundle(name_of(question), encode_areas(shown, names), tuple(areas["area_code"]), drawn)


def _areas(store: IndicatorStore, question: BoundariesQuestion) -> pd.DataFrame:
    """The areas that `values_by_area` names, in its order, with or without boundary."""
    areas = store.areas(AreasQuestion(area=question.area, level=question.level, viewer=question.viewer))
    if question.level is None:
        areas = areas[areas["partition"] == _tiling(store, question, set(areas["partition"]))]
    return areas.reset_index(drop=True)


def _tiling(store: IndicatorStore, question: BoundariesQuestion, present: set[str]) -> str:
    """The tiling asked for; else the parent's own where it has children in it, else the administrative one."""
    if question.partition is not None:
        return question.partition
    path = store.area_path(AreaPathQuestion(area=question.area, viewer=question.viewer))
    own = str(path["partition"].iloc[-1])
    return own if own in present else ADMINISTRATIVE


def _names(areas: pd.DataFrame) -> dict[str, list[object]]:
    """What the browser says of each area without asking again. Weights: the larger, the sooner its name is written."""
    text = areas[["area_code", "name_zh", "name_en", "parent_code"]].fillna("")
    zh, en = text["name_zh"], text["name_en"]
    return {
        "codes": text["area_code"].to_list(),
        "names_zh": zh.where(zh != "", en).to_list(),
        "names_en": en.where(en != "", zh).to_list(),
        "parents": text["parent_code"].to_list(),
        "weights": areas["population"].fillna(0).astype(int).to_list(),
    }


def _group_names(store: IndicatorStore, question: BoundariesQuestion, areas: pd.DataFrame) -> dict[str, list[str]]:
    """Names (zh, en) of the parents of a level, written while the areas themselves are too small for theirs."""
    if question.level is None:
        return {}
    parents = areas["parent_code"].dropna().unique()
    paths = (store.area_path(AreaPathQuestion(area=code, viewer=question.viewer)) for code in parents)
    rows = [path.iloc[-1].fillna("") for path in paths]
    return {row["area_code"]: [row["name_zh"] or row["name_en"], row["name_en"] or row["name_zh"]] for row in rows}
