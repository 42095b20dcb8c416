"""Weighted overlay: which areas need renewal most, by indicators and weights that the viewer chooses."""

from typing import Any

import numpy as np
import pandas as pd
from dash import html

from analysis.overlay import Overlay, weighted_overlay
from analysis.unanswered import Unanswered
from callbacks.correlation_data import PER, Pairing
from callbacks.taking import taking
from layouts.components.panel import joined, no_data, panel
from layouts.components.picking import pick_button
from layouts.map.ramps import MAP_COLOURS
from layouts.sentences import unanswered_text

MOST_WEIGHT = 3
MOST_CHOICES = 14
MOST_LISTED = 50
_TIMES = "*"
_DIRECTED = ("higher_better", "lower_better")


def overlay(pairing: Pairing) -> Overlay | Unanswered:
    """Counts are taken per 10,000 residents, so that size alone is no need; areas without population are left out."""
    chosen = weights(pairing)
    rows = {code: pairing.indicator(code) for code in chosen}
    population = pairing.population.replace(0, np.nan)
    is_rate = pairing.options.per_capita
    values = {
        code: pairing.values[code] / population * PER
        if pairing.is_count(code) and not is_rate
        else pairing.values[code]
        for code in rows
    }
    directions = {code: str(row["direction"]) for code, row in rows.items()}
    return weighted_overlay(pd.DataFrame(values), directions, {code: float(one) for code, one in chosen.items()})


def weights(pairing: Pairing) -> dict[str, int]:
    """As the selection's `show` says (`H01*2`); without any, the selected pair in equal parts."""
    known = {code: weight for code, weight in _said(pairing).items() if code in choices(pairing)}
    return known or {code: 1 for code in pairing.pair or () if code in choices(pairing)}


def _said(pairing: Pairing) -> dict[str, int]:
    words = (word.split(_TIMES) for word in pairing.at.selection.shows if _TIMES in word)
    return {word[0]: int(word[1]) for word in words if len(word) == 2 and word[1] in {"1", "2", "3"}}  # noqa: PLR2004


def choices(pairing: Pairing) -> list[str]:
    """Indicators with a good direction at this level: those with a weight, the pair, key ones, then the others."""
    rows = pairing.at.catalogue
    usable = rows[rows["indicator_code"].isin(pairing.values.columns) & rows["direction"].isin(_DIRECTED)]
    code = usable["indicator_code"]
    first = code.isin(list(_said(pairing))) * 4 + code.isin(list(pairing.pair or ())) * 2 + usable["is_key"] * 1
    ordered = usable.assign(first=first).sort_values("first", ascending=False, kind="stable")
    return [str(code) for code in ordered["indicator_code"].head(MOST_CHOICES)]


def need_colours(pairing: Pairing, found: Overlay) -> dict[str, str]:
    """The ramp of amounts by sixths of the areas: the strongest shade for the greatest need."""
    ramp = MAP_COLOURS[pairing.at.selection.theme].amounts
    share = found.areas["need"].rank(pct=True, method="first")
    return {str(code): ramp[min(len(ramp) - 1, int(one * len(ramp)))] for code, one in share.items()}


def need_panel(pairing: Pairing) -> list[Any]:
    at = pairing.at
    found = overlay(pairing)
    chips = html.Div(_chips(pairing), className="need__weights")
    if isinstance(found, Unanswered):
        return panel(at.texts("need.title"), [chips, no_data(unanswered_text(at.formatter, found))])
    rows = [_row(pairing, str(code), row) for code, row in found.areas.head(MOST_LISTED).to_dict("index").items()]
    columns = ("rank", "area", "need", "stays")
    head = html.Tr([html.Th(at.texts(f"need.column_{name}"), scope="col") for name in columns])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="standings")
    left = at.texts("need.left_out", count=len(found.left_out)) if found.left_out else ""
    note = html.P(f"{at.texts('need.note', draws=found.draws)} {left}", className="quiet")
    body = html.Div([html.Div([chips, note]), html.Div(table, className="is-scrolling")], className="need fills")
    title = joined(at.texts("need.title"), at.area_name, at.formatter.period(pairing.period))
    return panel(title, body, [html.Span(at.texts("need.hint")), taking(pairing.shown, "need")])


def _row(pairing: Pairing, code: str, row: dict[Any, Any]) -> html.Tr:
    name = pairing.at.texts.name(pairing.areas.loc[code].to_dict())
    said = (str(row["rank"]), name, f"{row['need']:.0f}", f"{row['stays_pct']:.0f} %")
    return html.Tr([html.Td(cell, className="digits") for cell in said])


def _chips(pairing: Pairing) -> list[Any]:
    """One button per indicator; each click adds one to its weight, after the greatest it is none again."""
    at, current = pairing.at, weights(pairing)
    others = {word for word in at.selection.shows if word and _TIMES not in word}
    made = []
    for code in choices(pairing):
        weight = current.get(code, 0)
        wanted = {**current, code: (weight + 1) % (MOST_WEIGHT + 1)}
        words = others | {f"{one}{_TIMES}{times}" for one, times in wanted.items() if times}
        name = at.texts.name(pairing.indicator(code))
        label = f"{weight} × {name}" if weight else name
        pressed = {"aria-pressed": str(weight > 0).lower()}
        made.append(
            pick_button(label, {"show": ".".join(sorted(words))}, "toggle", title=f"{name} ({code})", **pressed)
        )
    return made
