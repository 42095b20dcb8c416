"""Questions about projects under way, asked so that the reports of a city need not travel."""

from dataclasses import dataclass
from datetime import date

from data_access.questions import ProjectsQuestion, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsQuestion(ProjectsQuestion):
    """The reports that say where each project stands on `today`."""

    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainQuestion(Question):
    """Problems in `area` found by `today`, by dimension, and by action, type and stage of the answering projects."""

    area: str
    today: date
