"""Which areas need renewal most: indicators weighted and added, and how much the answer hangs on the weights."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_AREAS = 3
TOP = 10
DRAWS = 1000
SPREAD = 0.5
"""Each weight is drawn between half and one and a half times what was chosen."""
SEED = 20240101


@dataclass(frozen=True, slots=True)
class Overlay:
    """areas: by `area_code`, the greatest need first: `need` (0–100), `rank`, `stays_pct` (share of the draws in which
    it is among the first TOP), and one column of need per indicator. left_out: areas that lack a value."""

    areas: pd.DataFrame
    weights: dict[str, float]
    left_out: tuple[str, ...]
    draws: int


def weighted_overlay(
    values: pd.DataFrame, directions: dict[str, str], weights: dict[str, float], top: int = TOP
) -> Overlay | Unanswered:
    """values: by area_code, one column per indicator. directions: higher_better or lower_better for each.

    Need is min–max over the areas, 100 the worst (OECD/JRC Handbook on Constructing Composite Indicators 2008, §5–6);
    constant indicators add nothing. Areas without all values are left out and named: filling gaps would rank guesses.
    Sensitivity: weights vary independently and uniformly by ±50 %, as in Saisana, Saltelli & Tarantola 2005.
    """
    chosen = [code for code, weight in weights.items() if weight > 0 and code in values]
    if not chosen:
        return Unanswered(Reason.ALL_MISSING)
    if any(directions.get(code) not in {"higher_better", "lower_better"} for code in chosen):
        return Unanswered(Reason.NO_DIRECTION)
    known = values[chosen].dropna()
    if len(known) < FEWEST_AREAS:
        return too_few(len(known), FEWEST_AREAS)
    needs = pd.DataFrame({code: need(known[code], directions[code]) for code in chosen})
    share = np.array([weights[code] for code in chosen])
    total = needs.to_numpy() @ (share / share.sum())
    areas = needs.assign(need=total, stays_pct=_stays_pct(needs.to_numpy(), share, top))
    areas["rank"] = areas["need"].rank(method="min", ascending=False).astype(int)
    areas = areas.sort_values("need", ascending=False, kind="stable")
    left_out = tuple(map(str, values.index.difference(known.index, sort=False)))
    return Overlay(areas, {code: weights[code] / float(share.sum()) for code in chosen}, left_out, DRAWS)


def need(value: pd.Series, direction: str) -> pd.Series:
    """0 where the areas are best, 100 where they are worst."""
    low, high = float(value.min()), float(value.max())
    if low == high:
        return pd.Series(0.0, index=value.index)
    share = 100 * (value - low) / (high - low)
    return share if direction == "lower_better" else 100 - share


def _stays_pct(needs: np.ndarray, share: np.ndarray, top: int) -> np.ndarray:
    draws = share * np.random.default_rng(SEED).uniform(1 - SPREAD, 1 + SPREAD, (DRAWS, len(share)))
    totals = needs @ (draws / draws.sum(axis=1, keepdims=True)).T
    if len(needs) <= top:
        return np.full(len(needs), 100.0)
    threshold = np.partition(totals, -top, axis=0)[-top]
    return np.asarray(100 * (totals >= threshold).mean(axis=1))
