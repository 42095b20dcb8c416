"""The selection: what the whole screen is about. Every panel reads it; callbacks/selecting.py alone writes it."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from callbacks.reach_choice import read_choice
from callbacks.review_day import read_day
from data_access.errors import InvalidQuestion
from layouts.texts import DEFAULT_LANGUAGE, LANGUAGES

SCHEMES = ("quantiles", "equal_interval", "natural_breaks", "standard")
THEMES = ("dark", "light")
DENSITIES = ("auto", "wall", "office")
CLASS_COUNTS = tuple(range(2, 10))
_CHOICES: dict[str, tuple[object, ...]] = {
    "scheme": SCHEMES,
    "k": CLASS_COUNTS,
    "theme": THEMES,
    "density": DENSITIES,
    "lang": LANGUAGES,
}
_LONGEST_CODE = 200
_LONGEST_LIST = 2000


@dataclass(frozen=True, slots=True)
class Selection:
    """Area, indicator, period and how they are shown. None: nothing there to select, as in an empty database.

    level: show all areas of this level below `area` instead of its children. partition: the tiling of the children.
    other: a second indicator, in views that set two beside each other. show: options of the view, dot-separated words.
    compare: an earlier period for the change map. scheme, k: how the map is classed.
    filter: what the lists of problems and projects are narrowed down to (layouts/components/filtering.py).
    today: the day lateness is measured against, for a review of a past date.
    layers: what lies over the map (layouts/layers/state.py).
    reach: what the reach view asks (callbacks/reach_choice.py).
    cim_object: an object of the city information model, as the CIM platform names it.
    """

    view: str = "overview"
    area: str | None = None
    indicator: str | None = None
    period: str | None = None
    level: str | None = None
    partition: str | None = None
    scheme: str = "quantiles"
    k: int = 5
    compare: str | None = None
    other: str | None = None
    show: str | None = None
    lang: str = DEFAULT_LANGUAGE
    theme: str = "dark"
    density: str = "auto"
    filter: str | None = None
    today: str | None = None
    layers: str | None = None
    reach: str | None = None
    cim_object: str | None = None

    @classmethod
    def from_store(cls, data: object) -> "Selection":
        """What a browser sent back as the selection. Raises InvalidQuestion unless it is one of ours."""
        if not isinstance(data, dict) or not data.keys() <= cls.__dataclass_fields__.keys():
            raise InvalidQuestion("the selection is not one this screen writes")
        return cls().changed(data)

    def changed(self, changes: dict[str, Any]) -> "Selection":
        """With these fields replaced. Raises InvalidQuestion for a value of the wrong kind."""
        for field, value in changes.items():
            if not _fits(field, value):
                raise InvalidQuestion(f"{field} cannot be {value!r:.80}")
        return replace(self, **changes)

    @property
    def shows(self) -> frozenset[str]:
        """The words of `show`."""
        return frozenset((self.show or "").split("."))

    def to_store(self) -> dict[str, Any]:
        return asdict(self)


def _fits(field: str, value: object) -> bool:
    if field in _CHOICES:
        return any(type(value) is type(one) and value == one for one in _CHOICES[field])
    if field == "today":
        return value is None or _is_day(value)
    if field == "reach":
        return value is None or _is_choice(value)
    if field == "view":
        return isinstance(value, str) and len(value) <= _LONGEST_CODE
    longest = _LONGEST_LIST if field in {"layers", "filter", "show"} else _LONGEST_CODE
    return value is None or (isinstance(value, str) and 0 < len(value) <= longest)


def _is_choice(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) <= _LONGEST_CODE and bool(read_choice(value))
    except InvalidQuestion:
        return False


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(read_day(value))
    except InvalidQuestion:
        return False
