"""What a client of the published collections asks for, read from the query string; anything unknown is a 400.

OGC 17-069r4 (OGC API – Features, part 1): limit, bbox and datetime as defined there, our own filters beside them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data_access.errors import InvalidQuestion
from data_access.publishing import Box

DEFAULT_LIMIT, MOST = 100, 1000
FILTERS = ("period", "level", "area_code", "within")
_COMMON = ("f",)
_ITEMS = (*_COMMON, "limit", "offset", "bbox", "bbox-crs", "datetime", *FILTERS)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_OPEN = ("", "..")
_BOX_NUMBERS, _BOX_NUMBERS_3D, _GLOBE = 4, 6, 180.0
Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """days: first and last ISO day of the interval asked, open ends as the first and last day there is."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    box: Box | None = None
    days: Days | None = None
    period: str | None = None
    level: str | None = None
    area_code: str | None = None
    within: str | None = None


def require_known(arguments: Mapping[str, str], known: tuple[str, ...] = _COMMON) -> None:
    """Raises InvalidQuestion for a parameter that the API definition does not name, as the standard demands."""
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        raise InvalidQuestion(f"unknown parameter {unknown[0]!r:.60}; known: {', '.join(known)}")
    if arguments.get("f", "json") not in {"json", "geojson"}:
        raise InvalidQuestion("f is json: this service speaks GeoJSON and JSON only")


def items_query(arguments: Mapping[str, str]) -> ItemsQuery:
    require_known(arguments, _ITEMS)
    if arguments.get("bbox-crs", CRS84) != CRS84:
        raise InvalidQuestion(f"bbox-crs is {CRS84}")
    return ItemsQuery(
        limit=min(_whole(arguments, "limit", DEFAULT_LIMIT, 1), MOST),
        offset=_whole(arguments, "offset", 0, 0),
        box=_box(arguments["bbox"]) if "bbox" in arguments else None,
        days=days(arguments["datetime"]) if "datetime" in arguments else None,
        **{name: arguments[name] for name in FILTERS if name in arguments},
    )


def _whole(arguments: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = arguments.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)) + 6 and int(text) >= least):
        raise InvalidQuestion(f"{name} is a whole number, at least {least}")
    return int(text)


def _box(text: str) -> Box:
    """Four numbers, or six with heights, which are left out."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise InvalidQuestion("bbox is four numbers: west,south,east,north") from error
    if len(numbers) == _BOX_NUMBERS_3D:
        numbers = [numbers[at] for at in (0, 1, 3, 4)]
    if len(numbers) != _BOX_NUMBERS or not all(math.isfinite(one) and abs(one) <= _GLOBE for one in numbers):
        raise InvalidQuestion("bbox is four numbers on the globe: west,south,east,north")
    west, south, east, north = numbers
    if west > east or south > north:
        raise InvalidQuestion("bbox runs from west to east and from south to north")
    return west, south, east, north


def days(text: str) -> Days:
    """`2024-06-30`, `2024-06-30T00:00:00Z`, `2023-01-01/2023-12-31`, `../2023-12-31`, `2023-01-01/..`."""
    parts = text.split("/")
    if len(parts) == 1:
        return _day(parts[0]), _day(parts[0])
    if len(parts) > 2 or (parts[0] in _OPEN and parts[1] in _OPEN and text not in {"../..", "/"}):  # noqa: PLR2004
        raise InvalidQuestion("datetime is an instant or an interval start/end")
    first = date.min.isoformat() if parts[0] in _OPEN else _day(parts[0])
    last = date.max.isoformat() if parts[1] in _OPEN else _day(parts[1])
    if first > last:
        raise InvalidQuestion("datetime runs from earlier to later")
    return first, last


def _day(text: str) -> str:
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError as error:
        raise InvalidQuestion(f"not a day or RFC 3339 time: {text!r:.60}") from error
