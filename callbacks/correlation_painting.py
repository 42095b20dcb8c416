"""The linked map of each lens: a colour for every area, and the legend that says what the colours mean."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.satisfaction import SUPPRESSED
from analysis.unanswered import Unanswered
from callbacks.correlation_data import FEWEST_AREAS, Pairing
from callbacks.correlation_felt import felt, felt_colours, where
from callbacks.correlation_findings import named, pair_names
from callbacks.correlation_map import BIVARIATE_COLOURS, COLOURS, WORDS, clusters, terciles
from callbacks.correlation_missing import HATCHED, ISLAND, NONE, legend_rows, missing_of
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

_SAID = ("at", "chosen", "and_more", "none", "comma", "is_chosen")
"""What the browser says of the areas chosen; it fills what stands in braces."""


@dataclass(frozen=True, slots=True)
class Painting:
    """colours: by area. level: of the areas, None where there are none; then the legend's note says why.

    words: what the colour means, by area. missing: why an area has no colour (of HATCHED).
    """

    colours: dict[str, str]
    legend: MapLegend
    level: str | None
    words: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def fill(self, code: str, ground: str) -> str:
        """The area's colour, the name of its stroke where it has none, else the ground."""
        return self.colours.get(code) or HATCHED.get(self.missing.get(code, ""), ground)


def map_panel(pairing: Pairing, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any]:
    at, place = pairing.at, placed(pairing)
    painting = painted(place)
    if painting.level is None:
        return panel_head(at.texts("correlation.map")), None, legend_panel(painting.legend)
    bundle = bundles.bundle(BoundariesQuestion(area=place.at.area, level=painting.level, viewer=at.viewer))
    paint = MAP_COLOURS[at.selection.theme]
    names, texts = place.names_at(painting.level), at.texts
    why = {code: texts(f"value.{status}") for code, status in painting.missing.items()}
    data = {
        "url": address + bundle.path,
        "codes": list(bundle.codes),
        "names": [names.get(code, code) for code in bundle.codes],
        "words": [painting.words.get(code, why.get(code, "")) for code in bundle.codes],
        "colours": [painting.colours.get(code, paint.ground) for code in bundle.codes],
        "hatches": [HATCHED.get(painting.missing.get(code, "")) for code in bundle.codes],
        "ink": paint.ink,
        "border": paint.border,
        "outline": paint.outline,
        "texts": {key: texts(f"linked.{key}") for key in _SAID},
    }
    return _head(pairing), data, legend_panel(painting.legend)


def placed(pairing: Pairing) -> Pairing:
    """Whose areas the map shows."""
    return where(pairing) if pairing.options.lens == FELT else pairing


def painted(pairing: Pairing) -> Painting:
    """What the map of the chosen lens shows."""
    at, lens, pattern = pairing.at, pairing.options.lens, pairing.options.pattern
    if lens == FELT:
        colours, legend, level, words = felt_colours(pairing)
        return Painting(colours, legend, level, words, _not_felt(pairing, colours, words, level))
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
    needs = found.areas.to_dict("index")
    words = {
        str(code): at.texts("linked.need", rank=row["rank"], need=f"{row['need']:.0f}") for code, row in needs.items()
    }
    missing = missing_of(pairing, [(code, str(pairing.period)) for code in found.weights], colours)
    legend = MapLegend(at.texts("need.legend"), rows, hatched=legend_rows(pairing, missing))
    return Painting(colours, legend, pairing.level, words, missing)


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
    missing = _no_part(pairing, pattern, colours) | dict.fromkeys(islands, ISLAND)
    legend = MapLegend(who, rows, notes, hatched=legend_rows(pairing, missing))
    said = {code: at.texts(f"cluster.{word}") for code, word in words.items()}
    return Painting(colours, legend, pairing.level, said, missing)


def _bivariate(pairing: Pairing) -> Painting:
    cells = terciles(pairing.both)
    nine = BIVARIATE_COLOURS[pairing.at.selection.theme]
    colours = {str(code): nine[cell] for code, cell in cells.items()}
    names, texts = pair_names(pairing), pairing.at.texts
    thirds = [texts(f"linked.third_{third}") for third in range(3)]
    words = {str(code): texts("linked.thirds", x=thirds[cell % 3], y=thirds[cell // 3]) for code, cell in cells.items()}
    missing = _no_part(pairing, VALUES, colours)
    rows = legend_rows(pairing, missing)
    legend = MapLegend("", cells=nine, x=names["x"], y=names["y"], hatched=rows)
    return Painting(colours, legend, pairing.level, words, missing)


def _no_part(pairing: Pairing, pattern: str, colours: dict[str, str]) -> dict[str, str]:
    """Why areas lack a value of the first indicator, or of the pair."""
    one, other = pairing.pair or ("", "")
    asked = [(one, pairing.lagged_period(pairing.lag))]
    if pattern in {BIVARIATE, VALUES}:
        asked.append((other, str(pairing.period)))
    return missing_of(pairing, asked, colours)


def _not_felt(pairing: Pairing, colours: dict[str, str], words: dict[str, str], level: str | None) -> dict[str, str]:
    """Few respondents are suppressed; one side only, or no survey, is no record."""
    codes = pairing.names_at(level) if level else {}
    few = {code: SUPPRESSED for code in codes if words.get(code) == pairing.at.texts(f"felt.{SUPPRESSED}")}
    return {code: NONE for code in codes if code not in colours} | few
