"""Where problems crowd: their density among residents, and whether neighbours crowd too."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from libpysal.weights import W
from scipy.stats import norm

HOT, COLD, ORDINARY, UNKNOWN = "hot", "cold", "ordinary", "unknown"
FEWEST_AREAS = 12
PER_RESIDENTS = 10_000


@dataclass(frozen=True, slots=True)
class HotSpots:
    """areas: `area_code`, `problems`, `density` (per 10,000 residents, NaN unknown), `z`, `p_value`, `spot`.

    reason: why no significance was computed (`too_few_areas`, `islands_only`, `constant`); every spot is then unknown.
    """

    areas: pd.DataFrame
    reason: str | None = None


def hot_spots(counted: pd.DataFrame, neighbours: dict[str, list[str]], significance: float = 0.05) -> HotSpots:
    """Getis-Ord Gi* on the density, with the false discovery rate held at `significance`.

    Gi* as a z-score: Ord & Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x. With hundreds of areas some are
    extreme by chance alone, so p-values are judged after Benjamini & Hochberg 1995, as Caldas de Castro & Singer 2006
    (doi:10.1111/j.0016-7363.2006.00682.x) propose for local statistics.
    counted: `area_code`, `problems`, `population`; an area without population has no density and no spot.
    neighbours: codes of the areas that share a border with each area.
    """
    areas = counted.reset_index(drop=True)
    population = areas["population"].astype(float)
    areas["density"] = PER_RESIDENTS * areas["problems"] / population.where(population > 0)
    areas["z"], areas["p_value"], areas["spot"] = np.nan, np.nan, UNKNOWN
    known = areas.index[areas["density"].notna()]
    weights = _weights(areas.loc[known, "area_code"].tolist(), neighbours)
    reason = _reason(areas.loc[known, "density"], weights)
    if reason is not None:
        return HotSpots(areas, reason)
    z = _gi_star(areas.loc[known, "density"].to_numpy(), weights)
    p = _two_sided(z)
    areas.loc[known, "z"], areas.loc[known, "p_value"] = z, p
    found = _discoveries(p, significance)
    areas.loc[known, "spot"] = np.where(found & (z > 0), HOT, np.where(found, COLD, ORDINARY))
    return HotSpots(areas)


def _weights(codes: list[str], neighbours: dict[str, list[str]]) -> W:
    present = set(codes)
    return W({c: [n for n in neighbours.get(c, []) if n in present and n != c] for c in codes}, silence_warnings=True)


def _reason(density: pd.Series, weights: W) -> str | None:
    if len(density) < FEWEST_AREAS:
        return "too_few_areas"
    if len(weights.islands) == weights.n:
        return "islands_only"
    return "constant" if density.nunique() == 1 else None


def _gi_star(x: np.ndarray, weights: W) -> np.ndarray:
    matrix = weights.sparse.tocsr().astype(float)
    matrix.setdiag(1.0)
    n, mean, spread = len(x), x.mean(), x.std()
    total, squared = np.asarray(matrix.sum(axis=1)).ravel(), np.asarray(matrix.power(2).sum(axis=1)).ravel()
    result: np.ndarray = (matrix @ x - mean * total) / (spread * np.sqrt((n * squared - total**2) / (n - 1)))
    return result


def _two_sided(z: np.ndarray) -> np.ndarray:
    p: np.ndarray = 2 * norm.sf(np.abs(z))
    return p


def _discoveries(p: np.ndarray, significance: float) -> np.ndarray:
    order = np.argsort(p)
    limits = significance * np.arange(1, len(p) + 1) / len(p)
    below = np.nonzero(p[order] <= limits)[0]
    found = np.zeros(len(p), dtype=bool)
    if len(below):
        found[order[: below[-1] + 1]] = True
    return found
