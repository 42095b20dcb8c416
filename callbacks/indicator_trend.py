"""The middle of the indicator view: the story in sentences, the trend, and the same for every area below."""

from typing import Any

import numpy as np
import pandas as pd
from dash import html

from analysis.inequality import FEWEST
from analysis.pace import Arrival
from analysis.story import Story, continuation
from analysis.unanswered import Unanswered
from callbacks.indicator_series import (
    INCLUDE_SUSPECT,
    MOST_AREAS,
    area_story,
    areas_below,
    lines_below,
    lines_of,
    references_now,
    siblings,
    verdict,
)
from callbacks.scene import Scene
from callbacks.taking import taking
from layouts.components.multiples import CommonScale, Multiple, common_scale, multiples
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.picking import pick_button
from layouts.components.sentences import sentence_list
from layouts.figures.frame import blank_figure
from layouts.figures.indicator_trend import MAIN, OTHER, REFERENCE, AreaLine, indicator_trend
from layouts.ids import IndicatorIds
from layouts.sentences import (
    Sentence,
    change_sentence,
    level_sentence,
    movement_sentence,
    outlier_sentences,
    pace_sentence,
)
from layouts.theme import PALETTES

CHILDREN, SIBLINGS, PROJECTION = "children", "siblings", "projection"
OPTIONS = (CHILDREN, SIBLINGS, PROJECTION, INCLUDE_SUSPECT)
_YEARS_AHEAD = 3


def story_panel(at: Scene) -> list[Any]:
    if at.indicator is None:
        return panel(at.texts("indicator.title"), no_data(at.texts("trend.empty")))
    title, aside = joined(at.texts.name(at.indicator), at.area_name), [html.Span(_unit(at)), taking(at, "story")]
    return panel(title, sentence_list(story_sentences(at)), aside)


def story_sentences(at: Scene) -> list[Sentence]:
    """What a leader reads of the selected indicator: level, latest change, movement, and what to beware of."""
    indicator = at.indicator or {}
    story, binding = area_story(at), references_now(at)
    judged = verdict(at, story.now["value"] if story.now else None)
    period = str(at.selection.period)
    return [
        level_sentence(at.formatter, indicator, story, judged, at.area_name, period),
        change_sentence(at.formatter, indicator, story),
        movement_sentence(at.formatter, indicator, story),
        *_pace_sentences(at, story, binding),
        *outlier_sentences(at.formatter, story),
    ]


def _pace_sentences(at: Scene, story: Story, binding: list[dict[Any, Any]]) -> list[Sentence]:
    """Whether the next target is reached; without one, whether a standard that is not met yet will be."""
    paced = [(row, story.paces[row["reference_code"]]) for row in binding if row["reference_code"] in story.paces]
    targets = [(row, pace) for row, pace in paced if row["kind"] == "plan_target"]
    open_standards = [(row, pace) for row, pace in paced if pace.arrival is not Arrival.MET]
    chosen = (targets or open_standards)[:1] if (at.indicator or {})["graded"] else []
    return [pace_sentence(at.formatter, row, pace, is_sure=story.moves) for row, pace in chosen]


def trend_panel(at: Scene) -> tuple[Any, Any]:
    if at.indicator is None:
        return panel_head(at.texts("trend.title"), at.texts("trend.empty")), blank_figure(at.selection.theme)
    story = area_story(at)
    ahead = continuation(story, _YEARS_AHEAD) if PROJECTION in at.selection.shows else None
    drawn = None if isinstance(ahead, Unanswered) else ahead
    lines = _lines(at, story.line)
    figure = indicator_trend(at.formatter, at.indicator, lines, story, references_now(at), drawn, at.selection.theme)
    title = joined(at.texts("trend.title"), at.area_name, at.texts.unit(at.indicator["unit"]))
    return panel_head(title, [*_options(at), taking(at, "trend", IndicatorIds.TREND)]), figure


def multiples_panel(at: Scene) -> list[Any]:
    if at.indicator is None:
        return panel(at.texts("indicator.multiples"), no_data(at.texts("trend.empty")))
    home, below = areas_below(at)
    title = at.texts("indicator.multiples_of", area=at.texts.name(at.path.set_index("area_code").loc[home]))
    shown, scale = multiples_shown(at, home, below)
    if not shown:
        return panel(title, no_data(at.texts("indicator.no_areas_below")))
    body = multiples(at.formatter, shown, scale, PALETTES[at.selection.theme], len(below) - len(shown))
    aside = html.Span(scale_text(at, scale))
    return panel(title, body, [aside, taking(at, "trend", drawing="multiples")])


def multiples_shown(at: Scene, home: str, below: pd.DataFrame) -> tuple[list[Multiple], CommonScale]:
    """One per area with a value, the worst first, and the scale they share with the standard."""
    lines = lines_below(at, home, below.head(MOST_AREAS))
    rows = [row for row in below.head(MOST_AREAS).to_dict("records") if row["area_code"] in lines]
    items = [_multiple(at, row, lines[row["area_code"]]) for row in rows]
    shown = sorted((item for item in items if item.segments), key=lambda item: _order(at, item))
    standard = next((row["value"] for row in references_now(at) if row["kind"] == "standard"), None)
    return shown, common_scale(shown, standard)


def scale_text(at: Scene, scale: CommonScale) -> str:
    """From when to when, and between which values all of them are drawn."""
    decimals, unit = (at.indicator or {})["decimals"], at.texts.unit((at.indicator or {})["unit"])
    low, high = (at.formatter.number(value, decimals) for value in (scale.low, scale.high))
    said = at.texts("indicator.common_scale", low=low, high=high, unit=unit)
    years = sorted({int(scale.first), int(scale.last)})
    return joined(said, "–".join(map(str, years)), at.texts("indicator.worst_first"))


def _lines(at: Scene, own: pd.DataFrame) -> list[AreaLine]:
    """The area; above it the parent and the city, or its siblings' mean where values add up; others if asked for."""
    lines = [AreaLine(at.area_name, own, MAIN)]
    beside = siblings(at)
    if (at.indicator or {})["aggregation"] == "sum":
        lines += _mean_of_siblings(at, beside, own)
    else:
        above = list(dict.fromkeys([at.path_codes[0], *at.path_codes[-2:-1]]))
        names = {row["area_code"]: at.texts.name(row) for row in at.path.to_dict("records")}
        found = lines_of(at, [code for code in above if code != at.area])
        lines += [AreaLine(names[code], line, REFERENCE) for code, line in found.items()]
    return [*lines, *_others(at, beside)]


def _mean_of_siblings(at: Scene, beside: pd.DataFrame, own: pd.DataFrame) -> list[AreaLine]:
    if not FEWEST <= len(beside) + 1 <= MOST_AREAS:
        return []
    found = [*lines_below(at, at.path_codes[-2], beside).values(), own]
    values = np.array([line["value"].to_numpy(float) for line in found])
    complete = ~np.isnan(values).any(axis=0)
    mean = np.where(complete, np.where(np.isnan(values), 0, values).mean(axis=0), np.nan)
    line = own.assign(value=mean, status="valid")
    return [AreaLine(at.texts("indicator.sibling_mean"), line, REFERENCE)]


def _others(at: Scene, beside: pd.DataFrame) -> list[AreaLine]:
    lines: list[AreaLine] = []
    if SIBLINGS in at.selection.shows and len(beside):
        lines += _named_lines(at, at.path_codes[-2], beside.head(MOST_AREAS))
    if CHILDREN in at.selection.shows:
        home, below = areas_below(at)
        lines += _named_lines(at, home, below.head(MOST_AREAS)) if home == at.area else []
    return lines


def _named_lines(at: Scene, home: str, areas: pd.DataFrame) -> list[AreaLine]:
    found = lines_below(at, home, areas)
    return [AreaLine(at.texts.name(row), found[row["area_code"]], OTHER) for row in areas.to_dict("records")]


def _options(at: Scene) -> list[Any]:
    """Buttons that add to the drawing; each toggles one word of the selection's `show`."""
    shown = at.selection.shows & set(OPTIONS)
    return [
        pick_button(
            at.texts(f"indicator.show_{word}"),
            {"show": ".".join(sorted(shown ^ {word})) or None},
            "toggle",
            **{"aria-pressed": "true" if word in shown else "false"},
        )
        for word in OPTIONS
    ]


def _multiple(at: Scene, row: dict[Any, Any], line: pd.DataFrame) -> Multiple:
    segments = []
    for _, segment in line.groupby("segment", sort=False):
        gap = segment["value"].isna().cumsum()
        known = segment[segment["value"].notna()]
        for _, run in known.groupby(gap[known.index], sort=False):
            segments.append(tuple(zip(run["year"].astype(float), run["value"].astype(float), strict=True)))
    latest = at.formatter.number(segments[-1][-1][1], (at.indicator or {})["decimals"]) if segments else ""
    return Multiple(str(row["area_code"]), at.texts.name(row), tuple(segments), latest)


def _order(at: Scene, item: Multiple) -> float:
    """The worst first, where there is a worst."""
    latest = item.segments[-1][-1][1]
    return -latest if (at.indicator or {})["direction"] == "lower_better" else latest


def _unit(at: Scene) -> str:
    return joined(at.texts.unit((at.indicator or {})["unit"]), at.formatter.period(at.selection.period))
