"""A small line without axes: an SVG mask, so that the style sheet gives its colour in both themes."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from layouts.formatting import known

WIDTH, HEIGHT, MARGIN = 100.0, 28.0, 4.0


def sparkline(values: Sequence[object], label: str) -> html.Span:
    """values in time order; a missing one is a gap. label: what a screen reader says instead."""
    svg = sparkline_svg(values)
    mask = f'url("data:image/svg+xml,{quote(svg)}")'
    style = {"maskImage": mask, "WebkitMaskImage": mask}
    return html.Span(className="sparkline", style=style, role="img", **{"aria-label": label})


def sparkline_svg(values: Sequence[object]) -> str:
    line, dots = _path(_points(values))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="xMaxYMid">'
        '<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{line}" stroke-width="2.6"/>'
        f'<path d="{dots}" stroke-width="8"/></g></svg>'
    )


def _points(values: Sequence[object]) -> list[tuple[float, float] | None]:
    numbers = [known(value) for value in values]
    present = [number for number in numbers if number is not None]
    low, high = min(present, default=0.0), max(present, default=0.0)
    step = (WIDTH - 2 * MARGIN) / max(len(numbers) - 1, 1)

    def place(position: int, number: float) -> tuple[float, float]:
        share = (number - low) / (high - low) if high > low else 0.5
        return MARGIN + position * step, HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)

    return [None if number is None else place(i, number) for i, number in enumerate(numbers)]


def _path(points: list[tuple[float, float] | None]) -> tuple[str, str]:
    """The line, begun anew after each gap (a short stroke even where nothing follows), and a dot at the end."""
    drawn, pen_down = [], False
    for point in points:
        if point is not None:
            drawn.append(f"L{point[0]:.1f} {point[1]:.1f}" if pen_down else f"M{point[0]:.1f} {point[1]:.1f}h0.01")
        pen_down = point is not None
    last = next((point for point in reversed(points) if point is not None), None)
    dot = f"M{last[0]:.1f} {last[1]:.1f}h0.01" if last else ""
    return "".join(drawn), dot
