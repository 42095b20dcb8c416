"""Colours of the map carry their order in lightness, so that they read without hue."""

import numpy as np
import pytest

from analysis.classification import Standard, classify, classify_changes
from layouts.map.ramps import DARK, LIGHT, MAP_COLOURS, class_colours, ramp
from layouts.theme import PALETTES

# Viénot, Brettel and Mollon 1999: linear RGB as a deuteranope sees it.
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])


def linear(colour: str) -> np.ndarray:
    srgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def difference_to_a_deuteranope(one: str, other: str) -> float:
    return float(np.abs(np.cbrt(DEUTERANOPIA @ linear(one)) - np.cbrt(DEUTERANOPIA @ linear(other))).max())


@pytest.mark.parametrize("count", range(2, 10))
def test_more_is_brighter_on_dark_ground_and_darker_on_light(count: int) -> None:
    dark = [luminance(colour) for colour in ramp(DARK.amounts, count)]
    light = [luminance(colour) for colour in ramp(LIGHT.amounts, count)]
    assert dark == sorted(dark)
    assert light == sorted(light, reverse=True)


@pytest.mark.parametrize("theme", MAP_COLOURS)
@pytest.mark.parametrize("standard", [Standard(low=50), Standard(high=50), Standard(low=40, high=60)])
def test_what_fails_is_told_from_what_meets_the_standard_without_red_and_green(theme: str, standard: Standard) -> None:
    classes = classify(np.arange(100), "standard", 6, standard)
    assert classes.sides is not None
    colours = list(zip(classes.sides, class_colours(classes, theme), strict=True))
    meets = [colour for side, colour in colours if side == "meets"]
    fails = [colour for side, colour in colours if side != "meets"]
    assert min(difference_to_a_deuteranope(one, other) for one in meets for other in fails) > 0.06


@pytest.mark.parametrize("theme", MAP_COLOURS)
def test_worse_and_better_differ_to_every_eye(theme: str) -> None:
    colours = class_colours(classify_changes(np.arange(-50, 50), 4, "up"), theme)
    assert difference_to_a_deuteranope(colours[0], colours[-1]) > 0.15


@pytest.mark.parametrize("theme", MAP_COLOURS)
def test_the_accent_and_the_ground_of_missing_values_are_in_no_ramp(theme: str) -> None:
    colours = MAP_COLOURS[theme]
    used = {*ramp(colours.amounts, 9), *(end for ends in colours.sides.values() for end in ends)}
    assert not used & {PALETTES[theme].accent, colours.ground, colours.ink}
