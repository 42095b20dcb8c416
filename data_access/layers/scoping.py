"""Features as a viewer who sees a part of the city may have them: those that touch this part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import select

from data_access.contract import area_boundary
from data_access.layers.crs import Box, total_box
from data_access.layers.features import Feature, FeatureSource, Key, page_of
from data_access.store import IndicatorStore
from data_access.viewer import Viewer

MOST_READ = 200_000


@dataclass(frozen=True)
class ScopedFeatures:
    """part: the boundary of what the viewer sees. Everything is asked of the features inside, nothing of the layer."""

    source: FeatureSource
    part: Any

    @property
    def is_whole(self) -> bool:
        return bool(getattr(self.source, "is_whole", True))

    def count(self) -> int:
        return sum(1 for _ in self._mine())

    def bounds(self) -> Box | None:
        shapes = [one.geometry for one in self._mine()]
        return total_box(shapes)

    def columns(self) -> list[str]:
        return self.source.columns()

    def in_box(self, box: Box, limit: int) -> Iterator[Feature]:
        return (one for one in self.source.in_box(box, limit) if shapely.intersects(self.part, one.geometry))

    def page(self, start: int, end: int, text: str) -> tuple[list[Feature], int]:
        return page_of(self._mine(), start, end, text)

    def feature(self, key: Key) -> Feature | None:
        found = self.source.feature(key)
        return found if found is not None and shapely.intersects(self.part, found.geometry) else None

    def _mine(self) -> Iterator[Feature]:
        return self.in_box(self.part.bounds, MOST_READ) if not self.part.is_empty else iter(())


def scoped(source: FeatureSource, store: IndicatorStore, viewer: Viewer) -> FeatureSource:
    """The source itself for a viewer who sees all areas."""
    if viewer.area_codes is None:
        return source
    part = visible_part(store, viewer)
    return ScopedFeatures(source, part)


def visible_part(store: IndicatorStore, viewer: Viewer) -> Any:
    """The boundaries of the viewer's areas as one prepared geometry; an area without one shows nothing of a layer."""
    boundary = area_boundary.c
    asked = select(boundary.geometry).where(boundary.area_code.in_(viewer.area_codes or ()))
    with store.transaction() as connection:
        part = shapely.union_all(list(connection.scalars(asked)))
    shapely.prepare(part)
    return part
