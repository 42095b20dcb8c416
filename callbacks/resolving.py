"""From what a link or a click asks for to a selection that exists, with a calm word on what had to be replaced."""

from dataclasses import astuple, dataclass, replace
from typing import Any

import pandas as pd

from callbacks.reach_choice import read_choice
from callbacks.selection import Selection
from data_access.city_objects import CityObjectQuestion
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.layers.entry import STORED
from data_access.questions import AreaPathQuestion, CatalogueQuestion, PeriodsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from layouts.layers.state import read_layers, write_layers

_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Replaced:
    """A part of the wish that could not be had: which field, the code asked for, what is shown instead."""

    field: str
    asked: str
    shown: str | None


def resolve(wish: Selection, store: IndicatorStore, viewer: Viewer) -> tuple[Selection, list[Replaced]]:
    """The nearest selection that exists for this viewer; an empty database leaves its parts None."""

    def answer() -> list[Any]:
        found, replaced = _resolved(wish, store, viewer)
        return [found.to_store(), [astuple(one) for one in replaced]]

    found, replaced = store.cache.json("resolved", (wish, viewer), store.contract(), answer)
    return Selection(**found), [Replaced(*one) for one in replaced]


def _resolved(wish: Selection, store: IndicatorStore, viewer: Viewer) -> tuple[Selection, list[Replaced]]:
    area = _area(wish.area or _area_of(wish.cim_object, store, viewer), store, viewer)
    indicator = _indicator(wish.indicator, store, viewer)
    period = _period(wish.period, indicator, store, viewer)
    compare = _earlier(wish.compare, indicator, store, viewer)
    level, partition = _tiling(wish, store, viewer)
    found = replace(
        wish, area=area, indicator=indicator, period=period, compare=compare, level=level, partition=partition
    )
    found, lost = _layers(found, store, viewer)
    return found, _replaced(wish, found) + lost


def _replaced(wish: Selection, found: Selection) -> list[Replaced]:
    fields = ("area", "indicator", "period", "level", "partition", "compare")
    pairs = ((field, getattr(wish, field), getattr(found, field)) for field in fields)
    return [Replaced(field, asked, shown) for field, asked, shown in pairs if asked is not None and asked != shown]


def _area(code: str | None, store: IndicatorStore, viewer: Viewer) -> str | None:
    try:
        if code is not None and len(store.area_path(AreaPathQuestion(area=code, viewer=viewer))):
            return code
    except UnknownCode:
        pass
    return home(store, viewer)


def _area_of(cim_object: str | None, store: IndicatorStore, viewer: Viewer) -> str | None:
    """Where an object lies; None for one that is not there."""
    if cim_object is None:
        return None
    try:
        code = store.city_object(CityObjectQuestion(object_id=cim_object, viewer=viewer))["area_code"]
    except UnknownCode:
        return None
    return code if isinstance(code, str) else None


def home(store: IndicatorStore, viewer: Viewer) -> str | None:
    """The top of what the viewer sees, None in an empty database."""
    try:
        return store.home_area(viewer)
    except UnknownCode:
        return None


def _indicator(code: str | None, store: IndicatorStore, viewer: Viewer) -> str | None:
    catalogue = store.indicators(CatalogueQuestion(viewer=viewer))
    if code is not None and (catalogue["indicator_code"] == code).any():
        return code
    return _first_indicator(catalogue, store, viewer)


def _first_indicator(catalogue: pd.DataFrame, store: IndicatorStore, viewer: Viewer) -> str | None:
    """Of the foremost key rates, the one recorded in most areas: the map has most to say of it.

    Rates before counts, which mostly show where many people live.
    """
    key, rate = catalogue["is_key"], catalogue["aggregation"].isin(["ratio", "weighted_mean"])
    group = next((rows for rows in (catalogue[key & rate], catalogue[rate], catalogue[key]) if len(rows)), catalogue)
    foremost = [str(code) for code in group["indicator_code"].head(_CANDIDATES)]
    recorded = {code: store.periods(PeriodsQuestion(indicator=code, viewer=viewer))["rows"] for code in foremost}
    return max(foremost, key=lambda code: int(recorded[code].max()) if len(recorded[code]) else 0, default=None)


def _period(period: str | None, indicator: str | None, store: IndicatorStore, viewer: Viewer) -> str | None:
    if indicator is None:
        return None
    try:
        periods = store.periods(PeriodsQuestion(indicator=indicator, viewer=viewer))
    except InvalidQuestion:
        return None
    if (periods["period"] == period).any():
        return period
    return latest(periods)


def _earlier(compare: str | None, indicator: str | None, store: IndicatorStore, viewer: Viewer) -> str | None:
    if compare is None or indicator is None:
        return None
    return compare if _period(compare, indicator, store, viewer) == compare else None


def latest(periods: pd.DataFrame) -> str | None:
    """The period that ends last; the longer one where two end on the same day."""
    ordered = periods.sort_values(["ends_on", "starts_on"], ascending=[False, True], kind="stable")
    return str(ordered["period"].iloc[0]) if len(ordered) else None


def _tiling(wish: Selection, store: IndicatorStore, viewer: Viewer) -> tuple[str | None, str | None]:
    levels = store.levels(CatalogueQuestion(viewer=viewer))
    level = wish.level if (levels["level"] == wish.level).any() else None
    partition = wish.partition if (levels["partition"] == wish.partition).any() else None
    return level, partition


def _layers(wish: Selection, store: IndicatorStore, viewer: Viewer) -> tuple[Selection, list[Replaced]]:
    """Without the layers that this viewer's catalogue does not have; reach asks its usual facilities then."""
    if wish.layers is None and wish.reach is None:
        return wish, []
    rows = store.layers(CatalogueQuestion(viewer=viewer))
    known, shown = set(rows["layer_code"]), read_layers(wish.layers)
    lost = [Replaced("layers", one.code, None) for one in shown if one.code not in known]
    choice = read_choice(wish.reach)
    if choice.layer is not None and choice.layer not in set(rows["layer_code"][rows["source_kind"].isin(STORED)]):
        lost.append(Replaced("reach", choice.layer, None))
        choice = replace(choice, layer=None)
    kept = write_layers([one for one in shown if one.code in known])
    return replace(wish, layers=kept, reach=choice.written()), lost
