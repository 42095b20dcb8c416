"""What is said instead of a statistic that cannot be computed: a reason, never NaN."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why there is no figure; the screen has one sentence for each, `unanswered.<reason>`."""

    ALL_MISSING = "all_missing"
    TOO_FEW = "too_few"
    CONSTANT = "constant"
    ONLY_ISLANDS = "only_islands"
    NEGATIVE = "negative"
    ZERO_TOTAL = "zero_total"
    NO_BOUNDARIES = "no_boundaries"
    NO_DIRECTION = "no_direction"
    NOT_GRADED = "not_graded"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """reason: why. n: how many usable values there were. needed: how many it takes, where that is the reason."""

    reason: Reason
    n: int = 0
    needed: int | None = None


def too_few(n: int, needed: int) -> Unanswered:
    return Unanswered(Reason.TOO_FEW if n else Reason.ALL_MISSING, n, needed)
