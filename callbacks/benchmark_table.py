"""The four comparisons of every graded indicator, the peers of one, and the tally between two health checks."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.attainment import applicable_references
from analysis.benchmarks import history, peer_standing, verdict
from analysis.change import series_of
from analysis.progress import tally
from callbacks.benchmark_peers import chosen_peers, group_menu
from callbacks.scene import Scene
from callbacks.taking import taking
from layouts.components.benchmark_side import peer_bars, tally_summary
from layouts.components.benchmark_table import Standing, benchmark_table
from layouts.components.bullet import Bullet
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.formatting import known
from layouts.theme import PALETTES

SUSPECT = "suspect"


def table_panel(at: Scene) -> tuple[Any, Any]:
    title = joined(at.texts("benchmark.title"), at.area_name, at.formatter.period(at.selection.period))
    body = benchmark_table(at.formatter, standings(at), at.selection.indicator, PALETTES[at.selection.theme])
    return panel_head(title, [at.texts("benchmark.right_is_better"), group_menu(at), taking(at, "benchmark")]), body


def standings(at: Scene) -> list[Standing]:
    """Every graded indicator that has a value or a standard in the period."""
    period = str(at.selection.period)
    judged = at.judged(period)
    rows = judged[judged["graded"] & (judged["value"].notna() | judged["operator"].notna())]
    references = _references(at, period)
    peers = {str(code): group for code, group in chosen_peers(at).groupby("indicator_code")}
    past = {str(code): group for code, group in _past(at, period).groupby("indicator_code")}
    none = chosen_peers(at).head(0)
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
    return Standing(row, verdict(row["attainment"], ranked), ranked, history(before, direction), chart, references)


def _references(at: Scene, period: str) -> dict[str, dict[str, dict[Any, Any]]]:
    """Indicator → kind → the reference shown: the first that applies, of targets the next one due."""
    found = applicable_references(at.references, at.path_codes, period, at.ends_on(period))
    targets = found[(found["kind"] == "plan_target") & (found["period"].fillna("9999") >= period[:4])]
    others = found[found["kind"].isin(["national_average", "international"])]
    rows = pd.concat([targets.sort_values("period", kind="stable"), others]).drop_duplicates(["indicator_code", "kind"])
    result: dict[str, dict[str, dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        result.setdefault(row["indicator_code"], {})[row["kind"]] = row
    return result


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


def peers_panel(at: Scene) -> list[Any]:
    if at.indicator is None:
        return panel(at.texts("benchmark.peers"), no_data(at.texts("trend.empty")))
    code = at.indicator["indicator_code"]
    peers = chosen_peers(at)
    rows = peers.loc[peers["indicator_code"] == code, ["name_zh", "name_en", "value", "definition_differs"]]
    judged = at.judged(at.selection.period).set_index("indicator_code").loc[code]
    own = {"name_zh": at.area_name, "name_en": at.area_name, "value": judged["value"], "definition_differs": False}
    everyone = pd.concat([rows.assign(is_own=False), pd.DataFrame([own | {"is_own": True}])], ignore_index=True)
    if rows.empty:
        everyone = everyone.head(0)
    ascending = at.indicator["direction"] == "lower_better"
    everyone = everyone.dropna(subset=["value"]).sort_values("value", ascending=ascending, kind="stable")
    title = joined(at.texts("benchmark.peers"), at.texts.name(at.indicator))
    if len(at.path_codes) > 1:
        return panel(title, no_data(at.texts("benchmark.only_city")))
    return panel(title, peer_bars(at.formatter, at.indicator, everyone), at.texts.unit(at.indicator["unit"]))


def tally_panel(at: Scene) -> list[Any]:
    """Against the period before in the same series."""
    period = str(at.selection.period)
    calendar = at.calendar.assign(series=series_of(at.calendar))
    mine = calendar[calendar["period"] == period]
    earlier = calendar[
        (calendar["series"].isin(mine["series"])) & (calendar["ends_on"] < at.ends_on(period))
    ].sort_values("ends_on")
    if mine.empty or earlier.empty:
        return panel(at.texts("progress.title"), no_data(at.texts("progress.no_earlier")))
    before = str(earlier["period"].iloc[-1])
    values = {one: at.history[at.history["period"] == one] for one in (period, before)}
    graded = at.catalogue[at.catalogue["direction"].isin(["higher_better", "lower_better"])]
    found = tally(values[period], values[before], graded)
    names = {row["indicator_code"]: at.texts.name(row) for row in at.catalogue.to_dict("records")}
    title = joined(at.texts("progress.title"), at.area_name)
    aside = at.texts("progress.between", before=at.formatter.period(before), now=at.formatter.period(period))
    return panel(title, tally_summary(at.formatter, found, names), aside)


def heat_ranks(values: pd.DataFrame, directions: dict[str, str]) -> pd.DataFrame:
    """Rank per column, 1 the best by its direction; indicators without one are not ranked."""
    ranks = {
        str(code): values[code].rank(method="min", ascending=directions[str(code)] == "lower_better")
        if directions[str(code)] in {"higher_better", "lower_better"}
        else pd.Series(np.nan, index=values.index)
        for code in values
    }
    return pd.DataFrame(ranks, index=values.index)
