"""From problem to action to project to stage: who answers what, and what nobody answers."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

STEPS = ("category", "action_code", "project_type", "stage")
NO_PROJECT, NO_ACTION, UNKNOWN = "__no_project__", "__no_action__", "__unknown__"


@dataclass(frozen=True, slots=True)
class Chain:
    """nodes: `step`, `key`, `problems`; links: `source`, `target` (row numbers of nodes), `problems`."""

    nodes: pd.DataFrame
    links: pd.DataFrame


def chain(counted: pd.DataFrame) -> Chain:
    """The bands of a Sankey diagram.

    counted: one row per combination of STEPS with `problems`. Problems that no project answers end at NO_PROJECT. One
    that two projects answer is in both bands, so the bands may add to more than the list is long, and the caller says
    so.
    """
    keyed = _keyed(counted)
    nodes = pd.concat([_nodes(keyed, step) for step in STEPS], ignore_index=True)
    place = pd.Series(range(len(nodes)), index=pd.MultiIndex.from_frame(nodes[["step", "key"]]))
    links = pd.concat([_links(keyed, place, *steps) for steps in pairwise(STEPS)], ignore_index=True)
    return Chain(nodes, links)


def _keyed(counted: pd.DataFrame) -> pd.DataFrame:
    """All steps as words; the steps after NO_PROJECT stay missing."""
    words = counted[[*STEPS, "problems"]].astype(dict.fromkeys(STEPS, "str"))
    answered = words["project_type"].notna()
    words["category"] = words["category"].fillna(UNKNOWN)
    words["action_code"] = words["action_code"].fillna(NO_ACTION).where(answered, NO_PROJECT)
    words["stage"] = words["stage"].where(answered)
    return words


def _nodes(keyed: pd.DataFrame, step: str) -> pd.DataFrame:
    totals = keyed.groupby(step)["problems"].sum().sort_values(ascending=False, kind="stable")
    last = [key for key in (UNKNOWN, NO_ACTION, NO_PROJECT) if key in totals.index]
    keys = [*totals.index.drop(last), *last]
    return pd.DataFrame({"step": step, "key": keys, "problems": totals[keys].astype(int).to_numpy()})


def _links(keyed: pd.DataFrame, place: pd.Series, source: str, target: str) -> pd.DataFrame:
    counted = keyed.groupby([source, target])["problems"].sum().reset_index()
    ends = {"source": (source, counted[source]), "target": (target, counted[target])}
    numbered = {end: [int(place[step, key]) for key in keys] for end, (step, keys) in ends.items()}
    return pd.DataFrame(numbered | {"problems": counted["problems"].astype(int)}).sort_values(["source", "target"])
