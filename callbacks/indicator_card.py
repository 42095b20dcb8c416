"""The card of the selected indicator: definition, standards, departments, relatives, completeness."""

from typing import Any

import pandas as pd
from dash import html

from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import CatalogueQuestion, CompletenessQuestion
from layouts.components.indicator_card import completeness_table, indicator_card, reference_list, related_list
from layouts.components.panel import joined, no_data, panel
from layouts.formatting import known


def card_panel(at: Scene) -> list[Any]:
    title = at.texts("card.title")
    if at.indicator is None:
        return panel(title, no_data(at.texts("trend.empty")))
    body = card(at)
    body.className = "indicator-card is-scrolling fills"
    return panel(joined(title, str(at.selection.indicator)), body, taking(at, "card"))


def card(at: Scene) -> html.Dl:
    """Of the selected indicator."""
    indicator = at.indicator or {}
    code = indicator["indicator_code"]
    counts = at.store.recorded_by_level_period(CompletenessQuestion(indicator=code, viewer=at.viewer))
    levels = at.store.levels(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    names = {str(row["level"]): at.texts.name(row) for row in levels}
    totals = {str(row["level"]): int(row["area_count"]) for row in levels}
    parts = {
        "system": _system(at),
        "standards": reference_list(at.formatter, at.references[at.references["indicator_code"] == code]),
        "lead": _departments(at, "lead_department_code"),
        "support": _departments(at, "support_department_codes"),
        "level": names.get(_lowest(counts), ""),
        "components": related_list(at.formatter, _components(at, code)),
        "composite": related_list(at.formatter, _named(at, "parent_indicator_code")),
        "predecessor": related_list(at.formatter, _predecessor(at)),
        "completeness": completeness_table(at.formatter, counts, names, totals),
    }
    return indicator_card(at.formatter, indicator, parts)


def _lowest(counts: pd.DataFrame) -> str:
    """The level furthest down at which values are recorded."""
    return str(counts.sort_values("rank")["level"].iloc[-1]) if len(counts) else ""


def _system(at: Scene) -> str:
    systems = at.store.systems(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    own = (at.indicator or {})["system_code"]
    return next((at.texts.name(row) for row in systems if row["system_code"] == own), str(own))


def _departments(at: Scene, column: str) -> str:
    text = (at.indicator or {}).get(column)
    codes = [code.strip() for code in text.split(";")] if isinstance(text, str) else []
    rows = at.store.departments(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    names = {row["department_code"]: at.texts.name(row) for row in rows}
    return at.texts("list.comma").join(names.get(code, code) for code in codes if code)


def _components(at: Scene, code: str) -> list[tuple[Any, str]]:
    """The indicators this one is composed of, each with its value here and now."""
    own = at.catalogue[at.catalogue["parent_indicator_code"] == code]
    if own.empty:
        return []
    here = at.history[at.history["period"] == at.selection.period].set_index("indicator_code")["value"]
    return [
        (row, str(at.formatter.quantity(known(here.get(row["indicator_code"])), row["unit"], row["decimals"])))
        for row in own.to_dict("records")
    ]


def _named(at: Scene, column: str) -> list[tuple[Any, str]]:
    rows = at.catalogue[at.catalogue["indicator_code"] == (at.indicator or {}).get(column)]
    return [(row, "") for row in rows.to_dict("records")]


def _predecessor(at: Scene) -> list[tuple[Any, str]]:
    is_turned = known((at.indicator or {}).get("predecessor_sign")) == -1
    said = at.texts("card.turned") if is_turned else ""
    return [(row, said) for row, _ in _named(at, "predecessor_code")]
