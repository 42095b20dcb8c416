"""The look back: what became of last year's problems, and of the indicators that missed their standard."""

from typing import Any

import pandas as pd

from analysis.change import previous_period, previous_values, valuation
from analysis.problems.watch import FATES, fates, indicator_fates, watch_list
from callbacks.problem_scene import ProblemScene
from data_access.problem_questions import ProblemHistoryQuestion
from data_access.questions import ProfileQuestion
from layouts.components.panel import no_data, panel
from layouts.work.options import changed, switch
from layouts.work.watch import indicator_watch, watch_body

_MOST_CHILDREN = 40
_INDICATORS = "indicators"


def watch_panel(at: ProblemScene) -> list[Any]:
    of_indicators = at.options.get("watch") == _INDICATORS
    texts, year = at.at.texts, at.at.today.year
    head = switch(
        [
            (texts("watch.of_problems"), changed(at.options, "watch", None), not of_indicators),
            (texts("watch.of_indicators"), changed(at.options, "watch", _INDICATORS), of_indicators),
        ],
        texts("watch.title"),
    )
    if of_indicators:
        return panel(texts("watch.title_indicators"), _indicators(at), head)
    return panel(texts("watch.title_year", year=year - 1), _problems(at, year), head)


def _problems(at: ProblemScene, year: int) -> Any:
    scene = at.at
    asked = at.ask(ProblemHistoryQuestion, year=year, but=("deadline", "status", "found_year"))
    history = scene.store.problem_history(asked)
    listed = watch_list(history, _moves(at, history), year, scene.today)
    return watch_body(scene.formatter, fates(listed), _gravest_first(listed, "found_on"), at.chosen)


def _gravest_first(listed: pd.DataFrame, then: str) -> pd.DataFrame:
    order = {fate: place for place, fate in enumerate(FATES)}
    ranked = listed.assign(_order=listed["fate"].map(order))
    return ranked.sort_values(["_order", then], kind="stable")


def _indicators(at: ProblemScene) -> Any:
    """The indicators of the area that missed their standard in the period before the selected one."""
    scene = at.at
    now = scene.selection.period
    before = previous_period(scene.calendar, now)
    earlier = previous_period(scene.calendar, before)
    if now is None or before is None:
        return no_data(scene.texts("watch.no_period_before"))
    judged = scene.judged(now)[["indicator_code", "name_zh", "name_en", "unit", "decimals", "value", "attainment"]]
    past = scene.judged(before).set_index("indicator_code")
    judged["attainment_before"] = judged["indicator_code"].map(past["attainment"])
    judged["value_before"] = judged["indicator_code"].map(past["value"])
    judged["attainment_earlier"] = "not_judged"
    if earlier is not None:
        older = scene.judged(earlier).set_index("indicator_code")["attainment"]
        judged["attainment_earlier"] = judged["indicator_code"].map(older)
    directions = scene.catalogue.set_index("indicator_code")["direction"]
    judged["valuation"] = [
        valuation(row["value"] - row["value_before"], str(directions[row["indicator_code"]]))
        for row in judged.to_dict("records")
    ]
    listed = _gravest_first(indicator_fates(judged), "indicator_code")
    periods = {"now": scene.formatter.period(now), "before": scene.formatter.period(before)}
    return indicator_watch(scene.formatter, fates(listed), listed, periods)


def _moves(at: ProblemScene, history: pd.DataFrame) -> pd.DataFrame:
    """How each problem's indicator moved in the part of the area it lies in since the period before the selected one.

    The part's figure and not each compound's: a problem's own place rarely has a series of its own.
    """
    pairs = history[["indicator_code", "area_code", "branch"]].dropna().drop_duplicates()
    now = at.at.selection.period
    periods = [period for period in (previous_period(at.at.calendar, now), now) if period]
    parts = [_moved_in(at, str(branch), periods) for branch in pairs["branch"].unique()[:_MOST_CHILDREN] if periods]
    moved = pd.concat(parts) if parts else pd.DataFrame(columns=["indicator_code", "branch", "valuation"])
    return pairs.merge(moved, on=["indicator_code", "branch"])[["indicator_code", "area_code", "valuation"]]


def _moved_in(at: ProblemScene, area: str, periods: list[str]) -> pd.DataFrame:
    """Two periods are asked for and not all: rolling up every year of every part takes a second."""
    scene = at.at
    asked = (ProfileQuestion(area=area, period=period, viewer=scene.viewer) for period in periods)
    values = pd.concat([scene.store.profile(question) for question in asked])
    known = previous_values(values[values["status"] != "suspect"], scene.calendar, "indicator_code")
    latest = known[known["difference"].notna()].merge(
        scene.catalogue[["indicator_code", "direction"]], on="indicator_code"
    )
    pairs = zip(latest["difference"].to_list(), latest["direction"].to_list(), strict=True)
    moved = [valuation(difference, direction) for difference, direction in pairs]
    return pd.DataFrame({"indicator_code": latest["indicator_code"], "branch": area, "valuation": moved})
