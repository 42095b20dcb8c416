"""Where the present pace leads: when a target is reached, and what the next years may look like."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import pandas as pd
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from analysis.trend import FEWEST_FOR_SLOPE, Slope
from analysis.unanswered import Unanswered, too_few

FURTHEST_YEARS = 50


class Arrival(StrEnum):
    MET = "met"
    """The latest value already meets the target."""
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    """The pace is zero, leads away, or needs more than FURTHEST_YEARS."""


@dataclass(frozen=True, slots=True)
class Pace:
    """year: the first whose value reaches the target at this pace, None: never. earliest, latest: by the interval.

    needed_per_year: the change per year that would reach it by `due_year`. in_time: None without a due year.
    """

    arrival: Arrival
    year: int | None = None
    earliest: int | None = None
    latest: int | None = None
    needed_per_year: float | None = None
    in_time: bool | None = None


def pace_to_target(
    slope: Slope, latest: tuple[float, float], operator: str, target: float, *, due_year: float | None = None
) -> Pace:
    """From the latest value onwards at the Theil–Sen pace. operator: `>=` or `<=`.

    latest: decimal year and value of the last period. due_year: the end of the year it is due in (2026.0: by 2025).
    """
    last_year, last_value = latest
    short = target - last_value if operator == ">=" else last_value - target
    if short <= 0:
        return Pace(Arrival.MET, in_time=None if due_year is None else True)
    sign = 1 if operator == ">=" else -1
    years = [_years_needed(short, sign * per_year) for per_year in (slope.per_year, slope.low, slope.high)]
    reached = [None if span is None else int(last_year) + ceil(round(span, 9)) for span in years]
    bounds = sorted(year for year in reached[1:] if year is not None)
    needed = None if due_year is None or due_year <= last_year else sign * short / (due_year - last_year)
    in_time = None if due_year is None else reached[0] is not None and reached[0] < due_year
    return Pace(
        Arrival.NOT_REACHED if reached[0] is None else Arrival.REACHED,
        reached[0],
        bounds[0] if bounds else None,
        bounds[1] if len(bounds) > 1 else None,
        needed,
        in_time,
    )


def projection(year: pd.Series, value: pd.Series, ahead: pd.Series) -> pd.DataFrame | Unanswered:
    """`year`, `value`, `low`, `high` at the years ahead: the least-squares line with its 95 % prediction interval.

    For a new observation, errors independent and alike (Montgomery, Peck & Vining, ch. 2.5; statsmodels
    `get_prediction`). A continuation of the past, not a forecast of measures.
    """
    if len(value) < FEWEST_FOR_SLOPE:
        return too_few(len(value), FEWEST_FOR_SLOPE)
    origin = float(year.mean())
    fitted = OLS(value.to_numpy(float), add_constant(year.to_numpy(float) - origin)).fit()
    design = add_constant(ahead.to_numpy(float) - origin, has_constant="add")
    frame = fitted.get_prediction(design).summary_frame(alpha=0.05)
    return pd.DataFrame(
        {
            "year": ahead.to_numpy(float),
            "value": frame["mean"].to_numpy(),
            "low": frame["obs_ci_lower"].to_numpy(),
            "high": frame["obs_ci_upper"].to_numpy(),
        }
    )


def _years_needed(short: float, toward: float) -> float | None:
    """toward: change per year in the wanted direction."""
    return short / toward if toward > 0 and short / toward <= FURTHEST_YEARS else None
