"""Matrix, scatter and findings of the correlation view; the other lenses have panels of their own."""

from typing import Any

import pandas as pd
from dash import html

from analysis.change import previous_period
from analysis.regression import Regression, regress
from callbacks.correlation_data import FEWEST_AREAS, Pairing
from callbacks.correlation_felt import felt_chart, felt_panel
from callbacks.correlation_findings import findings
from callbacks.correlation_need import need_panel
from callbacks.correlation_options import FELT, NEED, PAIR
from callbacks.taking import taking
from layouts.components.choosing import choice_row
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.picking import pick_button
from layouts.components.sentences import sentence_list
from layouts.figures.frame import empty_figure
from layouts.figures.matrix import matrix_figure
from layouts.figures.scatter import scatter_figure
from layouts.ids import CorrelationIds


def matrix_panel(pairing: Pairing) -> tuple[Any, Any]:
    at = pairing.at
    if pairing.options.lens != PAIR:
        return None, empty_figure(at.selection.theme)
    title = joined(at.texts("correlation.matrix"), at.formatter.period(pairing.period))
    if pairing.pair is None:
        return panel_head(title, at.texts("correlation.too_few", needed=FEWEST_AREAS)), empty_figure(at.selection.theme)
    names = {code: at.texts.name(pairing.indicator(code)) for code in pairing.matrix.codes}
    figure = matrix_figure(at.formatter, pairing.matrix, names, pairing.pair, at.selection.theme)
    return panel_head(title, taking(pairing.shown, "correlation", CorrelationIds.MATRIX)), figure


def scatter_panel(pairing: Pairing) -> tuple[Any, Any]:
    at = pairing.at
    if pairing.options.lens == FELT:
        return felt_chart(pairing)
    if pairing.options.lens == NEED:
        return None, empty_figure(at.selection.theme)
    if pairing.pair is None:
        return panel_head(at.texts("correlation.scatter")), empty_figure(at.selection.theme)
    one, other = pairing.pair
    points = _points(pairing)
    line = regress(points["x"], points["y"])
    drawn = line if isinstance(line, Regression) else None
    figure = scatter_figure(
        at.formatter, pairing.indicator(one), pairing.indicator(other), points, drawn, at.selection.theme,
        "x_before" in points,
    )  # fmt: skip
    arrows = (
        at.texts("correlation.show_arrows"),
        pairing.options.choosing("arrows", None if pairing.options.shows_change else "arrows"),
        pairing.options.shows_change,
    )
    swapped = {"indicator": other, "other": one}
    return panel_head(
        joined(at.texts("correlation.scatter"), f"{one} × {other}", _when(pairing)),
        [
            pick_button("⇄", swapped, "toggle", title=at.texts("correlation.swap")),
            *choice_row([arrows]),
            taking(pairing.shown, "pattern", CorrelationIds.SCATTER),
        ],
    ), figure


def findings_panel(pairing: Pairing) -> list[Any]:
    at = pairing.at
    if pairing.options.lens == FELT:
        return felt_panel(pairing)
    if pairing.pair is None:
        return panel(at.texts("correlation.findings"), no_data(at.texts("correlation.too_few", needed=FEWEST_AREAS)))
    if pairing.options.lens == NEED:
        return need_panel(pairing)
    one, other = (at.texts.name(pairing.indicator(code)) for code in pairing.pair)
    title = joined(at.texts("correlation.findings"), f"{one} × {other}", _when(pairing))
    body = html.Div(sentence_list(findings(pairing)), className="is-scrolling fills")
    return panel(title, body, taking(pairing.shown, "findings"))


def _when(pairing: Pairing) -> str:
    """The period, or both where the first indicator is taken earlier; with arrows, from when."""
    at = pairing.at
    period = at.formatter.period(pairing.period)
    if pairing.lag:
        return f"{at.formatter.period(pairing.lagged_period(pairing.lag))} → {period}"
    before = _before(pairing)
    return f"{at.formatter.period(before)} ⇢ {period}" if before else period


def _points(pairing: Pairing) -> pd.DataFrame:
    one, other = pairing.pair or ("", "")
    both = pairing.both
    about = pairing.areas.reindex(both.index)
    names = [pairing.names.get(str(code), str(code)) for code in both.index]
    points = both.assign(name=names, population=about["population"].astype(float)).reset_index(names="area_code")
    before = _before(pairing)
    if before is None:
        return points
    earlier = pd.DataFrame({"x_before": pairing.series(one, before), "y_before": pairing.series(other, before)})
    return points.join(earlier, on="area_code")


def _before(pairing: Pairing) -> str | None:
    """Where the arrows start: the period compared with, else the one before. None without arrows or with a lag."""
    if not pairing.options.shows_change or pairing.lag:
        return None
    return pairing.at.selection.compare or previous_period(pairing.at.calendar, pairing.period)
