"""Questions about the problem list: pages of it, counts by its attributes, places."""

from dataclasses import dataclass
from datetime import date

from data_access.questions import Question

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""(attribute, words): the attribute is one of the words; "" stands for missing. All must hold."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedQuestion(Question):
    """The problems in `area` and below it that were found by `today` and meet the conditions.

    search: a text that the title, the code or the description contains. city: a place outside it is none.
    """

    area: str
    today: date
    city: Box | None = None
    where: Conditions = ()
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPageQuestion(ListedQuestion):
    """Rows `start` to `end` (exclusive) of the list, in an order: (attribute, descending) pairs, then by code."""

    start: int = 0
    end: int = 100
    order: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemTallyQuestion(ListedQuestion):
    """How many of the list there are for each combination of the attributes `by`."""

    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPlacesQuestion(ListedQuestion):
    """Where those of the list lie that have a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFactsQuestion(ListedQuestion):
    """What those of the list are about, and in which part of the area they lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSpansQuestion(ListedQuestion):
    """When those of the list were found and resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemHistoryQuestion(ListedQuestion):
    """What the watch list needs of those of the list found before `year` or repeating an earlier one."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemQuestion(Question):
    """One problem, with all that belongs to it."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityQuestion(Question):
    """What the problems of each area of a level are held against: its population, its features of a layer."""

    area: str
    level: str
    layer: str | None = None
