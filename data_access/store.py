"""The one door to the numbers: every question the screen, the command line or an export may ask.

Each method names its grain and its columns. Rows come in a stated order, the same on both databases.
Text columns are pandas' `str` (NaN where missing), numbers float64 (NaN where missing) or int64, flags bool.
A value row, wherever it appears, has the columns of `VALUE_COLUMNS`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Connection

from data_access import answers, building_layers, city_objects, contract, publishing
from data_access import questions as q
from data_access.answers.shown import VALUE_COLUMNS
from data_access.cache import AnswerCache
from data_access.contract_row import Contract, ContractClock, verify
from data_access.failures import reading
from data_access.late_engine import LateEngine
from data_access.opinions import Opinion, write_opinion
from data_access.place_answers import PlaceAnswers
from data_access.viewer import EVERYTHING, Viewer
from data_access.work_answers import WorkAnswers

__all__ = ["VALUE_COLUMNS", "Contract", "IndicatorStore"]

QuestionT = TypeVar("QuestionT", bound=q.Question)


class IndicatorStore(PlaceAnswers, WorkAnswers):
    """Answers questions from one database, through one cache. Safe for many threads.

    Methods raise UnknownCode and InvalidQuestion for what the asker got wrong, DatabaseUnavailable, DatabaseCorrupt
    and ContractMismatch for what the database did.
    """

    def __init__(self, engine: LateEngine, cache: AnswerCache) -> None:
        self._engine = engine
        self._clock = ContractClock(engine)
        self._known: Contract | None = None
        self.cache = cache

    def verify(self) -> None:
        """Reads the database from the ground up and raises what is wrong with it; see `contract_row.verify`."""
        verify(self._engine())

    def contract(self) -> Contract:
        """The contract row: version, data_version, city names, currency, updated_at.

        When it has changed, nobody will ask for what this process remembers.
        """
        found = self._clock.read()
        if found != self._known:
            self._known = found
            self.cache.forget()
        return found

    def data_version(self) -> int:
        """What every writer raises; read from the database at most once a second."""
        return self.contract().data_version

    def home_area(self, viewer: Viewer = EVERYTHING) -> str | None:
        """Code of the top area of what the viewer sees (of several, the first by rank and code); None where none is."""
        tops = self.cache.json("home_area", viewer, self._version(), lambda: self._ask(answers.top_areas, viewer))
        return tops[0] if tops else None

    def areas(self, question: q.AreasQuestion) -> pd.DataFrame:
        """Per area, by rank and code: area_code, name_zh, name_en, level, rank, partition, parent_code, population,
        area_km2, child_count, has_boundary. parent_code is missing at the top of what the viewer sees."""
        return self._frame(answers.areas, question)

    def levels_below(self, question: q.AreasQuestion) -> set[str]:
        """The levels that any of the areas below the one asked, however deep, belongs to."""
        asked = self.cache.json(
            "levels_below", question, self._version(), lambda: self._ask(answers.levels_below, question)
        )
        return set(asked)

    def area_path(self, question: q.AreaPathQuestion) -> pd.DataFrame:
        """The columns of `areas`, from the top of what the viewer sees down to the area asked."""
        return self._frame(answers.area_path, question)

    def levels(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per level, by rank, partition and level: level, rank, partition, name_zh, name_en, area_count."""
        return self._frame(answers.levels, question)

    def dimensions(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per dimension, by sort order and code: the contract's columns, root_dimension_code."""
        return self._frame(answers.dimensions, question)

    def indicators(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per indicator, by dimension and code: the contract's columns, dimension_name_zh/_en, root_dimension_code."""
        return self._frame(answers.indicators, question)

    def systems(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per indicator system, the latest first: the contract's columns."""
        return self._frame(answers.systems, question)

    def departments(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per department, by code: the contract's columns."""
        return self._frame(answers.departments, question)

    def actions(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per special action, by code: the contract's columns."""
        return self._frame(answers.actions, question)

    def layers(self, question: q.CatalogueQuestion) -> pd.DataFrame:
        """Per layer of the catalogue, by code: the contract's columns."""
        return self._frame(answers.layers, question)

    def periods(self, question: q.PeriodsQuestion) -> pd.DataFrame:
        """Per period with recorded rows, in order of time: period, kind, starts_on, ends_on (ISO days), rows."""
        return self._frame(answers.periods, question)

    def recorded_by_level_period(self, question: q.CompletenessQuestion) -> pd.DataFrame:
        """Per level with rows of the indicator, by rank, and period: level, rank, period, recorded (values), rows."""
        return self._frame(answers.recorded_by_level_period, question)

    def definitions_by_period(self, question: q.CompletenessQuestion) -> pd.DataFrame:
        """Per period with values of the indicator: period, caliber, boundary_version (those of most recorded rows)."""
        return self._frame(answers.definitions_by_period, question)

    def sources_by_period(self, question: q.CompletenessQuestion) -> pd.DataFrame:
        """Per period and source of recorded values, most rows first: period, source, rows."""
        return self._frame(answers.sources_by_period, question)

    def values_by_area(self, question: q.ValuesQuestion) -> pd.DataFrame:
        """Per asked area, by rank and code, also without a value: area_code, name_zh, name_en, level, parent_code,
        population, VALUE_COLUMNS."""
        return self._frame(answers.values_by_area, question)

    def values_by_area_indicator(self, question: q.MatrixQuestion) -> pd.DataFrame:
        """Per area and indicator with a value, by both codes: area_code, indicator_code, value, status."""
        return self._frame(answers.values_by_area_indicator, question)

    def series(self, question: q.SeriesQuestion) -> pd.DataFrame:
        """Per area (in the order asked) and period (in order of time) that has an answer: area_code, period, kind,
        ends_on, VALUE_COLUMNS. Kinds are different series; a period left out is a gap. Each area is kept by itself."""
        if len(question.areas) <= 1:
            return self._frame(answers.series, question)
        alone = (replace(question, areas=(area,)) for area in dict.fromkeys(question.areas))
        return pd.concat([self.series(one) for one in alone], ignore_index=True)

    def profile(self, question: q.ProfileQuestion) -> pd.DataFrame:
        """Per indicator (by code) and period (in time) that has an answer: indicator_code, period, VALUE_COLUMNS."""
        return self._frame(answers.profile, question)

    def references(self, question: q.ReferencesQuestion) -> pd.DataFrame:
        """Per reference, by indicator and code: the contract's columns."""
        return self._frame(answers.references, question)

    def peers(self, question: q.PeersQuestion) -> pd.DataFrame:
        """Per indicator, peer city and period: the columns of peer_value, then of peer_city."""
        return self._frame(answers.peers, question)

    def survey_results(self, question: q.SurveyQuestion) -> pd.DataFrame:
        """Per area, topic, respondent group and period: the contract's columns."""
        return self._frame(answers.survey_results, question)

    def dimension_grades(self, question: q.DimensionGradesQuestion) -> pd.DataFrame:
        """Per area, dimension and period: the contract's columns."""
        return self._frame(answers.dimension_grades, question)

    def problems(self, question: q.ProblemsQuestion) -> pd.DataFrame:
        """Per problem, by code: the contract's columns, area_name_zh, area_name_en."""
        return self._frame(answers.problems, question)

    def problem_counts_by_area_status_track(self, question: q.ProblemCountsQuestion) -> pd.DataFrame:
        """Per area, status, track and severity: area_code, status, track, severity, problems, overdue."""
        return self._frame(answers.problem_counts_by_area_status_track, question)

    def projects(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Per project, by code: the contract's columns, action_name_zh, action_name_en, share (0-1, the part that
        serves the asked area)."""
        return self._frame(answers.projects, question)

    def project_counts(self, question: q.ProjectCountsQuestion) -> pd.DataFrame:
        """Per area and stage: area_code, stage, projects, late, investment_planned, investment_actual (by share)."""
        return self._frame(answers.project_counts, question)

    def project_areas(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_area of the projects listed, by key."""
        return self._project_rows(question, contract.project_area)

    def project_progress(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_progress of the projects listed, by key."""
        return self._project_rows(question, contract.project_progress)

    def project_milestones(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_milestone of the projects listed, by key."""
        return self._project_rows(question, contract.project_milestone)

    def project_funding(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_funding of the projects listed, by key."""
        return self._project_rows(question, contract.project_funding)

    def project_problems(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_problem of the projects listed, by key; problems the viewer may not see are left out."""
        return self._project_rows(question, contract.project_problem)

    def project_indicators(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Rows of project_indicator of the projects listed, by key."""
        return self._project_rows(question, contract.project_indicator)

    def project_extents(self, question: q.ProjectsQuestion) -> pd.DataFrame:
        """Per listed project with an extent, by code: project_code, geometry (shapely, CGCS2000)."""
        return self._project_rows(question, contract.project_extent)

    def opinions(self, question: q.OpinionsQuestion) -> pd.DataFrame:
        """Per opinion, the latest first: the contract's columns but opinion_id, indicator_name_zh/_en,
        area_name_zh/_en. Read anew each time: opinions come without a new data_version."""
        return self._ask(answers.opinions, question)  # type: ignore[no-any-return]

    def write_opinion(self, opinion: Opinion) -> int:
        """Pins an opinion and returns its number; what it raises beside the usual is DatabaseReadOnly."""
        engine = self._engine.for_writing()
        try:
            return write_opinion(engine, opinion)
        finally:
            engine.dispose()

    def boundaries(self, question: q.BoundariesQuestion) -> pd.DataFrame:
        """Per asked area with a boundary, in the order of values_by_area: area_code, geometry (shapely, CGCS2000)."""
        return self._frame(answers.boundaries, question)

    def published_areas(self, question: publishing.PublishedAreasQuestion) -> pd.DataFrame:
        """Per area, by rank and code: area_code, name_zh, name_en, level, rank, parent_code, population,
        has_boundary."""
        return self._frame(publishing.published_areas, question)

    def published_values(self, question: publishing.PublishedValuesQuestion) -> pd.DataFrame:
        """Per named area, by rank and code, also without a value: area_code, VALUE_COLUMNS."""
        return self._frame(publishing.published_values, question)

    def published_box(self, viewer: Viewer = EVERYTHING) -> list[float] | None:
        """West, south, east, north in degrees of all the viewer sees; None without boundaries."""
        box: list[float] | None = self.cache.json(
            "published_box", viewer, self._version(), lambda: self._ask(publishing.published_box, viewer)
        )
        return box

    def city_object(self, question: city_objects.CityObjectQuestion) -> dict[str, Any]:
        """One object of the city information model: object_id, area_code, lon, lat, model, building."""
        found: dict[str, Any] = self.cache.json(
            "city_object", question, self._version(), lambda: self._ask(city_objects.city_object, question)
        )
        return found

    def building_layers(self, question: q.CatalogueQuestion) -> list[dict[str, Any]]:
        """The layers that hold buildings, the likeliest first: layer_code, titles, columns by what they mean."""
        found: list[dict[str, Any]] = self.cache.json(
            "building_layers", question, self._version(), lambda: self._ask(building_layers.building_layers, question)
        )
        return found

    def boundaries_of(self, question: publishing.BoundariesOfQuestion) -> pd.DataFrame:
        """Per named area with a boundary, by code: area_code, geometry (shapely, CGCS2000)."""
        return self._frame(publishing.boundaries_of, question)

    def _project_rows(self, question: q.ProjectsQuestion, table: Any) -> pd.DataFrame:
        answer = partial(answers.project_rows, table=table)
        return self._frame(answer, question, name=str(table.name))

    def _frame(
        self, answer: Callable[[Connection, QuestionT], pd.DataFrame], question: QuestionT, name: str = ""
    ) -> pd.DataFrame:
        name = name or answer.__name__
        return self.cache.frame(name, question, self._version(), lambda: self._ask(answer, question))

    def transaction(self) -> AbstractContextManager[Connection]:
        """One read transaction, for layers: their tables are not the contract's and their answers no frames."""
        return reading(self._engine())

    def _ask(self, answer: Callable[[Connection, Any], Any], asked: Any) -> Any:
        with reading(self._engine()) as connection:
            return answer(connection, asked)

    def _version(self) -> Contract:
        return self.contract()
