"""Whether a finished project helped: its areas before and after, against comparable areas over the same time."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import ttest_ind

FEWEST_COMPARABLE = 5
FEWEST_FOR_ROBUST_ERRORS = 5
FEWEST_PERIODS_FOR_TREND = 2
CONFIDENCE = 0.95


class Unanswerable(StrEnum):
    """Why there is no effect to report."""

    FINISH_UNKNOWN = "finish_unknown"
    TOO_EARLY = "too_early"
    NO_BASELINE = "no_baseline"
    NO_VALUES = "no_values"
    TOO_FEW_COMPARABLE = "too_few_comparable"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class Effect:
    """The change in the project's areas beyond that in comparable ones, in the indicator's unit, with its interval.

    before, after, comparable_before, comparable_after: mean values. errors: `HC3` or `pooled`. pretrend_p_value: of the
    same comparison made between the periods before the start, small where the areas were drifting apart already; None
    where there are too few. reason: why there is no effect; the counts still say what there was.
    """

    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    errors: str | None = None
    before: float | None = None
    after: float | None = None
    comparable_before: float | None = None
    comparable_after: float | None = None
    areas: int = 0
    comparable_areas: int = 0
    periods_before: int = 0
    periods_after: int = 0
    pretrend_p_value: float | None = None
    reason: Unanswerable | None = None


def effect(values: pd.DataFrame, treated: Collection[str], started: str | None, finished: str | None) -> Effect:
    """Difference in differences of the area means before the start and after the finish.

    Each area is one observation, the mean after less the mean before, which takes care of the correlation within an
    area (Bertrand, Duflo & Mullainathan 2004, doi:10.1162/003355304772839588). Its regression on “has the project”
    gives the effect; errors are HC3, or pooled with fewer than FEWEST_FOR_ROBUST_ERRORS project areas, whose own
    scatter says nothing. values: `area_code`, `starts_on`, `ends_on` (ISO days), `value`, one row per area and period
    of one series; areas are the project's and the comparable ones. started, finished: ISO days; periods that touch
    the works count on neither side.
    """
    if finished is None:
        return Effect(reason=Unanswerable.FINISH_UNKNOWN)
    known = values[values["value"].notna()]
    is_before, is_after = known["ends_on"] < (started or finished), known["starts_on"] > finished
    means = pd.DataFrame({"before": _by_area(known[is_before]), "after": _by_area(known[is_after])})
    has_project = means.index.isin(list(treated))
    counts = Effect(
        areas=int((has_project & means.notna().all(axis=1)).sum()),
        comparable_areas=int((~has_project & means.notna().all(axis=1)).sum()),
        periods_before=known.loc[is_before, "ends_on"].nunique(),
        periods_after=known.loc[is_after, "ends_on"].nunique(),
    )
    reason = _unanswerable(counts, means[has_project])
    if reason is not None:
        return replace(counts, reason=reason)
    return _estimate(counts, means.dropna(), treated, known[is_before])


def _by_area(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("area_code")["value"].mean()


def _unanswerable(counts: Effect, treated: pd.DataFrame) -> Unanswerable | None:
    if counts.periods_after == 0:
        return Unanswerable.TOO_EARLY
    if counts.periods_before == 0:
        return Unanswerable.NO_BASELINE
    if treated.empty or counts.areas == 0:
        return Unanswerable.NO_VALUES
    return Unanswerable.TOO_FEW_COMPARABLE if counts.comparable_areas < FEWEST_COMPARABLE else None


def _estimate(counts: Effect, means: pd.DataFrame, treated: Collection[str], before: pd.DataFrame) -> Effect:
    has_project = means.index.isin(list(treated))
    change = means["after"] - means["before"]
    if np.isclose(change[~has_project].std(), 0):
        return replace(counts, reason=Unanswerable.NO_VARIATION)
    errors = "HC3" if counts.areas >= FEWEST_FOR_ROBUST_ERRORS else "pooled"
    model = sm.OLS(change.to_numpy(), sm.add_constant(has_project.astype(float)))
    fit = model.fit(**({"cov_type": "HC3", "use_t": True} if errors == "HC3" else {}))
    low, high = fit.conf_int(1 - CONFIDENCE)[1]
    with_project, without = means[has_project].mean(), means[~has_project].mean()
    return replace(
        counts,
        effect=float(fit.params[1]),
        low=float(low),
        high=float(high),
        p_value=float(fit.pvalues[1]),
        errors=errors,
        before=float(with_project["before"]),
        after=float(with_project["after"]),
        comparable_before=float(without["before"]),
        comparable_after=float(without["after"]),
        pretrend_p_value=_pretrend(before, treated),
    )


def _pretrend(before: pd.DataFrame, treated: Collection[str]) -> float | None:
    """Whether project and comparable areas were drifting apart from the first to the last period before the start."""
    table = before.pivot_table(index="area_code", columns="ends_on", values="value")
    if table.shape[1] < FEWEST_PERIODS_FOR_TREND:
        return None
    drift = (table.iloc[:, -1] - table.iloc[:, 0]).dropna()
    has_project = drift.index.isin(list(treated))
    if not has_project.any() or (~has_project).sum() < FEWEST_COMPARABLE:
        return None
    p_value = float(ttest_ind(drift[has_project], drift[~has_project], equal_var=True).pvalue)
    return p_value if np.isfinite(p_value) else None
