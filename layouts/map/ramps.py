"""Colours of the map: for amounts, around a standard, around no change, and for what has no value.

On dark ground more is brighter, on light ground more is darker; around a standard what fails stands out and what meets
it stays calm. Lightness alone tells the classes apart, so that colour-blind viewers and washed-out projectors do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.classification import Classes, Side

Hex = str


@dataclass(frozen=True, slots=True)
class MapColours:
    """One theme. Ramps run from little to much; those of a side from near the standard to far from it."""

    amounts: tuple[Hex, ...]
    sides: dict[Side, tuple[Hex, Hex]]
    neutral_sides: dict[Side, tuple[Hex, Hex]]
    ground: Hex
    ink: Hex
    border: Hex
    group: Hex
    outline: Hex
    quiet: Hex
    quiet_border: Hex


HATCHES = {
    "not_collected": "rising",
    "none": "rising",
    "not_applicable": "falling",
    "suppressed": "crossed",
    "suspect": "dotted",
}
"""How areas without a classed value are hatched, by their status; `none`: nothing recorded, nothing rolled up."""

DARK = MapColours(
    amounts=("#1f2f57", "#1f5178", "#22748a", "#37988f", "#79bd8f", "#d6e6a0"),
    sides={
        "meets": ("#2c7180", "#1c4257"),
        "above": ("#a9503f", "#ff9c87"),
        "below": ("#a9503f", "#ff9c87"),
        "worse": ("#a9503f", "#ff9c87"),
        "same": ("#2b3850", "#2b3850"),
        "better": ("#2f6f9f", "#7cc6ff"),
    },
    neutral_sides={
        "worse": ("#6a4d93", "#c9a6f5"),
        "same": ("#2b3850", "#2b3850"),
        "better": ("#2a6f6a", "#7ad9c4"),
    },
    ground="#151f33",
    ink="#46577a",
    border="#0b1220d9",
    group="#0b1220",
    outline="#8ea3c4",
    quiet="#141d2f",
    quiet_border="#26344d",
)
LIGHT = MapColours(
    amounts=("#eaf1c9", "#b4dba6", "#6bb99c", "#35929a", "#27678f", "#1f3d75"),
    sides={
        "meets": ("#a4ccd2", "#dcebee"),
        "above": ("#efab98", "#a61b12"),
        "below": ("#efab98", "#a61b12"),
        "worse": ("#efab98", "#a61b12"),
        "same": ("#e6eaf1", "#e6eaf1"),
        "better": ("#a5cbe9", "#1b64a8"),
    },
    neutral_sides={
        "worse": ("#d5bff0", "#5b2f94"),
        "same": ("#e6eaf1", "#e6eaf1"),
        "better": ("#a6dacd", "#0e6b5c"),
    },
    ground="#f1f4f8",
    ink="#aab6c8",
    border="#ffffffd9",
    group="#ffffff",
    outline="#4f6180",
    quiet="#eef1f6",
    quiet_border="#d3dbe7",
)
MAP_COLOURS = {"dark": DARK, "light": LIGHT}
BOTH_SIDES = frozenset({"below", "above"})
_BELOW_IN_A_RANGE = {"dark": ("#7b559c", "#d3aef7"), "light": ("#b48fd8", "#56268a")}


def class_colours(classes: Classes, theme: str, *, judged: bool = True) -> list[Hex]:
    """One colour per class, lowest first. judged: whether a change has a good direction."""
    colours = MAP_COLOURS[theme]
    if classes.sides is None:
        return ramp(colours.amounts, len(classes.counts))
    ends = dict(colours.sides if judged else colours.neutral_sides)
    if set(classes.sides) >= BOTH_SIDES:
        ends["below"] = _BELOW_IN_A_RANGE[theme]
    return [_side_colour(classes.sides, place, ends) for place in range(len(classes.sides))]


def _side_colour(sides: Sequence[Side], place: int, ends: dict[Side, tuple[Hex, Hex]]) -> Hex:
    """The class next to the standard has the near colour, the farthest from it the far one, a single one the middle."""
    mine = [number for number, side in enumerate(sides) if side == sides[place]]
    near, far = ends[sides[place]]
    if len(mine) == 1:
        return mix(near, far, 0.5)
    steps = mine[-1] - place if mine[0] == 0 else place - mine[0]
    return mix(near, far, steps / (len(mine) - 1))


def ramp(stops: Sequence[Hex], count: int) -> list[Hex]:
    """count colours evenly spaced on the line through the stops; a single class has a middle one."""
    if count <= 1:
        return [stops[len(stops) // 2]] * count
    places = [number * (len(stops) - 1) / (count - 1) for number in range(count)]
    last = len(stops) - 2
    return [mix(stops[min(int(at), last)], stops[min(int(at), last) + 1], at - min(int(at), last)) for at in places]


def mix(first: Hex, second: Hex, share: float) -> Hex:
    """The colour at `share` of the way from the first to the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: Hex) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
