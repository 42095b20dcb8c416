"""The areas below as small radar charts over the same few indicators: one shape each, drawn alike, side by side."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from layouts.components.explained import explained
from layouts.components.panel import joined, no_data
from layouts.components.picking import pick_button
from layouts.formatting import MISSING, Formatter, known
from layouts.theme import Palette

MOST_AXES, FEWEST_AXES, MOST_RADARS = 8, 3, 24
"""With more axes the shape says more about their order than about the area; with two there is none."""
_SIZE, _CENTRE, _RADIUS, _HOLE, _NUMBER_AT = 200.0, 100.0, 72.0, 0.1, 89.0
Row = Mapping[Any, Any]


def radar_charts(
    formatter: Formatter, areas: Sequence[Row], axes: Sequence[Row], ranks: pd.DataFrame, values: pd.DataFrame,
    palette: Palette,
) -> Any:  # fmt: skip
    """areas: the best first. axes: indicators, at most MOST_AXES. ranks, values: as of the heat table."""
    texts = formatter.texts
    if len(axes) < FEWEST_AXES or not areas:
        return no_data(texts("radar.too_few", fewest=FEWEST_AXES))
    cut = [texts("radar.cut", shown=MOST_RADARS, total=len(areas))] if len(areas) > MOST_RADARS else []
    key = [html.Li(pick_button(texts.name(one), {"indicator": one["indicator_code"]}, "radar__axis")) for one in axes]
    cards = [_card(formatter, area, axes, ranks, values, palette) for area in areas[:MOST_RADARS]]
    rule = [html.P(sentence, className="quiet") for sentence in (texts("radar.rule", most=MOST_AXES), *cut)]
    return html.Div(
        [html.Div([html.Ol(key, className="radar__key"), *rule]), html.Div(cards, className="radars")],
        className="radar-box is-scrolling fills",
    )


def shares(ranks: pd.DataFrame) -> pd.DataFrame:
    """Ranks as 1 for the first, 0 for the last; NaN where not ranked."""
    last = ranks.max()
    return (last - ranks) / (last - 1).where(last > 1)


def _card(
    formatter: Formatter, area: Row, axes: Sequence[Row], ranks: pd.DataFrame, values: pd.DataFrame, palette: Palette
) -> html.Div:
    texts, code = formatter.texts, area["area_code"]
    drawn = shares(ranks).loc[code]
    facts = [(f"{place} {texts.name(one)}", _said(formatter, one, code, ranks, values)) for place, one in
             enumerate(axes, 1)]  # fmt: skip
    said = f"{texts.name(area)}: " + texts("list.semicolon").join(f"{name} {what}" for name, what in facts)
    svg = radar_svg([known(drawn[one["indicator_code"]]) for one in axes], palette)
    image = html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt=said, className="radar", draggable="false")
    mean = texts("radar.mean", rank=formatter.number(ranks.loc[code].mean(), 1))
    return html.Div(
        [
            pick_button(texts.name(area), {"area": code}, "crumb radar__name"),
            html.Span(mean, className="quiet digits"),
            explained(image, [("", texts.name(area)), *facts], "radar__chart"),
        ],
        className="radar-card",
    )


def _said(formatter: Formatter, one: Row, code: str, ranks: pd.DataFrame, values: pd.DataFrame) -> str:
    rank, value = known(ranks.loc[code, one["indicator_code"]]), known(values.loc[code, one["indicator_code"]])
    if rank is None:
        return MISSING
    most = int(known(ranks[one["indicator_code"]].max()) or rank)
    amount = str(formatter.quantity(value, one["unit"], one["decimals"]))
    return joined(amount, formatter.texts("benchmark.rank_of", rank=int(rank), n=most))


def radar_svg(share: Sequence[float | None], palette: Palette) -> str:
    """share: of each axis, 1 at the rim. An axis without a value is left open: no line leads over it."""
    around = range(len(share))
    rings = "".join(
        f'<path d="{_ring([ring] * len(share))}" stroke="{palette.hairline}"{dash}/>'
        for ring, dash in ((1.0, ""), (0.5, ' stroke-dasharray="4 3"'), (0.0, ""))
    )
    spokes = "".join(f"M{_CENTRE} {_CENTRE}L{_at(place, len(share), 1.0)}" for place in around)
    numbers = "".join(_number(place, len(share), palette) for place in around)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE:g} {_SIZE:g}" fill="none">'
        f'{rings}<path d="{spokes}" stroke="{palette.hairline}"/>{_shape(share, palette)}{numbers}</svg>'
    )


def _shape(share: Sequence[float | None], palette: Palette) -> str:
    count = len(share)
    points = {place: _at(place, count, one) for place, one in enumerate(share) if one is not None}
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="4" fill="{palette.line}"/>' for x, y in map(str.split, points.values())
    )
    if len(points) == count:
        lines = f'd="M{"L".join(points.values())}Z" fill="{palette.line}" fill-opacity="0.2"'
        return f'<path {lines} stroke="{palette.line}" stroke-width="2"/>{dots}'
    sides = [(place, (place + 1) % count) for place in range(count)]
    lines = "".join(f"M{points[a]}L{points[b]}" for a, b in sides if a in points and b in points)
    return f'<path d="{lines}" stroke="{palette.line}" stroke-width="2"/>{dots}'


def _ring(share: Sequence[float]) -> str:
    return "M" + "L".join(_at(place, len(share), one) for place, one in enumerate(share)) + "Z"


def _number(place: int, count: int, palette: Palette) -> str:
    x, y = _place(place, count, _NUMBER_AT)
    return (
        f'<text x="{x:.1f}" y="{y + 7:.1f}" font-size="20" font-family="sans-serif" text-anchor="middle" '
        f'fill="{palette.quiet}">{place + 1}</text>'
    )


def _at(place: int, count: int, share: float) -> str:
    """The middle stays free, so that the last place is still a shape."""
    x, y = _place(place, count, _RADIUS * (_HOLE + (1 - _HOLE) * share))
    return f"{x:.1f} {y:.1f}"


def _place(place: int, count: int, radius: float) -> tuple[float, float]:
    """The first axis points up, the others follow clockwise."""
    angle = 2 * pi * place / count
    return _CENTRE + radius * sin(angle), _CENTRE - radius * cos(angle)
