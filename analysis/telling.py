"""Which pair is worth a look first: the strongest that chance, size and definition do not explain."""

from collections.abc import Mapping
from typing import Any

from analysis.correlation import SIGNIFICANT, CorrelationMatrix

SAME_THING = 0.995
"""Indicators that agree this closely are one quantity under two names."""
Row = Mapping[Any, Any]


def strongest_pair(
    matrix: CorrelationMatrix, indicators: Mapping[str, Row], among: str | None = None
) -> tuple[str, str] | None:
    """The significant pair with the greatest |r| that is not trivial; of equal ones the first by code. None: none.

    indicators: by code, rows of the catalogue; the earlier one comes first. among: only pairs with this indicator,
    which then comes first.
    """
    found: list[tuple[float, str, str]] = [
        (-abs(float(matrix.r[i, j])), min(matrix.codes[i], matrix.codes[j]), max(matrix.codes[i], matrix.codes[j]))
        for i in range(len(matrix.codes))
        for j in range(i)
        if matrix.q_value[i, j] <= SIGNIFICANT
        and abs(matrix.r[i, j]) < SAME_THING
        and (among is None or among in {matrix.codes[i], matrix.codes[j]})
        and not is_trivial(indicators[matrix.codes[i]], indicators[matrix.codes[j]])
    ]
    if not found:
        return None
    _, *pair = min(found)
    place = {code: n for n, code in enumerate(indicators)}
    one, other = sorted(pair, key=lambda code: -1 if code == among else place[code])
    return one, other


def is_trivial(one: Row, other: Row) -> bool:
    """Whether both must go together: of one dimension, part and whole, old and new edition, value and its weight."""
    if one["root_dimension_code"] == other["root_dimension_code"]:
        return True
    links = ("parent_indicator_code", "predecessor_code", "weight_indicator_code")
    return any(a[link] == b["indicator_code"] for link in links for a, b in ((one, other), (other, one)))
