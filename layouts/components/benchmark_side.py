"""Beside the table: peer cities of one indicator, the tally of improvements, and the areas below against each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from analysis.progress import DECLINED, IMPROVED, NOT_COMPARABLE, UNCHANGED, Tally
from layouts.components.panel import no_data
from layouts.components.picking import pick_button
from layouts.formatting import MISSING, Formatter, known
from layouts.texts import Texts

_TONES = {IMPROVED: "better", UNCHANGED: "", DECLINED: "worse"}
_MARKS = {IMPROVED: "▲", UNCHANGED: "＝", DECLINED: "▼"}


def peer_bars(formatter: Formatter, indicator: Mapping[Any, Any], rows: pd.DataFrame) -> Any:
    """rows: `name_zh`, `name_en`, `value`, `definition_differs`, `is_own`, the best first. Bars from zero."""
    if rows.empty:
        return no_data(formatter.texts("benchmark.no_peers"))
    most = max(abs(float(value)) for value in rows["value"]) or 1.0
    items = [html.Li(_peer(formatter, indicator, row, most)) for row in rows.to_dict("records")]
    return html.Ul(items, className="peers is-scrolling fills")


def _peer(formatter: Formatter, indicator: Mapping[Any, Any], row: Mapping[Any, Any], most: float) -> html.Div:
    texts = formatter.texts
    badge = (
        [html.Span(texts("benchmark.differs"), className="badge badge--unsure")] if row["definition_differs"] else []
    )
    width = f"{100 * abs(row['value']) / most:.1f}%"
    return html.Div(
        [
            html.Span([texts.name(row), *badge], className="rank__name"),
            html.Span(html.Span(className="rank__bar", style={"width": width}), className="rank__track"),
            html.Span(formatter.number(row["value"], indicator["decimals"]), className="rank__value digits"),
        ],
        className=f"peer{' is-selected' if row['is_own'] else ''}",
    )


def tally_summary(formatter: Formatter, tally: Tally, names: Mapping[str, str]) -> html.Div:
    """Three counts, then what did not compare and why."""
    texts = formatter.texts
    counts = [
        html.Div(
            [
                html.Span(str(tally.count(word)), className=f"tally__figure digits {_TONES[word]}".strip()),
                html.Span(f"{_MARKS[word]} {texts(f'story.{word}')}", className="quiet"),
            ]
        )
        for word in (IMPROVED, UNCHANGED, DECLINED)
    ]
    rest = tally.rows[tally.rows["verdict"] == NOT_COMPARABLE]
    reasons = [
        html.Li([html.Strong(texts(f"progress.{reason}", count=len(group))), f" {_names(texts, group, names)}"])
        for reason, group in rest.groupby("reason", sort=False)
    ]
    note = texts("progress.comparable", comparable=tally.comparable, total=len(tally.rows))
    return html.Div(
        [
            html.Div(counts, className="tally"),
            html.P(note, className="quiet"),
            html.Ul(reasons, className="tally__rest"),
        ],
        className="is-scrolling fills",
    )


def _names(texts: Texts, group: pd.DataFrame, names: Mapping[str, str]) -> str:
    return texts("list.comma").join(names.get(code, code) for code in group["indicator_code"])


def heat_table(
    formatter: Formatter,
    areas: Sequence[Mapping[Any, Any]],
    indicators: Sequence[Mapping[Any, Any]],
    ranks: pd.DataFrame,
    values: pd.DataFrame,
) -> Any:
    """Rows areas, columns indicators; the shade is the rank by direction of good, the number the value.

    ranks, values: by area_code, one column per indicator_code; ranks 1 the best, NaN where not ranked.
    """
    texts = formatter.texts
    if not areas or not indicators:
        return no_data(texts("benchmark.no_areas"))
    head = [html.Th("")]
    head += [
        html.Th(pick_button(texts.name(one), {"indicator": one["indicator_code"]}, "heat__name", title=texts.name(one)))
        for one in indicators
    ]
    body = [_heat_row(formatter, area, indicators, ranks, values) for area in areas]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="heat"), className="is-scrolling fills"
    )


def _heat_row(
    formatter: Formatter, area: Mapping[Any, Any], indicators: Sequence[Mapping[Any, Any]], ranks: pd.DataFrame,
    values: pd.DataFrame,
) -> html.Tr:  # fmt: skip
    texts, code = formatter.texts, area["area_code"]
    cells = [html.Th(pick_button(texts.name(area), {"area": code}, "crumb"), scope="row")]
    for one in indicators:
        rank, value = known(ranks.loc[code, one["indicator_code"]]), known(values.loc[code, one["indicator_code"]])
        said = MISSING if value is None else formatter.number(value, one["decimals"])
        last = known(ranks[one["indicator_code"]].max()) or 1.0
        share = None if rank is None else (last - rank) / (last - 1) if last > 1 else 1.0
        style = {} if share is None else {"--good": f"{share:.2f}"}
        title = "" if rank is None else texts("benchmark.rank_of", rank=int(rank), n=int(last))
        cells.append(html.Td(said, className="heat__cell digits" if rank else "quiet", style=style, title=title))
    return html.Tr(cells)
