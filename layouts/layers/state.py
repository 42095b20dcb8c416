"""The layers laid over the map as one word of the link: `roads~80f,park,water~h`, the uppermost first.

Behind `~`: opacity in percent, `h` hidden, `f` in focus (its sheet and table show), and the measure that colours the
areas. assets/js/layer_state.js reads and writes the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

MOST_SHOWN = 20
MEASURES = {"n": "count", "l": "length", "a": "area", "d": "density"}
_ENTRY = re.compile(r"([^~,]+)(?:~(\d{1,3})?(h)?(f)?([nlad])?)?")


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """opacity: 0–100. measure: a word of MEASURES, or None."""

    code: str
    opacity: int = 100
    is_hidden: bool = False
    in_focus: bool = False
    measure: str | None = None


def read_layers(written: str | None) -> list[ShownLayer]:
    """What is not ours is left out: a link may be old or cut off."""
    found: dict[str, ShownLayer] = {}
    for part in (written or "").split(","):
        match = _ENTRY.fullmatch(part)
        if match is None:
            continue
        code, opacity, hidden, focus, measure = match.groups()
        shown = ShownLayer(
            unquote(code), min(int(opacity or 100), 100), bool(hidden), bool(focus), MEASURES.get(measure or "")
        )
        found.setdefault(shown.code, shown)
    return list(found.values())[:MOST_SHOWN]


def write_layers(shown: Sequence[ShownLayer]) -> str | None:
    """None where nothing is shown."""
    return ",".join(map(_written, shown)) or None


def _written(layer: ShownLayer) -> str:
    letter = next((letter for letter, word in MEASURES.items() if word == layer.measure), "")
    opacity = "" if layer.opacity == ShownLayer.__dataclass_fields__["opacity"].default else str(layer.opacity)
    flags = f"{opacity}{'h' * layer.is_hidden}{'f' * layer.in_focus}{letter}"
    code = quote(layer.code, safe="").replace("~", "%7E")
    return f"{code}~{flags}" if flags else code


def focused(shown: Sequence[ShownLayer]) -> ShownLayer | None:
    """The layer whose sheet shows: the one in focus, else the uppermost."""
    return next((layer for layer in shown if layer.in_focus), shown[0] if shown else None)
