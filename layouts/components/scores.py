"""Scores and their words: one indicator's, an aspect's, the composite; the formula is one hover away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from analysis.scores import Composite
from analysis.scoring import Intervals, Scoring
from analysis.unanswered import Unanswered
from layouts.components.explained import Fact, explained, explanation
from layouts.components.picking import pick_button
from layouts.formatting import MISSING, Formatter, known
from layouts.sentences import unanswered_text
from layouts.texts import Texts

_TONES = {"very_good": "meets", "good": "near", "fair": "near", "poor": "fails"}
_TIER_TONES = {"excellent": "meets", "good": "meets", "middling": "near", "poor": "fails"}


def score_text(formatter: Formatter, score: float) -> str:
    """Whole points, but never rounded up to a full mark that was not reached."""
    return formatter.number(int(score) if score > 99 else round(score), 0)  # noqa: PLR2004


def score_badge(formatter: Formatter, row: Mapping[Any, Any], scoring: Scoring) -> Any:
    """row: of `analysis.scores.scored`."""
    texts, score = formatter.texts, known(row["score"])
    if score is None:
        return MISSING
    worst, best = (formatter.number(row[side]) for side in ("worst", "best"))
    rule = texts("score.formula") if row["worst"] != row["best"] else texts("score.formula_zero")
    facts: list[Fact] = [
        ("", texts("score.title", name=texts.name(row), score=formatter.number(score, 1))),
        (texts("score.how"), rule),
        ("", texts("score.bounds", worst=worst, best=best) if row["worst"] != row["best"] else ""),
        (texts("score.intervals"), intervals_text(texts, scoring.grades, "grade")),
    ]
    word = html.Span(texts(f"grade.{row['grade_word']}"), className=f"status--{_TONES[row['grade_word']]}")
    return explained([f"{score_text(formatter, score)} ", word], facts)


@dataclass(frozen=True, slots=True)
class ScoreChip:
    """A named score; a click on it changes the selection, is_chosen: it already has."""

    name: str
    found: Composite | Unanswered
    changes: dict[str, Any]
    is_chosen: bool


def score_strip(formatter: Formatter, total: ScoreChip, aspects: Sequence[ScoreChip], scoring: Scoring) -> html.Div:
    """The composite, then each aspect; always with how many indicators are in it. A click leaves only its own."""
    chips = [_chip(formatter, total, scoring, "score-chip score-chip--total")]
    chips += [_chip(formatter, one, scoring, "score-chip") for one in aspects if isinstance(one.found, Composite)]
    return html.Div(chips, className="score-strip")


def z_facts(formatter: Formatter, z: float | Unanswered) -> list[Fact]:
    """A z-score with its formula, or why there is none."""
    texts = formatter.texts
    if isinstance(z, Unanswered):
        return [("z", unanswered_text(formatter, z))]
    return [("z", formatter.change(z, 2)), ("", texts("score.z_formula"))]


def intervals_text(texts: Texts, intervals: Intervals, kind: str) -> str:
    """`优 ≥ 90，良 ≥ 80 …`; the last word has no bound of its own."""
    said = [
        texts("score.from", word=texts(f"{kind}.{word}"), bound=f"{bound:g}")
        for word, bound in zip(intervals.words, intervals.bounds, strict=False)
    ]
    last = texts("score.below", word=texts(f"{kind}.{intervals.words[-1]}"), bound=f"{intervals.bounds[-1]:g}")
    return texts("list.comma").join([*said, last])


def _chip(formatter: Formatter, chip: ScoreChip, scoring: Scoring, class_name: str) -> Any:
    texts, found = formatter.texts, chip.found
    if isinstance(found, Unanswered):
        return explained([html.Span(chip.name), " ", MISSING], [("", unanswered_text(formatter, found))], class_name)
    word = scoring.tiers.word(found.score)
    facts: list[Fact] = [
        ("", chip.name),
        (texts("score.how"), texts("score.composite_formula")),
        (texts("score.basis"), texts("score.included", included=found.included, possible=found.possible)),
        (texts("score.intervals"), intervals_text(texts, scoring.tiers, "tier")),
    ]
    parts = [
        html.Span(chip.name, className="score-chip__name"),
        html.Span(texts(f"tier.{word}"), className=f"score-chip__word status--{_TIER_TONES[word]}"),
        html.Span(formatter.number(found.score, 1), className="digits"),
        html.Span(f"{found.included}/{found.possible}", className="quiet digits"),
    ]
    explaining = {"data-explain": explanation([*facts, ("", texts("score.only_these"))])}
    return pick_button(parts, chip.changes, class_name, **explaining, **{"aria-pressed": str(chip.is_chosen).lower()})
