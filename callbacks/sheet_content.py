"""What the sheet of one area says, section by section, from rules; every sentence carries its numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.health import attainment_counts, dimension_summary
from analysis.scores import Composite, composite
from analysis.unanswered import Unanswered
from callbacks.benchmark_table import aspects, scores_now
from callbacks.benchmark_table import standings as standings_of
from callbacks.scene import Scene
from callbacks.scoring import current_scoring
from callbacks.sheet_sections import (
    completeness_section,
    opinions_section,
    satisfaction_section,
    trends_section,
    work_section,
)
from callbacks.sheet_siblings import among_siblings, sibling_sentences
from data_access.questions import CatalogueQuestion
from layouts.components.benchmark_table import Standing
from layouts.components.explained import value_facts
from layouts.components.panel import joined
from layouts.components.scores import intervals_text
from layouts.components.standard import standard_text
from layouts.formatting import MISSING, known
from layouts.sentences import Sentence
from layouts.sheet import Grid, Section, Sheet

MOST_LISTED = 5


def sheet_of(at: Scene) -> Sheet:
    texts, contract = at.texts, at.store.contract()
    city = texts.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})
    period = at.formatter.period(at.selection.period)
    demo = texts("app.demo") if at.is_demo else ""
    date = texts("export.cite_date", day=at.formatter.day(contract.updated_at), version=contract.data_version)
    standings = standings_of(at)
    return Sheet(
        texts("sheet.title", area=at.area_name),
        joined(city, *(texts.name(row) for row in at.path.iloc[1:-1].to_dict("records")), period, date, demo),
        _figures(at),
        [
            _dimensions(at),
            _strengths(at, standings),
            _shortfalls(at, standings),
            trends_section(at),
            work_section(at),
            satisfaction_section(at),
            completeness_section(at),
            opinions_section(at),
        ],
        texts("sheet.note"),
        (texts("sheet.evidence"), texts("sheet.evidence_note")),
    )


def _figures(at: Scene) -> list[tuple[str, str]]:
    texts, own = at.texts, at.path.iloc[-1]
    judged = at.judged(at.selection.period)
    counts = attainment_counts(judged)
    return [
        (texts("sheet.population"), str(at.formatter.quantity(own["population"], "人", 0))),
        (texts("sheet.area_km2"), str(at.formatter.quantity(own["area_km2"], "km²", 1))),
        (texts("sheet.collected"), f"{int(judged['value'].notna().sum())} / {len(judged)}"),
        (texts("sheet.meeting"), f"{counts['meets']} / {sum(counts.values())}" if sum(counts.values()) else MISSING),
        (texts("sheet.score"), _composite(at, composite(scores_now(at), current_scoring()))),
    ]


def _composite(at: Scene, found: Composite | Unanswered) -> str:
    if isinstance(found, Unanswered):
        return MISSING
    word = at.texts(f"tier.{current_scoring().tiers.word(found.score)}")
    score = at.formatter.number(found.score, 1)
    return at.texts("sheet.score_of", score=score, word=word, included=found.included, possible=found.possible)


def _dimensions(at: Scene) -> Section:
    texts = at.texts
    asked = CatalogueQuestion(viewer=at.viewer)
    summary = dimension_summary(at.judged(at.selection.period), at.store.dimensions(asked))
    rows = [
        [
            texts.name(row),
            f"{row['collected']} / {row['indicators']}",
            *_judged_counts(at, row),
        ]
        for row in summary.to_dict("records")
    ]
    head = [texts("sheet.dimension"), texts("sheet.collected")]
    head += [texts(f"status.{word}") for word in ("meets", "near", "fails")] + [""]
    return Section(texts("sheet.by_dimension"), _aspects(at), Grid(head, rows, [4, 3, 2, 2, 2, 4]))


def _judged_counts(at: Scene, row: Mapping[Any, Any]) -> list[str]:
    """How many meet, are near and fail; nothing, and why, where none is judged."""
    words = ("meets", "near", "fails")
    if row["graded"] and sum(row[word] for word in words):
        return [*(str(row[word]) for word in words), ""]
    return [MISSING, MISSING, MISSING, at.texts("sheet.no_standard" if row["graded"] else "sheet.counted")]


def _aspects(at: Scene) -> list[Sentence]:
    """The aspects' tiers in one sentence."""
    texts, tiers = at.texts, current_scoring().tiers
    known_ones = [(name, one) for name, one in aspects(at, scores_now(at)) if isinstance(one, Composite)]
    if not known_ones:
        return []
    said = [
        texts("sheet.aspect", name=name, word=texts(f"tier.{tiers.word(one.score)}"), score=f"{one.score:.1f}")
        for name, one in known_ones
    ]
    counted = texts("list.semicolon").join(f"{name} {one.included}/{one.possible}" for name, one in known_ones)
    facts = (
        (texts("score.how"), texts("score.composite_formula")),
        (texts("score.intervals"), intervals_text(texts, tiers, "tier")),
        (texts("score.basis"), counted),
    )
    return [Sentence(texts("sheet.aspects", said=texts("list.semicolon").join(said)), "", facts)]


def _strengths(at: Scene, standings: Sequence[Standing]) -> Section:
    """Verdicts of both yardsticks where peers compare; else what meets its standard."""
    found = [one for one in standings if one.verdict.word == "strength"] or [
        one for one in standings if one.judged["attainment"] == "meets"
    ]
    if not _is_judged(at):
        return Section(at.texts("sheet.strengths"), _among(at, "is_best", "better"))
    said = [_standing(at, one, "better") for one in found[:MOST_LISTED]]
    return Section(at.texts("sheet.strengths"), said or [Sentence(at.texts("sheet.no_strengths"))])


def _shortfalls(at: Scene, standings: Sequence[Standing]) -> Section:
    found = sorted((one for one in standings if one.judged["attainment"] == "fails"), key=_missed, reverse=True)
    if not _is_judged(at):
        return Section(at.texts("sheet.shortfalls"), _among(at, "is_worst", "worse"))
    said = [_standing(at, one, "worse") for one in found[:MOST_LISTED]]
    more = len(found) - MOST_LISTED
    rest = [Sentence(at.texts("sheet.more", count=more))] if more > 0 else []
    return Section(at.texts("sheet.shortfalls"), [*said, *rest] or [Sentence(at.texts("sheet.no_shortfalls"))])


def _among(at: Scene, quarter: str, tone: str) -> list[Sentence]:
    """Where no standard judges: what stands out among the siblings, the most telling first."""
    found = among_siblings(at)
    chosen = found[found[quarter].astype(bool)]
    ordered = chosen if tone == "better" else chosen.iloc[::-1]
    said = sibling_sentences(at, ordered.head(MOST_LISTED), tone)
    return [Sentence(at.texts("sheet.none_judged_beside" if said else "sheet.none_judged")), *said]


def _is_judged(at: Scene) -> bool:
    return sum(attainment_counts(at.judged(at.selection.period)).values()) > 0


def _missed(one: Standing) -> float:
    """By which share of the standard the value misses it."""
    row = one.judged
    low, high, value = known(row["standard_low"]), known(row["standard_high"]), known(row["value"]) or 0.0
    bound = low if low is not None and value < low else high
    return abs(value - bound) / (abs(bound) or 1.0) if bound is not None else 0.0


def _standing(at: Scene, one: Standing, tone: str) -> Sentence:
    row, texts = one.judged, at.texts
    value = str(at.formatter.quantity(row["value"], row["unit"], row["decimals"]))
    standard = standard_text(at.formatter, row["standard_low"], row["standard_high"])
    why = texts("list.comma").join(texts(f"benchmark.why_{reason}") for reason in one.verdict.why)
    text = texts("sheet.standing", name=texts.name(row), value=value, standard=standard)
    return Sentence(text, tone, (("", str(row["indicator_code"])), *_behind(at, row), ("", why)))


def _behind(at: Scene, row: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """What a figure rests on, without the indicator's own description."""
    described = {at.texts(f"explain.{name}") for name in ("definition", "formula")} | {""}
    period = at.selection.period
    return [fact for fact in value_facts(at.formatter, row, row, period) if fact[1] and fact[0] not in described]
