"""One question about reach with its answers: which facilities, how, how far; who is within reach and who is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analysis.reach import coverage, services
from analysis.reach.graph import CYCLE, CYCLE_KMH, DRIVE_KMH, OTHER_ROADS_KMH, WALK, WALK_KMH, Places
from callbacks.map_view import MapView, map_view
from callbacks.reach_choice import MINUTES, Choice, Spot, read_choice
from callbacks.reach_data import People, ReachData
from callbacks.resolving import latest
from callbacks.scene import Scene
from data_access.errors import UnknownCode
from data_access.geometry.bundles import BoundaryBundles
from data_access.publishing import BoundariesOfQuestion, PublishedAreasQuestion
from data_access.questions import PeriodsQuestion, ValuesQuestion

Floats = npt.NDArray[np.float64]
DEFAULT_MINUTES = 15
_DETOUR = 1.3
"""How much longer a way through a city is than the straight line, where there is no network to ask."""


@dataclass(frozen=True)
class ReachScene:
    """Figures are of the whole city's facilities, roads and people; shown are the areas that the viewer sees."""

    at: Scene
    data: ReachData
    bundles: BoundaryBundles

    @cached_property
    def choice(self) -> Choice:
        return read_choice(self.at.selection.reach)

    @cached_property
    def layers(self) -> pd.DataFrame:
        return self.data.layers()

    @cached_property
    def layer(self) -> str | None:
        """The layer asked about, else that of the first service the city has. Raises UnknownCode for a wrong one."""
        asked = self.choice.layer
        if asked is not None:
            if not (self.layers["layer_code"] == asked).any():
                raise UnknownCode("layer", asked)
            return asked
        return next((layer for _, layer in services.offered(self.layers)), None)

    @cached_property
    def service(self) -> services.Service | None:
        return services.service_of(self.layer, self.layers) if self.layer else None

    @property
    def mode(self) -> str:
        return self.choice.mode or (self.service.mode if self.service else WALK)

    @property
    def minutes(self) -> int:
        return self.choice.minutes or (self.service.minutes if self.service else DEFAULT_MINUTES)

    @property
    def has_roads(self) -> bool:
        return self.data.graph(self.mode) is not None

    @property
    def straight_m(self) -> float:
        """How far the minutes lead as the crow flies, for a city without a network."""
        kmh = {WALK: WALK_KMH, CYCLE: CYCLE_KMH}.get(self.mode, DRIVE_KMH["tertiary"])
        return kmh / 3.6 * 60 * self.minutes / _DETOUR

    @cached_property
    def map(self) -> MapView:
        """The areas of the table and the map."""
        return map_view(self.at, self.bundles)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The area in question, then the areas of the table."""
        return tuple(dict.fromkeys((self.map.parent, *self.map.bundle.codes)))

    @cached_property
    def lines(self) -> Mapping[str, Sequence[str]]:
        """Area → those of `codes` that hold it. Areas that the viewer does not see are in none."""
        areas = self.at.store.published_areas(PublishedAreasQuestion(within=self.map.parent, viewer=self.at.viewer))
        parent = dict(zip(areas["area_code"], areas["parent_code"], strict=True))
        return {code: [one for one in _lineage(code, parent) if one in set(self.codes)] for code in parent}

    def entrances(self, plus: Sequence[Spot] = ()) -> Floats:
        """Where the facilities are entered, with those only thought of."""
        found = self.data.facilities(self.layer).metres if self.layer else np.zeros((0, 2))
        return np.vstack([found, self.spots(plus)]) if plus else found

    def spots(self, spots: Sequence[Spot]) -> Floats:
        return self.data.plane().metres(np.array(spots, dtype=float).reshape(-1, 2))

    def served(self, people: People, plus: Sequence[Spot] = ()) -> Floats:
        """Per place of people 1 where a facility is within the minutes, else 0."""
        entrances, graph = self.entrances(plus), self.data.graph(self.mode)
        if graph is None:
            shapes = np.asarray(shapely.points(entrances), dtype=object)
            return coverage.within_radius(people.metres, shapes, self.straight_m).astype(float)
        limit, inward = self.minutes * 60, not (self.service and self.service.outward)
        on: Places = self.data.people_on(self.mode)
        seconds = coverage.seconds_to(graph, graph.place(entrances), on, limit, inward=inward)
        return np.asarray(seconds <= limit, dtype=float)

    @cached_property
    def by_area(self) -> pd.DataFrame:
        """Per area of `codes`: total, served, unserved (persons), share_pct; `before_…` the same without what is only
        thought of; land_ha, land_pct (within the radius); reported, reported_origin; difference_pct."""
        asked = (replace(self.choice, at=None).written(), self.layer, self.codes, self.at.viewer)
        kept = self.at.store.cache.json("reach coverage", asked, self.at.store.contract(), self._compute)
        return pd.DataFrame(kept["rows"], index=pd.Index(kept["codes"], name="area_code")).fillna(np.nan)

    @cached_property
    def around(self) -> list[float]:
        """Persons within each of the bands of minutes from the one place asked, of the areas that the viewer sees."""
        spot, graph, people = self.choice.at, self.data.graph(self.mode), self.data.people()
        if spot is None:
            return []
        weight = people.rows["weight"].where(people.rows["area_code"].isin(self.visible), 0.0).to_numpy(dtype=float)
        if graph is None:
            far = np.hypot(*(people.metres - self.spots([spot])[0]).T)
            seconds = far / self.straight_m * self.minutes * 60
        else:
            on, start = self.data.people_on(self.mode), graph.place(self.spots([spot]))
            seconds = coverage.seconds_to(graph, start, on, self.minutes * 60, inward=False)
        return [float(weight[seconds <= band * 60].sum()) for band in self.bands]

    @property
    def is_off_network(self) -> bool:
        """Whether the one place asked lies too far from any road."""
        graph = self.data.graph(self.mode)
        return bool(self.choice.at and graph and graph.place(self.spots([self.choice.at])).edge[0] < 0)

    @property
    def bands(self) -> list[int]:
        """From one place the bands of minutes up to those asked; around all facilities only the last."""
        return [minutes for minutes in MINUTES if minutes <= self.minutes] if self.choice.at else [self.minutes]

    @cached_property
    def visible(self) -> set[str]:
        areas = self.at.store.published_areas(PublishedAreasQuestion(viewer=self.at.viewer))
        return set(areas["area_code"])

    def _compute(self) -> dict[str, Any]:
        people = self.data.people()
        now = coverage.by_area(people.rows, self.served(people, self.choice.plus), self.lines, self.codes)
        if self.choice.plus:
            before = coverage.by_area(people.rows, self.served(people), self.lines, self.codes)
            now = now.join(before.add_prefix("before_"))
        land = self._land()
        now = now.join(land).join(self._reported())
        now["difference_pct"] = now[self.same] - now["reported"].astype(float)
        rows = now.astype(object).where(now.notna(), None)
        return {"codes": list(self.codes), "rows": {name: rows[name].to_list() for name in rows}}

    def _land(self) -> pd.DataFrame:
        """Residential land within the radius of the indicator's caliber: land_ha, land_pct."""
        land, empty = (
            self.data.land(),
            pd.DataFrame(index=list(self.codes), columns=["land_ha", "land_pct"], dtype=float),
        )
        if land is None or self.service is None or self.layer is None:
            return empty
        shapes = self.data.facilities(self.layer).shapes
        inside = coverage.service_land(shapes, self.service.radii_m(shapes))
        found = coverage.by_area(land.rows, coverage.covered_share(land.shapes, inside), self.lines, self.codes)
        return found[["total", "share_pct"]].set_axis(["land_ha", "land_pct"], axis=1)

    @property
    def same(self) -> str:
        """The computed column that means the same as the reported indicator."""
        return "share_pct" if self.service and self.service.compares == "reach" else "land_pct"

    @cached_property
    def indicator(self) -> dict[str, Any] | None:
        """The reported indicator of the same meaning, where the city has it and the viewer may see it."""
        wanted = self.service.indicators if self.service else ()
        rows = self.at.catalogue[self.at.catalogue["indicator_code"].isin(wanted)].to_dict("records")
        return {str(key): value for key, value in rows[0].items()} if rows else None

    @cached_property
    def period(self) -> str | None:
        """The selected period where the indicator has it, else its latest."""
        if self.indicator is None:
            return None
        code = str(self.indicator["indicator_code"])
        periods = self.at.store.periods(PeriodsQuestion(indicator=code, viewer=self.at.viewer))
        chosen = self.at.selection.period
        return chosen if (periods["period"] == chosen).any() else latest(periods)

    def _reported(self) -> pd.DataFrame:
        """reported: the value as the indicator has it for the areas (recorded or rolled up); reported_origin."""
        empty = pd.DataFrame(index=list(self.codes)).assign(reported=np.nan, reported_origin=None)
        if self.indicator is None or self.period is None:
            return empty
        selection = self.at.selection
        asked = ValuesQuestion(
            indicator=str(self.indicator["indicator_code"]),
            period=self.period,
            area=self.map.parent,
            level=self.map.level,
            partition=None if self.map.level else selection.partition,
            include_self=True,
            viewer=self.at.viewer,
        )
        values = self.at.store.values_by_area(asked).set_index("area_code")
        found = values[["value", "origin"]].set_axis(["reported", "reported_origin"], axis=1)
        return found.reindex(list(self.codes))

    @cached_property
    def names(self) -> dict[str, str]:
        areas = self.at.store.published_areas(PublishedAreasQuestion(within=self.map.parent, viewer=self.at.viewer))
        return {row["area_code"]: self.at.texts.name(row) for row in areas.to_dict("records")}

    @cached_property
    def land_seen(self) -> Any:
        """What a viewer with areas of their own may see, in metres."""
        codes = self.at.viewer.area_codes or ()
        rows = self.at.store.boundaries_of(BoundariesOfQuestion(areas=codes, viewer=self.at.viewer))
        return shapely.union_all(self.data.plane().shapes_to_metres(rows["geometry"].to_numpy(dtype=object)))

    def asking(self, **changes: Any) -> str | None:
        """The link's word for this question with something changed."""
        return replace(self.choice, **changes).written()

    @property
    def facility_title(self) -> str:
        rows = self.layers[self.layers["layer_code"] == self.layer].to_dict("records")
        return self.at.texts.name(rows[0], "title") if rows else ""

    @cached_property
    def speed(self) -> str:
        """The assumed speed, as the method says it."""
        words = self.at.texts
        if self.mode in (WALK, CYCLE):
            return words("reach.speed", kmh=WALK_KMH if self.mode == WALK else CYCLE_KMH)
        return words("reach.speed_roads", kmh=OTHER_ROADS_KMH)


def _lineage(code: str, parent: Mapping[str, Any]) -> list[str]:
    found = [code]
    while isinstance(parent.get(found[-1]), str):
        found.append(parent[found[-1]])
    return found
