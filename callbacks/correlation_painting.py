"""The linked map of each lens: a colour for every area, and the legend that says what the colours mean."""

from typing import Any

import pandas as pd

from analysis.unanswered import Unanswered
from callbacks.correlation_data import FEWEST_AREAS, Pairing
from callbacks.correlation_felt import felt_colours
from callbacks.correlation_findings import named, pair_names
from callbacks.correlation_map import BIVARIATE_COLOURS, COLOURS, WORDS, clusters, terciles
from callbacks.correlation_need import need_colours, overlay
from callbacks.correlation_options import BIVARIATE, FELT, LISA, NEED, PAIR, PATTERNS, VALUES
from callbacks.correlation_strip import neighbours_text
from callbacks.taking import taking
from data_access.geometry.bundles import BoundaryBundles
from data_access.questions import BoundariesQuestion
from layouts.components.choosing import choice_row
from layouts.components.linked_legend import bivariate_legend, cluster_legend
from layouts.components.panel import joined, no_data, panel_head
from layouts.formatting import known
from layouts.ids import CorrelationIds
from layouts.map.ramps import MAP_COLOURS
from layouts.sentences import unanswered_text
from layouts.theme import PALETTES

Painting = tuple[dict[str, str], Any, str | None]
"""Colour by area, the legend, the level of the areas."""


def map_panel(pairing: Pairing, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any]:
    at, lens = pairing.at, pairing.options.lens
    if lens != FELT and pairing.pair is None:
        return (
            panel_head(at.texts("correlation.map")),
            None,
            no_data(at.texts("correlation.too_few", needed=FEWEST_AREAS)),
        )
    colours, legend, level = _painted(pairing)
    if level is None:
        return panel_head(at.texts("correlation.map")), None, legend
    bundle = bundles.bundle(BoundariesQuestion(area=at.area, level=level, viewer=at.viewer))
    paint = MAP_COLOURS[at.selection.theme]
    names = pairing.names_at(level)
    data = {
        "url": address + bundle.path,
        "codes": list(bundle.codes),
        "names": [names.get(code, code) for code in bundle.codes],
        "colours": [colours.get(code, paint.ground) for code in bundle.codes],
        "border": paint.border,
        "outline": paint.outline,
    }
    return _head(pairing), data, legend


def _head(pairing: Pairing) -> Any:
    at, options = pairing.at, pairing.options
    table = {PAIR: "pattern", NEED: "need", FELT: "felt"}[options.lens]
    title = joined(at.texts("correlation.map"), at.formatter.period(pairing.period))
    shown = at if options.lens == FELT else pairing.shown
    menu = taking(shown, table, CorrelationIds.MAP)
    if options.lens != PAIR:
        return panel_head(title, menu)
    patterns = [
        (
            at.texts(f"correlation.show_{one}"),
            options.choosing("pattern", None if one == LISA else one),
            one == options.pattern,
        )
        for one in PATTERNS
    ]
    return panel_head(title, [*choice_row(patterns), menu])


def _painted(pairing: Pairing) -> Painting:
    lens, pattern = pairing.options.lens, pairing.options.pattern
    if lens == FELT:
        return felt_colours(pairing)
    if lens == NEED:
        return _need(pairing)
    return _bivariate(pairing) if pattern == VALUES else _clusters(pairing, pattern)


def _need(pairing: Pairing) -> Painting:
    found = overlay(pairing)
    if isinstance(found, Unanswered):
        return {}, no_data(unanswered_text(pairing.at.formatter, found)), pairing.level
    return need_colours(pairing, found), no_data(pairing.at.texts("need.legend")), pairing.level


def _clusters(pairing: Pairing, pattern: str) -> Painting:
    at = pairing.at
    words, why, islands = clusters(pairing, pattern)
    if why is not None:
        return {}, no_data(unanswered_text(at.formatter, why)), pairing.level
    quiet = PALETTES[at.selection.theme].hairline
    colours = {code: COLOURS.get(word, quiet) for code, word in words.items()}
    counts = pd.Series(list(words.values())).value_counts()
    rows = [
        (COLOURS.get(word, quiet), at.texts(f"cluster.{word}"), int(known(counts.get(word, 0)) or 0))
        for word in WORDS[pattern]
    ]
    who = at.texts("correlation.map_pair" if pattern == BIVARIATE else "correlation.map_one", **pair_names(pairing))
    notes = [neighbours_text(pairing)]
    if islands:
        notes.append(at.texts("correlation.islands", names=named(pairing, islands)))
    return colours, cluster_legend(who, rows, notes), pairing.level


def _bivariate(pairing: Pairing) -> Painting:
    cells = terciles(pairing.both)
    colours = {str(code): BIVARIATE_COLOURS[cell] for code, cell in cells.items()}
    names = pair_names(pairing)
    return colours, bivariate_legend(BIVARIATE_COLOURS, names["x"], names["y"]), pairing.level
