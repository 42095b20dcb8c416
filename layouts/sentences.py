"""Plain sentences from figures, in both languages: each says its numbers, and carries the facts behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.pace import Arrival, Pace
from analysis.progress import TOLERANCE_PCT
from analysis.story import Story
from analysis.trend import Slope, TrendTest
from analysis.unanswered import Unanswered
from layouts.components.explained import Fact
from layouts.components.standard import reference_text
from layouts.formatting import MINUS, Formatter, known
from layouts.texts import Texts

_SMALLEST_P = 0.001


@dataclass(frozen=True, slots=True)
class Sentence:
    """tone: better, worse or empty; facts: what hovering shows."""

    text: str
    tone: str = ""
    facts: tuple[Fact, ...] = field(default=())


def level_sentence(
    formatter: Formatter, indicator: Mapping[Any, Any], story: Story, judged: tuple[str, str], area: str, period: str
) -> Sentence:
    """judged: the attainment and the standard in short. Where it stands, and against the period before."""
    texts = formatter.texts
    name = texts.name(indicator)
    if story.now is None:
        return Sentence(texts("story.no_value", area=area, period=formatter.period(period), name=name))
    attainment, standard = judged
    value = str(formatter.quantity(story.now["value"], indicator["unit"], indicator["decimals"]))
    said = texts("story.level", area=area, period=_when(formatter, period), name=name, value=value)
    key = attainment if indicator["graded"] else "not_graded"
    verdict = texts(f"story.is_{key}", standard=standard or texts("story.without_standard"))
    tone = {"meets": "better", "fails": "worse"}.get(attainment, "")
    return Sentence(texts("story.join", first=said, second=verdict), tone)


def change_sentence(formatter: Formatter, indicator: Mapping[Any, Any], story: Story) -> Sentence:
    texts = formatter.texts
    if story.change is None:
        return Sentence(texts("story.no_change"))
    shown = formatter.change(story.change.difference, indicator["decimals"])
    way = {"+": "up", MINUS: "down"}.get(shown[0], "same")
    size = f"{shown.lstrip('+' + MINUS)} {difference_unit(texts, indicator)}".strip()
    verdict = texts(f"story.verdict_{story.change.verdict}")
    before = _when(formatter, story.change.before_period)
    tone = {"improved": "better", "declined": "worse"}.get(story.change.verdict, "")
    facts = (("", texts("story.change_rule", tolerance=f"{TOLERANCE_PCT:g}")),)
    return Sentence(texts(f"story.change_{way}", before=before, change=size, verdict=verdict), tone, facts)


def movement_sentence(formatter: Formatter, indicator: Mapping[Any, Any], story: Story) -> Sentence:
    """How it moved and whether the move is more than chance, with the caveats that n demands."""
    texts, slope, test = formatter.texts, story.slope, story.test
    since = _span(formatter, story)
    if isinstance(slope, Unanswered):
        key = "story.too_few_since_break" if story.is_interrupted else "story.too_few"
        return Sentence(texts(key, n=slope.n, needed=slope.needed or 0, since=since))
    if isinstance(test, Unanswered):
        return Sentence(texts("story.flat", since=since, n=test.n))
    word = "flat_or_unclear" if not test.is_significant else "rising" if test.s > 0 else "falling"
    said = texts(f"story.{word}", since=since, pace=_per_year(formatter, indicator, slope.per_year))
    if test.needs_caution:
        said = texts("story.cautious", said=said.rstrip(".。"), n=test.n)
    return Sentence(said, _tone(word, str(indicator["direction"])), tuple(trend_facts(formatter, indicator, story)))


def trend_facts(formatter: Formatter, indicator: Mapping[Any, Any], story: Story) -> list[Fact]:
    """The statistics behind the sentence, each with its method."""
    texts, slope, test = formatter.texts, story.slope, story.test
    if not isinstance(slope, Slope) or not isinstance(test, TrendTest):
        return []
    low, high = (formatter.change(bound, _pace_decimals(indicator)) for bound in (slope.low, slope.high))
    interval = texts("story.interval", value=_per_year(formatter, indicator, slope.per_year), low=low, high=high)
    exact = texts("story.exact" if test.is_exact else "story.normal")
    tested = texts(
        "story.tested",
        s=formatter.number(test.s, 0),
        tau=formatter.number(test.tau, 2),
        p=p_text(formatter, test.p_value),
    )
    least = texts("story.smallest_p", n=test.n, p=p_text(formatter, test.smallest_p)) if not test.can_reject else ""
    return [
        ("", texts("story.statistics")),
        ("Theil–Sen", interval),
        ("Mann–Kendall", f"{tested}{texts('list.semicolon')}{exact}"),
        ("n", f"{test.n} · {_span(formatter, story)}"),
        ("", least),
        ("", texts("story.broken") if story.is_interrupted else ""),
    ]


def pace_sentence(formatter: Formatter, reference: Mapping[Any, Any], pace: Pace, *, is_sure: bool = True) -> Sentence:
    """Whether the present pace leads to a target or standard, and when. is_sure: the trend is more than chance."""
    texts = formatter.texts
    name = texts("story.reference", name=texts.name(reference), value=reference_text(formatter, reference))
    if pace.arrival is Arrival.MET:
        return Sentence(texts("story.met", reference=name), "better")
    if pace.arrival is Arrival.NOT_REACHED:
        return Sentence(texts("story.not_reached", reference=name), "worse")
    span = texts("story.between", early=pace.earliest or "—", late=pace.latest or texts("story.never"))
    facts = (("", texts("story.pace_method")), (texts("story.pace_interval"), span))
    key = {None: "story.reached", True: "story.reached_in_time", False: "story.reached_late"}[pace.in_time]
    said = texts(key, reference=name, year=pace.year)
    if not is_sure:
        return Sentence(texts("story.pace_unsure", said=said.rstrip(".。")), "", facts)
    return Sentence(said, "worse" if pace.in_time is False else "better", facts)


def outlier_sentences(formatter: Formatter, story: Story) -> list[Sentence]:
    """Values that lie so far off the line that something else than the trend must have happened."""
    far = story.line.loc[story.line["is_outlier"], "period"]
    if far.empty:
        return []
    periods = formatter.texts("list.comma").join(formatter.period(period) for period in far)
    return [
        Sentence(formatter.texts("story.outliers", periods=periods), "", (("", formatter.texts("story.outlier_rule")),))
    ]


def p_text(formatter: Formatter, p_value: float) -> str:
    """`= 0.032`, and `< 0.001` for anything smaller."""
    return f"< {_SMALLEST_P}" if p_value < _SMALLEST_P else f"= {p_value:.3f}"


def unanswered_text(formatter: Formatter, why: Unanswered) -> str:
    return formatter.texts(f"unanswered.{why.reason}", n=why.n, needed=why.needed or 0)


def _span(formatter: Formatter, story: Story) -> str:
    if not len(story.recent):
        return formatter.period(None)
    first, last = (formatter.period(story.recent["period"].iloc[end]) for end in (0, -1))
    return first if first == last else f"{first}–{last}"


def _per_year(formatter: Formatter, indicator: Mapping[Any, Any], slope: float) -> str:
    shown = formatter.change(slope, _pace_decimals(indicator))
    return f"{shown} {difference_unit(formatter.texts, indicator)}".strip()


def _pace_decimals(indicator: Mapping[Any, Any]) -> int | None:
    """One more than the values have."""
    decimals = known(indicator["decimals"])
    return None if decimals is None else min(3, int(decimals) + 1)


def _when(formatter: Formatter, period: str) -> str:
    """A period inside a sentence, where a bare year would run into the words."""
    said = formatter.period(period)
    return formatter.texts("period.year", year=said) if said.isdigit() else said


def difference_unit(texts: Texts, indicator: Mapping[Any, Any]) -> str:
    """Of a difference: between two percentages it is percentage points."""
    return texts("story.percentage_points") if indicator["unit"] == "%" else texts.unit(indicator["unit"])


def _tone(word: str, direction: str) -> str:
    if word not in {"rising", "falling"} or direction not in {"higher_better", "lower_better"}:
        return ""
    return "better" if (word == "rising") == (direction == "higher_better") else "worse"
