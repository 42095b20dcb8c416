"""How the areas below differ now, and whether they grew apart."""

from typing import Any

import pandas as pd

from analysis.inequality import distribution, inequality_by_period
from analysis.unanswered import Unanswered
from callbacks.indicator_series import MOST_AREAS, areas_below, includes_suspect, lines_below, references_now
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import ValuesQuestion
from layouts.components.panel import joined, no_data, panel_head
from layouts.components.sentences import sentence_list
from layouts.figures.frame import blank_figure
from layouts.figures.spread import known_marks, spread_figure
from layouts.ids import IndicatorIds
from layouts.sentences import Sentence, difference_unit, unanswered_text

SUSPECT = "suspect"
_TOLD = 0.015
"""A Gini coefficient that moved by a single hundredth has hardly moved."""


def spread_panel(at: Scene) -> tuple[Any, Any, Any]:
    title = at.texts("indicator.spread")
    if at.indicator is None or at.selection.period is None:
        return panel_head(title), blank_figure(at.selection.theme), no_data(at.texts("trend.empty"))
    home, below = areas_below(at)
    values = at.store.values_by_area(
        ValuesQuestion(
            indicator=at.indicator["indicator_code"],
            period=at.selection.period,
            area=home,
            partition=str(below["partition"].iloc[0]) if len(below) else None,
            include_self=True,
            viewer=at.viewer,
        )
    )
    trusted = (values["status"] != SUSPECT) | includes_suspect(at)
    areas = values[(values["area_code"] != home) & values["value"].notna() & trusted]
    shape = distribution(areas["value"])
    head = panel_head(
        joined(title, at.texts.name(at.path.set_index("area_code").loc[home])),
        [_aside(at, len(areas)), taking(at, "areas", IndicatorIds.SPREAD)],
    )
    if isinstance(shape, Unanswered):
        return head, blank_figure(at.selection.theme), no_data(unanswered_text(at.formatter, shape))
    figure = spread_figure(at.formatter, at.indicator, areas, shape, _marks(at, values, home), at.selection.theme)
    return head, figure, sentence_list(_sentences(at, home, below))


def _marks(at: Scene, values: pd.DataFrame, home: str) -> list[tuple[str, float, str]]:
    standard = next((row for row in references_now(at) if row["kind"] == "standard"), None)
    marks: list[tuple[str, object, str]] = []
    if (at.indicator or {})["aggregation"] != "sum":
        own = values[values["area_code"] == home]
        marks += [(at.texts.name(row), row["value"], "above") for row in own.to_dict("records")]
    if standard is not None and (at.indicator or {})["aggregation"] != "sum":
        marks.append((at.texts("trend.standard"), standard["value"], "standard"))
    return known_marks(marks)


def _sentences(at: Scene, home: str, below: pd.DataFrame) -> list[Sentence]:
    """How many times the highest is the lowest, then and now, and Gini: only areas known in all those periods."""
    texts = at.texts
    if len(below) > MOST_AREAS:
        return [Sentence(texts("indicator.too_many", most=MOST_AREAS))]
    lines = lines_below(at, home, below)
    rows = pd.concat([line.assign(area_code=code) for code, line in lines.items()]) if lines else pd.DataFrame()
    used = rows[rows["used"]] if len(rows) else rows
    by_period = inequality_by_period(used) if len(used) else used
    if not len(by_period):
        return [Sentence(texts("indicator.no_inequality"))]
    first, last = by_period.iloc[0], by_period.iloc[-1]
    return [one for one in (_ratio(at, first, last), _gini(at, first, last)) if one is not None]


def _ratio(at: Scene, first: pd.Series, last: pd.Series) -> Sentence | None:
    decimals = (at.indicator or {})["decimals"]
    unit = difference_unit(at.texts, at.indicator or {})
    gap = f"{at.formatter.number(last['gap'], decimals)} {unit}"
    if last["range_ratio"] is None or pd.isna(last["range_ratio"]):
        return Sentence(at.texts("indicator.gap", period=at.formatter.period(last["period"]), gap=gap))
    times = at.formatter.number(last["range_ratio"], 1)
    if first["period"] == last["period"] or pd.isna(first["range_ratio"]):
        period = at.formatter.period(last["period"])
        return Sentence(at.texts("indicator.ratio_now", period=period, times=times, gap=gap, n=int(last["n"])))
    then = at.formatter.number(first["range_ratio"], 1)
    return Sentence(
        at.texts(
            "indicator.ratio",
            period=at.formatter.period(last["period"]),
            times=times,
            gap=gap,
            first=at.formatter.period(first["period"]),
            then=then,
            n=int(last["n"]),
        )
    )


def _gini(at: Scene, first: pd.Series, last: pd.Series) -> Sentence | None:
    if pd.isna(last["gini"]) or pd.isna(first["gini"]) or first["period"] == last["period"]:
        return None
    difference = round(float(last["gini"]), 2) - round(float(first["gini"]), 2)
    word = "same" if abs(difference) < _TOLD else "wider" if difference > 0 else "narrower"
    facts = (("", at.texts("indicator.gini_note")),)
    said = at.texts(
        f"indicator.gini_{word}",
        then=at.formatter.number(first["gini"], 2),
        now=at.formatter.number(last["gini"], 2),
        first=at.formatter.period(first["period"]),
    )
    return Sentence(said, {"wider": "worse", "narrower": "better", "same": ""}[word], facts)


def _aside(at: Scene, count: int) -> str:
    return joined(at.formatter.period(at.selection.period), f"n = {count}")
