"""How much a part of the city could gain from renewal, and which renewal units come first."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.overlay import Overlay, need, weighted_overlay
from analysis.unanswered import Unanswered

FEWEST_INDICATORS = 3
PER_RESIDENTS = 10_000
DIRECTED = ("higher_better", "lower_better")
PROBLEMS, POTENTIAL = "problems_per_km2", "potential"


def renewal_potential(
    values: pd.DataFrame, indicators: pd.DataFrame, population: pd.Series, wanted: tuple[str, ...] = ()
) -> pd.Series:
    """0 where every indicator is the best of the areas, 1 where every one is the worst; by area_code.

    The mean of min-max needs (`analysis.overlay`) over the indicators with a good direction, counts per 10,000
    residents; NaN for an area with fewer than FEWEST_INDICATORS of them, or with fewer than all where `wanted` names
    fewer. values: `area_code`, `indicator_code`, `value`. indicators: rows of the catalogue. wanted: only these.
    """
    known = indicators[indicators["direction"].isin(DIRECTED)].set_index("indicator_code")
    kept = values[
        values["indicator_code"].isin(list(wanted) or known.index) & values["indicator_code"].isin(known.index)
    ]
    table = kept.pivot_table(index="area_code", columns="indicator_code", values="value")
    people = population.reindex(table.index)
    for code in table.columns[known.loc[table.columns, "aggregation"] == "sum"]:
        table[code] = PER_RESIDENTS * table[code] / people.where(people > 0)
    directions = known["direction"].to_dict()
    needs = pd.DataFrame(
        {code: need(table[code], directions[code]) for code in map(str, table) if table[code].nunique() > 1},
        index=table.index,
    )
    least = min(FEWEST_INDICATORS, len(wanted) or FEWEST_INDICATORS)
    mean = needs.mean(axis=1).where(needs.notna().sum(axis=1) >= least) / 100
    return mean.reindex(population.index)


def ranked_units(problems: pd.Series, area_km2: pd.Series, potential: pd.Series) -> Overlay | Unanswered:
    """Renewal units by overlay of problem density and potential in equal parts; see analysis.overlay.

    All by area_code; a unit without problems has a density of zero, one without area or potential is left out.
    """
    area = area_km2.astype(float)
    density = problems.reindex(area.index).fillna(0) / area.where(area > 0)
    values = pd.DataFrame({PROBLEMS: density, POTENTIAL: potential.reindex(area.index)})
    return weighted_overlay(
        values, dict.fromkeys((PROBLEMS, POTENTIAL), "lower_better"), {PROBLEMS: 1.0, POTENTIAL: 1.0}
    )


def mean_satisfaction(survey: pd.DataFrame) -> Mapping[str, float]:
    """By area_code: the mean score of everyone's answers in each topic's latest period, weighed by respondents."""
    everyone = survey[(survey["respondent_group"] == "all") & (survey["respondents"] > 0)]
    latest = everyone.sort_values("period").drop_duplicates(["area_code", "topic_code"], keep="last")
    if latest.empty:
        return {}
    weighed = latest.assign(_total=latest["score"] * latest["respondents"])
    sums = weighed.groupby("area_code")[["_total", "respondents"]].sum()
    return dict(zip(sums.index, np.asarray(sums["_total"] / sums["respondents"], dtype=float), strict=True))
