"""Heads, figures and sentences of the correlation view."""

from typing import Any

import pandas as pd

from analysis.correlation import Correlation, correlate
from analysis.regression import Regression, regress
from analysis.spatial import MoranI
from analysis.unanswered import Unanswered
from callbacks.correlation_data import FEWEST_AREAS, Pairing
from callbacks.correlation_map import (
    BIVARIATE,
    BIVARIATE_COLOURS,
    COLOURS,
    MODES,
    NEED,
    VALUES,
    WORDS,
    clusters,
    mode_of,
    morans,
    terciles,
)
from callbacks.correlation_need import need_colours, need_panel, overlay
from callbacks.taking import taking
from data_access.geometry.bundles import BoundaryBundles
from data_access.questions import BoundariesQuestion
from layouts.components.linked_legend import bivariate_legend, cluster_legend
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.picking import pick_button
from layouts.components.sentences import sentence_list
from layouts.figures.frame import blank_figure
from layouts.figures.matrix import matrix_figure
from layouts.figures.scatter import scatter_figure
from layouts.formatting import known
from layouts.ids import CorrelationIds
from layouts.map.ramps import MAP_COLOURS
from layouts.sentences import Sentence, p_text, unanswered_text
from layouts.theme import PALETTES

TOGGLES = ("spearman", "given")
ARROWS = "arrows"


def matrix_panel(pairing: Pairing) -> tuple[Any, Any]:
    at = pairing.at
    title = joined(at.texts("correlation.matrix"), at.formatter.period(at.selection.period))
    if pairing.pair is None:
        return panel_head(title, at.texts("correlation.too_few", needed=FEWEST_AREAS)), blank_figure(at.selection.theme)
    names = {row["indicator_code"]: at.texts.name(row) for row in at.catalogue.to_dict("records")}
    figure = matrix_figure(at.formatter, pairing.matrix, names, pairing.pair, at.selection.theme)
    return panel_head(
        title, [*_levels(pairing), *_toggles(pairing, TOGGLES), taking(at, "correlation", CorrelationIds.MATRIX)]
    ), figure


def scatter_panel(pairing: Pairing) -> tuple[Any, Any]:
    at = pairing.at
    if pairing.pair is None:
        return panel_head(at.texts("correlation.scatter")), blank_figure(at.selection.theme)
    one, other = pairing.pair
    points = _points(pairing, one, other)
    line = regress(points["x"], points["y"])
    drawn = line if isinstance(line, Regression) else None
    shows_change = ARROWS in at.selection.shows and "x_before" in points
    figure = scatter_figure(
        at.formatter, pairing.indicator(one), pairing.indicator(other), points, drawn, at.selection.theme, shows_change
    )
    return panel_head(
        joined(at.texts("correlation.scatter"), f"{one} × {other}"),
        [*_toggles(pairing, (ARROWS,)), taking(at, "pattern", CorrelationIds.SCATTER)],
    ), figure


def findings_panel(pairing: Pairing) -> list[Any]:
    at = pairing.at
    if pairing.pair is None:
        return panel(at.texts("correlation.findings"), no_data(at.texts("correlation.too_few", needed=FEWEST_AREAS)))
    if mode_of(pairing) == NEED:
        return need_panel(pairing)
    one, other = (at.texts.name(pairing.indicator(code)) for code in pairing.pair)
    title = joined(at.texts("correlation.findings"), f"{one} × {other}")
    sentences = [_relation(pairing), _partial(pairing), _level_effect(pairing), *_warnings(pairing), *_spatial(pairing)]
    body = sentence_list([one for one in sentences if one is not None])
    body.className = "sentences is-scrolling fills"
    return panel(title, body)


def map_panel(pairing: Pairing, bundles: BoundaryBundles, address: str) -> tuple[Any, Any, Any]:
    at, mode = pairing.at, mode_of(pairing)
    head = panel_head(at.texts("correlation.map"), _toggles(pairing, MODES, exclusive=True))
    if pairing.pair is None or pairing.level is None:
        return head, None, no_data(at.texts("correlation.too_few", needed=FEWEST_AREAS))
    bundle = bundles.bundle(BoundariesQuestion(area=at.area, level=pairing.level, viewer=at.viewer))
    colours, legend = _painted(pairing, mode)
    paint = MAP_COLOURS[at.selection.theme]
    names = {
        str(code): at.texts.name(row)
        for code, row in zip(pairing.areas.index, pairing.areas.to_dict("records"), strict=True)
    }
    data = {
        "url": address + bundle.path,
        "codes": list(bundle.codes),
        "names": [names.get(code, code) for code in bundle.codes],
        "colours": [colours.get(code, paint.ground) for code in bundle.codes],
        "border": paint.border,
        "outline": paint.outline,
    }
    return head, data, legend


def _painted(pairing: Pairing, mode: str) -> tuple[dict[str, str], Any]:
    if mode == NEED:
        found = overlay(pairing)
        return (
            ({}, "")
            if isinstance(found, Unanswered)
            else (need_colours(pairing, found), pairing.at.texts("need.legend"))
        )
    return _bivariate(pairing) if mode == VALUES else _clusters(pairing, mode)


def _clusters(pairing: Pairing, mode: str) -> tuple[dict[str, str], Any]:
    at = pairing.at
    words, why, islands = clusters(pairing, mode)
    quiet = PALETTES[at.selection.theme].hairline
    colours = {code: COLOURS.get(word, quiet) for code, word in words.items()}
    if why is not None:
        return colours, no_data(unanswered_text(at.formatter, why))
    counts = pd.Series(list(words.values())).value_counts()
    rows = [(COLOURS.get(word, quiet), at.texts(f"cluster.{word}"), int(counts.get(word, 0))) for word in WORDS[mode]]
    names = at.texts("list.comma").join(str(at.texts.name(pairing.areas.loc[code].to_dict())) for code in islands)
    note = at.texts("correlation.islands", names=names) if islands else ""
    who = at.texts("correlation.map_pair" if mode == BIVARIATE else "correlation.map_one", **_names(pairing))
    return colours, cluster_legend(who, rows, note)


def _bivariate(pairing: Pairing) -> tuple[dict[str, str], Any]:
    one, other = pairing.pair or ("", "")
    cells = terciles(pairing.values[[one, other]])
    colours = {str(code): BIVARIATE_COLOURS[cell] for code, cell in cells.items()}
    names = _names(pairing)
    return colours, bivariate_legend(BIVARIATE_COLOURS, names["x"], names["y"])


def _names(pairing: Pairing) -> dict[str, str]:
    one, other = pairing.pair or ("", "")
    return {"x": pairing.at.texts.name(pairing.indicator(one)), "y": pairing.at.texts.name(pairing.indicator(other))}


def _points(pairing: Pairing, one: str, other: str) -> pd.DataFrame:
    at = pairing.at
    both = pairing.values[[one, other]].set_axis(["x", "y"], axis=1).dropna()
    about = pairing.areas.reindex(both.index)
    names = [at.texts.name(row) for row in about.to_dict("records")]
    points = both.assign(name=names, population=about["population"].astype(float)).reset_index(names="area_code")
    before = at.selection.compare or _period_before(pairing)
    if ARROWS not in at.selection.shows or before is None:
        return points
    earlier = pairing.values_in(pairing.level, before).reindex(columns=[one, other])
    earlier.columns = pd.Index(["x_before", "y_before"])
    return points.join(earlier, on="area_code")


def _period_before(pairing: Pairing) -> str | None:
    at = pairing.at
    kinds = at.calendar.set_index("period")["kind"]
    same = at.calendar[at.calendar["kind"] == kinds.get(at.selection.period)]
    earlier = same[same["ends_on"] < at.ends_on(at.selection.period)]
    return str(earlier["period"].iloc[0]) if len(earlier) else None


def _relation(pairing: Pairing) -> Sentence:
    at, (one, other) = pairing.at, pairing.pair or ("", "")
    found = pairing.matrix.cell(one, other)
    if isinstance(found, Unanswered):
        return Sentence(unanswered_text(at.formatter, found))
    key = "none" if not found.is_significant else "positive" if found.r > 0 else "negative"
    given = at.texts("correlation.given_population") if pairing.given is not None else ""
    return Sentence(
        at.texts(f"correlation.{key}", method=pairing.method.capitalize(), given=given, **_figures(pairing, found))
    )


def _partial(pairing: Pairing) -> Sentence | None:
    """What is left of the relation when population is taken out; said unless the matrix does so already."""
    at, (one, other) = pairing.at, pairing.pair or ("", "")
    population = pairing.areas["population"].astype(float)
    if pairing.given is not None or population.notna().sum() < FEWEST_AREAS:
        return None
    found = correlate(pairing.values[[one, other]], pairing.method, population).cell(one, other)
    if isinstance(found, Unanswered):
        return None
    return Sentence(at.texts("correlation.partial", **_figures(pairing, found)))


def _level_effect(pairing: Pairing) -> Sentence | None:
    """The same pair at the other levels: what holds of subdistricts need not hold of communities."""
    at, (one, other) = pairing.at, pairing.pair or ("", "")
    said = []
    for row in pairing.levels:
        values = pairing.values_in(row["level"], at.selection.period)
        if {one, other} <= set(values):
            found = correlate(values[[one, other]], pairing.method, None).cell(one, other)
            if isinstance(found, Correlation):
                said.append(at.texts("correlation.at_level", level=at.texts.name(row), r=f"{found.r:.2f}", n=found.n))
    return Sentence(at.texts("correlation.levels", said=at.texts("list.comma").join(said))) if len(said) > 1 else None


def _warnings(pairing: Pairing) -> list[Sentence]:
    kinds = [pairing.indicator(code)["aggregation"] for code in pairing.pair or ()]
    both_counts = kinds == ["sum", "sum"] and pairing.given is None
    return [Sentence(pairing.at.texts("correlation.counts"), "worse")] if both_counts else []


def _spatial(pairing: Pairing) -> list[Sentence]:
    at, names = pairing.at, _names(pairing)
    sentences = []
    for key, found in morans(pairing):
        name = names.get(key, f"{names['x']} → {names['y']}")
        if isinstance(found, MoranI):
            said = at.texts(
                "correlation.moran", name=name, i=f"{found.i:.2f}", p=p_text(at.formatter, found.p_value), n=found.n,
                permutations=found.permutations,
            )  # fmt: skip
            sentences.append(Sentence(said, "", (("", at.texts("correlation.moran_note")),)))
    return sentences


def _figures(pairing: Pairing, found: Correlation) -> dict[str, Any]:
    p, q = (p_text(pairing.at.formatter, one) for one in (found.p_value, found.q_value))
    return {"r": f"{known(found.r):.2f}", "n": found.n, "p": p, "q": q}


def _levels(pairing: Pairing) -> list[Any]:
    at = pairing.at
    return [
        pick_button(
            f"{at.texts.name(row)} {row['areas']}",
            {"level": row["level"]},
            "toggle",
            **{"aria-pressed": str(row["level"] == pairing.level).lower()},
        )
        for row in pairing.levels
    ]


def _toggles(pairing: Pairing, words: tuple[str, ...], *, exclusive: bool = False) -> list[Any]:
    at = pairing.at
    shown = at.selection.shows - {""}
    current = {mode_of(pairing)} if exclusive else shown
    return [
        pick_button(
            at.texts(f"correlation.show_{word}"),
            {"show": ".".join(sorted((shown - set(words)) | {word} if exclusive else shown ^ {word})) or None},
            "toggle",
            **{"aria-pressed": str(word in current).lower()},
        )
        for word in words
    ]
