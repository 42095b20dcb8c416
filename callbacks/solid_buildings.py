"""The buildings of an area as columns that assets/js/solid_buildings.js stands up, with what is open in each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data_access.errors import UnknownCode
from data_access.publishing import BoundariesOfQuestion, PublishedAreasQuestion
from data_access.questions import CatalogueQuestion, LayerShapesQuestion, ProblemsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer

MOST = 30_000
STOREY_M, UNKNOWN_M = 3.0, 3.0
MEASURED, BY_STOREYS, UNKNOWN = 0, 1, 2
_NUMBERS = ("height_m", "storeys", "floor_area_m2")
_COLUMNS = ("building_id", "area_code", *_NUMBERS)
_UNRESOLVED = ("open", "in_progress")
_WEIGHT = {"general": 1, "serious": 2, "critical": 3}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Buildings:
    """Those of one area and all below it, as far as the viewer sees. layer: its code; None: the city's first."""

    store: IndicatorStore
    viewer: Viewer
    area: str
    layer: str | None = None

    def columns(self) -> dict[str, Any]:
        """Per building: place, height and how it is known, half the side of a square where no outline is known, area.

        shown, total: of more than MOST buildings the tallest are sent. Raises UnknownCode for an area or a layer that
        is not there.
        """
        everything = self._inside
        height, known = _heights(everything)
        tallest = np.sort(np.argsort(-height, kind="stable")[:MOST])
        rows, height, known = everything.iloc[tallest], height[tallest], known[tallest]
        codes, places = np.unique(rows["area_code"].fillna("").to_numpy(str), return_inverse=True)
        outlines = rows["geometry"].to_numpy()
        middle = shapely.get_coordinates(shapely.centroid(outlines)) if len(rows) else np.zeros((0, 2))
        return {
            "total": len(everything),
            "shown": len(rows),
            "id": rows["building_id"].fillna("").to_list(),
            "lon": middle[:, 0].round(6).tolist(),
            "lat": middle[:, 1].round(6).tolist(),
            "height": height.round(1).tolist(),
            "known": known.tolist(),
            "half": _half_sides(rows).round(1).tolist(),
            "outline": [_ring(one) for one in outlines] if _has_outlines(outlines) else None,
            "areas": [self._lineage(str(code)) for code in codes],
            "area": places.tolist(),
            "problems": self._problems(rows["building_id"]),
        }

    @cached_property
    def _inside(self) -> pd.DataFrame:
        """By the area a building names, where that is one of ours, else by where it stands."""
        rows = self._facts
        rows = rows.assign(**{name: pd.to_numeric(rows[name], errors="coerce") for name in _NUMBERS})
        stated = rows["area_code"].isin(self._known)
        area = rows["area_code"].where(stated, None).astype(object)
        area[~stated] = self._placed(rows["geometry"][~stated])
        kept: pd.DataFrame = rows.assign(area_code=area)[area.isin(list(self._parents))].reset_index(drop=True)
        return kept

    @property
    def _facts(self) -> pd.DataFrame:
        """Every building of the layer: geometry and _COLUMNS, whatever the layer calls them. Raises UnknownCode."""
        known = self.store.building_layers(CatalogueQuestion(viewer=self.viewer))
        chosen = next((one for one in known if self.layer in (None, one["layer_code"])), None)
        if chosen is None:
            raise UnknownCode("layer", self.layer or "buildings")
        theirs = tuple(chosen["columns"].values())
        asked = LayerShapesQuestion(layer=chosen["layer_code"], columns=theirs, viewer=self.viewer)
        rows = self.store.layer_shapes(asked).rename(columns={name: ours for ours, name in chosen["columns"].items()})
        return rows.reindex(columns=["geometry", *_COLUMNS])

    @cached_property
    def _known(self) -> set[str]:
        return set(self.store.published_areas(PublishedAreasQuestion())["area_code"])

    def _placed(self, shapes: pd.Series) -> "npt.NDArray[np.object_]":
        """The lowest of the areas here in which each building stands; None where no boundary holds it."""
        found = np.full(len(shapes), None, dtype=object)
        asked = BoundariesOfQuestion(areas=tuple(sorted(self._parents)), viewer=self.viewer)
        drawn = self.store.boundaries_of(asked) if len(shapes) else pd.DataFrame({"area_code": [], "geometry": []})
        depth = drawn["area_code"].map(lambda code: len(self._lineage(code))).to_numpy(dtype=int)
        drawn = drawn.iloc[np.argsort(depth, kind="stable")]
        middle = shapely.centroid(shapes.to_numpy(dtype=object))
        one, other = shapely.STRtree(drawn["geometry"].to_numpy(dtype=object)).query(middle, predicate="within")
        order = np.argsort(other, kind="stable")
        found[one[order]] = drawn["area_code"].to_numpy(dtype=object)[other[order]]
        return found

    def _lineage(self, code: str) -> list[str]:
        """The area and those above it, the nearest first; the map colours by the first that it shows."""
        lineage: list[str] = []
        while code in self._parents and code not in lineage:
            lineage.append(code)
            code = self._parents[code]
        return lineage

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The area itself and all below it, with the parent of each."""
        found = self.store.published_areas(PublishedAreasQuestion(within=self.area, viewer=self.viewer))
        return dict(zip(found["area_code"], found["parent_code"].fillna(""), strict=True))

    def _problems(self, ids: pd.Series) -> list[int]:
        """The gravest unresolved problem of each building: 0 none, 1 general, 2 serious, 3 critical."""
        rows = self.store.problems(ProblemsQuestion(area=self.area, viewer=self.viewer))
        rows = rows[rows["status"].isin(_UNRESOLVED) & rows["object_id"].notna()]
        gravest = rows["severity"].map(_WEIGHT).fillna(1).groupby(rows["object_id"]).max()
        return [int(weight) for weight in ids.map(gravest).fillna(0)]


def _heights(rows: pd.DataFrame) -> tuple[Floats, npt.NDArray[np.int_]]:
    """Metres, and how they are known: measured, by storeys, or not at all."""
    measured, storeys = rows["height_m"].to_numpy(float), rows["storeys"].to_numpy(float)
    has_height, has_storeys = measured > 0, storeys > 0
    height = np.where(has_height, measured, np.where(has_storeys, storeys * STOREY_M, UNKNOWN_M))
    return height, np.where(has_height, MEASURED, np.where(has_storeys, BY_STOREYS, UNKNOWN))


def _half_sides(rows: pd.DataFrame) -> Floats:
    """Of a square with the building's ground: floor area by storeys where known, else a house of usual size."""
    ground = rows["floor_area_m2"].to_numpy(float) / np.fmax(rows["storeys"].to_numpy(float), 1)
    usual = 14.0
    return np.asarray(np.sqrt(np.where(ground > 0, ground, usual**2)) / 2)


def _has_outlines(shapes: Any) -> bool:
    return bool(len(shapes)) and bool((shapely.get_dimensions(shapes) == 2).any())  # noqa: PLR2004


def _ring(shape: Any) -> list[list[float]] | None:
    """The outer ring of the largest part; None for a point."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    if not parts:
        return None
    largest = max(parts, key=lambda part: part.area)
    ring: list[list[float]] = shapely.get_coordinates(largest.exterior).round(7).tolist()
    return ring
