"""The ranking: bars from zero, the area above as a line, what cannot be ranked last and with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained, value_facts, value_status
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button, pick_data
from layouts.formatting import Formatter, known

MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Scale:
    """Values onto 0–100 % of the track; zero is always on it."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Sequence[float]) -> "Scale":
        return cls(min([0.0, *values]), max([0.0, *values]))

    def place(self, value: float) -> float:
        return 100 * (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0

    def bar(self, value: float) -> dict[str, str]:
        start, end = sorted((self.place(0.0), self.place(value)))
        return {"left": f"{start:.2f}%", "width": f"{end - start:.2f}%"}


def ranking(
    formatter: Formatter,
    indicator: Mapping[Any, Any],
    period: str | None,
    ranked: pd.DataFrame,
    left_out: pd.DataFrame,
    reference: object,
    selected: str,
) -> Any:
    """ranked, left_out: of analysis.ranking. reference: the value of the area above, or None. selected: area code."""
    texts = formatter.texts
    if ranked.empty and left_out["value"].isna().all():
        return no_data(texts("ranking.empty", period=formatter.period(period)))
    line = known(reference)
    scale = Scale.over([*ranked["value"], *([line] if line is not None else [])])
    bars = _Bar(formatter, indicator, period, scale, line, selected)
    listed = [bars.row(row) for row in ranked.head(MOST_ROWS).to_dict("records")]
    rest = [bars.left_out(row) for row in left_out.head(MOST_ROWS).to_dict("records")]
    hidden = len(ranked) + len(left_out) - len(listed) - len(rest)
    more = [html.Span(texts("ranking.more", count=formatter.number(hidden, 0)), className="quiet")] if hidden else []
    return rows([*listed, *rest, *more], "ranks")


@dataclass(frozen=True, slots=True)
class _Bar:
    formatter: Formatter
    indicator: Mapping[Any, Any]
    period: str | None
    scale: Scale
    line: float | None
    selected: str

    def row(self, row: Mapping[Any, Any]) -> html.Div:
        marks: list[Any] = [html.Span(className="rank__bar", style=self.scale.bar(row["value"]))]
        if self.line is not None:
            marks.append(html.Span(className="rank__reference", style={"left": f"{self.scale.place(self.line):.2f}%"}))
        track = html.Span(marks, className="rank__track", **{"aria-hidden": "true"})
        return self._line(
            row, str(row["rank"]), track, self.formatter.number(row["value"], self.indicator["decimals"]), ""
        )

    def left_out(self, row: Mapping[Any, Any]) -> html.Div:
        """Suspect values are shown, not ranked; missing ones say why."""
        texts = self.formatter.texts
        value = known(row["value"])
        said = value_status(texts, row) if value is None else self.formatter.number(value, self.indicator["decimals"])
        why = texts("value.suspect") if value is not None else ""
        return self._line(row, "", html.Span(why, className="quiet"), said, " rank--left-out")

    def _line(self, row: Mapping[Any, Any], place: str, track: Any, said: str, kind: str) -> html.Div:
        texts, code = self.formatter.texts, row["area_code"]
        name = texts.name(row)
        facts = [("", name), *value_facts(self.formatter, self.indicator, row, self.period)]
        chosen = " is-selected" if code == self.selected else ""
        return html.Div(
            [
                html.Span(place, className="rank__place digits"),
                pick_button(name, {"area": code}, "rank__name", title=name),
                track,
                explained(said, facts, "rank__value digits"),
            ],
            className=f"rank{kind}{chosen}",
            **pick_data(area=code),
            **{"data-area": code},
        )
