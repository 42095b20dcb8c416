"""Scores and their words: one indicator's, an aspect's, the composite; the formula is one hover away."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from analysis.scores import Composite
from analysis.scoring import Intervals, Scoring
from analysis.unanswered import Unanswered
from layouts.components.explained import Fact, explained
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


def score_strip(
    formatter: Formatter,
    total: Composite | Unanswered,
    aspects: Sequence[tuple[str, Composite | Unanswered]],
    scoring: Scoring,
) -> html.Div:
    """The composite, then each aspect by name; always with how many indicators are in it."""
    texts = formatter.texts
    chips = [_chip(formatter, texts("score.composite"), total, scoring, is_total=True)]
    chips += [_chip(formatter, name, found, scoring) for name, found in aspects if isinstance(found, Composite)]
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


def _chip(
    formatter: Formatter, name: str, found: Composite | Unanswered, scoring: Scoring, *, is_total: bool = False
) -> Any:
    texts = formatter.texts
    if isinstance(found, Unanswered):
        return explained([html.Span(name), " ", MISSING], [("", unanswered_text(formatter, found))], "score-chip")
    word = scoring.tiers.word(found.score)
    facts: list[Fact] = [
        ("", name),
        (texts("score.how"), texts("score.composite_formula")),
        (texts("score.basis"), texts("score.included", included=found.included, possible=found.possible)),
        (texts("score.intervals"), intervals_text(texts, scoring.tiers, "tier")),
    ]
    parts = [
        html.Span(name, className="score-chip__name"),
        html.Span(texts(f"tier.{word}"), className=f"score-chip__word status--{_TIER_TONES[word]}"),
        html.Span(formatter.number(found.score, 1), className="digits"),
        html.Span(f"{found.included}/{found.possible}", className="quiet digits"),
    ]
    return explained(parts, facts, "score-chip score-chip--total" if is_total else "score-chip")
