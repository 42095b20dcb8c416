"""What the correlation view says of a pair: plain sentences, each with its n and its corrected p."""

from typing import Any

from analysis.correlation import Correlation, adjusted_together, correlate
from analysis.spatial import MoranI
from analysis.unanswered import Reason, Unanswered
from callbacks.correlation_choice import EARLIER, NOT_BOTH
from callbacks.correlation_data import Pairing
from callbacks.correlation_map import morans
from callbacks.correlation_options import POPULATION
from callbacks.correlation_strip import neighbours_text
from layouts.formatting import known
from layouts.sentences import Sentence, p_text, unanswered_text

_MOST_NAMED = 5


def findings(pairing: Pairing) -> list[Sentence]:
    found = [
        _choice(pairing), _relation(pairing), _lags(pairing), _given_population(pairing), _level_effect(pairing),
        _counts(pairing), *_spatial(pairing),
    ]  # fmt: skip
    return [one for one in found if one is not None]


def pair_names(pairing: Pairing) -> dict[str, str]:
    one, other = pairing.pair or ("", "")
    return {"x": pairing.at.texts.name(pairing.indicator(one)), "y": pairing.at.texts.name(pairing.indicator(other))}


def named(pairing: Pairing, codes: tuple[str, ...]) -> str:
    """The first few by name, and how many more."""
    texts = pairing.at.texts
    said = texts("list.comma").join(pairing.names.get(code, code) for code in codes[:_MOST_NAMED])
    more = len(codes) - _MOST_NAMED
    return texts("correlation.and_more", names=said, count=len(codes)) if more > 0 else said


def _choice(pairing: Pairing) -> Sentence | None:
    """Why it is not what was asked for."""
    at, note = pairing.at, pairing.choice.note
    if not note:
        return None
    asked = [pairing.indicators.get(code or "") for code in (at.selection.indicator, at.selection.other)]
    one, other = (at.texts.name(row) if row else "—" for row in asked)
    periods = {"period": at.formatter.period(at.selection.period), "shown": at.formatter.period(pairing.period)}
    said = at.texts(f"correlation.choice_{note}", one=one, other=other, **periods)
    return Sentence(said, "worse" if note in {EARLIER, NOT_BOTH} else "")


def _relation(pairing: Pairing) -> Sentence:
    at, found = pairing.at, pairing.found
    if isinstance(found, Unanswered):
        return Sentence(unanswered_text(at.formatter, found))
    key = "none" if not found.is_significant else "positive" if found.r > 0 else "negative"
    method = at.texts(f"correlation.method_{pairing.method}")
    return Sentence(
        at.texts(f"correlation.{key}", method=method, given=_given_text(pairing), **_figures(pairing, found))
    )


def _given_text(pairing: Pairing) -> str:
    held, texts = pairing.options.given, pairing.at.texts
    if held is None:
        return ""
    if pairing.given is None:
        return texts("correlation.given_unknown")
    name = texts("correlation.given_people") if held == POPULATION else texts.name(pairing.indicator(held))
    return texts("correlation.given_text", name=name)


def _lags(pairing: Pairing) -> Sentence | None:
    """The same pair at every lag, so that nobody picks the prettiest."""
    if not pairing.lag:
        return None
    texts = pairing.at.texts
    said = []
    for lag, found in enumerate(pairing.by_lag):
        if isinstance(found, Correlation):
            q = p_text(pairing.at.formatter, found.q_value)
            said.append(texts("correlation.at_lag", lag=lag, r=_r(found), n=found.n, q=q))
    return Sentence(texts("correlation.lags", said=texts("list.semicolon").join(said)))


def _given_population(pairing: Pairing) -> Sentence | None:
    """What is left of the relation when population is taken out; said unless something else is already."""
    if pairing.options.given is not None or not pairing.population.notna().any():
        return None
    found = pairing.given_population()
    if isinstance(found, Unanswered):
        return None
    raw = pairing.found
    vanishes = isinstance(raw, Correlation) and raw.is_significant and not found.is_significant
    key = "vanishes" if vanishes else "partial"
    return Sentence(pairing.at.texts(f"correlation.{key}", **_figures(pairing, found)), "worse" if vanishes else "")


def _level_effect(pairing: Pairing) -> Sentence | None:
    """The same pair at the other levels: what holds of subdistricts need not hold of communities."""
    at, pair, period = pairing.at, pairing.pair or ("", ""), str(pairing.period)
    found = []
    for row in pairing.levels:
        one, other = (pairing.series(code, period, row["level"]) for code in pair)
        found.append(correlate(one.to_frame("x").join(other.rename("y"), how="outer"), pairing.method).cell("x", "y"))
    said = [
        at.texts(
            "correlation.at_level", level=at.texts.name(row), r=_r(one), n=one.n, q=p_text(at.formatter, one.q_value)
        )
        for row, one in zip(pairing.levels, adjusted_together(found), strict=True)
        if isinstance(one, Correlation)
    ]
    if len(said) < 2:  # noqa: PLR2004
        return None
    return Sentence(at.texts("correlation.levels", said=at.texts("list.semicolon").join(said)))


def _counts(pairing: Pairing) -> Sentence | None:
    both_counts = all(pairing.is_count(code) for code in pairing.pair or ("",))
    both_counts = both_counts and pairing.given is None and not pairing.options.per_capita
    return Sentence(pairing.at.texts("correlation.counts"), "worse") if both_counts else None


def _spatial(pairing: Pairing) -> list[Sentence]:
    at, names, found = pairing.at, pair_names(pairing), morans(pairing)
    reasons = {one.reason for _, one in found if isinstance(one, Unanswered)}
    if found and reasons == {Reason.ONLY_ISLANDS}:
        return [Sentence(at.texts("correlation.only_islands", rule=neighbours_text(pairing)), "worse")]
    return [_moran(pairing, names.get(key, f"{names['x']} → {names['y']}"), one) for key, one in found]


def _moran(pairing: Pairing, name: str, found: MoranI | Unanswered) -> Sentence:
    at = pairing.at
    if isinstance(found, Unanswered):
        return Sentence(at.texts("correlation.no_moran", name=name, why=unanswered_text(at.formatter, found)))
    said = at.texts(
        "correlation.moran", name=name, i=_two(found.i), p=p_text(at.formatter, found.p_value), n=found.n,
        permutations=found.permutations,
    )  # fmt: skip
    return Sentence(said, "", _moran_facts(pairing, found, neighbours_text(pairing)))


def _moran_facts(pairing: Pairing, found: MoranI, rule: str) -> tuple[tuple[str, str], ...]:
    texts = pairing.at.texts
    facts = [("", texts("correlation.moran_note")), (texts("neighbours.title"), rule)]
    if found.islands:
        facts.append((texts("correlation.left_out"), named(pairing, found.islands)))
    return tuple(facts)


def _figures(pairing: Pairing, found: Correlation) -> dict[str, Any]:
    p, q = (p_text(pairing.at.formatter, one) for one in (found.p_value, found.q_value))
    return {"r": _r(found), "n": found.n, "p": p, "q": q}


def _r(found: Correlation) -> str:
    return _two(known(found.r) or 0.0)


def _two(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")
