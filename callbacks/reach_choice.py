"""What the reach view asks, as one word of the link: `layer:…;mode:walk;minutes:15;at:lon,lat;plus:lon,lat|lon,lat`."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from analysis.reach.graph import MODES
from data_access.errors import InvalidQuestion

MINUTES = (5, 10, 15)
MOST_ADDED = 4
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """layer: of the facilities. at: the one place to start from. plus: facilities that are only thought of.

    None: what is usual for the facilities asked about.
    """

    layer: str | None = None
    mode: str | None = None
    minutes: int | None = None
    at: Spot | None = None
    plus: tuple[Spot, ...] = ()

    def written(self) -> str | None:
        """As it stands in the link; None where nothing is asked."""
        parts = {
            "layer": quote(self.layer) if self.layer else "",
            "mode": self.mode or "",
            "minutes": str(self.minutes) if self.minutes else "",
            "at": _written(self.at) if self.at else "",
            "plus": "|".join(_written(spot) for spot in self.plus),
        }
        return ";".join(f"{name}:{text}" for name, text in parts.items() if text) or None


def read_choice(text: str | None) -> Choice:
    """Raises InvalidQuestion for anything the view would not write."""
    parts = dict(part.partition(":")[::2] for part in (text or "").split(";") if part)
    if not parts.keys() <= {"layer", "mode", "minutes", "at", "plus"}:
        raise InvalidQuestion("reach is asked of a layer, a mode, minutes and places")
    mode, minutes = parts.get("mode"), parts.get("minutes")
    if mode not in (None, *MODES) or minutes not in (None, *map(str, MINUTES)):
        raise InvalidQuestion("there is no such way to move or number of minutes")
    added = [spot for spot in parts.get("plus", "").split("|") if spot]
    if len(added) > MOST_ADDED:
        raise InvalidQuestion(f"at most {MOST_ADDED} facilities may be added")
    return Choice(
        layer=unquote(parts["layer"]) if parts.get("layer") else None,
        mode=mode,
        minutes=int(minutes) if minutes else None,
        at=_spot(parts["at"]) if parts.get("at") else None,
        plus=tuple(_spot(spot) for spot in added),
    )


def _written(spot: Spot) -> str:
    return f"{spot[0]:.5f},{spot[1]:.5f}"


def _spot(text: str) -> Spot:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InvalidQuestion("a place is a longitude and a latitude") from error
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004, false for NaN too
        raise InvalidQuestion("a place lies on the globe")
    return lon, lat
