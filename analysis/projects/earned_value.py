"""Planned value, earned value, actual cost, and what follows from the three.

Terms and formulas of EIA-748-D (Earned Value Management Systems) and PMI, The Standard for Earned Value Management
(2019): PV = BAC x planned %, EV = BAC x complete %, AC = cost to date; SV = EV - PV, CV = EV - AC; SV% = SV / PV,
CV% = CV / EV, SPI = EV / PV, CPI = EV / AC, EAC = BAC / CPI. BAC, the budget at completion, is `investment_planned` of
the project, and AC is reported investment: close to cost, and the nearest that is recorded.
"""

import pandas as pd

FIGURES = (
    "planned_value",
    "earned_value",
    "actual_cost",
    "schedule_variance",
    "schedule_variance_pct",
    "schedule_variance_points",
    "cost_variance",
    "cost_variance_pct",
    "schedule_index",
    "cost_index",
    "estimate_at_completion",
)


def earned_value(
    budget: pd.Series, planned_pct: pd.Series, actual_pct: pd.Series, actual_cost: pd.Series
) -> pd.DataFrame:
    """The columns of FIGURES, money in the unit of `budget`; NaN where a part is missing or a divisor is not positive.

    schedule_variance_points: complete % less planned %, known even where the budget is not.
    """
    budget = budget.where(budget > 0)
    planned, earned = budget * planned_pct / 100, budget * actual_pct / 100
    cost = actual_cost.where(actual_cost >= 0)
    cost_index = earned / _positive(cost)
    return pd.DataFrame(
        {
            "planned_value": planned,
            "earned_value": earned,
            "actual_cost": cost,
            "schedule_variance": earned - planned,
            "schedule_variance_pct": 100 * (earned - planned) / _positive(planned),
            "schedule_variance_points": actual_pct - planned_pct,
            "cost_variance": earned - cost,
            "cost_variance_pct": 100 * (earned - cost) / _positive(earned),
            "schedule_index": earned / _positive(planned),
            "cost_index": cost_index,
            "estimate_at_completion": budget / _positive(cost_index),
        }
    )


def schedule_variance_days(plan: pd.DataFrame, actual_pct: float, on: pd.Timestamp) -> float:
    """Days ahead (+) or behind (-): earned schedule less actual time.

    Earned schedule is the day on which the plan had reached what is complete now, interpolated between two planned rows
    (Lipke 2003, Schedule is Different). plan: `on` (datetime), `planned_pct`, rising. NaN without a plan, before its
    first point, or beyond its end, where the plan says nothing.
    """
    known = plan.dropna().sort_values("on")
    if len(known) < 2 or pd.isna(actual_pct):  # noqa: PLR2004
        return float("nan")
    pct, day = known["planned_pct"].cummax().to_numpy(), known["on"].to_numpy().astype("datetime64[s]").astype(float)
    if not pct[0] <= actual_pct <= pct[-1]:
        return float("nan")
    place = max(int((pct < actual_pct).sum()), 1)
    low, high = pct[place - 1], pct[place]
    part = (actual_pct - low) / (high - low) if high > low else 0.0
    earned_at = day[place - 1] + part * (day[place] - day[place - 1])
    return float((earned_at - on.timestamp()) / 86_400)


def _positive(divisor: pd.Series) -> pd.Series:
    return divisor.where(divisor > 0)
