"""Whether a finished project helped: before and after, in its areas and in comparable ones, and the difference."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dash import html

from analysis.projects.effect import Effect
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.theme import PALETTES, Palette

Row = Mapping[str, Any]
_DOUBTFUL = 0.05
_WIDTH, _HEIGHT, _MARGIN = 90.0, 64.0, 8.0
_GOOD_WHEN = {"higher_better": 1, "lower_better": -1}


def effects(formatter: Formatter, found: Sequence[tuple[Row, Effect]], theme: str) -> list[Any]:
    """found: one per indicator that the project is meant to improve."""
    texts = formatter.texts
    if not found:
        return []
    parts: list[Any] = [html.H4(texts("effect.title"), className="card__title")]
    for indicator, one in found:
        target = {"view": "overview", "indicator": indicator["indicator_code"]}
        link = pick_button(texts.name(indicator), target, "card__link")
        parts.append(html.Div([link, *_told(formatter, indicator, one, PALETTES[theme])], className="effect"))
    return [*parts, html.P(texts("effect.assumption"), className="quiet")]


def _told(formatter: Formatter, indicator: Row, found: Effect, palette: Palette) -> list[Any]:
    """The effect with its interval and whether it is good, or why there is none."""
    texts = formatter.texts
    if found.reason is not None:
        return [html.P(texts(f"effect.{found.reason}", areas=found.comparable_areas), className="quiet")]
    values = {name: formatter.change(getattr(found, name)) for name in ("effect", "low", "high")}
    word, tone = _judged(found, str(indicator["direction"]))
    said = texts("effect.said", unit=texts.unit(indicator["unit"]), **values)
    lines = [
        html.P([html.B(said, className="digits"), f" · {texts(f'effect.{word}')}"], className=tone),
        html.Div([_table(formatter, found), _slopes(formatter, found, palette)], className="effect__sides"),
    ]
    if found.pretrend_p_value is not None and found.pretrend_p_value < _DOUBTFUL:
        lines.append(html.P(texts("effect.pretrend", p=formatter.number(found.pretrend_p_value, 3)), className="worse"))
    return lines


def _judged(found: Effect, direction: str) -> tuple[str, str]:
    """The word and its tone; an interval that holds zero is no effect to speak of."""
    if (found.low or 0) * (found.high or 0) <= 0:
        return "uncertain", "quiet"
    good = _GOOD_WHEN.get(direction, 0) * (found.effect or 0)
    return ("good", "better") if good > 0 else ("bad", "worse") if good < 0 else ("changed", "quiet")


def _table(formatter: Formatter, found: Effect) -> html.Table:
    texts = formatter.texts
    head = html.Tr([html.Th(), *(html.Th(texts(f"effect.{name}")) for name in ("before", "after", "change"))])
    comparable = texts("effect.comparable", count=formatter.number(found.comparable_areas, 0))
    rows = [
        _side(formatter, "━", texts("effect.here"), found.before, found.after),
        _side(formatter, "┅", comparable, found.comparable_before, found.comparable_after),
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="card__table effect__table")


def _side(formatter: Formatter, line: str, name: str, before: float | None, after: float | None) -> html.Tr:
    change = None if before is None or after is None else after - before
    figures = [formatter.number(before), formatter.number(after), formatter.change(change)]
    mark = html.Span(line, className="effect__line", **{"aria-hidden": "true"})
    return html.Tr([html.Td([mark, name]), *(html.Td(figure, className="digits") for figure in figures)])


def _slopes(formatter: Formatter, found: Effect, palette: Palette) -> html.Img:
    """From before to after: the project's areas strong, the comparable ones dashed."""
    label = f"{formatter.texts('effect.here')}, {formatter.texts('effect.comparable', count=found.comparable_areas)}"
    source = f"data:image/svg+xml,{quote(_slopes_svg(found, palette))}"
    return html.Img(src=source, alt=label, className="effect__picture", draggable="false")


def _slopes_svg(found: Effect, palette: Palette) -> str:
    ours, theirs = (found.before or 0, found.after or 0), (found.comparable_before or 0, found.comparable_after or 0)
    low, high = min(*ours, *theirs), max(*ours, *theirs)

    def down(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return _HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN)

    def slope(ends: tuple[float, float], colour: str, dashes: str) -> str:
        (start, end), right = map(down, ends), _WIDTH - _MARGIN
        dots = "".join(
            f'<circle cx="{x:g}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in ((_MARGIN, start), (right, end))
        )
        path = f'<path d="M{_MARGIN:g} {start:.1f}L{right:g} {end:.1f}" stroke="{colour}" stroke-width="2.5"{dashes}/>'
        return path + dots

    lines = slope(theirs, palette.quiet, ' stroke-dasharray="5 4"') + slope(ours, palette.line, "")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" fill="none">{lines}</svg>'
