"""A dumbbell: the score before and the score now on a scale that ends at 100, right is better."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from layouts.theme import Palette

_WIDTH, _HEIGHT, _MARGIN, _RADIUS = 160.0, 20.0, 6.0, 4.5
_FULL = 100.0


def dumbbell(before: float, now: float, floor: float, cuts: Sequence[float], palette: Palette, label: str) -> html.Img:
    """floor: the score at the left end, the same for all that stand together. cuts: bounds of grades, as ticks."""
    source = f"data:image/svg+xml,{quote(dumbbell_svg(before, now, floor, cuts, palette))}"
    return html.Img(src=source, alt=label, className="dumbbell", draggable="false")


def dumbbell_svg(before: float, now: float, floor: float, cuts: Sequence[float], palette: Palette) -> str:
    middle = _HEIGHT / 2
    colour = palette.meets if now > before else palette.fails if now < before else palette.quiet
    start, end = _across(before, floor), _across(now, floor)
    ticks = "".join(f"M{_across(cut, floor)} 2V{_HEIGHT - 2:g}" for cut in cuts if cut >= floor)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" fill="none">'
        f'<path d="M{_MARGIN} {middle}H{_WIDTH - _MARGIN}{ticks}" stroke="{palette.hairline}"/>'
        f'<path d="M{start} {middle}H{end}" stroke="{colour}" stroke-width="3"/>'
        f'<circle cx="{start}" cy="{middle}" r="{_RADIUS}" fill="{palette.panel}" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{end}" cy="{middle}" r="{_RADIUS}" fill="{colour}"/></svg>'
    )


def _across(score: float, floor: float) -> float:
    share = (score - floor) / (_FULL - floor)
    return round(_MARGIN + share * (_WIDTH - 2 * _MARGIN), 1)
