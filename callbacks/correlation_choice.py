"""Which pair is looked at, in which period, and why it is not the one asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.correlation import CorrelationMatrix
from analysis.telling import SAME_THING, is_trivial, strongest_pair
from callbacks.correlation_options import POPULATION
from callbacks.resolving import resolve
from callbacks.selection import Selection
from data_access.questions import PeriodsQuestion

if TYPE_CHECKING:
    from callbacks.correlation_data import Pairing

EARLIER, NO_PARTNER, NOT_BOTH, STRONGEST, CLOSEST = "earlier", "no_partner", "not_both", "strongest", "closest"
_MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """pair: None where there are no two indicators. note: one of the words above, empty where all is as asked."""

    pair: tuple[str, str] | None
    period: str | None
    note: str = ""


def choose(pairing: "Pairing") -> Choice:
    """The pair asked for, in the latest period that has both; else the most telling one.

    Without a second indicator it is the strongest partner of the first, beyond chance, size and definition; without a
    wish at all, or where the first has no such partner, the strongest pair of all.
    """
    selection = pairing.at.selection
    note = ""
    if selection.indicator and selection.other and selection.other != selection.indicator:
        found = _as_asked(pairing, selection.indicator, selection.other)
        if found is not None:
            return found
        note = NOT_BOTH
    return _telling(pairing, note)


def _as_asked(pairing: "Pairing", one: str, other: str) -> Choice | None:
    if not {one, other} <= set(pairing.indicators):
        return None
    for period in _common_periods(pairing, one, other)[:_MOST_TRIED]:
        if {one, other} <= set(pairing.values_in(pairing.level, period).columns):
            return Choice((one, other), period, EARLIER if period != pairing.at.selection.period else "")
    return None


def _common_periods(pairing: "Pairing", one: str, other: str) -> list[str]:
    """The selected period, then those in which both are recorded: earlier ones, the latest first, then later ones."""
    at = pairing.at
    rows = [at.store.periods(PeriodsQuestion(indicator=code, viewer=at.viewer)) for code in (one, other)]
    both = rows[0][rows[0]["period"].isin(rows[1]["period"])].sort_values("ends_on", ascending=False, kind="stable")
    now = at.ends_on(at.selection.period)
    ordered = [*both[both["ends_on"] <= now]["period"], *both[both["ends_on"] > now]["period"][::-1]]
    asked = at.selection.period
    return [asked, *(str(one) for one in ordered if one != asked)] if asked else [str(one) for one in ordered]


def _telling(pairing: "Pairing", note: str) -> Choice:
    at, period = pairing.at, pairing.at.selection.period
    plain = pairing.matrix_of(period, pairing.method, None)
    if len(plain.codes) < 2:  # noqa: PLR2004
        return Choice(None, period)
    matrix = _beyond_size(pairing, plain)
    wished = None if _is_default(pairing) else at.selection.indicator
    partner = strongest_pair(matrix, pairing.indicators, wished) if wished in matrix.codes else None
    if partner:
        return Choice(partner, period, note)
    strongest = strongest_pair(matrix, pairing.indicators)
    if strongest:
        return Choice(strongest, period, note or (NO_PARTNER if wished else STRONGEST))
    return Choice(closest(plain, pairing.indicators, wished), period, note or CLOSEST)


def _beyond_size(pairing: "Pairing", plain: CorrelationMatrix) -> CorrelationMatrix:
    """With population held constant, where it is known: size alone makes counts go together."""
    held = pairing.matrix_of(pairing.at.selection.period, pairing.method, POPULATION)
    return held if (held.q_value == held.q_value).any() else plain


def _is_default(pairing: "Pairing") -> bool:
    """Whether the indicator is only the one that the screen starts with."""
    at = pairing.at
    started, _ = resolve(Selection(), at.store, at.viewer)
    return at.selection.indicator == started.indicator


def closest(matrix: CorrelationMatrix, indicators: Mapping[str, Any], wished: str | None) -> tuple[str, str]:
    """The greatest |r| though it may be chance: of the wished indicator if it has any, between dimensions if there is.

    Two indicators always make a pair to show.
    """
    strength = np.nan_to_num(np.abs(np.tril(matrix.r, -1)))
    strength[strength >= SAME_THING] = 0
    rows = [indicators[code] for code in matrix.codes]
    telling = strength * [[not is_trivial(one, other) for other in rows] for one in rows]
    strength = telling if telling.any() else strength
    if wished in matrix.codes:
        place = matrix.codes.index(str(wished))
        own = np.maximum(strength[place], strength[:, place])
        if own.any():
            return str(wished), matrix.codes[int(own.argmax())]
    one, other = np.unravel_index(int(strength.argmax()), strength.shape)
    return (matrix.codes[int(other)], matrix.codes[int(one)]) if one != other else (matrix.codes[0], matrix.codes[1])
