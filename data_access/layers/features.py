"""Features on their way to tiles, rows and statistics, and what every source of them can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from data_access.layers.crs import Box

Key = int | str


@dataclass(frozen=True, slots=True)
class Feature:
    """geometry: shapely, CGCS2000 longitude and latitude."""

    key: Key
    properties: dict[str, Any]
    geometry: Any


class FeatureSource(Protocol):
    """One layer's features. Methods raise Unusable with the reason where the source gives none."""

    def count(self) -> int: ...

    def bounds(self) -> Box | None: ...

    def columns(self) -> list[str]: ...

    def in_box(self, box: Box, limit: int) -> Iterator[Feature]: ...

    def page(self, start: int, end: int, text: str) -> tuple[list[Feature], int]: ...

    def feature(self, key: Key) -> Feature | None: ...


def page_of(features: Iterator[Feature], start: int, end: int, text: str) -> tuple[list[Feature], int]:
    """The page among the features that say the text in one of their values, and how many there are."""
    wanted, found, total = text.casefold(), [], 0
    for one in features:
        if not text or any(wanted in str(value).casefold() for value in one.properties.values() if value is not None):
            if start <= total < end:
                found.append(one)
            total += 1
    return found, total
