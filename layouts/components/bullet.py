"""A bullet chart of one indicator, drawn so that right is always better."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import html

from layouts.theme import Palette

_WIDTH, _HEIGHT, _MARGIN = 160.0, 24.0, 6.0


@dataclass(frozen=True, slots=True)
class Bullet:
    """All in the indicator's unit; None where there is none. lower_is_better: the axis runs backwards."""

    value: float | None
    peers: Sequence[float]
    standard: float | None
    target: float | None
    average: float | None
    lower_is_better: bool


def bullet(chart: Bullet, palette: Palette, label: str) -> html.Img:
    """Peers as ticks, their span as a band, the standard dashed, the target as a diamond, the value as a dot."""
    source = f"data:image/svg+xml,{quote(bullet_svg(chart, palette))}"
    return html.Img(src=source, alt=label, className="bullet", draggable="false")


def bullet_svg(chart: Bullet, palette: Palette) -> str:
    marks = [one for one in (chart.value, chart.standard, chart.target, chart.average) if one is not None]
    known = [*chart.peers, *marks]
    low, high = min(known, default=0.0), max(known, default=1.0)
    middle = _HEIGHT / 2

    def across(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_MARGIN + (1 - share if chart.lower_is_better else share) * (_WIDTH - 2 * _MARGIN), 1)

    parts = [f'<path d="M0 {middle}H{_WIDTH}" stroke="{palette.hairline}"/>']
    if chart.peers:
        start, end = sorted((across(min(chart.peers)), across(max(chart.peers))))
        parts.append(
            f'<rect x="{start}" y="{middle - 5}" width="{end - start}" height="10" fill="{palette.hairline}"/>'
        )
        ticks = "".join(f"M{across(peer)} {middle - 4}v8" for peer in chart.peers)
        parts.append(f'<path d="{ticks}" stroke="{palette.quiet}" stroke-width="1"/>')
    if chart.standard is not None:
        parts.append(
            f'<path d="M{across(chart.standard)} 1V{_HEIGHT - 1}" stroke="{palette.meets}" stroke-width="2" '
            'stroke-dasharray="4 2"/>'
        )
    if chart.target is not None:
        x = across(chart.target)
        parts.append(
            f'<path d="M{x} {middle - 6}l6 6l-6 6l-6 -6z" fill="none" stroke="{palette.near}" stroke-width="2"/>'
        )
    if chart.value is not None:
        parts.append(f'<circle cx="{across(chart.value)}" cy="{middle}" r="5" fill="{palette.line}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" fill="none">'
        f"{''.join(parts)}</svg>"
    )
