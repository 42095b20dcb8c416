"""Where the city lies: a coordinate outside it is no place of anything in its lists."""

import pandas as pd

from data_access.problem_questions import Box
from data_access.publishing import BoundariesOfQuestion
from data_access.store import IndicatorStore

_MARGIN_DEGREES = 0.05
"""Some five kilometres: what lies just over the border is at least near its place."""


def city_box(store: IndicatorStore) -> Box | None:
    """West, south, east, north of the city with a margin; None where it has no boundary, so that nothing is outside."""
    found = store.cache.json("city_box", None, store.contract(), lambda: _bounds(store))
    if found is None:
        return None
    west, south, east, north = found
    return west - _MARGIN_DEGREES, south - _MARGIN_DEGREES, east + _MARGIN_DEGREES, north + _MARGIN_DEGREES


def is_outside(places: pd.DataFrame, box: Box | None) -> pd.Series:
    """Of rows with `lon` and `lat`; a missing place is not outside."""
    if box is None:
        return pd.Series(data=False, index=places.index)
    known = places["lon"].notna() & places["lat"].notna()
    return known & ~(places["lon"].between(box[0], box[2]) & places["lat"].between(box[1], box[3]))


def _bounds(store: IndicatorStore) -> list[float] | None:
    """Of the top area's boundary, else of all there are."""
    home = store.home_area()
    top = store.boundaries_of(BoundariesOfQuestion(areas=(home,))) if home is not None else pd.DataFrame()
    return [float(edge) for edge in top["geometry"].iloc[0].bounds] if len(top) else store.published_box()
