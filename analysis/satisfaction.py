"""What is measured against what residents feel: keep, perception gap, latent shortfall, fix first."""

from collections.abc import Mapping

import pandas as pd

FEWEST_RESPONDENTS = 30
"""A mean of fewer answers is not shown: it would speak of persons."""
FEWEST_COMPARED, FEWEST_INDICATORS = 5, 3
"""A place among fewer areas, or the mean of fewer places, says nothing."""
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
    """`satisfaction` and `respondents` per group: the mean of `score` weighted by `respondents`.

    respondents is the greatest number that answered one topic, since one person answers many; results: `area_code`,
    `topic_code`, `score`, `respondents`. Over several areas their numbers add up.
    """
    weighted = results.assign(points=results["score"] * results["respondents"], weight=results["respondents"])
    groups = weighted.groupby(by, sort=False)[["points", "weight"]].sum()
    persons = results.groupby([*by, "topic_code"], sort=False)["respondents"].sum().groupby(level=by, sort=False).max()
    pools = groups.assign(respondents=persons)
    pools["satisfaction"] = pools["points"] / pools["weight"].where(pools["weight"] > 0)
    return pools.drop(columns=["points", "weight"]).reset_index()


def standings(values: pd.DataFrame, directions: Mapping[str, str]) -> pd.DataFrame:
    """Each value as its place among the areas: 100 the best, 0 the worst, ties in the middle of theirs.

    values: one row per area, one column per indicator. Indicators without a good direction, or known of fewer than
    FEWEST_COMPARED areas, are left out. Ranks need no standard, which counts of problems have not.
    """
    kept = [str(code) for code in values if directions.get(str(code)) in {"higher_better", "lower_better"}]
    kept = [code for code in kept if values[code].notna().sum() >= FEWEST_COMPARED]
    known = values[kept]
    ranks = known.rank() - 1
    share = 100 * ranks / (known.notna().sum() - 1)
    lower = [directions[code] == "lower_better" for code in kept]
    share.loc[:, lower] = 100 - share.loc[:, lower]
    return share


def objective_scores(places: pd.DataFrame) -> pd.DataFrame:
    """`objective`, the mean of an area's `standings`, and `judged`, of how many; unknown below FEWEST_INDICATORS."""
    judged = places.notna().sum(axis=1)
    return pd.DataFrame({"objective": places.mean(axis=1).where(judged >= FEWEST_INDICATORS), "judged": judged})
