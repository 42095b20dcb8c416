"""A pair of indicators across areas: the least-squares line with its interval, now, lagged or as change."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from analysis.unanswered import Reason, Unanswered, too_few

FEWEST = 5
_POINTS = 50


@dataclass(frozen=True, slots=True)
class Regression:
    """slope with its 95 % interval and p; band: `x`, `y`, `low`, `high` of the mean, over the range of x."""

    slope: float
    low: float
    high: float
    intercept: float
    r_squared: float
    p_value: float
    n: int
    band: pd.DataFrame


def regress(x: pd.Series, y: pd.Series) -> Regression | Unanswered:
    """Ordinary least squares of y on x over the areas that have both (statsmodels `OLS`).

    The interval takes areas as independent; where neighbours resemble each other it is too narrow.
    """
    pairs = pd.DataFrame({"x": x, "y": y}).dropna().astype(float)
    if len(pairs) < FEWEST:
        return too_few(len(pairs), FEWEST)
    if np.ptp(pairs["x"].to_numpy()) == 0 or np.ptp(pairs["y"].to_numpy()) == 0:
        return Unanswered(Reason.CONSTANT, len(pairs))
    middle = float(pairs["x"].mean())
    fitted = OLS(pairs["y"].to_numpy(), add_constant(pairs["x"].to_numpy() - middle)).fit()
    slope, (low, high) = float(fitted.params[1]), fitted.conf_int()[1]
    return Regression(
        slope,
        float(low),
        float(high),
        float(fitted.params[0]) - slope * middle,
        float(fitted.rsquared),
        float(fitted.pvalues[1]),
        len(pairs),
        _band(fitted, pairs["x"], middle),
    )


def _band(fitted: object, x: pd.Series, middle: float) -> pd.DataFrame:
    at = np.linspace(x.min(), x.max(), _POINTS)
    frame = fitted.get_prediction(add_constant(at - middle, has_constant="add")).summary_frame()  # type: ignore[attr-defined]
    columns = {"y": frame["mean"], "low": frame["mean_ci_lower"], "high": frame["mean_ci_upper"]}
    return pd.DataFrame({"x": at} | {name: column.to_numpy() for name, column in columns.items()})
