"""The style sheet and the charts say the same things in the same colours, and text on them can be read."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from layouts.theme import PALETTES

TOKENS = (Path(__file__).parents[2] / "assets" / "css" / "tokens.css").read_text("utf-8")
READABLE = 4.5
"""Least contrast of text, WCAG 2 AA."""


def tokens(theme: str) -> dict[str, str]:
    selector = ":root {" if theme == "dark" else ':root[data-mantine-color-scheme="light"] {'
    block = TOKENS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#\w{6});", block))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
def test_the_style_sheet_holds_the_colours_of_the_theme(theme: str) -> None:
    palette = {name.replace("_", "-"): colour for name, colour in asdict(PALETTES[theme]).items()}
    assert palette.items() <= tokens(theme).items()


GROUNDS = ("panel", "ground", "raised")
"""What text stands on: panels; the screen behind them (header); what is chosen, pointed at or lifted above a panel."""
TEXTS = ("text", "quiet", "line", "accent", "meets", "near", "fails", "not-judged")
VISIBLE = 3
"""Least contrast of what is not text but carries meaning: bars, lines, the outline of what has the focus."""


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_colour_that_text_is_set_in_can_be_read_on_every_ground(theme: str, ground: str) -> None:
    colours = tokens(theme)
    unreadable = {name: round(contrast(colours[name], colours[ground]), 2) for name in TEXTS}
    assert {name: seen for name, seen in unreadable.items() if seen < READABLE} == {}


@pytest.mark.parametrize("theme", PALETTES)
def test_bars_and_the_outline_of_the_focus_stand_out(theme: str) -> None:
    colours = tokens(theme)
    for name, ground in (("bar", "panel"), ("accent", "panel"), ("accent", "ground"), ("line", "panel")):
        assert contrast(colours[name], colours[ground]) >= VISIBLE, (name, ground)
