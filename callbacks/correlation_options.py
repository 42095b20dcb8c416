"""How the correlation view shows what it shows, as words of the selection's `show`: every state is a link.

A word is a name (`spearman`) or a name and its choice (`nearest~6`); words of one group exclude each other. Words with
`*` are weights of the overlay (callbacks/correlation_need.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.neighbours import DISTANCE, NEAREST, QUEEN, ROOK

PAIR, NEED, FELT = "pair", "need", "felt"
LENSES = (PAIR, NEED, FELT)
LISA, HOT_SPOTS, BIVARIATE, VALUES = "lisa", "hotspots", "bivariate", "values"
PATTERNS = (LISA, HOT_SPOTS, BIVARIATE, VALUES)
POPULATION = "population"
NEAREST_COUNTS = (4, 6, 8, 12)
DISTANCES_KM = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
MOST_LAGS = 5
WITH = "~"
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "lens": (NEED, FELT),
    "pattern": PATTERNS,
    "method": ("spearman",),
    "given": ("given",),
    "lag": ("lag",),
    "neighbours": (ROOK, NEAREST, DISTANCE),
    "counts": ("per_capita",),
    "arrows": ("arrows",),
    "units": ("by_dimension",),
    "dimension": ("dimension",),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the words ask for; words that mean nothing here are left alone and have no effect."""

    words: frozenset[str]

    @property
    def lens(self) -> str:
        return self._name("lens") or PAIR

    @property
    def pattern(self) -> str:
        return self._name("pattern") or LISA

    @property
    def method(self) -> str:
        return self._name("method") or "pearson"

    @property
    def given(self) -> str | None:
        """POPULATION, the code of an indicator, or None: nothing is held constant."""
        return (self._choice("given") or POPULATION) if self._name("given") else None

    @property
    def per_capita(self) -> bool:
        """Whether counts are taken per 10,000 residents."""
        return self._name("counts") is not None

    @property
    def lag(self) -> int:
        """By how many periods the first indicator comes before the second."""
        said = self._choice("lag")
        return int(said) if said in set(map(str, range(1, MOST_LAGS + 1))) else 0

    @property
    def shows_change(self) -> bool:
        return self._name("arrows") is not None

    @property
    def rule(self) -> str:
        return self._name("neighbours") or QUEEN

    @property
    def nearest(self) -> int:
        return int(_listed(self._choice("neighbours"), NEAREST_COUNTS, 6))

    @property
    def distance_km(self) -> float:
        return _listed(self._choice("neighbours"), DISTANCES_KM, 2.0)

    @property
    def neighbours(self) -> str:
        """The rule with its number as one word, such as `nearest~6`."""
        number = {NEAREST: f"{WITH}{self.nearest}", DISTANCE: f"{WITH}{self.distance_km:g}".replace(".", "-")}
        return self.rule + number.get(self.rule, "")

    @property
    def by_dimension(self) -> bool:
        return self._name("units") is not None

    @property
    def dimension(self) -> str | None:
        return self._choice("dimension")

    def choosing(self, group: str, word: str | None) -> dict[str, Any]:
        """The change of the selection that puts this word in the place of its group's."""
        kept = {one for one in self.words if one and _group(one) != group}
        return {"show": ".".join(sorted(kept | {word} if word else kept)) or None}

    def _name(self, group: str) -> str | None:
        return next((_head(one) for one in sorted(self.words) if _group(one) == group), None)

    def _choice(self, group: str) -> str | None:
        said = next((one for one in sorted(self.words) if _group(one) == group), "")
        return said.partition(WITH)[2] or None


def _listed(said: str | None, choices: tuple[float, ...], default: float) -> float:
    return next((one for one in choices if f"{one:g}".replace(".", "-") == said), default)


def _head(word: str) -> str:
    return word.partition(WITH)[0]


def _group(word: str) -> str | None:
    return next((group for group, heads in _GROUPS.items() if _head(word) in heads), None)
