"""What the panels of the project view share: every project with its computed status, narrowed down as the link says."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import day_intervals
from analysis.projects.curves import s_curve
from analysis.projects.status import STATUSES, statuses
from callbacks.city_box import city_box, is_outside
from callbacks.scene import Scene, scene
from data_access.project_questions import ReportsQuestion
from data_access.questions import CatalogueQuestion, ProjectsQuestion
from data_access.store import IndicatorStore
from layouts.work.filtering import MISSING_WORD, Filter, parse_filter, without
from layouts.work.options import Options, parse_options

FACETS = (
    "state",
    "stage",
    "project_type",
    "priority",
    "lead_department_code",
    "action_code",
    "finish_year",
    "has_problem",
)
_PREFIXES = {"state": "project_status", "stage": "stage"}


@dataclass(frozen=True)
class ProjectScene:
    at: Scene

    @cached_property
    def chosen(self) -> Filter:
        found = parse_filter(self.at.selection.filter)
        return {name: words for name, words in found.items() if name in (*FACETS, "project")}

    @cached_property
    def options(self) -> Options:
        return parse_options(self.at.selection.show)

    @property
    def project(self) -> str | None:
        return next(iter(self.chosen.get("project", ())), None)

    @cached_property
    def asked(self) -> ProjectsQuestion:
        return ProjectsQuestion(area=self.at.area, viewer=self.at.viewer)

    @cached_property
    def every(self) -> pd.DataFrame:
        """All projects that serve the area, with the columns of `analysis.projects.status.statuses`."""
        projects = self.at.store.projects(self.asked)
        states = self._states.set_index("project_code").reindex(projects["project_code"]).reset_index(drop=True)
        return pd.concat([projects.drop(columns=["lon", "lat"]), states], axis=1)

    @property
    def _states(self) -> pd.DataFrame:
        """Where each project below the top of what the viewer sees stands: worked out once for all areas there."""
        question = ReportsQuestion(area=self.at.path_codes[0], viewer=self.at.viewer, today=self.at.today)
        store = self.at.store
        states: pd.DataFrame = store.cache.frame(
            "project_states", question, store.contract(), lambda: self._worked_out(question)
        )
        return states

    def _worked_out(self, question: ReportsQuestion) -> pd.DataFrame:
        store, asked = self.at.store, ProjectsQuestion(area=question.area, viewer=self.at.viewer)
        projects = store.projects(asked)
        projects.loc[is_outside(projects, city_box(store)), ["lon", "lat"]] = float("nan")
        found = statuses(projects, store.deciding_reports(question), self.at.today)
        years = day_intervals.last_day(projects["planned_finish_on"]).dt.strftime("%Y").astype("str")
        answering = set(store.project_problems(asked)["project_code"])
        has_problem = projects["project_code"].isin(answering).map({True: "yes", False: "no"})
        named = {"finish_year": years, "state": found["status"], "has_problem": has_problem}
        return pd.concat([projects[["project_code", "lon", "lat"]], found, pd.DataFrame(named)], axis=1)

    @cached_property
    def curve(self) -> pd.DataFrame:
        """The cumulative curves of the listed projects, or of the chosen one."""
        codes = None
        if self.project is not None:
            codes = (self.project,)
        elif self.is_narrowed:
            codes = tuple(self.listed()["project_code"])
        asked = ProjectsQuestion(area=self.at.area, viewer=self.at.viewer, projects=codes)
        return s_curve(self.at.store.monthly_increments(asked), self.at.today)

    def listed(self, *but: str) -> pd.DataFrame:
        """Those that meet the conditions of the link, leaving out the attributes `but`."""
        rows = self.every
        for name, words in without(self.chosen, "project", *but).items():
            rows = rows[rows[name].fillna(MISSING_WORD).isin(list(words))]
        return rows

    @cached_property
    def urgent_first(self) -> pd.DataFrame:
        return self.urgent_in(self.listed())

    def urgent_in(self, projects: pd.DataFrame) -> pd.DataFrame:
        """What needs a question first: by status, then the longest delay."""
        order = {status: place for place, status in enumerate(STATUSES)}
        rows = projects.assign(_order=lambda frame: frame["status"].map(order))
        return rows.sort_values(["_order", "delay_days", "project_code"], ascending=[True, False, True], kind="stable")

    @property
    def is_narrowed(self) -> bool:
        return bool(without(self.chosen, "project"))

    @cached_property
    def departments(self) -> dict[str, str]:
        rows = self.at.store.departments(CatalogueQuestion(viewer=self.at.viewer))
        return {str(row["department_code"]): self.at.texts.name(row) for row in rows.to_dict("records")}

    @cached_property
    def actions(self) -> dict[str, str]:
        rows = self.at.store.actions(CatalogueQuestion(viewer=self.at.viewer))
        return {str(row["action_code"]): self.at.texts.name(row) for row in rows.to_dict("records")}

    def word(self, attribute: str, word: str) -> str:
        """A word of an attribute as the screen says it."""
        texts = self.at.texts
        if word == MISSING_WORD:
            return texts("attribute.unknown")
        if attribute == "lead_department_code":
            return self.departments.get(word, word)
        if attribute == "action_code":
            return self.actions.get(word, word)
        key = f"{_PREFIXES.get(attribute, attribute)}.{word}"
        return texts(key) if texts.has(key) else word


def project_scene(selection: object, store: IndicatorStore) -> ProjectScene:
    return projects_at(scene(selection, store))


def projects_at(at: Scene) -> ProjectScene:
    found: ProjectScene = at.views.setdefault(ProjectScene, ProjectScene(at))
    return found


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
