"""The city's own scoring: intervals, bounds and weights, read from a data file."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).parent / "scoring.toml"
GRADES = ("very_good", "good", "fair", "poor")
TIERS = ("excellent", "good", "middling", "poor")
_SECTIONS = {"grades", "tiers", "rule", "bounds", "composite", "weights"}


class ScoringFault(ValueError):
    """The file says something that no score can be computed from; the text says where and what."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """words from the best to the worst; a score of at least bounds[k] earns words[k], any other the last word."""

    words: tuple[str, ...]
    bounds: tuple[float, ...]

    def __post_init__(self) -> None:
        falling = all(above > below for above, below in zip(self.bounds, self.bounds[1:], strict=False))
        if len(self.words) != len(self.bounds) + 1 or not falling:
            raise ScoringFault("intervals need falling bounds, one fewer than words")

    def word(self, score: float) -> str:
        reached = (word for word, bound in zip(self.words, self.bounds, strict=False) if score >= bound)
        return next(reached, self.words[-1])


@dataclass(frozen=True, slots=True)
class Scoring:
    """bounds: indicator → (value with 0 points, value with 100). weights: by indicator, 1 where none is given."""

    grades: Intervals
    tiers: Intervals
    zero_at_share: float
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    dimensions: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)


@cache
def read_scoring(path: Path = DEFAULT) -> Scoring:
    """Raises ScoringFault, or OSError where there is no such file."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise ScoringFault(f"{path}: {fault}") from fault
    if unknown := sorted(said.keys() - _SECTIONS):
        raise ScoringFault(f"{path}: unknown section {', '.join(unknown)}")
    bounds = {code: _bounds(path, code, pair) for code, pair in said.get("bounds", {}).items()}
    weights = {code: _number(path, code, weight) for code, weight in said.get("weights", {}).items()}
    share = _number(path, "zero_at_share", said.get("rule", {}).get("zero_at_share", 1.0))
    if share <= 0 or any(weight < 0 for weight in weights.values()):
        raise ScoringFault(f"{path}: zero_at_share is positive, weights are not negative")
    dimensions = tuple(str(code) for code in said.get("composite", {}).get("dimensions", ()))
    grades, tiers = _intervals(path, said, "grades", GRADES), _intervals(path, said, "tiers", TIERS)
    return Scoring(grades, tiers, share, bounds, dimensions, weights)


def _intervals(path: Path, said: Mapping[str, Any], section: str, words: tuple[str, ...]) -> Intervals:
    given = said.get(section, {})
    if set(given) != set(words[:-1]):
        raise ScoringFault(f"{path}: [{section}] has {', '.join(words[:-1])}")
    return Intervals(words, tuple(_number(path, word, given[word]) for word in words[:-1]))


def _bounds(path: Path, code: str, pair: Any) -> tuple[float, float]:
    if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1]:  # noqa: PLR2004
        raise ScoringFault(f"{path}: bounds of {code} are two different numbers, [0 points, 100 points]")
    return _number(path, code, pair[0]), _number(path, code, pair[1])


def _number(path: Path, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScoringFault(f"{path}: {name} is a number")
    return float(value)
