"""What is measured against what residents feel: keep, perception gap, latent shortfall, fix first."""

import pandas as pd

FEWEST_RESPONDENTS = 30
"""A mean of fewer answers is not shown: it would speak of persons."""
KEEP, PERCEPTION_GAP, LATENT, FIX_FIRST, SUPPRESSED, UNKNOWN = (
    "keep",
    "perception_gap",
    "latent_shortfall",
    "fix_first",
    "suppressed",
    "unknown",
)


def quadrants(cells: pd.DataFrame, objective_from: float, satisfied_from: float) -> pd.DataFrame:
    """Each cell with its `quadrant`; scores of suppressed cells are taken out.

    cells: `objective` (0–100, such as the share of indicators that meet their standard), `satisfaction` (0–100),
    `respondents`, one row per area or dimension. The two thresholds divide good from not good, inclusive.

    | | satisfied | not satisfied |
    |-|-|-|
    | objectively good | keep | perception gap |
    | objectively short | latent shortfall | fix first |
    """
    shown = cells.copy()
    too_few = shown["respondents"].fillna(0) < FEWEST_RESPONDENTS
    shown["satisfaction"] = shown["satisfaction"].astype(float).mask(too_few)
    good, satisfied = shown["objective"] >= objective_from, shown["satisfaction"] >= satisfied_from
    word = pd.Series(FIX_FIRST, index=shown.index).mask(satisfied, LATENT).mask(good, PERCEPTION_GAP)
    word = word.mask(good & satisfied, KEEP)
    unknown = shown["objective"].isna() | shown["satisfaction"].isna()
    shown["quadrant"] = word.mask(unknown, UNKNOWN).mask(too_few, SUPPRESSED)
    return shown


def pooled(results: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """`satisfaction` and `respondents` per group: the mean of `score` weighted by `respondents`."""
    weighted = results.assign(points=results["score"] * results["respondents"])
    sums = weighted.groupby(by, sort=False)[["points", "respondents"]].sum().reset_index()
    sums["satisfaction"] = sums["points"] / sums["respondents"].where(sums["respondents"] > 0)
    return sums.drop(columns="points")
