"""How the 3D and comparison view shows what it shows, as words of the selection's `show`: every state is a link."""

from dataclasses import dataclass
from typing import Any

SWIPE, SIDE, SOLID = "swipe", "side", "solid"
MODES = (SWIPE, SIDE, SOLID)
PERIOD, INDICATOR, LAYER = "by_period", "by_indicator", "by_layer"
AGAINST = (PERIOD, INDICATOR, LAYER)
BUILDINGS, AREAS = "buildings", "areas"
RAISED = (BUILDINGS, AREAS)
VALUE, PROBLEMS = "by_value", "by_problems"
TINTED = (VALUE, PROBLEMS)
_GROUPS = {"mode": MODES, "against": AGAINST, "raised": RAISED, "tinted": TINTED}
_DIVIDER = "at-"
_MIDDLE = 50


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """Words that mean nothing here are left alone and have no effect."""

    words: frozenset[str]

    @property
    def mode(self) -> str:
        return self._chosen("mode") or SWIPE

    @property
    def against(self) -> str | None:
        """What stands on the right; None: an earlier period where there is one, else another indicator."""
        return self._chosen("against")

    @property
    def raised(self) -> str:
        return self._chosen("raised") or BUILDINGS

    @property
    def tinted(self) -> str:
        return self._chosen("tinted") or VALUE

    @property
    def divider(self) -> int:
        """Where the swipe stands, in percent of the width."""
        said = [word.removeprefix(_DIVIDER) for word in self.words if word.startswith(_DIVIDER)]
        return int(said[0]) if said and said[0].isdecimal() and len(said[0]) <= 3 and int(said[0]) <= 100 else _MIDDLE  # noqa: PLR2004

    def choosing(self, group: str, word: str) -> dict[str, Any]:
        """The change of the selection that puts this word in the place of its group's."""
        kept = {one for one in self.words if one and one not in _GROUPS[group]}
        return {"show": ".".join(sorted(kept | {word}))}

    def _chosen(self, group: str) -> str | None:
        return next((word for word in _GROUPS[group] if word in self.words), None)
