"""What is measured against what residents feel, for the areas below or for the dimensions of one area."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.attainment import MEETS, NOT_JUDGED
from analysis.satisfaction import objective_scores, pooled, quadrants, standings
from callbacks.scene import Scene
from data_access.questions import AreasQuestion, CatalogueQuestion, MatrixQuestion, SurveyQuestion

MIDDLE = 50.0
"""The middle of the areas compared: an objective score above it is good here."""
STANDING, ATTAINMENT = "standing", "attainment"
COLUMNS = ["code", "objective", "judged", "satisfaction", "respondents", "quadrant"]
_EVERYONE = "all"
_PER = 10_000


@dataclass(frozen=True, slots=True)
class Cells:
    """rows: COLUMNS per area or dimension. satisfied_from: their mean. measure: of the objective side, one of two:
    STANDING among the areas of the level, or ATTAINMENT, the share of graded indicators that meet their standard."""

    rows: pd.DataFrame
    satisfied_from: float
    measure: str


@dataclass(frozen=True)
class Felt:
    """at: the scene. dimension: only what belongs to this top dimension. level: the areas preferred, if surveyed.

    Objective is the mean place among the areas of one level (analysis.satisfaction.standings), counts per 10,000
    residents. The line between satisfied and not is the mean of what is shown.
    """

    at: Scene
    dimension: str | None = None
    level: str | None = None

    @cached_property
    def period(self) -> str | None:
        """The selected period if there was a survey, else the last before it, else the first after it."""
        ends = {
            str(one): str(day) for one, day in zip(self.at.calendar["period"], self.at.calendar["ends_on"], strict=True)
        }
        asked = sorted({str(one) for one in self._surveyed["period"]}, key=lambda one: ends.get(one, one))
        before = [one for one in asked if ends.get(one, one) <= self.at.ends_on(self.at.selection.period)]
        return before[-1] if before else asked[0] if asked else None

    @cached_property
    def dimensions(self) -> set[str]:
        """The top dimensions that anyone was asked about."""
        return {str(code) for code in self._surveyed["root_dimension_code"].dropna()}

    @property
    def level_shown(self) -> str | None:
        """The level of the areas of `by_area`."""
        return str(self._surveyed_below["level"].iloc[0]) if len(self._surveyed_below) else None

    def by_area(self) -> Cells:
        """Per surveyed area below, of one level: the preferred one, else the one with most of them."""
        results = self._results[self._results["area_code"].isin(self._surveyed_below["area_code"])]
        if self.level_shown is None:
            return _cells(results, pd.DataFrame(), "area_code", STANDING)
        places = self._places(self.at.area, self.level_shown)
        return _cells(results, objective_scores(places[self._wanted(places)]), "area_code", STANDING)

    def by_dimension(self) -> Cells:
        """Per top dimension of the area itself, among all areas of its level; the top area by its standards."""
        own, home = self.at.path.iloc[-1], self.at.path_codes[0]
        results = self._results[self._results["area_code"] == self.at.area]
        if self.at.area == home or results.empty:
            return _cells(results, self._attained(), "root_dimension_code", ATTAINMENT)
        places = self._places(home, str(own["level"]))
        roots = pd.Series({str(code): self._roots[str(code)] for code in places}, dtype="str")
        scores = {
            str(root): objective_scores(places[list(codes.index)]).reindex([self.at.area]).iloc[0]
            for root, codes in roots.groupby(roots)
        }
        objective = pd.DataFrame(scores, index=["objective", "judged"], dtype=float).T
        return _cells(results, objective, "root_dimension_code", STANDING)

    def _attained(self) -> pd.DataFrame:
        judged = self.at.judged(self.period)
        judged = judged[judged["attainment"] != NOT_JUDGED]
        meets = (judged["attainment"] == MEETS).groupby(judged["root_dimension_code"])
        return pd.DataFrame({"objective": 100 * meets.mean(), "judged": meets.size()})

    def _wanted(self, places: pd.DataFrame) -> list[str]:
        return [str(code) for code in places if self.dimension in {None, self._roots[str(code)]}]

    def _places(self, area: str, level: str) -> pd.DataFrame:
        """One row per area of the level, one column per indicator with a good direction."""
        at = self.at
        asked = MatrixQuestion(area=area, level=level, period=str(self.period), viewer=at.viewer)
        rows = at.store.values_by_area_indicator(asked)
        values = rows[rows["status"] != "suspect"].pivot(index="area_code", columns="indicator_code", values="value")
        areas = at.store.areas(AreasQuestion(area=area, level=level, viewer=at.viewer)).set_index("area_code")
        people = areas["population"].astype(float).replace(0, np.nan).reindex(values.index)
        catalogue = at.catalogue.set_index("indicator_code")
        counts = values.columns[catalogue["aggregation"].reindex(values.columns) == "sum"]
        values[counts] = _PER * values[counts].div(people, axis=0)
        return standings(values, {str(code): str(word) for code, word in catalogue["direction"].items()})

    @cached_property
    def _roots(self) -> dict[str, str]:
        catalogue = self.at.catalogue
        return dict(zip(catalogue["indicator_code"], catalogue["root_dimension_code"], strict=True))

    @cached_property
    def _results(self) -> pd.DataFrame:
        rows = self._surveyed[self._surveyed["period"] == self.period]
        return rows if self.dimension is None else rows[rows["root_dimension_code"] == self.dimension]

    @cached_property
    def _surveyed_below(self) -> pd.DataFrame:
        surveyed = self._below[self._below["area_code"].isin(self._results["area_code"])]
        counts = surveyed["level"].value_counts()
        if counts.empty:
            return surveyed
        return surveyed[surveyed["level"] == (self.level if self.level in counts.index else counts.index[0])]

    @cached_property
    def _surveyed(self) -> pd.DataFrame:
        """Everyone's answers in the area and below it, in all periods, with the top dimension of each topic."""
        rows = self.at.store.survey_results(SurveyQuestion(viewer=self.at.viewer))
        here = {self.at.area, *self._below["area_code"]}
        rows = rows[(rows["respondent_group"] == _EVERYONE) & rows["area_code"].isin(here)]
        dimensions = self.at.store.dimensions(CatalogueQuestion(viewer=self.at.viewer))
        of_dimension = dimensions.set_index("dimension_code")["root_dimension_code"]
        root = rows["dimension_code"].map(of_dimension)
        return rows.assign(root_dimension_code=root.fillna(rows["indicator_code"].map(pd.Series(self._roots))))

    @cached_property
    def _below(self) -> pd.DataFrame:
        at, own = self.at, self.at.path.iloc[-1]
        levels = at.store.levels(CatalogueQuestion(viewer=at.viewer))
        below = levels[(levels["rank"] > own["rank"]) & (levels["partition"] == own["partition"])]["level"]
        asked = (AreasQuestion(area=at.area, level=str(level), viewer=at.viewer) for level in below)
        found = [at.store.areas(one) for one in asked]
        return pd.concat(found) if found else at.path.iloc[:0]


def _cells(results: pd.DataFrame, objective: pd.DataFrame, key: str, measure: str) -> Cells:
    """objective: by key, `objective` and `judged`."""
    if results.empty:
        return Cells(pd.DataFrame(columns=COLUMNS), float("nan"), measure)
    satisfied_from = float(np.average(results["score"], weights=results["respondents"]))
    cells = pooled(results, [key]).merge(objective, how="left", left_on=key, right_index=True)
    rows = quadrants(cells.rename(columns={key: "code"}), MIDDLE, satisfied_from)[COLUMNS]
    return Cells(rows, satisfied_from, measure)
