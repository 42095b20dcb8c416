"""The four comparisons of every graded indicator, with its score; over them the composite and the aspects."""

from typing import Any

import pandas as pd
from dash import html

from analysis.benchmarks import history, peer_standing, verdict
from analysis.change import series_of
from analysis.scores import composite, composites_by, scored, z_among
from callbacks.benchmark_options import BenchmarkOptions
from callbacks.benchmark_peers import chosen_peers, group_menu
from callbacks.benchmark_references import next_references
from callbacks.scene import Scene
from callbacks.scoring import current_scoring
from callbacks.taking import taking
from data_access.questions import CatalogueQuestion
from layouts.components.benchmark_table import Standing, benchmark_table
from layouts.components.bullet import Bullet
from layouts.components.panel import joined, panel
from layouts.components.scores import ScoreChip, score_strip
from layouts.formatting import known
from layouts.theme import PALETTES

SUSPECT = "suspect"


def table_panel(at: Scene) -> list[Any]:
    title = joined(at.texts("benchmark.title"), at.area_name, at.formatter.period(at.selection.period))
    palette, scoring = PALETTES[at.selection.theme], current_scoring()
    table = benchmark_table(at.formatter, standings(at), at.selection.indicator, palette, scoring)
    aside = [html.Span(at.texts("benchmark.right_is_better")), group_menu(at), taking(at, "benchmark")]
    return panel(title, html.Div([_strip(at), table], className="standings-box fills"), aside)


def scores_now(at: Scene) -> pd.DataFrame:
    """Every indicator of the area in the selected period, judged and scored."""
    return scored(at.judged(at.selection.period), current_scoring())


def aspects(at: Scene, scores: pd.DataFrame) -> list[tuple[str, Any]]:
    """Name of each aspect with graded indicators, and its composite."""
    names = _dimension_names(at)
    found = composites_by(scores, "dimension_code", current_scoring())
    return [(names.get(code, code), one) for code, one in found.items()]


def _strip(at: Scene) -> Any:
    """The scores; a click on an aspect leaves only its indicators in the table, a second one brings all back."""
    scores, scoring, names = scores_now(at), current_scoring(), _dimension_names(at)
    options = BenchmarkOptions.of(at.selection.show)
    chips = [
        ScoreChip(names.get(code, code), one, _only(options, code), code == options.dimension)
        for code, one in composites_by(scores, "dimension_code", scoring).items()
    ]
    total = ScoreChip(
        at.texts("score.composite"), composite(scores, scoring), options.choosing(dimension=None), not options.dimension
    )
    return score_strip(at.formatter, total, chips, scoring)


def _only(options: BenchmarkOptions, code: str) -> dict[str, Any]:
    return options.choosing(dimension=None if code == options.dimension else code)


def _dimension_names(at: Scene) -> dict[str, str]:
    rows = at.store.dimensions(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    return {str(row["dimension_code"]): at.texts.name(row) for row in rows}


def standings(at: Scene) -> list[Standing]:
    """Every graded indicator that has a value or a standard in the period, of the chosen dimension."""
    period = str(at.selection.period)
    judged = scores_now(at)
    rows = judged[judged["graded"] & (judged["value"].notna() | judged["operator"].notna())]
    if dimension := BenchmarkOptions.of(at.selection.show).dimension:
        rows = rows[(rows["dimension_code"] == dimension) | (rows["root_dimension_code"] == dimension)]
    references = next_references(at, period)
    chosen = chosen_peers(at)
    peers = {str(code): group for code, group in chosen.groupby("indicator_code")}
    past = {str(code): group for code, group in _past(at, period).groupby("indicator_code")}
    none = chosen.head(0)
    return [
        _standing(row, references.get(row["indicator_code"], {}), peers.get(row["indicator_code"], none), past)
        for row in rows.to_dict("records")
    ]


def _standing(
    row: dict[Any, Any], references: dict[str, dict[Any, Any]], peers: pd.DataFrame, past: dict[str, pd.DataFrame]
) -> Standing:
    direction, value = str(row["direction"]), known(row["value"])
    usable = None if row["status"] == SUSPECT else value
    ranked = peer_standing(usable, peers, direction)
    before = past.get(row["indicator_code"], pd.DataFrame({"period": [], "ends_on": [], "value": []}))
    same = peers[~peers["definition_differs"].astype(bool)]["value"].astype(float).tolist()
    chart = Bullet(
        value,
        same,
        known(row["standard_low"]) if known(row["standard_low"]) is not None else known(row["standard_high"]),
        known(references.get("plan_target", {}).get("value")),
        known(references.get("national_average", {}).get("value")),
        direction == "lower_better",
    )
    own_z = z_among(usable, same, direction)
    judged = verdict(row["attainment"], ranked)
    return Standing(row, judged, ranked, history(before, direction), chart, references, own_z)


def _past(at: Scene, period: str) -> pd.DataFrame:
    """Earlier values of the period's series that the latest definition and boundaries cover, suspect ones left out."""
    calendar = at.calendar.assign(series=series_of(at.calendar))
    mine = calendar.loc[calendar["period"] == period, "series"]
    if not len(mine):
        return pd.DataFrame({"indicator_code": [], "period": [], "ends_on": [], "value": []})
    rows = at.history.drop(columns=["kind", "ends_on"], errors="ignore").merge(calendar, on="period")
    rows = rows[(rows["series"] == mine.iloc[0]) & (rows["status"] != SUSPECT)]
    now = rows[rows["period"] == period].set_index("indicator_code")
    same = pd.Series(True, index=rows.index)
    for column in ("caliber", "boundary_version"):
        said, there = rows[column].fillna(""), rows["indicator_code"].map(now[column].fillna(""))
        same &= (said == there) | there.isna() | (said.eq("") & (column == "boundary_version"))
    chosen: pd.DataFrame = rows.loc[same & (rows["ends_on"] < at.ends_on(period))]
    return chosen
