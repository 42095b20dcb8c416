"""提升 / 持平 / 下降 between two health checks, and the scores that moved."""

from typing import Any

import pandas as pd

from analysis.change import previous_period
from analysis.progress import Tally, tally
from analysis.scores import scored
from callbacks.scene import Scene
from callbacks.scoring import current_scoring
from callbacks.taking import taking
from layouts.components.benchmark_side import score_changes, tally_summary
from layouts.components.panel import joined, no_data, panel
from layouts.theme import PALETTES

_SMALLEST_MOVE = 0.5
"""Points; less is not seen on a dumbbell."""


def tally_panel(at: Scene) -> list[Any]:
    """Against the period before in the same series."""
    before = previous_period(at.calendar, at.selection.period)
    if before is None:
        return panel(at.texts("progress.title"), no_data(at.texts("progress.no_earlier")))
    names = {row["indicator_code"]: at.texts.name(row) for row in at.catalogue.to_dict("records")}
    title = joined(at.texts("progress.title"), at.area_name)
    now = at.formatter.period(at.selection.period)
    aside = at.texts("progress.between", before=at.formatter.period(before), now=now)
    moved = score_moves(at, before).to_dict("records")
    cuts = current_scoring().grades.bounds
    changes = score_changes(at.formatter, moved, cuts, PALETTES[at.selection.theme])
    body = tally_summary(at.formatter, compared(at, before), names, changes)
    return panel(title, body, [aside, taking(at, "progress")])


def compared(at: Scene, before: str) -> Tally:
    """Every indicator with a direction of good, now and in the period before."""
    graded = at.catalogue[at.catalogue["direction"].isin(["higher_better", "lower_better"])]
    return tally(at.profile(str(at.selection.period)), at.profile(before), graded)


def score_moves(at: Scene, before: str) -> pd.DataFrame:
    """Names, `score_before` and `score` of the indicators whose score moved and compares, the worst loss first."""
    now, then = (scored(at.judged(period), current_scoring()) for period in (str(at.selection.period), before))
    both = now.merge(then[["indicator_code", "score"]], on="indicator_code", suffixes=("", "_before"))
    both = both[both["indicator_code"].isin(_comparable(at, before))]
    moved = both.assign(gain=both["score"] - both["score_before"])
    moved = moved[moved["gain"].abs() >= _SMALLEST_MOVE]
    return moved.sort_values("gain", kind="stable", ignore_index=True)


def _comparable(at: Scene, before: str) -> pd.Series:
    rows = compared(at, before).rows
    codes: pd.Series = rows.loc[rows["reason"] == "", "indicator_code"]
    return codes
