"""A dumbbell: the score before and the score now on one scale from 0 to 100, right is better."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from layouts.theme import Palette

_WIDTH, _HEIGHT, _MARGIN, _RADIUS = 160.0, 20.0, 6.0, 4.5


def dumbbell(before: float, now: float, cuts: Sequence[float], palette: Palette, label: str) -> html.Img:
    """cuts: bounds of the grades, drawn as ticks."""
    source = f"data:image/svg+xml,{quote(dumbbell_svg(before, now, cuts, palette))}"
    return html.Img(src=source, alt=label, className="dumbbell", draggable="false")


def dumbbell_svg(before: float, now: float, cuts: Sequence[float], palette: Palette) -> str:
    middle = _HEIGHT / 2
    colour = palette.meets if now > before else palette.fails if now < before else palette.quiet
    start, end = _across(before), _across(now)
    ticks = "".join(f"M{_across(cut)} 2V{_HEIGHT - 2:g}" for cut in cuts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" fill="none">'
        f'<path d="M{_MARGIN} {middle}H{_WIDTH - _MARGIN}{ticks}" stroke="{palette.hairline}"/>'
        f'<path d="M{start} {middle}H{end}" stroke="{colour}" stroke-width="3"/>'
        f'<circle cx="{start}" cy="{middle}" r="{_RADIUS}" fill="{palette.panel}" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{end}" cy="{middle}" r="{_RADIUS}" fill="{colour}"/></svg>'
    )


def _across(score: float) -> float:
    return round(_MARGIN + score / 100 * (_WIDTH - 2 * _MARGIN), 1)
