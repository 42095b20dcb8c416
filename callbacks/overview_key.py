"""The key indicators: each with its standard, its history and its change since the period before."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.change import valuation
from analysis.history import timeline_of
from callbacks.scene import Scene
from callbacks.taking import taking
from layouts.components.key_indicators import KeyIndicator, key_indicators
from layouts.components.panel import panel
from layouts.components.standard import reference_line
from layouts.formatting import known

MOST_KEY_INDICATORS = 40
_ORDER = {"fails": 0, "near": 1, "meets": 2, "not_judged": 3}


def key_panel(at: Scene) -> list[Any]:
    rows = key_rows(at.judged(at.selection.period)).to_dict("records")
    values, changes = _values_by_indicator(at), _changes_by_indicator(at)
    references = _references_by_indicator(at, [row["indicator_code"] for row in rows])
    items = [
        _key_indicator(row, values.get(row["indicator_code"], []), changes.get(row["indicator_code"], {}), references)
        for row in rows
    ]
    body = key_indicators(at.formatter, items, at.selection.period, at.selection.indicator)
    return panel(at.texts("key.title"), body, [html.Span(at.texts("key.columns")), taking(at, "profile", of_one=False)])


def key_rows(judged: pd.DataFrame) -> pd.DataFrame:
    """The key indicators, else the graded ones, else all; those that fail first, those without a value last."""
    chosen = next((rows for rows in (judged[judged["is_key"]], judged[judged["graded"]]) if len(rows)), judged)
    order = chosen["attainment"].map(_ORDER) + chosen["value"].isna() * len(_ORDER)
    return chosen.iloc[order.to_numpy().argsort(kind="stable")].head(MOST_KEY_INDICATORS)


def _key_indicator(
    row: Mapping[Any, Any], history: list[object], change: Mapping[Any, Any], references: Mapping[str, list[str]]
) -> KeyIndicator:
    difference = known(change.get("difference"))
    decimals = known(row["decimals"])
    return KeyIndicator(
        judged=row,
        history=history,
        difference=difference,
        previous_period=change.get("previous_period") if difference is not None else None,
        valuation=valuation(
            difference,
            row["direction"],
            int(decimals) if decimals is not None else None,
            nearer=_nearer(row, change),
        ),
        references=references.get(row["indicator_code"], []),
    )


def _nearer(row: Mapping[Any, Any], change: Mapping[Any, Any]) -> bool | None:
    """Whether a value with a two-sided standard came nearer to it; None where it neither was nor is outside."""
    low, high = known(row["standard_low"]), known(row["standard_high"])
    now, before = known(change.get("value")), known(change.get("previous_value"))
    if now is None or before is None or (low is None and high is None):
        return None
    apart_now, apart_before = _outside(now, low, high), _outside(before, low, high)
    return None if apart_now == apart_before else apart_now < apart_before


def _outside(value: float, low: float | None, high: float | None) -> float:
    return max(0.0, low - value if low is not None else 0.0, value - high if high is not None else 0.0)


def _values_by_indicator(at: Scene) -> dict[str, list[object]]:
    periods = timeline_of(at.calendar, at.selection.period)
    table = at.history.pivot(index="indicator_code", columns="period", values="value").reindex(columns=periods)
    return dict(zip(table.index, table.to_numpy().tolist(), strict=True))


def _changes_by_indicator(at: Scene) -> dict[Any, dict[Any, Any]]:
    compared = at.changes_over_gaps.set_index("indicator_code")
    return compared[["value", "previous_period", "previous_value", "difference"]].to_dict("index")


def _references_by_indicator(at: Scene, indicators: list[str]) -> dict[str, list[str]]:
    """All that applies to each indicator, the judging one first."""
    applicable = at.applicable(at.selection.period)
    lines: dict[str, list[str]] = {}
    for row in applicable[applicable["indicator_code"].isin(indicators)].to_dict("records"):
        lines.setdefault(row["indicator_code"], []).append(reference_line(at.formatter, row))
    return lines
