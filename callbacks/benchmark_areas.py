"""The areas below against each other over the key indicators."""

from typing import Any

import numpy as np
import pandas as pd
from dash import html

from callbacks.benchmark_options import BenchmarkOptions
from callbacks.indicator_series import areas_below
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import ValuesQuestion
from layouts.components.choosing import choice_row
from layouts.components.heat_table import heat_table
from layouts.components.panel import joined, panel
from layouts.components.radar import MOST_AXES, radar_charts
from layouts.theme import PALETTES

MOST_INDICATORS = 10
MOST_ROWS = 60
SUSPECT = "suspect"


def areas_panel(at: Scene) -> list[Any]:
    options = BenchmarkOptions.of(at.selection.show)
    home, below, values, chosen = key_values(at)
    chosen = chosen[:MOST_AXES] if options.is_radar else chosen
    directions = {row["indicator_code"]: str(row["direction"]) for row in chosen}
    ranks = heat_ranks(values[list(directions)], directions)
    below = below.assign(mean=below["area_code"].map(ranks.mean(axis=1))).sort_values("mean", kind="stable")
    name = at.texts.name(at.path.set_index("area_code").loc[home])
    title = joined(at.texts("benchmark.areas"), name, at.formatter.period(at.selection.period))
    rows = below.to_dict("records")
    if options.is_radar:
        body = radar_charts(at.formatter, rows, chosen, ranks, values, PALETTES[at.selection.theme])
    else:
        body = heat_table(at.formatter, rows, chosen, ranks, values)
    said = html.Span(at.texts("radar.outwards" if options.is_radar else "benchmark.shade"))
    return panel(title, body, [said, *_ways(at, options), taking(at, "heat")])


def _ways(at: Scene, options: BenchmarkOptions) -> list[Any]:
    choices = [(at.texts(f"radar.{word}"), word == "radar") for word in ("table", "radar")]
    return choice_row(
        [(label, options.choosing(is_radar=radar), radar == options.is_radar) for label, radar in choices]
    )


def key_values(at: Scene) -> tuple[str, pd.DataFrame, pd.DataFrame, list[dict[Any, Any]]]:
    """Code of the area above, the areas compared, their values (by area, one column per indicator), the indicators."""
    home, below = areas_below(at)
    below = below.head(MOST_ROWS)
    values, chosen = _values(at, home, below)
    return home, below, values, chosen


def heat_ranks(values: pd.DataFrame, directions: dict[str, str]) -> pd.DataFrame:
    """Rank per column, 1 the best by its direction; indicators without one are not ranked."""
    ranks = {
        str(code): values[code].rank(method="min", ascending=directions[str(code)] == "lower_better")
        if directions[str(code)] in {"higher_better", "lower_better"}
        else pd.Series(np.nan, index=values.index)
        for code in values
    }
    return pd.DataFrame(ranks, index=values.index)


def _values(at: Scene, home: str, below: pd.DataFrame) -> tuple[pd.DataFrame, list[dict[Any, Any]]]:
    """By area, one column per indicator that at least two of the areas have; suspect values left out."""
    columns: dict[str, pd.Series] = {}
    chosen: list[dict[Any, Any]] = []
    for row in _candidates(at).to_dict("records"):
        if len(chosen) == MOST_INDICATORS or below.empty:
            break
        values = _one(at, home, str(below["partition"].iloc[0]), row["indicator_code"]).reindex(below["area_code"])
        if values.count() > 1:
            columns[row["indicator_code"]] = values
            chosen.append(row)
    return pd.DataFrame(columns, index=pd.Index(below["area_code"])), chosen


def _candidates(at: Scene) -> pd.DataFrame:
    """The selected indicator first, then key ones, then those of its dimension; only what has a good direction."""
    own = at.catalogue["indicator_code"] == at.selection.indicator
    dimension = at.catalogue["root_dimension_code"] == (at.indicator or {}).get("root_dimension_code")
    judged = at.catalogue["direction"].isin(["higher_better", "lower_better"])
    order = own * 4 + at.catalogue["is_key"] * 2 + dimension * 1
    return at.catalogue[judged & (order > 0)].assign(order=order).sort_values("order", ascending=False, kind="stable")


def _one(at: Scene, home: str, partition: str, code: str) -> pd.Series:
    asked = ValuesQuestion(
        indicator=code, period=str(at.selection.period), area=home, partition=partition, viewer=at.viewer
    )
    found = at.store.values_by_area(asked).set_index("area_code")
    return found["value"].mask(found["status"] == SUSPECT)
