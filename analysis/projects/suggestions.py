"""From the problem list to suggested projects: what the rules find, what they leave out, how they are ordered."""

from dataclasses import dataclass

import pandas as pd

from analysis.projects.suggestion_rules import COMPONENTS, Rules

SEVERITY_POINTS = {"general": 1 / 3, "serious": 2 / 3, "critical": 1.0}
PER_RESIDENTS = 10_000


@dataclass(frozen=True, slots=True)
class Suggestions:
    """listed: one row per suggestion, the highest score first; answered, below_least: problems not counted, and why.

    Columns of listed: `rule`, `project_type`, `area_code`, `problems`, `problem_codes` (`;`-separated), the COMPONENTS
    (0-1, NaN where unknown), `score` (0-100), `score_basis_pct` (the weight of the components that are known).
    """

    listed: pd.DataFrame
    answered: int
    below_least: int
    fitting_none: int


def suggest(problems: pd.DataFrame, areas: pd.DataFrame, rules: Rules) -> Suggestions:
    """One suggestion per rule and area with enough problems that nobody answers yet.

    problems: unresolved ones with `problem_code`, `area_code` (of the level at which projects are suggested),
    `severity`, `is_answered` (a running project names it), and the columns of the conditions. areas: `area_code`,
    `population`, `satisfaction` (0-100), `potential` (0-1), each may be missing. A problem counts once: for the first
    rule it fits.
    """
    free = problems[~problems["is_answered"]].assign(rule=pd.Series(dtype="str"))
    for rule in rules.rules:
        untaken = free["rule"].isna()
        free.loc[untaken & rule.fits(free), "rule"] = rule.code
    taken = free[free["rule"].notna()]
    least = {rule.code: rule.least_problems for rule in rules.rules}
    groups = _groups(taken)
    enough = groups[groups["problems"] >= groups["rule"].map(least).astype(float)].reset_index(drop=True)
    scored = _scored(enough, areas, rules)
    types = {rule.code: rule.project_type for rule in rules.rules}
    scored.insert(1, "project_type", scored["rule"].map(types))
    ordered = scored.sort_values(["score", "problems"], ascending=False, kind="stable").reset_index(drop=True)
    too_few = int(groups["problems"].sum() - enough["problems"].sum())
    return Suggestions(ordered, int(problems["is_answered"].sum()), too_few, len(free) - len(taken))


def _groups(taken: pd.DataFrame) -> pd.DataFrame:
    points = taken.assign(points=taken["severity"].map(SEVERITY_POINTS).astype(float))
    grouped = points.groupby(["rule", "area_code"], sort=True)
    return grouped.agg(
        problems=("problem_code", "size"), problem_codes=("problem_code", ";".join), severity=("points", "mean")
    ).reset_index()


def _scored(groups: pd.DataFrame, areas: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Each component between 0 and 1; people and density as their rank among the suggestions, since they are skewed."""
    scored = groups.merge(areas, on="area_code", how="left")
    population = scored["population"].astype(float)
    scored["people"] = population.rank(pct=True)
    scored["density"] = (PER_RESIDENTS * scored["problems"] / population.where(population > 0)).rank(pct=True)
    scored["satisfaction"] = 1 - scored["satisfaction"].astype(float).clip(0, 100) / 100
    scored["potential"] = scored["potential"].astype(float).clip(0, 1)
    weights = pd.Series(rules.weights).reindex(list(COMPONENTS)).fillna(0)
    parts = scored[list(COMPONENTS)]
    known = parts.notna() @ weights
    scored["score"] = 100 * (parts.fillna(0) @ weights) / known.where(known > 0)
    scored["score_basis_pct"] = 100 * known / weights.sum()
    return scored
