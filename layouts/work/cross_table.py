"""Two attributes against each other as a table of counts; a cell narrows everything down to its pair."""

from collections.abc import Callable
from typing import Any

from dash import html

from analysis.problems.crosstab import OTHER, SURPRISING, UNKNOWN, CrossTable
from layouts.components.panel import no_data
from layouts.formatting import Formatter, known
from layouts.work.filtering import MISSING_WORD, Filter, filter_button, only

WordOf = Callable[[str, str], str]
_SHADES = 5
_MAY_BREAK = "\u200b"
"""Long names of dimensions break after their slash."""


def cross_body(formatter: Formatter, table: CrossTable, pair: tuple[str, str], chosen: Filter, word_of: WordOf) -> Any:
    """pair: attributes of the rows and the columns."""
    if not table.total:
        return no_data(formatter.texts("problems.none_match"))
    rows, columns = pair
    head = [
        html.Th("", scope="col"),
        *(html.Th(_label(formatter, columns, word, word_of), scope="col") for word in table.counts.columns),
    ]
    most = max(int(table.counts.to_numpy().max()), 1)
    body = [
        html.Tr(
            [
                html.Th(_label(formatter, rows, row, word_of), scope="row"),
                *(
                    _cell(formatter, table, most, (rows, row), (columns, column), chosen)
                    for column in table.counts.columns
                ),
            ]
        )
        for row in table.counts.index
    ]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="cross")


def _label(formatter: Formatter, attribute: str, word: str, word_of: WordOf) -> str:
    if word == OTHER:
        return formatter.texts("attribute.other")
    return word_of(attribute, MISSING_WORD if word == UNKNOWN else word).replace("/", f"/{_MAY_BREAK}")


def _cell(
    formatter: Formatter, table: CrossTable, most: int, row: tuple[str, str], column: tuple[str, str], chosen: Filter
) -> html.Td:
    count = int(known(table.counts.loc[row[1], column[1]]) or 0)
    residual = known(table.residuals.loc[row[1], column[1]]) or 0.0
    mark = " cross__cell--more" if residual > SURPRISING else " cross__cell--fewer" if residual < -SURPRISING else ""
    text = formatter.number(count, 0) if count else "·"
    shade = 0 if not count else 1 + min(_SHADES - 1, int(_SHADES * count / (most + 1)))
    if OTHER in (row[1], column[1]) or not count:
        return html.Td(text, className=f"cross__cell shade-{shade}")
    words = {name: MISSING_WORD if word == UNKNOWN else word for name, word in (row, column)}
    title = formatter.texts("cross.more" if mark.endswith("more") else "cross.fewer") if mark else None
    attributes = {"title": title} if title else {}
    button = filter_button(text, only(chosen, **words), "cross__pick digits", **attributes)
    return html.Td(button, className=f"cross__cell shade-{shade}{mark}")
