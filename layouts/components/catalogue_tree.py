"""The indicator catalogue as a searchable tree: system, dimension, aspect, indicator."""

from typing import Any

import pandas as pd
from dash import dcc, html

from analysis.search import entry
from layouts.components.panel import no_data
from layouts.components.picking import pick_button
from layouts.ids import IndicatorIds
from layouts.texts import Texts


def catalogue_search(texts: Texts) -> html.Div:
    """assets/js/catalogue.js filters the tree as one types; nothing is asked of the server."""
    label = texts("catalogue.search")
    field = dcc.Input(id=IndicatorIds.FILTER, type="search", placeholder=label, autoComplete="off", maxLength=60)
    return html.Div(field, className="catalogue__search", role="search", **{"aria-label": label})


def catalogue_tree(texts: Texts, systems: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame) -> Any:
    """systems: latest first. Indicators without a known dimension stand directly below their system."""
    if indicators.empty:
        return no_data(texts("conclusion.empty"))
    branches = []
    names = {row["system_code"]: texts.name(row) for row in systems.to_dict("records")}
    order = [code for code in names if (indicators["system_code"] == code).any()]
    rest = [code for code in indicators["system_code"].unique() if code not in names]
    for code in [*order, *rest]:
        own = indicators[indicators["system_code"] == code]
        below = _dimensions(texts, dimensions, own, None)
        orphans = own[~own["dimension_code"].isin(dimensions["dimension_code"])].to_dict("records")
        children = [*(_leaf(texts, row) for row in orphans), *(branch for branch, _ in below)]
        branches.append(_branch(names.get(code, code), len(own), children))
    nothing = html.P(texts("catalogue.nothing"), className="no-data catalogue__nothing", role="status")
    return html.Div([*branches, nothing], className="catalogue")


def _dimensions(
    texts: Texts, dimensions: pd.DataFrame, own: pd.DataFrame, parent: str | None
) -> list[tuple[html.Details, int]]:
    """The branches below one dimension that hold indicators, with how many."""
    here = dimensions["parent_code"].isna() if parent is None else dimensions["parent_code"] == parent
    found = []
    for row in dimensions[here].to_dict("records"):
        below = _dimensions(texts, dimensions, own, row["dimension_code"])
        items = [_leaf(texts, one) for one in own[own["dimension_code"] == row["dimension_code"]].to_dict("records")]
        count = sum(held for _, held in below) + len(items)
        if count:
            children = [*items, *(branch for branch, _ in below)]
            found.append((_branch(texts.name(row), count, children), count))
    return found


def _branch(name: str, count: int, children: list[Any]) -> html.Details:
    """Which branches are open is the browser's own (assets/js/catalogue.js)."""
    head = html.Summary([html.Span(name), html.Span(str(count), className="catalogue__count digits")], title=name)
    return html.Details([head, html.Div(children, className="catalogue__children")], className="branch")


def _leaf(texts: Texts, row: dict[Any, Any]) -> html.Button:
    forms = entry("indicator", row["indicator_code"], row["name_zh"] or "", row["name_en"] or "").forms
    name = texts.name(row)
    attributes = {"data-code": row["indicator_code"], "data-search": " ".join(forms)}
    children = [html.Span(name, className="leaf__name"), html.Span(row["indicator_code"], className="leaf__code")]
    if row["is_key"]:
        children.insert(1, html.Span("★", className="leaf__key", title=texts("catalogue.key")))
    return pick_button(children, {"indicator": row["indicator_code"]}, "leaf", title=name, **attributes)
