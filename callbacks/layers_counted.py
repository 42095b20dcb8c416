"""What a layer holds per area, counted once per version of layer and areas; and whether it lies where it says."""

import math
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import shapely

from analysis.layers_offset import OffsetTest, edge_test, offset_test
from analysis.layers_statistics import Counted, counted, land_km2
from callbacks.layers_scene import LayersScene
from callbacks.map_view import MapView
from data_access.errors import InvalidQuestion
from data_access.layers.crs import total_box
from data_access.layers.entry import STORED, LayerEntry
from data_access.layers.sources import LayerSources
from data_access.questions import BoundariesQuestion
from data_access.viewer import Viewer

MOST_COUNTED = 250_000
MOST_TESTED = 2_000
MOST_TESTED_AT_EDGE = 30_000
MOST_CORNERS = 500
_GLOBE = (-180.0, -90.0, 180.0, 90.0)


def counted_per_area(at: LayersScene, entry: LayerEntry, view: MapView) -> Counted:
    """Of the areas that the map shows, in their order."""

    def count() -> dict[str, Any]:
        boundaries = _boundaries(at, view)
        around = total_box(boundaries.dropna().to_numpy()) if boundaries.notna().any() else None
        shapes = []
        if around is not None:
            with at.layers.features(entry, at.at.viewer) as source:
                shapes = [one.geometry for one in source.in_box(around, MOST_COUNTED)]
        found = counted(shapes, boundaries)
        return {"kind": found.kind, "rows": found.per_area.to_dict("list")}

    kept = count() if entry.kind not in STORED else _kept(at, entry, view, count)
    return Counted(pd.DataFrame(kept["rows"], index=list(view.bundle.codes)), kept["kind"])


def _kept(at: LayersScene, entry: LayerEntry, view: MapView, count: Any) -> Any:
    asked = (entry.code, view.bundle.digest)
    return at.at.store.cache.json("layer_counted", asked, at.layers.version(entry, at.at.viewer), count)


def _boundaries(at: LayersScene, view: MapView) -> pd.Series:
    partition = None if view.level else at.at.selection.partition
    asked = BoundariesQuestion(area=view.parent, level=view.level, partition=partition, viewer=at.at.viewer)
    found = at.at.store.boundaries(asked).set_index("area_code")["geometry"]
    return found.reindex(list(view.bundle.codes))


@dataclass(frozen=True)
class Offset:
    """found: None where no test is possible. by_edge: tested against the city's edge, not against areas named."""

    found: OffsetTest | None
    by_edge: bool


def offset_of(at: LayersScene, entry: LayerEntry) -> Offset:
    """By the areas that the features name; where they name none, by the edge of the city, if the viewer sees it."""
    by_edge = entry.area_column is None
    if not entry.has_features or (by_edge and at.at.viewer.area_codes is not None):
        return Offset(None, by_edge)

    def test() -> dict[str, Any]:
        return asdict(_edge_tested(at, entry) if by_edge else _area_tested(at, entry, str(entry.area_column)))

    version = at.layers.version(entry, at.at.viewer)
    made = at.at.store.cache.json("layer_offset", entry.code, version, test) if entry.kind in STORED else test()
    found: dict[str, Any] = {name: math.nan if said is None else said for name, said in made.items()}
    return Offset(OffsetTest(**found), by_edge)


def _area_tested(at: LayersScene, entry: LayerEntry, column: str) -> OffsetTest:
    with at.layers.features(entry, at.at.viewer) as source:
        features = list(source.in_box(_GLOBE, MOST_TESTED))
    named = [one.properties.get(column) for one in features]
    boundaries = at.layers.boundaries({str(code) for code in named if code is not None}, at.at.viewer)
    return offset_test([one.geometry for one in features], named, boundaries)


def _edge_tested(at: LayersScene, entry: LayerEntry) -> OffsetTest:
    city = at.at.store.home_area(at.at.viewer)
    outline = at.layers.boundaries({str(city)}, at.at.viewer).get(str(city)) if city else None
    with at.layers.features(entry, at.at.viewer) as source:
        shapes = [one.geometry for one in source.in_box(_GLOBE, MOST_TESTED_AT_EDGE)]
    return edge_test(shapes, outline)


def counted_within(layers: LayerSources, entry: LayerEntry, viewer: Viewer, ring: object) -> dict[str, Any]:
    """ring: corners as [longitude, latitude] pairs, as a browser drew them. Raises InvalidQuestion for what is none."""
    drawn = _polygon(ring)
    with layers.features(entry, viewer) as source:
        shapes = [one.geometry for one in source.in_box(drawn.bounds, MOST_COUNTED)]
    found = counted(shapes, pd.Series([drawn], index=["drawn"]))
    sums = {str(name): float(column.iloc[0]) for name, column in found.per_area.items()}
    return {"kind": found.kind if shapes else None, "drawn_km2": float(land_km2(pd.Series([drawn])).iloc[0]), **sums}


def _polygon(ring: object) -> Any:
    fewest = 3
    if not isinstance(ring, list) or not fewest <= len(ring) <= MOST_CORNERS:
        raise InvalidQuestion("a drawing has 3 to 500 corners")
    for corner in ring:
        is_pair = isinstance(corner, list) and len(corner) == 2  # noqa: PLR2004
        if not is_pair or not all(isinstance(one, int | float) and -180 <= one <= 180 for one in corner):  # noqa: PLR2004
            raise InvalidQuestion("a corner is a longitude and a latitude")
    drawn = shapely.make_valid(shapely.Polygon(ring))
    if drawn.is_empty or drawn.area == 0:
        raise InvalidQuestion("the drawing encloses nothing")
    return drawn
