"""Where projects stand in their life cycle on a day, and how they moved between two days."""

from datetime import date

import pandas as pd

from analysis import day_intervals as days

STAGES = ("pipeline", "planning", "approval", "started", "construction", "completed", "accepted", "post_evaluation")
APART = ("cancelled", "unknown")
BEFORE = "before"
"""Not yet in the pipeline: no milestone of the project had been reached."""


def stages_on(projects: pd.DataFrame, milestones: pd.DataFrame, day: date, today: date) -> pd.Series:
    """The stage of each project on a day, indexed by `project_code`.

    On today it is the recorded stage. On an earlier day it is the furthest milestone reached by then, never further
    than the recorded stage; BEFORE where none was; `unknown` where a project has no dated milestones at all.
    projects: `project_code`, `stage`; milestones: `project_code`, `stage`, `actual_on`.
    """
    recorded = projects.set_index("project_code")["stage"]
    if day >= today:
        return recorded
    order = {stage: place for place, stage in enumerate(STAGES)}
    dated = milestones[milestones["stage"].isin(STAGES) & days.first_day(milestones["actual_on"]).notna()]
    dated = dated.assign(place=dated["stage"].map(order))
    reached = dated[days.has_come(dated["actual_on"], day)].groupby("project_code")["place"].max()
    place = pd.concat([reached.reindex(recorded.index), recorded.map(order)], axis=1).min(axis=1, skipna=False)
    place = place.fillna(reached.reindex(recorded.index))
    stage = place.map(dict(enumerate(STAGES)))
    has_dates = recorded.index.isin(dated["project_code"])
    return stage.where(stage.notna(), pd.Series(has_dates, index=recorded.index).map({True: BEFORE, False: "unknown"}))


def stage_funnel(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per stage of the life cycle: `stage`, `here`, `reached` (there or further).

    counts: `stage`, `projects`. Cancelled projects and those of unknown stage are left out, see APART.
    """
    here = counts.groupby("stage")["projects"].sum().reindex(STAGES, fill_value=0)
    return pd.DataFrame({"stage": STAGES, "here": here.to_numpy(), "reached": here[::-1].cumsum()[::-1].to_numpy()})


def flow(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """How many projects moved from which stage to which, or stayed: `from_stage`, `to_stage`, `projects`."""
    pairs = pd.DataFrame({"from_stage": before, "to_stage": after.reindex(before.index)}).dropna()
    counted = pairs.value_counts().rename("projects").reset_index()
    order = {stage: place for place, stage in enumerate((BEFORE, *STAGES, *APART))}
    keyed = counted.assign(_from=counted["from_stage"].map(order), _to=counted["to_stage"].map(order))
    return keyed.sort_values(["_from", "_to"])[["from_stage", "to_stage", "projects"]].reset_index(drop=True)


def annual_plan(projects: pd.DataFrame, year: int, today: date) -> dict[str, int]:
    """How many projects the year was to start and finish, and how many did by today.

    `start_planned`, `finish_planned`: the plan, cancelled ones included. `started`, `finished`: those that did so in
    the year, planned or not. `start_met`, `finish_met`: those of the plan that did so in the year or before it.
    """
    counts = {}
    for name, done, planned, actual in (
        ("start", "started", "planned_start_on", "actual_start_on"),
        ("finish", "finished", "planned_finish_on", "actual_finish_on"),
    ):
        in_plan = days.last_day(projects[planned]).dt.year == year
        came = days.has_come(projects[actual], today)
        done_year = days.last_day(projects[actual]).dt.year
        counts[f"{name}_planned"] = int(in_plan.sum())
        counts[done] = int((came & (done_year == year)).sum())
        counts[f"{name}_met"] = int((in_plan & came & (done_year <= year)).sum())
    return counts
