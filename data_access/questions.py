"""Questions as frozen data: what is asked, of which area and period, and by whom.

A question is also its own cache key, together with `data_version`; so it holds nothing but codes and the viewer.
"""

from dataclasses import dataclass
from datetime import date

from data_access.viewer import EVERYTHING, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Base of all questions. viewer: whose scope the answer must stay in."""

    viewer: Viewer = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasQuestion(Question):
    """The areas below `area` (None: the root of what the viewer sees).

    Without `level` its children, of every partition; with `level` all its descendants of that level.
    """

    area: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPathQuestion(Question):
    """From the top of what the viewer sees down to `area`, itself last."""

    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueQuestion(Question):
    """Indicators, dimensions, levels, departments, layers: what does not depend on area or period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsQuestion(Question):
    """The periods in which `indicator` (None: any indicator) has recorded rows."""

    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessQuestion(Question):
    """How many rows of one indicator are recorded at each level in each period."""

    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesQuestion(Question):
    """One indicator in one period for the children of `area`, or for all its descendants of `level`.

    include_self adds the area itself. partition keeps the children of one tiling (None: the one that rolls up).
    """

    indicator: str
    period: str
    area: str
    level: str | None = None
    partition: str | None = None
    include_self: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuestion(Question):
    """All indicators in one period for all descendants of `area` of one level."""

    area: str
    level: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternQuestion(Question):
    """What a spatial statistic is computed of, so that it is computed once: measure, one or two indicators, areas.

    neighbours: which areas count as such. lag: by how many periods the first indicator comes before `period`.
    """

    measure: str
    indicator: str
    other: str | None
    area: str
    level: str
    period: str
    neighbours: str
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesQuestion(Question):
    """One indicator in all its periods, for each of `areas`."""

    indicator: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileQuestion(Question):
    """All indicators of one area, in one period or (None) in all."""

    area: str
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesQuestion(Question):
    """Standards, targets and averages: of one indicator or (None) of all."""

    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersQuestion(Question):
    """What peer cities report: of one indicator or (None) of all."""

    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsQuestion(Question):
    """Problems in `area` (None: wherever the viewer sees) and below it."""

    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectsQuestion(Question):
    """Projects that serve `area` (None: wherever the viewer sees) or an area below it.

    projects: only these of them.
    """

    area: str | None = None
    projects: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCountsQuestion(Question):
    """How many problems `area` and all below it have, and how many are overdue on `today`.

    by_child counts each child of `area` with all below it; what lies in `area` itself stands under its own code.
    """

    area: str
    today: date
    by_child: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCountsQuestion(Question):
    """How many projects serve `area` or an area below it, how many are late on `today`, and their money.

    by_child counts each child of `area` with all below it; what serves `area` itself stands under its own code.
    """

    area: str
    today: date
    by_child: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyQuestion(Question):
    """What residents of `area` itself answered; None: of every area the viewer sees."""

    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionGradesQuestion(Question):
    """Official verdicts on `area` itself; None: on every area the viewer sees."""

    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionsQuestion(Question):
    """Expert opinions on `area` (and all below it), on one indicator or (None) all, in one period or (None) any."""

    area: str
    indicator: str | None = None
    period: str | None = None
    below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundariesQuestion(Question):
    """Geometry of the areas that ValuesQuestion of the same area and level names, in the same order."""

    area: str
    level: str | None = None
    partition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPointsQuestion(Question):
    """The points of one layer of the spatial store."""

    layer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPointQuestion(Question):
    """The attributes of one of them."""

    layer: str
    feature_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerShapesQuestion(Question):
    """The features of one layer of the spatial store with these of their attributes."""

    layer: str
    columns: tuple[str, ...] = ()
