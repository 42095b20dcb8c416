"""From a recipe to figures: what an indicator is expected to be in every area and year, and what chance makes of it.

A recipe names a level, what the figure is counted among (`exposure`), the rate at the start and the end of the years,
how it rises with age (`old`) and centrality (`urban`), and how much areas differ beyond that (`spread`).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm, poisson

from data_access.demo import stories
from data_access.demo.catalogue import read_data
from data_access.demo.chance import stream
from data_access.demo.features import Features
from data_access.demo.fields import smooth_field

Matrix = NDArray[np.float64]
"""Shape (areas, years)."""

_PERSISTENCE = 0.92


@dataclass(frozen=True)
class Figures:
    """value, numerator and denominator by area and year; NaN where a kind has none."""

    area_codes: pd.Index
    value: Matrix
    numerator: Matrix
    denominator: Matrix


def recipes() -> pd.DataFrame:
    """The recipes, with numbers as numbers, indexed by indicator."""
    rows = read_data("recipes.csv").set_index("indicator_code")
    numbers = ["start", "end", "old", "urban", "spread"]
    return rows.assign(**{name: rows[name].astype(float) for name in numbers})


def cook(features: Features, scales: dict[str, float]) -> dict[str, Figures]:
    """Figures of every recipe by indicator. scales: ratio_scale of the ratio indicators."""
    done: dict[str, Figures] = {}
    for code, recipe in recipes().iterrows():
        if recipe["kind"] in {"part", "same"}:
            done[str(code)] = _derived(str(code), recipe, done[recipe["exposure"]])
        elif recipe["kind"] == "series":
            done[str(code)] = _series(str(code), recipe)
        else:
            done[str(code)] = _figures(str(code), recipe, features[recipe["level"]], scales, done)
    return done


def _figures(
    code: str, recipe: pd.Series, areas: pd.DataFrame, scales: dict[str, float], done: dict[str, Figures]
) -> Figures:
    exposure = np.repeat(areas[recipe["exposure"]].to_numpy(float)[:, None], len(stories.YEARS), axis=1)
    factor = np.exp(_tendency(code, recipe, areas)[:, None]) * stories.factors(code, areas.index)
    noise = _noise(code, len(areas))
    nothing = np.full_like(exposure, np.nan)
    rate = _rates(recipe)
    if recipe["kind"] == "count":
        expected = exposure * rate * factor
        if code == stories.RELATED[1]:
            expected = expected * 0.3 + 0.32 * done[stories.RELATED[0]].value
        count: Matrix = np.asarray(poisson.ppf(norm.cdf(noise), expected))
        return _among_buildings(areas, count) if code.startswith("H") else Figures(
            areas.index, count, nothing, nothing
        )  # fmt: skip
    if recipe["kind"] == "flag":
        return Figures(areas.index, (norm.cdf(noise) < _share(rate, factor)).astype(float), nothing, nothing)
    if recipe["kind"] == "mean":
        return Figures(areas.index, np.round(rate * factor * np.exp(0.012 * noise), 2), nothing, nothing)
    return _rated(code, recipe, areas, exposure, rate, factor, noise, scales.get(code, 1.0))


def _rated(
    code: str,
    recipe: pd.Series,
    areas: pd.DataFrame,
    exposure: Matrix,
    rate: Matrix,
    factor: Matrix,
    noise: Matrix,
    scale: float,
) -> Figures:
    """Kinds with a base: percentages, shares of ones, lengths, and other ratios."""
    wobble = np.exp(0.04 * noise)
    if recipe["kind"] == "percent":
        part = exposure * _share(rate / 100, factor * wobble)
    elif recipe["kind"] == "share":
        part = (norm.cdf(noise) < _share(rate / 100, factor)).astype(float)
    elif recipe["kind"] == "length":
        length = np.round(exposure * np.minimum(0.9, rate * factor * np.exp(0.12 * noise)), 3)
        return Figures(areas.index, length, length, exposure)
    else:
        part = exposure * rate * factor * wobble / scale
        exposure = np.round(exposure * _redrawn(code), 3)
    whole = np.all(exposure == np.round(exposure)) and (recipe["kind"] != "ratio" or scale > 1)
    part = np.round(part) if whole else np.round(part, 2)
    return Figures(areas.index, np.round(part / exposure * scale, 4), part, exposure)


def _redrawn(code: str) -> Matrix:
    later = np.array(stories.YEARS) >= stories.REDRAWN_IN
    return np.where(later & (code == stories.REDRAWN), stories.REDRAWN_FACTOR, 1.0)


def _among_buildings(areas: pd.DataFrame, count: Matrix) -> Figures:
    """A count of buildings, with the inspected buildings as its base."""
    inspected = np.repeat(areas["buildings"].to_numpy(float)[:, None], count.shape[1], axis=1)
    count = np.minimum(count, inspected)
    return Figures(areas.index, count, count, inspected)


def _derived(code: str, recipe: pd.Series, source: Figures) -> Figures:
    """A part of a counted whole, or the same thing under the name of the later edition."""
    if recipe["kind"] == "same":
        return Figures(source.area_codes, source.value * recipe["start"], source.numerator, source.denominator)
    luck = norm.cdf(_noise(code, len(source.area_codes)))
    part = np.floor(source.value * np.clip(_rates(recipe), 0, 1) + luck)
    part = np.minimum(part, source.value)
    return Figures(source.area_codes, part, part, source.denominator)


def _series(code: str, recipe: pd.Series) -> Figures:
    """One figure a year for the city as a whole."""
    rate = _rates(recipe) * np.exp(recipe["spread"] * stream(f"series {code}").normal(0, 0.6, len(stories.YEARS)))
    value = np.round(rate, 4 if recipe["end"] < 1 else 1)[None, :]
    nothing = np.full_like(value, np.nan)
    return Figures(pd.Index(["990100"]), value, nothing, nothing)


def _rates(recipe: pd.Series) -> Matrix:
    """Year by year from start to end, faster at first."""
    share = np.linspace(0, 1, len(stories.YEARS)) ** 0.85
    rates: Matrix = recipe["start"] + share * (recipe["end"] - recipe["start"])
    return rates


def _tendency(code: str, recipe: pd.Series, areas: pd.DataFrame) -> Matrix:
    """How an area departs from the city: by age, centrality, its surroundings and itself; weighted mean about 0."""
    weight = areas["population"] / areas["population"].sum()
    centred = {name: areas[name] - (areas[name] * weight).sum() for name in ("old", "urban")}
    around = smooth_field(code, areas[["x", "y"]].to_numpy(), 7.0)
    alone = stream(f"areas {code}").normal(0, 1, len(areas))
    own = recipe["spread"] * (0.8 * around + 0.6 * alone)
    tendency: Matrix = (recipe["old"] * centred["old"] + recipe["urban"] * centred["urban"] + own).to_numpy()
    return tendency


def _noise(code: str, count: int) -> Matrix:
    """Standard normal, each year much like the last."""
    chance = stream(f"years {code}")
    noise = np.empty((count, len(stories.YEARS)))
    noise[:, 0] = chance.normal(0, 1, count)
    for year in range(1, noise.shape[1]):
        fresh = chance.normal(0, np.sqrt(1 - _PERSISTENCE**2), count)
        noise[:, year] = _PERSISTENCE * noise[:, year - 1] + fresh
    return noise


def _share(rate: Matrix, factor: Matrix) -> Matrix:
    """A share whose odds, not whose size, the factor multiplies."""
    odds = rate / (1 - np.minimum(rate, 0.999)) * factor
    share: Matrix = odds / (1 + odds)
    return share
