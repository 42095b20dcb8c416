"""Which facilities a city is asked about, with the radius and the indicator that belong to them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from analysis.reach.roads import Floats

_FILE = Path(__file__).with_name("services.toml")


@dataclass(frozen=True, slots=True)
class Service:
    """See services.toml."""

    code: str
    layers: tuple[str, ...]
    words: tuple[str, ...]
    radius_m: float
    minutes: int
    mode: str
    indicators: tuple[str, ...]
    steps: tuple[tuple[float, float], ...] = ()
    outward: bool = False

    def radii_m(self, shapes: "np.ndarray[Any, np.dtype[np.object_]]") -> Floats:
        """The radius of each facility; 0 where it is too small to count."""
        radius = np.full(len(shapes), self.radius_m)
        if self.steps and len(shapes) and (shapely.get_dimensions(shapes) > 1).all():
            area = shapely.area(shapes)
            radius = np.zeros(len(shapes))
            for least_m2, metres in sorted(self.steps):
                radius[area >= least_m2] = metres
        return radius


@cache
def services() -> tuple[Service, ...]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["service"]
    return tuple(Service(**{name: _plain(value) for name, value in row.items()}) for row in rows)


def _plain(value: Any) -> Any:
    return tuple(_plain(one) for one in value) if isinstance(value, list) else value


def layer_of(service: Service, layers: pd.DataFrame) -> str | None:
    """The layer that holds the facilities. layers: layer_code, title_zh, title_en, board."""
    for code in service.layers:
        if (layers["layer_code"] == code).any():
            return code
    titles = (layers["title_zh"].fillna("") + " " + layers["title_en"].fillna("")).str.lower()
    standing = layers["board"].fillna("status") == "status"
    for word in service.words:
        found = layers["layer_code"][titles.str.contains(word.lower(), regex=False) & standing]
        if len(found):
            return str(found.iloc[0])
    return None


def service_of(layer: str, layers: pd.DataFrame) -> Service | None:
    """The service whose facilities a layer holds; None for any other layer."""
    return next((one for one in services() if layer_of(one, layers) == layer), None)


def offered(layers: pd.DataFrame) -> Sequence[tuple[Service, str]]:
    """The services this city has a layer for, each with its layer."""
    pairs = [(one, layer_of(one, layers)) for one in services()]
    return [(one, layer) for one, layer in pairs if layer is not None]
