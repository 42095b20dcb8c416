"""Classes for a map: by counts, by width, by natural gaps, anchored on the standard, or around zero for changes.

Bounds are exact in single precision, the precision in which the browser gets the values: what meets a standard here
meets it there. A class holds the values above the bound below it, up to and including its own bound.
"""

from dataclasses import dataclass
from typing import Literal

import mapclassify
import numpy as np
import numpy.typing as npt

Scheme = Literal["quantiles", "equal_interval", "natural_breaks", "standard", "change"]
Side = Literal["meets", "below", "above", "worse", "same", "better"]
Floats = npt.NDArray[np.float32]

MOST_VALUES_FOR_GAPS = 200


@dataclass(frozen=True, slots=True)
class Standard:
    """What a value is held against; None where it has no bound on that side."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Classes:
    """edges: the numbers between two classes, as a legend says them. bounds: the same for comparing, `v > bound`.

    sides: for classes with a meaning of their own, on which side of the standard or of no change each lies.
    lowest, highest: of the classed values, None where there is none.
    """

    scheme: Scheme
    edges: tuple[float, ...]
    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    lowest: float | None
    highest: float | None
    sides: tuple[Side, ...] | None = None


def classify(values: npt.ArrayLike, scheme: Scheme, k: int, standard: Standard | None = None) -> Classes:
    """At most k classes, fewer where there are fewer different values; NaN and infinite values are in none.

    scheme `standard` splits at the standard's bounds and needs one; without it the classes are quantiles.
    """
    finite = _finite(values)
    if scheme == "standard" and standard is not None and (standard.low, standard.high) != (None, None):
        return _anchored(finite, k, standard)
    chosen: Scheme = "quantiles" if scheme in {"standard", "change"} else scheme
    inner = _inner_bounds(finite, chosen, k)
    return _classes(finite, chosen, inner, inner)


def classify_changes(changes: npt.ArrayLike, k: int, better: Literal["up", "down", "neither"]) -> Classes:
    """Classes that mirror each other around zero, by quantiles of the size of the change; the middle one is no change.

    better: the sign of a change for the better, which decides the `sides`; with `neither` they follow the sign.
    """
    finite = _finite(changes)
    steps = max((k + 1) // 2, 1)
    sizes = np.unique(np.abs(finite[finite != 0]))
    shares = np.arange(1, steps) / steps
    outer = np.unique(np.quantile(sizes, shares, method="lower")).tolist() if len(sizes) >= steps else []
    smallest = float(sizes[0]) / 2 if len(sizes) else 0.0
    inner = max(smallest, float(sizes[-1]) * 0.02) if len(sizes) else 0.0
    edges = [inner, *[edge for edge in outer if edge > inner]] if inner else []
    both = [-edge for edge in reversed(edges)] + edges
    bounds = [_just_below(edge) if edge < 0 else float(np.float32(edge)) for edge in both]
    sides = _change_sides(len(edges), better)
    return _classes(finite, "change", both, bounds, sides)


def _finite(values: npt.ArrayLike) -> Floats:
    found = np.asarray(values, dtype=np.float32)
    return found[np.isfinite(found)]


def _inner_bounds(values: Floats, scheme: Scheme, k: int) -> list[float]:
    """The bounds between at most k classes of these values.

    Where most values are the same every quantile falls on them; then natural gaps still show who differs.
    """
    different = np.unique(values)
    k = min(k, len(different))
    if k <= 1:
        return []
    match scheme:
        case "equal_interval":
            bins = mapclassify.EqualInterval(values.astype(float), k=k).bins
        case "natural_breaks":
            bins = mapclassify.FisherJenks(_thinned(values), k=k).bins
        case _:
            bins = mapclassify.Quantiles(values, k=k).bins
    inner = np.unique(np.asarray(bins, dtype=np.float32)[:-1])
    found = [float(bound) for bound in inner if different[0] <= bound < different[-1]]
    return found or (_inner_bounds(values, "natural_breaks", k) if scheme == "quantiles" else [])


def _thinned(values: Floats) -> npt.NDArray[np.float64]:
    """The values, or evenly spaced ones of their order where the exact search for gaps would take too long."""
    ordered = np.sort(values).astype(float)
    if len(ordered) <= MOST_VALUES_FOR_GAPS:
        return ordered
    places = np.linspace(0, len(ordered) - 1, MOST_VALUES_FOR_GAPS).round().astype(int)
    return np.asarray(ordered[places])


def _anchored(values: Floats, k: int, standard: Standard) -> Classes:
    """Each side of the standard classed by itself, with classes in proportion to its values but at least one."""
    edges = [edge for edge in (standard.low, standard.high) if edge is not None]
    bounds = [_just_below(edge) if edge is standard.low else float(np.float32(edge)) for edge in edges]
    sides = _standard_sides(standard)
    place = np.searchsorted(np.array(bounds, dtype=np.float32), values, side="left")
    parts = [values[place == number] for number in range(len(sides))]
    all_edges: list[float] = []
    all_bounds: list[float] = []
    all_sides: list[Side] = []
    for number, (part, side, wanted) in enumerate(zip(parts, sides, _shares(parts, k), strict=True)):
        inner = _inner_bounds(part, "quantiles", wanted)
        all_sides += [side] * (len(inner) + 1)
        all_edges += inner + edges[number : number + 1]
        all_bounds += inner + bounds[number : number + 1]
    return _classes(values, "standard", all_edges, all_bounds, tuple(all_sides))


def _standard_sides(standard: Standard) -> list[Side]:
    sides: list[Side] = ["meets"]
    if standard.low is not None:
        sides.insert(0, "below")
    if standard.high is not None:
        sides.append("above")
    return sides


def _shares(parts: list[Floats], k: int) -> list[int]:
    """How many of k classes each part gets: one, and the rest in proportion to its values."""
    total = sum(map(len, parts)) or 1
    spare = max(k - len(parts), 0)
    return [1 + round(spare * len(part) / total) for part in parts]


def _change_sides(steps: int, better: str) -> tuple[Side, ...]:
    worse: Side = "worse"
    good: Side = "better"
    down, up = (good, worse) if better == "down" else (worse, good)
    return (*[down] * steps, "same", *[up] * steps)


def _classes(
    values: Floats, scheme: Scheme, edges: list[float], bounds: list[float], sides: tuple[Side, ...] | None = None
) -> Classes:
    place = np.searchsorted(np.array(bounds, dtype=np.float32), values, side="left")
    counts = np.bincount(place, minlength=len(bounds) + 1) if len(values) or sides else np.zeros(0, dtype=int)
    lowest, highest = (float(values.min()), float(values.max())) if len(values) else (None, None)
    return Classes(scheme, tuple(edges), tuple(bounds), tuple(counts.tolist()), lowest, highest, sides)


def _just_below(edge: float) -> float:
    """The bound of "at least edge": the largest number that is smaller."""
    return float(np.nextafter(np.float32(edge), np.float32(-np.inf)))
