"""Stages, annual plan and funding of projects."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.projects.funding import UNNAMED
from layouts.components.explained import explained
from layouts.components.panel import no_data
from layouts.formatting import Formatter, known
from layouts.work.filtering import Filter, filter_button, only

_OTHER = "__other__"


def stage_bars(formatter: Formatter, funnel: pd.DataFrame, apart: Mapping[str, int], chosen: Filter) -> tuple[Any, Any]:
    """The bars, and what stands apart from them.

    funnel: of analysis.projects.stages.stage_funnel. apart: counts of cancelled and of unknown stage.
    """
    texts = formatter.texts
    most = max(int(funnel["reached"].max()), 1)
    rows = [_stage(formatter, row, most, chosen) for row in funnel.to_dict("records")]
    left_out = [
        filter_button(
            f"{texts(f'stage.{stage}')} {formatter.number(count, 0)}", only(chosen, stage=stage), "stage-apart quiet"
        )
        for stage, count in apart.items()
        if count
    ]
    return html.Div(rows, className="stages"), html.Span(left_out, className="stages-apart")


def _stage(formatter: Formatter, row: dict[Any, Any], most: int, chosen: Filter) -> Any:
    texts = formatter.texts
    bars = [
        html.Span(className="stage__reached", style={"width": f"{100 * row['reached'] / most:.1f}%"}),
        html.Span(className="stage__here", style={"width": f"{100 * row['here'] / most:.1f}%"}),
    ]
    cells = [
        html.Span(texts(f"stage.{row['stage']}"), className="stage__name"),
        html.Span(bars, className="stage__track"),
        html.Span(formatter.number(row["here"], 0), className="digits stage__count"),
    ]
    is_chosen = " is-selected" if chosen.get("stage") == (row["stage"],) else ""
    title = texts("stages.reached", count=formatter.number(row["reached"], 0))
    return filter_button(cells, only(chosen, stage=row["stage"]), f"stage{is_chosen}", title=title)


def annual_rows(formatter: Formatter, counts: Mapping[str, int], money: Mapping[str, float]) -> html.Div:
    """counts: of analysis.projects.stages.annual_plan. money: `planned`, `invested` of the year."""
    pairs = [
        _pair(formatter, name, counts[done], counts[f"{name}_planned"], counts[f"{name}_met"])
        for name, done in (("start", "started"), ("finish", "finished"))
    ]
    return html.Div([*pairs, _pair(formatter, "invest", money["invested"], money["planned"])], className="annual")


def _pair(formatter: Formatter, name: str, done: float, planned: float, met: int | None = None) -> html.Div:
    """met: of a count, how many of the plan itself were done; None: the pair is money."""
    texts = formatter.texts
    shown = [str(formatter.money(one)) if met is None else formatter.number(one, 0) for one in (done, planned)]
    share = known(100 * done / planned) if planned else None
    note = texts(f"annual.{name}_note", met=formatter.number(met, 0))
    bar = html.Span(className="annual__bar", style={"width": f"{min(share or 0, 100):.1f}%"})
    figure = [html.B(shown[0], className="digits"), html.Span(f" / {shown[1]}", className="quiet digits")]
    return html.Div(
        [
            html.Span(texts(f"annual.{name}"), className="annual__name"),
            explained(figure, [("", note)]),
            html.Span(bar, className="annual__track"),
            html.Span(str(formatter.share(done, planned)), className="annual__share digits quiet"),
        ],
        className="annual__row",
    )


def funding_rows(formatter: Formatter, mix: pd.DataFrame) -> Any:
    """mix: of analysis.projects.funding.funding_mix."""
    texts = formatter.texts
    if mix.empty:
        return no_data(texts("funding.empty"))
    words = {UNNAMED: texts("funding.unnamed"), _OTHER: texts("attribute.other")}
    most = max(float(mix["amount"].max()), 1)
    rows = []
    for row in mix.to_dict("records"):
        tone = " fund__bar--unnamed" if row["fund_source"] in words else ""
        bar = html.Span(className=f"fund__bar{tone}", style={"width": f"{100 * row['amount'] / most:.1f}%"})
        source = words.get(row["fund_source"], row["fund_source"])
        key = f"fund.{source}"
        cells = [
            html.Span(texts(key) if texts.has(key) else source, className="fund__name", title=source),
            html.Span(bar, className="fund__track"),
            html.Span(str(formatter.money(row["amount"])), className="digits fund__amount"),
            html.Span(f"{formatter.number(row['share_pct'], 0)} %", className="digits quiet fund__share"),
        ]
        rows.append(html.Div(cells, className="fund"))
    return html.Div(rows, className="funds")
