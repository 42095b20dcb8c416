"""What reach is computed from, read once per version of the data: roads as graphs, where people live, facilities."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from flask import Flask

from analysis.reach import services
from analysis.reach.coverage import Facilities, facilities, residents, spread
from analysis.reach.graph import WALK, Graph, Places, make_graph
from analysis.reach.plane import Plane
from analysis.reach.roads import Roads, read_roads
from data_access.errors import InvalidQuestion
from data_access.publishing import BoundariesOfQuestion, PublishedAreasQuestion
from data_access.questions import CatalogueQuestion, LayerShapesQuestion
from data_access.store import IndicatorStore

_EXTENSION = "cityvitals-reach"
_ROAD_COLUMNS = ("class", "speed_kmh", "oneway", "length_m", "from_node", "to_node")
_KEPT = 24
MOST_ENTRANCES = 250_000
FoundT = TypeVar("FoundT")


@dataclass(frozen=True)
class People:
    """rows: area_code, weight (persons, or 1 per building where no population is known). metres: (n, 2).

    basis: `buildings`, or `areas` where points spread over each area stand for its people. weighted_by: the column of
    the buildings by which an area's people are shared out. layer: its code.
    """

    rows: pd.DataFrame
    metres: npt.NDArray[np.float64]
    basis: str
    weighted_by: str
    layer: str | None


@dataclass(frozen=True)
class Land:
    """Pieces of residential land: rows: area_code, weight (hectares); shapes in metres."""

    rows: pd.DataFrame
    shapes: npt.NDArray[np.object_]
    layer: str


class ReachData:
    """Everything of the whole city; what a viewer may see of the answers is for the asker to cut out."""

    def __init__(self, store: IndicatorStore) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[int, Hashable], Any] = OrderedDict()
        self._lock = threading.RLock()

    def warm(self) -> None:
        """Reads what the first question about walking needs, which takes seconds in a large city."""
        graph = self.graph(WALK)
        if graph is not None:
            _ = graph.matrix, graph.reversed, self.people_on(WALK), self.land()

    def layers(self) -> pd.DataFrame:
        """The layers of the catalogue that lie in the spatial store."""
        rows = self._store.layers(CatalogueQuestion())
        return rows[rows["source_kind"].isin(["file", "table"])].reset_index(drop=True)

    def areas(self) -> pd.DataFrame:
        """Every area by code: parent_code, population, level, rank."""
        return self._store.published_areas(PublishedAreasQuestion()).set_index("area_code")

    def roads(self) -> Roads | None:
        return self._once(("roads",), self._read_roads)

    def plane(self) -> Plane:
        """The plane of the roads, or of the city's boundaries where there are none."""
        roads = self.roads()
        return roads.plane if roads else self._once(("plane",), self._boundary_plane)

    def graph(self, mode: str) -> Graph | None:
        """None where the city has no layer of roads."""
        return self._once(("graph", mode), lambda: self._make_graph(mode))

    def people(self) -> People:
        return self._once(("people",), self._read_people)

    def people_on(self, mode: str) -> Places:
        """Where people live, brought onto the roads."""
        return self._once(("people on", mode), lambda: self._need(mode).place(self.people().metres))

    def land(self) -> Land | None:
        """None where the city has no layer that says where residential land is."""
        return self._once(("land",), self._read_land)

    def facilities(self, layer: str) -> Facilities:
        """Raises UnknownCode for a layer that is not in the spatial store."""
        return self._once(("facilities", layer), lambda: self._read_facilities(layer))

    def _once(self, key: Hashable, read: Callable[[], FoundT]) -> FoundT:
        """Kept until the data change: a city's roads as graphs are the largest thing in memory."""
        version = self._store.data_version()
        kept = (version, key)
        with self._lock:
            if kept not in self._kept:
                for earlier in [one for one in self._kept if one[0] != version]:
                    del self._kept[earlier]
                self._kept[kept] = read()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(kept)
            found: FoundT = self._kept[kept]
            return found

    def _read_roads(self) -> Roads | None:
        layer = services.base_layer("roads", self.layers())
        if layer is None:
            return None
        roads = read_roads(self._store.layer_shapes(LayerShapesQuestion(layer=layer, columns=_ROAD_COLUMNS)))
        return roads if len(roads.lines) else None

    def _boundary_plane(self) -> Plane:
        codes = tuple(str(code) for code in self.areas().index)
        shapes = self._store.boundaries_of(BoundariesOfQuestion(areas=codes))["geometry"].to_numpy(dtype=object)
        return Plane.around(shapely.get_coordinates(shapes))

    def _make_graph(self, mode: str) -> Graph | None:
        roads = self.roads()
        return make_graph(roads, mode) if roads else None

    def _need(self, mode: str) -> Graph:
        graph = self.graph(mode)
        if graph is None:
            raise ValueError("a city without roads has no graph")
        return graph

    def _read_people(self) -> People:
        layer = services.base_layer("buildings", self.layers())
        homes = services.homes()
        if layer is not None:
            columns = (*dict.fromkeys((*homes.columns, *homes.weights)), *self._area_column(layer))
            rows = self._store.layer_shapes(LayerShapesQuestion(layer=layer, columns=columns))
            rows = rows[homes.lived_in(rows)]
            coded = rows.get(next(iter(self._area_column(layer)), ""))
            if coded is not None and coded.notna().any():
                weight, weighted_by = homes.weight(rows)
                found = pd.DataFrame({"area_code": coded.astype("str").to_numpy(), "weight": weight.to_numpy()})
                found["weight"] = residents(found, self.areas()["population"])
                return People(found, self._points(rows["geometry"]), "buildings", weighted_by, layer)
        return self._people_of_areas()

    def _people_of_areas(self) -> People:
        """Points spread over the lowest areas that have both people and a boundary."""
        areas = self.areas()
        drawn = areas[areas["has_boundary"] & (areas["population"] > 0)]
        lowest = drawn[~drawn.index.isin(drawn["parent_code"])]
        rows = self._store.boundaries_of(BoundariesOfQuestion(areas=tuple(str(code) for code in lowest.index)))
        found, places = [], [np.zeros((0, 2))]
        for code, shape in zip(rows["area_code"], rows["geometry"], strict=True):
            points = spread(self.plane().shapes_to_metres(np.array([shape], dtype=object))[0])
            each = float(lowest.loc[code, "population"]) / max(len(points), 1)
            found.append(pd.DataFrame({"area_code": [code] * len(points), "weight": each}))
            places.append(points)
        table = pd.concat(found, ignore_index=True) if found else pd.DataFrame({"area_code": [], "weight": []})
        return People(table.astype({"weight": float}), np.vstack(places), "areas", "", None)

    def _read_land(self) -> Land | None:
        layer = services.base_layer("land", self.layers())
        if layer is None or not (column := self._area_column(layer)):
            return None
        asked = LayerShapesQuestion(layer=layer, columns=(*services.homes().columns, *column))
        rows = self._store.layer_shapes(asked)
        rows = rows[services.homes().lived_in(rows) & rows[column[0]].notna()]
        if rows.empty:
            return None
        shapes = self.plane().shapes_to_metres(shapely.make_valid(rows["geometry"].to_numpy(dtype=object)))
        table = pd.DataFrame({"area_code": rows[column[0]].astype("str").to_numpy()})
        return Land(table.assign(weight=shapely.area(shapes) / 1e4), shapes, layer)

    def _read_facilities(self, layer: str) -> Facilities:
        rows = self._store.layer_shapes(LayerShapesQuestion(layer=layer))
        found = facilities(self.plane().shapes_to_metres(rows["geometry"].to_numpy(dtype=object)))
        if len(found.metres) > MOST_ENTRANCES:
            raise InvalidQuestion("a layer with so many features is not one of facilities")
        return found

    def _area_column(self, layer: str) -> tuple[str, ...]:
        rows = self.layers().set_index("layer_code")["area_column"]
        found = rows.get(layer)
        return (found,) if isinstance(found, str) and found else ()

    def _points(self, shapes: pd.Series) -> npt.NDArray[np.float64]:
        middle = shapely.centroid(shapes.to_numpy(dtype=object))
        return self.plane().metres(shapely.get_coordinates(middle))


def kept_reach(server: Flask, store: IndicatorStore) -> ReachData:
    """The app's keeper, made by whoever needs it first."""
    if _EXTENSION not in server.extensions:
        server.extensions[_EXTENSION] = ReachData(store)
    data: ReachData = server.extensions[_EXTENSION]
    return data
