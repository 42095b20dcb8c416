"""Questions about problems as a ledger and projects under way: a part of `data_access.store.IndicatorStore`."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from data_access import problem_questions as pq
from data_access import project_questions as rq
from data_access.answers import problem_ledger, problem_links, project_chain, reports
from data_access.answers.report_list import ReportList, report_list
from data_access.cache import AnswerCache
from data_access.contract_row import Contract
from data_access.questions import CatalogueQuestion, ProjectsQuestion


class WorkAnswers:
    """Text columns are `str`, numbers float64 or int64, as in the store."""

    cache: AnswerCache
    _frame: Callable[..., pd.DataFrame]
    _ask: Callable[..., Any]
    _version: Callable[[], Contract]

    def problem_page(self, question: pq.ProblemPageQuestion) -> pd.DataFrame:
        """Per problem of the page, in the order asked: the contract's columns, deadline, dimension_code, located, names
        of area, indicator and department."""
        return self._frame(problem_ledger.problem_page, question)

    def problem_tally(self, question: pq.ProblemTallyQuestion) -> pd.DataFrame:
        """Per combination of the attributes asked: the attributes, problems, overdue."""
        return self._frame(problem_ledger.problem_tally, question)

    def problem_places(self, question: pq.ProblemPlacesQuestion) -> pd.DataFrame:
        """Per problem with a place, by code: problem_code, lon, lat, severity, deadline, located."""
        return self._frame(problem_ledger.problem_places, question)

    def problem_facts(self, question: pq.ProblemFactsQuestion) -> pd.DataFrame:
        """Per problem, by code: problem_code, branch, dimension_code, indicator_code, kind, severity, track."""
        return self._frame(problem_ledger.problem_facts, question)

    def problem_spans(self, question: pq.ProblemSpansQuestion) -> pd.DataFrame:
        """Per problem, by code: status, found_on, resolved_on."""
        return self._frame(problem_ledger.problem_spans, question)

    def problem_history(self, question: pq.ProblemHistoryQuestion) -> pd.DataFrame:
        """Per problem found before the year or repeating another: what `analysis.problems.watch` reads, and titles."""
        return self._frame(problem_ledger.problem_history, question)

    def problem(self, question: pq.ProblemQuestion) -> pd.DataFrame:
        """One row: the contract's columns and the names of area, indicator and department. Raises UnknownCode."""
        return self._frame(problem_ledger.problem, question)

    def problem_objects(self, question: CatalogueQuestion) -> pd.DataFrame:
        """Per countable property of the features that problems name as their object: layer_code, key, property."""
        return self._frame(problem_links.problem_objects, question)

    def density_base(self, question: pq.DensityQuestion) -> pd.DataFrame:
        """Per area of the level, by code: area_code, population, objects (features of the layer inside it)."""
        return self._frame(problem_links.density_base, question)

    def deciding_reports(self, question: rq.ReportsQuestion) -> pd.DataFrame:
        """Rows of project_progress, by key, without notes: among them each project's latest with any actual figure and
        its latest with a physical plan."""
        return self._frame(reports.deciding_reports, question)

    def monthly_increments(self, question: ProjectsQuestion) -> pd.DataFrame:
        """Per month with reports: month, planned_value, investment_planned, earned_value, investment_actual."""
        return reports.monthly_sums(self.reports(), self._frame(reports.report_weights, question))

    def reports(self) -> ReportList:
        """The reports of the whole database, whoever asks: nothing to show, but what curves are made of."""
        read = lambda: self._ask(lambda connection, _: report_list(connection), None).to_bytes()  # noqa: E731
        return ReportList.from_bytes(self.cache.packed("reports", None, self._version(), read))

    def problem_chain(self, question: rq.ChainQuestion) -> pd.DataFrame:
        """Per combination: dimension_code, action_code, project_type, stage, problems."""
        return self._frame(project_chain.problem_chain, question)
