"""The right of the overview: how the areas below compare, and how the area went over time."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import html

from analysis.health import meeting_share_pct
from analysis.history import breaks, on_timeline, timeline_of
from analysis.ranking import rank_areas
from callbacks.map_view import tiling_below
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import CatalogueQuestion, PeriodsQuestion, SeriesQuestion, ValuesQuestion
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.ranking import ranking
from layouts.components.standard import reference_text
from layouts.figures.trend import Level, Pen, TrendLine, trend_figure
from layouts.ids import OverviewIds

_BINDING = frozenset({"standard", "plan_target"})
"""Kinds that ask for something; an average has no direction to say."""


def map_title(at: Scene) -> Any:
    """What the map shows, where and when."""
    if at.indicator is None:
        return panel_head(at.area_name)
    unit = at.texts.unit(at.indicator["unit"])
    what = joined(at.texts.name(at.indicator), at.area_name, at.formatter.period(at.selection.period))
    return panel_head(what, [html.Span(unit), taking(at, "mapped")])


def ranking_panel(at: Scene) -> tuple[list[Any], int]:
    """The panel, and how many rows it would like to show."""
    if at.indicator is None or at.selection.period is None:
        return panel(at.texts("ranking.title_plain"), no_data(at.texts("trend.empty"))), 1
    home = _compared_area(at)
    values = at.store.values_by_area(_values_question(at, home))
    below, own = values[values["area_code"] != home], values[values["area_code"] == home]
    order = rank_areas(below, at.indicator["direction"])
    left_out = pd.concat([order.suspect, order.missing])
    compares = len(own) and len(order.ranked) and at.indicator["aggregation"] != "sum"
    reference = own["value"].iloc[0] if compares else None
    body = ranking(at.formatter, at.indicator, at.selection.period, order.ranked, left_out, reference, at.area)
    aside = [html.Span(_ranking_aside(at, home, reference)), taking(at, "areas")]
    return panel(_ranking_title(at, home, below), body, aside), _rows(below)


def _rows(below: pd.DataFrame) -> int:
    """One line is enough to say that there is nothing to rank."""
    return len(below) if below["value"].notna().any() else 1


def _compared_area(at: Scene) -> str:
    """The area whose children are ranked: the selected one, or its parent where it has none below it."""
    is_leaf = at.path.iloc[-1]["child_count"] == 0
    return at.path_codes[-2] if is_leaf and len(at.path_codes) > 1 else at.area


def _values_question(at: Scene, home: str) -> ValuesQuestion:
    return ValuesQuestion(
        indicator=str(at.selection.indicator),
        period=str(at.selection.period),
        area=home,
        level=at.selection.level if home == at.area else None,
        partition=tiling_below(at, home),
        include_self=True,
        viewer=at.viewer,
    )


def _ranking_title(at: Scene, home: str, below: pd.DataFrame) -> str:
    name = at.texts.name(at.path.set_index("area_code").loc[home])
    levels = at.store.levels(CatalogueQuestion(viewer=at.viewer)).set_index("level")
    present = below["level"].dropna().unique()
    level = at.texts.name(levels.loc[present[0]]) if len(present) else ""
    return at.texts("ranking.title", area=name, level=level)


def _ranking_aside(at: Scene, home: str, reference: object) -> str:
    unit = at.texts.unit(at.indicator["unit"] if at.indicator else "")
    if reference is None:
        return joined(unit, at.formatter.period(at.selection.period))
    name = at.texts.name(at.path.set_index("area_code").loc[home])
    return joined(unit, at.texts("ranking.reference", area=name))


def trend_panel(at: Scene, font_px: int) -> tuple[Any, go.Figure]:
    texts, pen = at.texts, Pen(at.formatter, at.selection.theme, font_px)
    lines = _lines(at) if at.indicator else []
    if at.indicator is None or not lines:
        return panel_head(texts("trend.title"), texts("trend.empty")), trend_figure(pen, {}, [])
    main = next((line for line in lines if line.is_main), None)
    figure = trend_figure(pen, at.indicator, lines, _levels(at), breaks(main.points) if main else [])
    aside = joined(at.area_name, texts.unit(at.indicator["unit"]))
    return panel_head(texts.name(at.indicator), [html.Span(aside), taking(at, "trend", OverviewIds.TREND)]), figure


def _lines(at: Scene) -> list[TrendLine]:
    """City and parent as quiet lines, the area last and strong; a line without any value is left out."""
    codes = list(dict.fromkeys([at.path_codes[0], *at.path_codes[-2:]]))
    asked = SeriesQuestion(indicator=str(at.selection.indicator), areas=tuple(codes), viewer=at.viewer)
    series = at.store.series(asked)
    own = at.store.periods(PeriodsQuestion(indicator=at.selection.indicator, viewer=at.viewer))
    periods = timeline_of(own, at.selection.period)
    names = {row["area_code"]: at.texts.name(row) for row in at.path.to_dict("records")}
    lines = [
        TrendLine(names[code], on_timeline(series[series["area_code"] == code], periods), is_main=code == at.area)
        for code in codes
    ]
    comparable = [line for line in lines if line.is_main or (at.indicator or {})["aggregation"] != "sum"]
    return [line for line in comparable if line.points["value"].notna().any()]


def _levels(at: Scene) -> list[Level]:
    """What applies in the period, the judging standard first: one of each kind, those of one value on one line."""
    applicable = at.applicable(str(at.selection.period), at.selection.indicator).drop_duplicates("kind")
    by_value: dict[float, list[dict[Any, Any]]] = {}
    for row in applicable.to_dict("records"):
        for bound in _bounds(row):
            by_value.setdefault(bound, []).append(row)
    return [_level(at, value, rows) for value, rows in by_value.items()]


def _level(at: Scene, value: float, rows: list[dict[Any, Any]]) -> Level:
    kinds = [row["kind"] for row in rows]
    names = at.texts("list.slash").join(at.texts(f"trend.{kind}") for kind in kinds)
    judged = next((row for row in rows if row["kind"] in _BINDING), None)
    said = reference_text(at.formatter, judged) if judged else at.formatter.number(value)
    return Level(f"{names} {said}", value, kinds[0])


def _bounds(row: dict[Any, Any]) -> list[float]:
    return [row["value"], row["value_high"]] if row["operator"] == "between" else [row["value"]]


def attainment_panel(at: Scene, font_px: int) -> tuple[Any, go.Figure]:
    """The share of graded indicators that met their standard, period by period."""
    periods = timeline_of(at.calendar, at.selection.period)
    recorded = set(at.history["period"])
    shares = [meeting_share_pct(at.judged(period)) if period in recorded else float("nan") for period in periods]
    pen, title = Pen(at.formatter, at.selection.theme, font_px), at.texts("attainment.title")
    if all(math.isnan(share) for share in shares):
        return [panel_head(title, at.area_name), no_data(at.texts("conclusion.no_standard"))], trend_figure(pen, {}, [])
    line = TrendLine(at.area_name, pd.DataFrame({"period": periods, "value": shares}), is_main=True)
    figure = trend_figure(pen, {"unit": "%", "decimals": 1}, [line])
    menu = taking(at, "attainment", OverviewIds.ATTAINMENT, of_one=False)
    return panel_head(title, [html.Span(joined(at.area_name, "%")), menu]), figure
