"""What assets/js/layer_*.js draw: the catalogue's address, the layers shown with their looks, and the words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from layouts.layers.state import ShownLayer
from layouts.texts import Texts

BOARDS = ("status", "plan", "management", "socio_economic")
_WORDS = (
    "search", "nothing", "more", "favourites", "no_favourites", "favourite", "empty", "opacity", "hide", "show",
    "remove", "up", "down", "focus", "zoom", "drag", "unlisted", "from_zoom", "needs_package", "retry", "draw",
    "drawing", "draw_close", "attributes", "close", "loading", "broken", "other", "within", "within_none",
    "measure_count", "measure_length", "measure_area", "measure_density", "unit_count", "unit_length",
    "unit_area", "unit_density_count", "unit_density_length", "unit_density_area",
)  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
DEFAULT_COLOUR = {"dark": "#8fd0ff", "light": "#0f5fae"}


def words(texts: Texts, reasons: Sequence[str]) -> dict[str, str]:
    """reasons: why a layer may not show, as words of the server's answers."""
    said = {word: texts(f"layers.{word}") for word in _WORDS}
    said |= {f"reason_{reason}": texts(f"layers.reason_{reason}") for reason in reasons}
    said["here"] = texts("points.here")
    return said | {f"board_{board}": texts(f"layers.board_{board}") for board in BOARDS}


def style_payload(style: Mapping[str, Any], theme: str) -> dict[str, Any]:
    """Only colours and numbers of the right kind leave a style: it comes from whoever wrote the catalogue."""
    colour = _colour(style.get("color")) or DEFAULT_COLOUR[theme]
    given = style.get("colors")
    colours = {str(word): _colour(one) for word, one in given.items()} if isinstance(given, dict) else {}
    return {
        "colour": colour,
        "weight": _number(style.get("weight"), 1.0, 12),
        "fill": _number(style.get("fillOpacity"), 0.5, 1),
        "colours": {word: one for word, one in colours.items() if one},
    }


def state_payload(shown: Sequence[ShownLayer]) -> list[dict[str, Any]]:
    return [
        {
            "code": layer.code,
            "opacity": layer.opacity,
            "hidden": layer.is_hidden,
            "focus": layer.in_focus,
            "measure": layer.measure,
        }
        for layer in shown
    ]


def _colour(value: object) -> str | None:
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else None


def _number(value: object, default: float, highest: float) -> float:
    return min(max(float(value), 0), highest) if isinstance(value, int | float) else default
