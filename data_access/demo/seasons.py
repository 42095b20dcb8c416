"""Figures collected more often than once a year: months, quarters and flood seasons."""

import numpy as np
import pandas as pd

from data_access.demo import stories
from data_access.demo.chance import stream
from data_access.demo.recipes import Figures

MONTHLY, QUARTERLY, SEASONAL = "U46", "L-XX-02", "L-AH-01"
_RUSH_BY_MONTH = (0.6, 1.5, -0.2, -0.3, 0.0, 0.1, 0.9, 0.8, -0.9, -0.6, -0.5, -0.8)
_AIR_BY_QUARTER = (-6.5, 1.0, 9.0, -3.5)
_MONTHLY_SINCE = 2023


def shorter_periods(figures: dict[str, Figures]) -> pd.DataFrame:
    """Rows of indicator_value beside the annual ones."""
    rows = [*_monthly(figures[MONTHLY]), *_quarterly(figures[QUARTERLY]), *_flood_seasons(figures[SEASONAL])]
    columns = ["indicator_code", "area_code", "period", "value"]
    return pd.DataFrame(rows, columns=columns).assign(status="valid", rolls_up=True)


def _monthly(speed: Figures) -> list[tuple[str, str, str, float]]:
    chance = stream("months")
    return [
        (MONTHLY, area, f"{year}-{month:02}", round(float(annual + rush + chance.normal(0, 0.25)), 2))
        for area, by_year in zip(speed.area_codes, speed.value, strict=True)
        for year, annual in zip(stories.YEARS, by_year, strict=True)
        if year >= _MONTHLY_SINCE
        for month, rush in enumerate(_RUSH_BY_MONTH, 1)
    ]


def _quarterly(air: Figures) -> list[tuple[str, str, str, float]]:
    chance = stream("quarters")
    return [
        (QUARTERLY, air.area_codes[0], f"{year}-Q{quarter}", round(float(annual + shift + chance.normal(0, 1.2)), 1))
        for year, annual in zip(stories.YEARS, air.value[0], strict=True)
        for quarter, shift in enumerate(_AIR_BY_QUARTER, 1)
    ]


def _flood_seasons(points: Figures) -> list[tuple[str, str, str, float]]:
    """May to September: the points that actually stood under water, at most those listed."""
    luck = stream("floods").binomial(points.value.astype(int), 0.55)
    return [
        (SEASONAL, area, f"{year}-05/{year}-09", float(count))
        for area, by_year in zip(points.area_codes, np.asarray(luck), strict=True)
        for year, count in zip(stories.YEARS, by_year, strict=True)
    ]
