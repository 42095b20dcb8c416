"""Where a pair clusters: LISA, hot spots, bivariate LISA, or plain values, as colours for the linked map."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.neighbours import Neighbours, neighbours
from analysis.spatial import (
    COLD,
    HIGH_HIGH,
    HIGH_LOW,
    HOT,
    LOW_HIGH,
    LOW_LOW,
    NOT_SIGNIFICANT,
    LocalPattern,
    MoranI,
    Tell,
    bivariate_moran,
    global_moran,
    hot_spots,
    local_bivariate_moran,
    local_moran,
)
from analysis.unanswered import Reason, Unanswered
from callbacks.correlation_data import Pairing
from callbacks.correlation_options import BIVARIATE, HOT_SPOTS, LISA, PAIR, Options
from callbacks.scene import Scene
from data_access.questions import BoundariesQuestion, PatternQuestion

_NAME = "spatial_pattern"
COLOURS = {
    HIGH_HIGH: "#d7603c", LOW_LOW: "#3f8fd6", HIGH_LOW: "#f0b27a", LOW_HIGH: "#9cc4ea", HOT: "#d7603c", COLD: "#3f8fd6",
}  # fmt: skip
BIVARIATE_COLOURS = {
    "dark": (
        *("#39445c", "#5b6f96", "#7fa1d9"),
        *("#5d5148", "#7c7a86", "#8fb0c9"),
        *("#c2753a", "#cfa07a", "#e6d3b8"),
    ),
    "light": (
        *("#e4e7ec", "#b4d3e1", "#509dc2"),
        *("#f3e2a9", "#b3b3b3", "#376387"),
        *("#eeb000", "#b36600", "#26211c"),
    ),
}
"""Terciles of x (fastest) and y: quiet low-low, blue high x, orange high y; both high is palest on dark ground, darkest
on light (after J. Stevens's BlueOr)."""
WORDS = {
    LISA: (HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH, NOT_SIGNIFICANT),
    HOT_SPOTS: (HOT, COLD, NOT_SIGNIFICANT),
    BIVARIATE: (HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH, NOT_SIGNIFICANT),
}


def pattern_of(pairing: Pairing, mode: str) -> dict[str, Any] | Unanswered:
    """`areas` (code → cluster, score, p_value, q_value), `islands`, `n`, `permutations`; or why there is none."""
    made = _kept(pairing, mode, partial(_found, pairing, mode))
    return Unanswered(Reason(made["reason"]), made["n"], made["needed"]) if "reason" in made else made


def clusters(pairing: Pairing, mode: str) -> tuple[dict[str, str], Unanswered | None, tuple[str, ...]]:
    """Area → word, or why there are none; and the islands."""
    made = pattern_of(pairing, mode)
    if isinstance(made, Unanswered):
        return {}, made, ()
    return {code: row["cluster"] for code, row in made["areas"].items()}, None, tuple(made["islands"])


def morans(pairing: Pairing) -> list[tuple[str, MoranI | Unanswered]]:
    """Moran's I of both indicators and of the pair: (`x`, `y`, `both`) with their answers."""
    if pairing.pair is None:
        return []
    made = _kept(pairing, "morans", lambda near, _tell: _morans(pairing, near))
    return [(key, _answer(one)) for key, one in made.items()]


def prepare(at: Scene) -> None:
    """What the view computes before it can draw: the matrix, its pair, Moran's I and the clusters of the map."""
    pairing = Pairing(at)
    if pairing.pair is not None:
        morans(pairing)
        pattern_of(pairing, LISA)


def share_done(pairing: Pairing) -> float | None:
    """How much of the permutations behind the map is done, 0–1; None where none are, or are not begun."""
    pattern = pairing.options.pattern
    if pairing.options.lens != PAIR or pairing.pair is None or pattern not in WORDS:
        return None
    return pairing.at.store.cache.told(_NAME, _asked(pairing, pattern), pairing.at.store.contract())


def terciles(values: pd.DataFrame) -> pd.Series:
    """0–8 for each area with both values: which third of x and which third of y."""
    known = values.dropna()
    thirds = [np.searchsorted(np.quantile(known[column], [1 / 3, 2 / 3]), known[column]) for column in known]
    return pd.Series(thirds[0] + 3 * thirds[1], index=known.index) if len(known) else pd.Series(dtype=int)


def _found(pairing: Pairing, mode: str, near: Neighbours, tell: Tell) -> dict[str, Any]:
    x, both = pairing.x, pairing.both
    found: LocalPattern | Unanswered
    if mode == HOT_SPOTS:
        found = hot_spots(x, near, tell)
    elif mode == BIVARIATE:
        found = local_bivariate_moran(both["x"], both["y"], near, tell)
    else:
        found = local_moran(x, near, tell)
    if isinstance(found, Unanswered):
        return asdict(found)
    areas = found.areas.drop(columns="lag")
    return {
        "areas": areas.to_dict("index"), "islands": list(found.islands), "n": found.n,
        "permutations": found.permutations,
    }  # fmt: skip


def _morans(pairing: Pairing, near: Neighbours) -> dict[str, Any]:
    both = pairing.both
    answers = {
        "x": global_moran(pairing.x, near),
        "y": global_moran(pairing.y, near),
        "both": bivariate_moran(both["x"], both["y"], near),
    }
    return {key: asdict(answer) for key, answer in answers.items()}


def _answer(made: dict[str, Any]) -> MoranI | Unanswered:
    if "reason" in made:
        return Unanswered(Reason(made["reason"]), made["n"], made["needed"])
    return MoranI(**(made | {"islands": tuple(made["islands"])}))


def _kept(pairing: Pairing, measure: str, compute: Callable[[Neighbours, Tell], dict[str, Any]]) -> dict[str, Any]:
    """Computed once per question and version of the data, however many ask at once; tells how far it is."""
    at, asked = pairing.at, _asked(pairing, measure)
    tell = partial(at.store.cache.tell, _NAME, asked, at.store.contract())

    def answer() -> dict[str, Any]:
        tell(0.0)
        boundaries = at.store.boundaries(BoundariesQuestion(area=at.area, level=asked.level, viewer=at.viewer))
        return compute(_neighbours(boundaries, pairing.options), tell)

    kept: dict[str, Any] = at.store.cache.json(_NAME, asked, at.store.contract(), answer)
    return kept


def _asked(pairing: Pairing, measure: str) -> PatternQuestion:
    at, (one, other), options = pairing.at, pairing.pair or ("", ""), pairing.options
    return PatternQuestion(
        measure=f"{measure} per capita" if options.per_capita else measure,
        indicator=one,
        other=None if measure in {LISA, HOT_SPOTS} else other,
        area=at.area,
        level=str(pairing.level),
        period=str(pairing.period),
        neighbours=options.neighbours,
        lag=pairing.lag,
        viewer=at.viewer,
    )


def _neighbours(boundaries: pd.DataFrame, options: Options) -> Neighbours:
    return neighbours(boundaries, options.rule, k=options.nearest, distance_km=options.distance_km)
