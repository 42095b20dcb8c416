"""How the benchmark view shows what it shows, as words of the selection's `show`: every state is a link.

`radar` and `dimension~city-10` stand first, with dots between them; all that follows `peers=` is one word, since the
name of a group may hold a dot.
"""

from dataclasses import dataclass, replace
from typing import Any

RADAR = "radar"
PEER_KINDS = ("peer_group", "tier", "size", "province_zh")
_DIMENSION, _PEERS = "dimension~", "peers="


@dataclass(frozen=True, slots=True)
class BenchmarkOptions:
    """is_radar: the areas below as radar charts. dimension: only its indicators. peers: kind and value of a group."""

    is_radar: bool = False
    dimension: str | None = None
    peers: tuple[str, str] | None = None

    @classmethod
    def of(cls, show: str | None) -> "BenchmarkOptions":
        """Words that mean nothing here have no effect."""
        words, _, group = (show or "").partition(_PEERS)
        said = words.split(".")
        kind, _, value = group.partition("=")
        dimension = next((word.removeprefix(_DIMENSION) for word in said if word.startswith(_DIMENSION)), None)
        return cls(RADAR in said, dimension or None, (kind, value) if kind in PEER_KINDS else None)

    def choosing(self, **changes: Any) -> dict[str, str | None]:
        """The change of the selection that replaces these fields."""
        return {"show": replace(self, **changes)._said() or None}

    def _said(self) -> str:
        words = [RADAR] if self.is_radar else []
        words += [f"{_DIMENSION}{self.dimension}"] if self.dimension else []
        words += [f"{_PEERS}{'='.join(self.peers)}"] if self.peers else []
        return ".".join(words)
