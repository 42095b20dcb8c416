"""The tables of the correlation view, and the boundaries that go with those that speak of areas."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.unanswered import Unanswered
from callbacks.correlation_data import Pairing
from callbacks.correlation_felt import cells_of, felt
from callbacks.correlation_map import pattern_of, terciles
from callbacks.correlation_need import overlay
from callbacks.correlation_options import VALUES
from callbacks.scene import Scene

MATRIX, PATTERN, NEED, FELT = "correlation", "pattern", "need", "felt"
_PATTERN_FACTS = ["cluster", "score", "p_value", "q_value"]


def matrix(at: Scene) -> pd.DataFrame:
    """One row per pair of indicators: r, n, p, q; empty where too few areas have both."""
    cells = Pairing(at).matrix.to_frame()
    place = {code: n for n, code in enumerate(cells["one"].drop_duplicates())}
    once = cells[cells["one"].map(place) > cells["other"].map(place)]
    return once.rename(columns={"one": "indicator"}).reset_index(drop=True)


def pattern(at: Scene) -> pd.DataFrame:
    """One row per area: the pair's values, and what the map shows of them: cluster, its statistic, p and q."""
    pairing = Pairing(at)
    if pairing.pair is None:
        return pd.DataFrame(columns=["area_code", "area"])
    rows = _named(pairing, pairing.values[list(pairing.pair)])
    if pairing.options.pattern == VALUES:
        thirds = rows["area_code"].map(terciles(pairing.both))
        return rows.assign(third_x=thirds % 3 + 1, third_y=thirds // 3 + 1)
    found = pattern_of(pairing, pairing.options.pattern)
    if isinstance(found, Unanswered):
        return rows.assign(cluster=found.reason.value)
    facts = pd.DataFrame.from_dict(found["areas"], orient="index", columns=_PATTERN_FACTS)
    return rows.join(facts, on="area_code").assign(is_island=rows["area_code"].isin(found["islands"]))


def need(at: Scene) -> pd.DataFrame:
    """One row per area, the greatest need first: rank, need, how often it stays among the first, need by indicator."""
    pairing = Pairing(at)
    found = overlay(pairing)
    if isinstance(found, Unanswered):
        return pd.DataFrame(columns=["area_code", "area"])
    return _named(pairing, found.areas[["rank", "need", "stays_pct", *found.weights]])


def felt_cells(at: Scene) -> pd.DataFrame:
    """One row per area or dimension; what fewer than thirty persons said is left out here too."""
    _, rows = cells_of(Pairing(at))
    kind = "dimension_code" if Pairing(at).options.by_dimension else "area_code"
    columns = [kind, "name", "quadrant", "objective", "judged", "satisfaction", "respondents"]
    return rows.rename(columns={"code": kind})[columns]


def level_of(kind: str, at: Scene) -> str | None:
    """The level of the areas of one of PLACED_MAKERS, None where it has no areas."""
    pairing = Pairing(at)
    if kind == FELT:
        return None if pairing.options.by_dimension else felt(pairing).level_shown
    return pairing.level


def _named(pairing: Pairing, rows: pd.DataFrame) -> pd.DataFrame:
    named = rows.rename_axis("area_code").reset_index()
    named.insert(1, "area", named["area_code"].map(pairing.names))
    return named


PLACED_MAKERS: Mapping[str, Callable[[Scene], pd.DataFrame]] = {PATTERN: pattern, NEED: need, FELT: felt_cells}
PATTERN_MAKERS: Mapping[str, Callable[[Scene], pd.DataFrame]] = {MATRIX: matrix, **PLACED_MAKERS}
