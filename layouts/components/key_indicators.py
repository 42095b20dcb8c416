"""The key indicators: value, standard, status, history and change of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from layouts.components.explained import Fact, explained, figure, value_facts
from layouts.components.icon import icon
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button, pick_data
from layouts.components.sparkline import sparkline
from layouts.components.standard import standard_text
from layouts.components.status import status_mark
from layouts.formatting import Formatter

_VALUED = frozenset({"better", "worse"})


@dataclass(frozen=True, slots=True)
class KeyIndicator:
    """judged: the indicator's row with its value and attainment. history: its values in time order, None for a gap.

    difference, previous_period, valuation: of analysis.change; None where there was no earlier value.
    """

    judged: Mapping[Any, Any]
    history: Sequence[object]
    difference: float | None
    previous_period: str | None
    valuation: str
    references: Sequence[str]


def key_indicators(
    formatter: Formatter, items: Sequence[KeyIndicator], period: str | None, selected: str | None
) -> Any:
    if not items:
        return no_data(formatter.texts("key.empty"))
    return rows([_row(formatter, item, period, selected) for item in items], "keys")


def _row(formatter: Formatter, item: KeyIndicator, period: str | None, selected: str | None) -> html.Div:
    texts, row = formatter.texts, item.judged
    code = row["indicator_code"]
    name = texts.name(row)
    chosen = " is-selected" if code == selected else ""
    return html.Div(
        [
            status_mark(texts, row["attainment"]),
            pick_button(name, {"indicator": code}, "key__name", title=name),
            _value(formatter, item, period),
            html.Span(_standard(formatter, item), className="key__standard"),
            sparkline(item.history, texts("trend.title")),
            _change(formatter, item),
        ],
        className=f"key{chosen}",
        **pick_data(indicator=code),
    )


def _value(formatter: Formatter, item: KeyIndicator, period: str | None) -> html.Span:
    row = item.judged
    shown = formatter.quantity(row["value"], row["unit"], row["decimals"])
    value = {**row, "caliber": row.get("value_caliber")}
    facts = [*value_facts(formatter, row, value, period), *_reference_facts(formatter, item)]
    return html.Span(explained(figure(shown), facts), className="key__value")


def _reference_facts(formatter: Formatter, item: KeyIndicator) -> list[Fact]:
    texts = formatter.texts
    status: Fact = (texts(f"status.{item.judged['attainment']}"), texts(f"status.{item.judged['attainment']}_note"))
    return [status, *((texts("explain.references"), reference) for reference in item.references)]


def _standard(formatter: Formatter, item: KeyIndicator) -> str:
    texts, row = formatter.texts, item.judged
    if not row["graded"]:
        return texts("key.counted")
    return standard_text(formatter, row["standard_low"], row["standard_high"]) or texts("key.no_standard")


def _change(formatter: Formatter, item: KeyIndicator) -> html.Span:
    texts = formatter.texts
    if item.difference is None or item.previous_period is None:
        return html.Span("", className="key__change", title=texts("change.none"))
    said = formatter.change(item.difference, item.judged["decimals"])
    against = texts("change.against", period=formatter.period(item.previous_period))
    arrow = [icon("up" if item.difference > 0 else "down")] if item.valuation in _VALUED else []
    return html.Span([said, *arrow], className=f"key__change digits {item.valuation}", title=against)
