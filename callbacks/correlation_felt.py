"""The lens that holds what is measured against what residents feel: a chart, a table and the map's colours."""

from typing import Any

import pandas as pd
from dash import html

from analysis.satisfaction import FEWEST_RESPONDENTS, SUPPRESSED, UNKNOWN
from callbacks.correlation_data import Pairing
from callbacks.correlation_felt_data import Cells, Felt
from callbacks.correlation_options import WITH
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import CatalogueQuestion
from layouts.components.linked_legend import MapLegend
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.picking import pick_button
from layouts.figures.frame import empty_figure
from layouts.figures.quadrant import QUADRANTS, quadrant_colours, quadrant_figure
from layouts.ids import CorrelationIds


def felt(pairing: Pairing) -> Felt:
    return Felt(pairing.at, pairing.options.dimension, pairing.at.selection.level)


def where(pairing: Pairing) -> Pairing:
    """Whose areas the map shows: those below, else those of the nearest area above that has surveyed ones."""
    at = pairing.at
    if felt(pairing).level_shown or len(at.path_codes) < 2:  # noqa: PLR2004
        return pairing
    above = at.selection.changed({"area": at.path_codes[-2], "level": None})
    return where(Pairing(Scene(above, at.store, at.viewer)))


def cells_of(pairing: Pairing) -> tuple[Cells, pd.DataFrame]:
    """The cells, and the same rows with the `name` of each area or dimension and what a click on it `changes`."""
    asked = felt(pairing)
    cells = asked.by_dimension() if pairing.options.by_dimension else asked.by_area()
    names = _dimension_names(pairing) if pairing.options.by_dimension else _area_names(pairing, asked)
    codes = [str(code) for code in cells.rows["code"]]
    named = cells.rows.assign(name=[names.get(code, code) for code in codes])
    return cells, named.assign(changes=pd.Series([_change(pairing, code) for code in codes], index=named.index))


def felt_chart(pairing: Pairing) -> tuple[Any, Any]:
    at = pairing.at
    cells, rows = cells_of(pairing)
    shown = rows[~rows["quadrant"].isin([SUPPRESSED, UNKNOWN])]
    head = panel_head(_title(pairing, "felt.chart"), taking(at, "felt", CorrelationIds.SCATTER))
    if shown.empty:
        return head, empty_figure(at.selection.theme)
    return head, quadrant_figure(at.formatter, shown, cells.satisfied_from, cells.measure, at.selection.theme)


def felt_panel(pairing: Pairing) -> list[Any]:
    at = pairing.at
    cells, rows = cells_of(pairing)
    title = _title(pairing, "felt.title")
    if rows.empty:
        return panel(title, no_data(at.texts("felt.none")))
    columns = ("unit", "quadrant", "objective", "satisfaction", "respondents")
    head = html.Tr([html.Th(at.texts(f"felt.column_{name}"), scope="col") for name in columns])
    order = {word: place for place, word in enumerate((*reversed(QUADRANTS), SUPPRESSED, UNKNOWN))}
    ordered = rows.assign(order=rows["quadrant"].map(order)).sort_values(["order", "satisfaction"], kind="stable")
    table = html.Table(
        [html.Thead(head), html.Tbody([_row(pairing, row) for row in ordered.to_dict("records")])],
        className="standings",
    )
    note = at.texts(
        f"felt.note_{cells.measure}", satisfied=at.formatter.number(cells.satisfied_from, 1), fewest=FEWEST_RESPONDENTS
    )
    body = html.Div([html.P(note, className="quiet"), table], className="is-scrolling fills")
    return panel(title, body, taking(at, "felt"))


def felt_colours(pairing: Pairing) -> tuple[dict[str, str], MapLegend, str | None, dict[str, str]]:
    """Of the surveyed areas, also where the chart shows dimensions; last, the word of each of them.

    Areas without a place in the four quarters have no colour; the map hatches them.
    """
    asked, texts = felt(pairing), pairing.at.texts
    rows = asked.by_area().rows
    if rows.empty:
        return {}, MapLegend("", notes=(texts("felt.none_below"),)), None, {}
    paint = quadrant_colours(pairing.at.selection.theme)
    counts = rows["quadrant"].value_counts()
    legend = [(paint[word], texts(f"felt.{word}"), int(counts.get(word, 0))) for word in QUADRANTS]
    hatched = [
        (status, texts(f"felt.{word}"), int(counts[word]))
        for word, status in ((SUPPRESSED, "suppressed"), (UNKNOWN, "none"))
        if word in counts
    ]
    found = {str(row["code"]): str(row["quadrant"]) for row in rows.to_dict("records")}
    colours = {code: paint[word] for code, word in found.items() if word in QUADRANTS}
    words = {code: texts(f"felt.{word}") for code, word in found.items()}
    return colours, MapLegend(texts("felt.chart"), legend, hatched=hatched), asked.level_shown, words


def _title(pairing: Pairing, key: str) -> str:
    at, options = pairing.at, pairing.options
    about = _dimension_names(pairing).get(options.dimension or "", "") if not options.by_dimension else ""
    return joined(at.texts(key), at.area_name, about, at.formatter.period(felt(pairing).period))


def _row(pairing: Pairing, row: dict[Any, Any]) -> html.Tr:
    at, word = pairing.at, str(row["quadrant"])
    mark = html.Span(className="swatch", style={"background": quadrant_colours(at.selection.theme)[word]})
    number = at.formatter.number
    cells = (
        html.Td(pick_button(row["name"], row["changes"], "standings__name pick")),
        html.Td([mark, " ", at.texts(f"felt.{word}")]),
        html.Td(number(row["objective"], 0), className="digits"),
        html.Td(number(row["satisfaction"], 1), className="digits"),
        html.Td(number(row["respondents"], 0), className="digits"),
    )
    return html.Tr(list(cells))


def _change(pairing: Pairing, code: str) -> dict[str, Any]:
    """A dimension shows the areas in it; an area shows its dimensions."""
    options = pairing.options
    if options.by_dimension:
        shown = options.choosing("dimension", f"dimension{WITH}{code}")["show"]
        return type(options)(frozenset(str(shown).split("."))).choosing("units", None)
    return {"area": code} | options.choosing("units", "by_dimension")


def _area_names(pairing: Pairing, asked: Felt) -> dict[str, str]:
    return pairing.names_at(asked.level_shown) if asked.level_shown else {}


def _dimension_names(pairing: Pairing) -> dict[str, str]:
    rows = pairing.at.store.dimensions(CatalogueQuestion(viewer=pairing.at.viewer)).to_dict("records")
    return {str(row["dimension_code"]): pairing.at.texts.name(row) for row in rows}
