"""The linked map of each lens: a colour for every area, and the legend that says what the colours mean."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.unanswered import Unanswered
from callbacks.correlation_data import FEWEST_AREAS, Pairing
from callbacks.correlation_felt import felt, felt_colours, where
from callbacks.correlation_findings import named, pair_names
from callbacks.correlation_map import BIVARIATE_COLOURS, COLOURS, WORDS, clusters, terciles
from callbacks.correlation_need import need_colours, overlay
from callbacks.correlation_options import BIVARIATE, FELT, LISA, NEED, PAIR, PATTERNS, VALUES
from callbacks.correlation_strip import neighbours_text
from callbacks.taking import taking
from data_access.geometry.bundles import BoundaryBundles
from data_access.questions import BoundariesQuestion
from layouts.components.choosing import choice_row
from layouts.components.linked_legend import MapLegend, legend_panel
from layouts.components.panel import joined, panel_head
from layouts.formatting import known
from layouts.ids import CorrelationIds
from layouts.map.ramps import MAP_COLOURS
from layouts.sentences import unanswered_text
from layouts.theme import PALETTES


@dataclass(frozen=True, slots=True)
class Painting:
    """colours: by area. level: of the areas, None where there are none; then the legend's note says why."""

    colours: dict[str, str]
    legend: MapLegend
    level: str | None


def map_panel(pairing: Pairing, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any]:
    at, place = pairing.at, placed(pairing)
    painting = painted(place)
    if painting.level is None:
        return panel_head(at.texts("correlation.map")), None, legend_panel(painting.legend)
    bundle = bundles.bundle(BoundariesQuestion(area=place.at.area, level=painting.level, viewer=at.viewer))
    paint = MAP_COLOURS[at.selection.theme]
    names = place.names_at(painting.level)
    data = {
        "url": address + bundle.path,
        "codes": list(bundle.codes),
        "names": [names.get(code, code) for code in bundle.codes],
        "colours": [painting.colours.get(code, paint.ground) for code in bundle.codes],
        "border": paint.border,
        "outline": paint.outline,
    }
    return _head(pairing), data, legend_panel(painting.legend)


def placed(pairing: Pairing) -> Pairing:
    """Whose areas the map shows."""
    return where(pairing) if pairing.options.lens == FELT else pairing


def painted(pairing: Pairing) -> Painting:
    """What the map of the chosen lens shows."""
    at, lens, pattern = pairing.at, pairing.options.lens, pairing.options.pattern
    if lens == FELT:
        colours, legend, level = felt_colours(pairing)
        return Painting(colours, legend, level)
    if pairing.pair is None:
        return Painting({}, _why(at.texts("correlation.too_few", needed=FEWEST_AREAS)), None)
    if lens == NEED:
        return _need(pairing)
    return _bivariate(pairing) if pattern == VALUES else _clusters(pairing, pattern)


def map_title(pairing: Pairing) -> str:
    at = pairing.at
    period = felt(pairing).period if pairing.options.lens == FELT else pairing.period
    place = placed(pairing).at
    area = place.area_name if place.area != at.area else ""
    return joined(at.texts("correlation.map"), area, at.formatter.period(period))


def _head(pairing: Pairing) -> Any:
    at, options = pairing.at, pairing.options
    table = {PAIR: "pattern", NEED: "need", FELT: "felt"}[options.lens]
    title = map_title(pairing)
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


def _why(sentence: str) -> MapLegend:
    return MapLegend("", notes=(sentence,))


def _need(pairing: Pairing) -> Painting:
    at, found = pairing.at, overlay(pairing)
    if isinstance(found, Unanswered):
        return Painting({}, _why(unanswered_text(at.formatter, found)), pairing.level)
    colours = need_colours(pairing, found)
    counts = pd.Series(list(colours.values())).value_counts()
    ramp = MAP_COLOURS[at.selection.theme].amounts
    ends = {ramp[0]: at.texts("need.least"), ramp[-1]: at.texts("need.most")}
    rows = [(colour, ends.get(colour, ""), int(counts.get(colour, 0))) for colour in reversed(ramp)]
    return Painting(colours, MapLegend(at.texts("need.legend"), rows), pairing.level)


def _clusters(pairing: Pairing, pattern: str) -> Painting:
    at = pairing.at
    words, why, islands = clusters(pairing, pattern)
    if why is not None:
        return Painting({}, _why(unanswered_text(at.formatter, why)), pairing.level)
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
    return Painting(colours, MapLegend(who, rows, notes), pairing.level)


def _bivariate(pairing: Pairing) -> Painting:
    cells = terciles(pairing.both)
    colours = {str(code): BIVARIATE_COLOURS[cell] for code, cell in cells.items()}
    names = pair_names(pairing)
    return Painting(colours, MapLegend("", cells=BIVARIATE_COLOURS, x=names["x"], y=names["y"]), pairing.level)
