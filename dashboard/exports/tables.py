"""The tables of the analysis views, each from the same functions that draw its panel."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.benchmarks import History, PeerStanding
from analysis.change import previous_period
from analysis.health import attainment_counts
from analysis.history import timeline_of
from callbacks.benchmark_areas import heat_ranks, key_values
from callbacks.benchmark_peers import peers_table
from callbacks.benchmark_progress import compared, score_moves
from callbacks.benchmark_table import scores_now, standings
from callbacks.indicator_series import area_story, areas_below, lines_below, own_line
from callbacks.link import to_search
from callbacks.scene import Scene
from callbacks.taking import citation, sources_text
from dashboard.exports.mapped import mapped
from dashboard.exports.patterns import FELT, MATRIX, NEED, PATTERN_MAKERS
from dashboard.exports.said import SAID_MAKERS, SHEET
from dashboard.exports.table import MOST_ROWS, Table
from dashboard.exports.work import WORK_MAKERS
from data_access.questions import OpinionsQuestion, ValuesQuestion
from layouts.components.opinions import verdict_text
from layouts.components.panel import joined

TREND, AREAS, BENCHMARK = "trend", "areas", "benchmark"
OPINIONS, PEERS, PROGRESS, HEAT = "opinions", "peers", "progress", "heat"
MAPPED, PROFILE, ATTAINMENT = "mapped", "profile", "attainment"
_OPINION_FACTS = [
    "indicator_code", "indicator_name", "area_code", "area_name", "period", "verdict", "verdict_text", "text", "author",
    "created_at",
]  # fmt: skip
_PROFILE_FACTS = [
    "indicator_code", "indicator", "dimension", "value", "unit", "direction", "graded", "status", "origin", "numerator",
    "denominator", "standard_low", "standard_high", "attainment", "score", "grade_word", "grade", "source",
    "value_caliber",
]  # fmt: skip
_VALUE_FACTS = ["value", "status", "origin", "caliber", "boundary_version"]


def trend(at: Scene) -> pd.DataFrame:
    """One row per area and period: the selected area, then those below it."""
    home, below = areas_below(at)
    names = {row["area_code"]: at.texts.name(row) for row in below.to_dict("records")}
    own = area_story(at).line.assign(area_code=at.area, area=at.area_name)
    others = [line.assign(area_code=code, area=names[code]) for code, line in lines_below(at, home, below).items()]
    rows = pd.concat([own, *others], ignore_index=True)
    return rows[["area_code", "area", "period", *_VALUE_FACTS, "segment", "is_break"]]


def areas(at: Scene) -> pd.DataFrame:
    """One row per area below, in the selected period, with coverage."""
    home, below = areas_below(at)
    partition = str(below["partition"].iloc[0]) if len(below) else None
    asked = ValuesQuestion(
        indicator=str(at.selection.indicator), period=str(at.selection.period), area=home, partition=partition,
        include_self=True, viewer=at.viewer,
    )  # fmt: skip
    return at.store.values_by_area(asked)


def benchmark(at: Scene) -> pd.DataFrame:
    """One row per graded indicator with its four comparisons."""
    return pd.DataFrame([_benchmark_row(at, one) for one in standings(at)])


def progress(at: Scene) -> pd.DataFrame:
    """One row per indicator with a direction of good: now, in the period before, the verdict or why there is none."""
    before = previous_period(at.calendar, at.selection.period)
    if before is None:
        return pd.DataFrame()
    rows = compared(at, before).rows
    names = {row["indicator_code"]: at.texts.name(row) for row in at.catalogue.to_dict("records")}
    moves = score_moves(at, before).set_index("indicator_code")
    facts = {name: rows["indicator_code"].map(moves[name]) for name in ("score_before", "score")}
    shown = rows.assign(indicator=rows["indicator_code"].map(names), period_before=before, **facts)
    columns = [
        "indicator_code",
        "indicator",
        "direction",
        "value",
        "period_before",
        "value_before",
        "verdict",
        "reason",
    ]
    return shown[[*columns, *facts]]


def heat(at: Scene) -> pd.DataFrame:
    """One row per area below and key indicator: value, and its rank by direction of good."""
    _, below, values, chosen = key_values(at)
    directions = {row["indicator_code"]: str(row["direction"]) for row in chosen}
    ranks = heat_ranks(values, directions)
    rows = values.melt(var_name="indicator_code", ignore_index=False).reset_index(names="area_code")
    rows["rank"] = ranks.melt(ignore_index=False)["value"].to_numpy()
    areas_named = {row["area_code"]: at.texts.name(row) for row in below.to_dict("records")}
    names = {row["indicator_code"]: at.texts.name(row) for row in chosen}
    rows.insert(1, "area", rows["area_code"].map(areas_named))
    rows.insert(3, "indicator", rows["indicator_code"].map(names))
    return rows


def profile(at: Scene) -> pd.DataFrame:
    """One row per indicator of the area in the selected period: value, standard, attainment, score."""
    rows = scores_now(at)
    words = {
        "indicator": [at.texts.name(row) for row in rows.to_dict("records")],
        "dimension": [at.texts.name(row, "dimension_name") for row in rows.to_dict("records")],
    }
    return rows.assign(**words)[_PROFILE_FACTS]


def attainment(at: Scene) -> pd.DataFrame:
    """One row per period of the selected one's series: how many graded indicators meet, are near, fail."""
    recorded = set(at.history["period"])
    periods = [period for period in timeline_of(at.calendar, at.selection.period) if period in recorded]
    rows = [{"period": period, **attainment_counts(at.judged(period))} for period in periods]
    found = pd.DataFrame(rows, columns=["period", "meets", "near", "fails"])
    found.insert(0, "area_code", at.area)
    return found.assign(meeting_share_pct=100 * found["meets"] / found[["meets", "near", "fails"]].sum(axis=1))


def opinions(at: Scene) -> pd.DataFrame:
    """One row per opinion on any indicator of the area or of one below it, in any period."""
    found = at.store.opinions(OpinionsQuestion(area=at.area, below=True, viewer=at.viewer))
    names = {
        name: [at.texts.name(row, name) for row in found.to_dict("records")] for name in ("indicator_name", "area_name")
    }
    said = [verdict_text(at.texts, verdict) for verdict in found["verdict"]]
    rows = found.assign(verdict_text=said, **names)
    return rows[_OPINION_FACTS]


MAKERS: Mapping[str, Callable[[Scene], pd.DataFrame]] = {
    TREND: trend,
    AREAS: areas,
    BENCHMARK: benchmark,
    **PATTERN_MAKERS,
    OPINIONS: opinions,
    MAPPED: mapped,
    PROFILE: profile,
    ATTAINMENT: attainment,
    PEERS: peers_table,
    PROGRESS: progress,
    HEAT: heat,
    **SAID_MAKERS,
    **WORK_MAKERS,
}
OF_ALL_INDICATORS = frozenset(
    {PROFILE, ATTAINMENT, BENCHMARK, PROGRESS, HEAT, SHEET, OPINIONS, MATRIX, NEED, FELT, *WORK_MAKERS}
)
"""Tables that are not about the selected indicator alone."""


def make_table(kind: str, at: Scene, address: str) -> Table:
    """Raises KeyError for a kind that is not one of MAKERS. address: of the screen, for the permalink."""
    rows = MAKERS[kind](at)
    code = at.selection.indicator or ""
    name = "-".join(part for part in (kind, code, at.area, str(at.selection.period or "").replace("/", "_")) if part)
    of_one = kind not in OF_ALL_INDICATORS
    said = at.texts(f"export.{kind}")
    about = [at.texts.name(at.indicator), at.texts.unit(at.indicator["unit"])] if of_one and at.indicator else []
    title = joined(said, *about, at.area_name)
    return Table(name, rows, _about(at, kind, rows, address), title, citation(at, of_one=of_one))


def _about(at: Scene, kind: str, rows: pd.DataFrame, address: str) -> dict[str, str]:
    texts, contract, indicator = at.texts, at.store.contract(), at.indicator or {}
    city = texts.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})
    demo = texts("app.demo_note") if at.is_demo else ""
    sources = list(own_line(at)["source"].dropna().unique()) if indicator and at.selection.period else []
    said = {
        "table": texts(f"export.{kind}"),
        "city": city,
        "area": f"{at.area_name} ({at.area})",
        "indicator": f"{texts.name(indicator)} ({at.selection.indicator})" if indicator else "",
        "unit": texts.unit(indicator.get("unit")),
        "definition": texts.name(indicator, "definition"),
        "caliber": indicator.get("caliber") if isinstance(indicator.get("caliber"), str) else "",
        "period": at.formatter.period(at.selection.period),
        "level": at.selection.level or "",
        "source": texts("list.comma").join(map(str, sources)) or (sources_text(at) if indicator else ""),
        "data_date": at.formatter.day(contract.updated_at),
        "data_version": str(contract.data_version),
        "rows": texts("export.cut", most=MOST_ROWS) if len(rows) > MOST_ROWS else str(len(rows)),
        "link": address + to_search(at.selection),
        "demo": demo,
    }
    return {texts(f"export.about_{key}"): str(value) for key, value in said.items() if value}


def _benchmark_row(at: Scene, one: Any) -> dict[str, Any]:
    row, texts = one.judged, at.texts
    peers = one.peers if isinstance(one.peers, PeerStanding) else None
    past = one.history if isinstance(one.history, History) else None
    references = {
        kind: (one.references.get(kind) or {}).get("value")
        for kind in ("plan_target", "national_average", "international")
    }
    return {
        "indicator_code": row["indicator_code"],
        "indicator": texts.name(row),
        "value": row["value"],
        "unit": texts.unit(row["unit"]),
        "verdict": texts(f"benchmark.{one.verdict.word}"),
        "why": texts("list.comma").join(texts(f"benchmark.why_{reason}") for reason in one.verdict.why),
        "attainment": texts(f"status.{row['attainment']}"),
        "standard_low": row["standard_low"],
        "standard_high": row["standard_high"],
        "score": row["score"],
        "score_zero_at": row["worst"],
        "score_full_at": row["best"],
        "grade": texts(f"grade.{row['grade_word']}") if row["grade_word"] else "",
        **references,
        "best_before": past.best if past else None,
        "best_period": past.best_period if past else None,
        "peer_rank": peers.rank if peers else None,
        "peers": peers.n if peers else None,
        "peer_quartile": peers.quartile if peers else None,
        "peer_median": peers.median if peers else None,
        "peer_z": one.z if isinstance(one.z, float) else None,
    }
