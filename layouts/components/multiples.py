"""Small multiples: the same indicator for each area below, on one common scale, with the standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import html

from layouts.components.picking import pick_button
from layouts.formatting import Formatter, known
from layouts.theme import Palette

_WIDTH, _HEIGHT, _MARGIN = 120.0, 44.0, 3.0


@dataclass(frozen=True, slots=True)
class Multiple:
    """values: one per period, None for a gap; a new list begins after a break."""

    area_code: str
    name: str
    segments: tuple[tuple[tuple[float, float], ...], ...]
    latest: str


@dataclass(frozen=True, slots=True)
class CommonScale:
    """Years and values between which all are drawn. standard: the value of the dashed line, None without one."""

    first: float
    last: float
    low: float
    high: float
    standard: float | None = None

    def place(self, year: float, value: float) -> tuple[float, float]:
        across = (year - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        up = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return _MARGIN + across * (_WIDTH - 2 * _MARGIN), _HEIGHT - _MARGIN - up * (_HEIGHT - 2 * _MARGIN)


def common_scale(items: Sequence[Multiple], standard: object) -> CommonScale:
    """Nought to nought where there is nothing to draw."""
    points = [point for item in items for segment in item.segments for point in segment]
    bound = known(standard)
    years, values = [year for year, _ in points] or [0.0], [value for _, value in points] or [0.0]
    values += [bound] if bound is not None else []
    return CommonScale(min(years), max(years), min(values), max(values), bound)


def multiples(
    formatter: Formatter, items: Sequence[Multiple], scale: CommonScale, palette: Palette, left_out: int
) -> html.Div:
    """items: in the order they are shown. left_out: how many areas have no value at all."""
    charts = [_multiple(item, scale, palette) for item in items]
    note = formatter.texts("indicator.multiples_left_out", count=left_out) if left_out else ""
    return html.Div(
        [html.Div(charts, className="multiples"), html.P(note, className="quiet")],
        className="multiples-box is-scrolling fills",
    )


def _multiple(item: Multiple, scale: CommonScale, palette: Palette) -> html.Button:
    source = f"data:image/svg+xml,{quote(multiple_svg(item, scale, palette))}"
    head = html.Span(
        [html.Span(item.name, className="multiple__name"), html.Span(item.latest, className="digits")],
        className="multiple__head",
    )
    picture = html.Img(src=source, alt="", className="multiple__chart")
    return pick_button([head, picture], {"area": item.area_code}, "multiple", title=item.name)


def multiple_svg(item: Multiple, scale: CommonScale, palette: Palette, place: str = "") -> str:
    """place: attributes that say where it stands in another SVG; alone it fills what holds it."""
    drawn = "".join(_path(segment, scale) for segment in item.segments if len(segment) > 1)
    alone = "".join(_path(segment, scale) for segment in item.segments if len(segment) == 1)
    level = ""
    if scale.standard is not None:
        height = scale.place(scale.first, scale.standard)[1]
        level = (
            f'<path d="M0 {height:.1f}H{_WIDTH:g}" stroke="{palette.meets}" stroke-width="1" stroke-dasharray="4 3" '
            'vector-effect="non-scaling-stroke"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" preserveAspectRatio="none" '
        f'{place} fill="none" stroke-linecap="round" stroke-linejoin="round">{level}'
        f'<path d="{drawn}" stroke="{palette.line}" stroke-width="2" vector-effect="non-scaling-stroke"/>'
        f'<path d="{alone}" stroke="{palette.line}" stroke-width="7" vector-effect="non-scaling-stroke"/></svg>'
    )


def _path(segment: Sequence[tuple[float, float]], scale: CommonScale) -> str:
    places = [scale.place(year, value) for year, value in segment]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return f"M{line}" + ("h0.01" if len(places) == 1 else "") if places else ""
