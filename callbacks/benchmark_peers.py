"""Which peer cities compare: all, or those of one tier, size, province or group; and how they stand."""

from typing import Any

import pandas as pd
from dash import html

from analysis.benchmarks import peer_standing
from analysis.scores import z_among
from callbacks.benchmark_options import PEER_KINDS, BenchmarkOptions
from callbacks.benchmark_references import next_references
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import PeersQuestion
from layouts.components.benchmark_side import peer_bars, peer_sentence
from layouts.components.panel import joined, no_data, panel
from layouts.components.picking import pick_button
from layouts.formatting import known

SIZE = "size"
SIZES = (("small", 0), ("medium", 500_000), ("large", 1_000_000), ("very_large", 5_000_000), ("mega", 10_000_000))
"""Persons from which a city is of a size, after the State Council's classes of 2014 (国发〔2014〕51号)."""


def chosen_peers(at: Scene) -> pd.DataFrame:
    """Values of the chosen peers in the selected period; none where the area is not the whole city."""
    found = _peers(at)
    group = BenchmarkOptions.of(at.selection.show).peers
    if group:
        found = found[found[group[0]] == group[1]]
    is_city = len(at.path_codes) == 1
    chosen: pd.DataFrame = found.loc[(found["period"] == at.selection.period) & is_city]
    return chosen


def peers_table(at: Scene) -> pd.DataFrame:
    """The chosen peers, ourselves, the national average and the international value of the selected indicator.

    The best first: kind (peer, own, national_average, international), name_zh, name_en, value, definition_differs.
    """
    indicator = at.indicator or {}
    code, columns = indicator["indicator_code"], ["kind", "name_zh", "name_en", "value", "definition_differs"]
    peers = chosen_peers(at)
    rows = peers[peers["indicator_code"] == code].assign(kind="peer")[columns]
    judged = at.judged(at.selection.period).set_index("indicator_code").loc[code]
    own = {"kind": "own", "name_zh": at.area_name, "name_en": at.area_name, "value": judged["value"]}
    more = [own | {"definition_differs": False}] if len(rows) else []
    more += [
        {"kind": row["kind"], "name_zh": at.texts(f"trend.{row['kind']}"), "name_en": at.texts(f"trend.{row['kind']}")}
        | {"value": row["value"], "definition_differs": row["kind"] == "international"}
        for row in _averages(at)
    ]
    found = pd.concat([rows, pd.DataFrame(more, columns=columns)], ignore_index=True).dropna(subset=["value"])
    ascending = indicator["direction"] == "lower_better"
    ordered: pd.DataFrame = found.sort_values("value", ascending=ascending, kind="stable", ignore_index=True)
    return ordered


def peers_panel(at: Scene) -> list[Any]:
    if at.indicator is None:
        return panel(at.texts("benchmark.peers"), no_data(at.texts("trend.empty")))
    title = joined(at.texts("benchmark.peers"), at.texts.name(at.indicator))
    if len(at.path_codes) > 1:
        return panel(title, no_data(at.texts("benchmark.only_city")))
    found = peers_table(at)
    body = html.Div(
        [_said(at, found), peer_bars(at.formatter, at.indicator, found)],
        className="peers-box fills",
    )
    return panel(title, body, [html.Span(at.texts.unit(at.indicator["unit"])), taking(at, "peers")])


def _said(at: Scene, found: pd.DataFrame) -> Any:
    """Rank, quarter, median and z-score of ourselves."""
    direction = str((at.indicator or {})["direction"])
    peers, own = found[found["kind"] == "peer"], known(found.loc[found["kind"] == "own", "value"].max())
    standing = peer_standing(own, peers, direction)
    same = peers.loc[~peers["definition_differs"].astype(bool), "value"].astype(float).tolist()
    return peer_sentence(at.formatter, at.indicator or {}, standing, z_among(own, same, direction))


def _averages(at: Scene) -> list[dict[Any, Any]]:
    found = next_references(at, str(at.selection.period)).get(str(at.selection.indicator), {})
    return [found[kind] for kind in ("national_average", "international") if kind in found]


def group_menu(at: Scene) -> Any:
    """A menu of the groups there are, each with how many cities it holds."""
    found = _peers(at).drop_duplicates("peer_code")
    if found.empty:
        return None
    options = BenchmarkOptions.of(at.selection.show)
    choices: list[tuple[tuple[str, str] | None, str]] = [(None, at.texts("benchmark.all_peers", count=len(found)))]
    for kind in PEER_KINDS:
        for value, count in found[kind].dropna().value_counts().items():
            said = at.texts(f"benchmark.size_{value}") if kind == SIZE else value
            label = at.texts("benchmark.group", kind=at.texts(f"benchmark.{kind}"), value=said, count=count)
            choices.append(((kind, str(value)), label))
    shown = next((label for choice, label in choices if choice == options.peers), choices[0][1])
    buttons = [
        pick_button(
            label,
            options.choosing(peers=choice),
            "menu__item",
            **{"aria-current": str(choice == options.peers).lower()},
        )
        for choice, label in choices
    ]
    return html.Details(
        [html.Summary(shown, className="toggle"), html.Div(buttons, className="menu__list")], className="menu"
    )


def _peers(at: Scene) -> pd.DataFrame:
    found = at.store.peers(PeersQuestion(viewer=at.viewer))
    found[SIZE] = pd.array([_size(number) for number in found["population"]], dtype="str")
    return found


def _size(population: object) -> str | None:
    number = known(population)
    return None if number is None else [word for word, least in SIZES if number >= least][-1]
