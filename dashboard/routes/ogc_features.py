"""One page of a published collection: an indicator's figures as GeoJSON features, one per area and period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import orjson
import pandas as pd
import shapely

from dashboard.routes.ogc_query import ItemsQuery
from data_access.errors import UnknownCode
from data_access.publishing import BoundariesOfQuestion, PublishedAreasQuestion, PublishedValuesQuestion
from data_access.questions import CatalogueQuestion, PeriodsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer

PREFIX = "indicator-"
_ORIGINS = {"recorded": "recorded", "rolled_up": "computed"}
_VALUE_FACTS = ("value", "numerator", "denominator", "grade")
_COUNTS, _SHARE = ("coverage_contributing", "coverage_children"), "coverage_population_share"
_MARKS = ("contains_estimated", "contains_suspect", "misses_suppressed")
_CITED = ("source", "boundary_version", "updated_at")
Pair = tuple[str, str]
"""Period and area code of one feature."""


@dataclass(frozen=True)
class Collection:
    """One indicator as this viewer may see it: what lies outside the scope is neither listed nor counted."""

    store: IndicatorStore
    viewer: Viewer
    indicator: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.indicator["indicator_code"])

    @cached_property
    def periods(self) -> dict[str, dict[Any, Any]]:
        """Rows of the periods with values, the latest first, by period."""
        found = self.store.periods(PeriodsQuestion(indicator=self.code, viewer=self.viewer))
        return {str(row["period"]): row for row in found[::-1].to_dict("records")}

    def matched(self, query: ItemsQuery) -> "Matched":
        areas = self.store.published_areas(
            PublishedAreasQuestion(
                level=query.level, within=query.within, area=query.area_code, box=query.box, viewer=self.viewer
            )
        )
        return Matched(
            areas.set_index("area_code", drop=False), [one for one in self.periods if self._is_asked(one, query)]
        )

    def _is_asked(self, period: str, query: ItemsQuery) -> bool:
        row = self.periods[period]
        in_days = query.days is None or (row["starts_on"] <= query.days[1] and row["ends_on"] >= query.days[0])
        return in_days and query.period in (None, period)

    def features(self, pairs: Sequence[Pair], areas: pd.DataFrame) -> list[dict[str, Any]]:
        """areas: rows of published_areas by code, with at least the areas of the pairs."""
        shapes = self._shapes(tuple(sorted({area for _, area in pairs})))
        about = areas.loc[list(dict.fromkeys(area for _, area in pairs))].to_dict("index")
        made: list[dict[str, Any]] = []
        for period, group in groupby(pairs, key=lambda pair: pair[0]):
            codes = tuple(area for _, area in group)
            asked = PublishedValuesQuestion(
                indicator=self.code, period=period, areas=tuple(sorted(codes)), viewer=self.viewer
            )
            values = self.store.published_values(asked).set_index("area_code").to_dict("index")
            made += [self._feature(about[code], period, values[code], shapes.get(code)) for code in codes]
        return made

    def _shapes(self, codes: tuple[str, ...]) -> dict[str, Any]:
        found = self.store.boundaries_of(BoundariesOfQuestion(areas=codes, viewer=self.viewer))
        return dict(zip(found["area_code"], shapely.to_geojson(found["geometry"].to_numpy()), strict=True))

    def _feature(self, area: dict[Any, Any], period: str, row: dict[Any, Any], shape: str | None) -> dict[str, Any]:
        return {
            "type": "Feature",
            "id": feature_id(str(area["area_code"]), period),
            "geometry": orjson.Fragment(shape) if shape else None,
            "properties": {name: _plain(value) for name, value in self._properties(area, period, row).items()},
        }

    def _properties(self, area: dict[Any, Any], period: str, row: dict[Any, Any]) -> dict[str, Any]:
        """Every value with unit, status, where it comes from, how much it covers and by which definition."""
        mine, when = self.indicator, self.periods[period]
        return {
            "indicator_code": self.code,
            "indicator_name_zh": mine["name_zh"],
            "indicator_name_en": mine["name_en"],
            "area_code": area["area_code"],
            "area_name_zh": area["name_zh"],
            "area_name_en": area["name_en"],
            "level": area["level"],
            "parent_code": area["parent_code"],
            "period": period,
            "period_starts_on": when["starts_on"],
            "period_ends_on": when["ends_on"],
            **{name: row[name] for name in _VALUE_FACTS},
            "unit": mine["unit"],
            "status": row["status"] if isinstance(row["status"], str) else "none",
            "origin": _ORIGINS.get(str(row["origin"])),
            **{name: _whole(row[name]) for name in _COUNTS},
            **{name: row[name] for name in (_SHARE, *_MARKS)},
            "caliber": row["caliber"] if isinstance(row["caliber"], str) else mine["caliber"],
            **{name: row[name] for name in _CITED},
        }


@dataclass(frozen=True)
class Matched:
    """What a query finds: every area in every period, the latest period first."""

    areas: pd.DataFrame
    periods: list[str]

    @property
    def count(self) -> int:
        return len(self.areas) * len(self.periods)

    def page(self, limit: int, offset: int) -> list[Pair]:
        codes, last = self.areas["area_code"].to_list(), min(offset + limit, self.count)
        return [(self.periods[at // len(codes)], codes[at % len(codes)]) for at in range(offset, last)]


def collections(store: IndicatorStore, viewer: Viewer) -> list[Collection]:
    found = store.indicators(CatalogueQuestion(viewer=viewer))
    return [Collection(store, viewer, _texts(row)) for row in found.to_dict("records")]


def collection(store: IndicatorStore, viewer: Viewer, name: str) -> Collection:
    """Raises UnknownCode for one that is not there or that this viewer may not see."""
    for one in collections(store, viewer):
        if name == PREFIX + one.code:
            return one
    raise UnknownCode("collection", name)


def feature_id(area: str, period: str) -> str:
    return f"{area}@{period.replace('/', '_')}"


def pair_of(name: str) -> Pair:
    """Period and area of a feature's id."""
    area, _, period = name.rpartition("@")
    return period.replace("_", "/"), area


def _texts(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): _plain(value) for name, value in row.items()}


def _whole(count: float) -> int | None:
    return None if pd.isna(count) else int(count)


def _plain(value: Any) -> Any:
    """Missing is null, never 0."""
    if isinstance(value, list | dict | str) or value is None:
        return value
    return None if pd.isna(value) else value
