"""The areas below against each other: one row per area, one column per indicator, shaded by rank."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained
from layouts.components.panel import no_data
from layouts.components.picking import pick_button
from layouts.formatting import MISSING, Formatter, known


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
    head = [html.Th(""), html.Th(explained(texts("benchmark.mean_rank"), [("", texts("benchmark.mean_rank_note"))]))]
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
    cells.append(html.Td(formatter.number(ranks.loc[code].mean(), 1), className="digits heat__mean"))
    for one in indicators:
        rank, value = known(ranks.loc[code, one["indicator_code"]]), known(values.loc[code, one["indicator_code"]])
        said = MISSING if value is None else formatter.number(value, one["decimals"])
        last = known(ranks[one["indicator_code"]].max()) or 1.0
        share = None if rank is None else (last - rank) / (last - 1) if last > 1 else 1.0
        style = {} if share is None else {"--good": f"{share:.2f}"}
        title = "" if rank is None else texts("benchmark.rank_of", rank=int(rank), n=int(last))
        cells.append(html.Td(said, className="heat__cell digits" if rank else "quiet", style=style, title=title))
    return html.Tr(cells)
