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
    compares: str = "radius"

    def radii_m(self, shapes: "np.ndarray[Any, np.dtype[np.object_]]") -> Floats:
        """The radius of each facility; 0 where it is too small to count."""
        radius = np.full(len(shapes), self.radius_m)
        if self.steps and len(shapes) and (shapely.get_dimensions(shapes) > 1).all():
            area = shapely.area(shapes)
            radius = np.zeros(len(shapes))
            for least_m2, metres in sorted(self.steps):
                radius[area >= least_m2] = metres
        return radius


@dataclass(frozen=True, slots=True)
class Homes:
    """What says that people live in a building or on a piece of land; see services.toml."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    weights: tuple[str, ...]

    def lived_in(self, features: pd.DataFrame) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Which features are homes; all of them where no column says what any is used for."""
        for name in self.columns:
            if name in features and features[name].notna().any():
                return np.asarray(features[name].astype(str).str.lower().isin(self.words))
        return np.ones(len(features), dtype=bool)

    def weight(self, features: pd.DataFrame) -> "tuple[pd.Series[float], str]":
        """How much each counts, and the column that says so ("" where each counts the same)."""
        for name in self.weights:
            numbers = pd.to_numeric(features[name], errors="coerce") if name in features else None
            if numbers is not None and (numbers > 0).any():
                return numbers, name
        return pd.Series(1.0, index=features.index), ""


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def homes() -> Homes:
    return Homes(**{name: _plain(value) for name, value in _written()["homes"].items()})


def base_layer(role: str, layers: pd.DataFrame) -> str | None:
    """The layer of the roads, the buildings or the land. layers: code, titles, board and geometry_type."""
    rule = _written()["layers"][role]
    fits = layers["geometry_type"].fillna("").str.contains(rule["geometry"], regex=False)
    return _first(rule["codes"], rule["words"], layers[fits])


@cache
def services() -> tuple[Service, ...]:
    rows = _written()["service"]
    return tuple(Service(**{name: _plain(value) for name, value in row.items()}) for row in rows)


def _plain(value: Any) -> Any:
    return tuple(_plain(one) for one in value) if isinstance(value, list) else value


def layer_of(service: Service, layers: pd.DataFrame) -> str | None:
    """The layer that holds the facilities. layers: layer_code, title_zh, title_en, board."""
    return _first(service.layers, service.words, layers)


def _first(codes: Sequence[str], words: Sequence[str], layers: pd.DataFrame) -> str | None:
    """The first layer with one of these codes, else the first that stands today with one of the words in its title."""
    for code in codes:
        if (layers["layer_code"] == code).any():
            return code
    titles = (layers["title_zh"].fillna("") + " " + layers["title_en"].fillna("")).str.lower()
    standing = layers["board"].fillna("status") == "status"
    for word in words:
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
