"""What the panels of the problem view share: the conditions of the link, the counts, the words."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from callbacks.city_box import city_box
from callbacks.scene import Scene, scene
from data_access.problem_questions import ListedQuestion, ProblemTallyQuestion
from data_access.questions import AreasQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from layouts.work.filtering import MISSING_WORD, Filter, parse_filter, write_filter
from layouts.work.options import Options, parse_options

FACETS = (
    "deadline", "track", "status", "severity", "kind", "dimension_code", "lead_department_code", "found_year",
    "located", "has_project",
)  # fmt: skip
CONDITIONS = (*FACETS, "due_year", "indicator_code", "branch")
SOLVING = ("track", "status", "deadline", "lead_department_code", "branch")
COUNTED = (*FACETS, "due_year", "branch")
"""Counts by all of these at once hold those by few of them: one question instead of many."""
_FEW = 2
_WORDS = {"kind": "problem_kind", "status": "problem_status"}
_PLAIN = {"found_year", "due_year"}
LEVEL, OBJECT = "level/", "object/"
"""What attributes that lie outside the problem's own row begin with: data_access/answers/problem_links.py."""

AskedT = TypeVar("AskedT", bound=ListedQuestion)


@dataclass(frozen=True)
class ProblemScene:
    at: Scene

    @cached_property
    def chosen(self) -> Filter:
        """The conditions of the link that problems have; the rest belongs to another view."""
        found = parse_filter(self.at.selection.filter)
        return {name: words for name, words in found.items() if _is_condition(name) or name in {"problem", "text"}}

    @cached_property
    def options(self) -> Options:
        return parse_options(self.at.selection.show)

    @property
    def chosen_words(self) -> str:
        """The conditions as one text, without the chosen problem."""
        return write_filter({name: words for name, words in self.chosen.items() if name != "problem"}) or ""

    @property
    def search(self) -> str:
        return next(iter(self.chosen.get("text", ())), "")

    @property
    def problem(self) -> str | None:
        return next(iter(self.chosen.get("problem", ())), None)

    def ask(self, kind: type[AskedT], *, but: tuple[str, ...] = (), area: str | None = None, **more: Any) -> AskedT:
        """The question about the problems narrowed down as the link says, leaving out the attributes `but`."""
        where = tuple(
            (name, tuple("" if word == MISSING_WORD else word for word in words))
            for name, words in self.chosen.items()
            if _is_condition(name) and name not in but
        )
        common: dict[str, Any] = {
            "area": area or self.at.area,
            "today": self.at.today,
            "viewer": self.at.viewer,
            "search": self.search,
            "city": city_box(self.at.store),
        }
        return kind(**common, where=where, **more)

    def tally(self, *by: str, but: tuple[str, ...] = (), area: str | None = None) -> pd.DataFrame:
        """Per combination of `by`: problems, overdue."""
        is_of_the_listed = area in (None, self.at.area) and not set(but) & set(self.chosen)
        joint = SOLVING if set(by) <= set(SOLVING) else COUNTED if set(by) <= set(COUNTED) and len(by) <= _FEW else ()
        if by and joint and is_of_the_listed:
            counted = self.at.store.problem_tally(self.ask(ProblemTallyQuestion, by=joint))
            return counted.groupby(list(by), dropna=False, as_index=False)[["problems", "overdue"]].sum()
        return self.at.store.problem_tally(self.ask(ProblemTallyQuestion, by=by, but=but, area=area))

    @cached_property
    def departments(self) -> dict[str, str]:
        rows = self.at.store.departments(CatalogueQuestion(viewer=self.at.viewer))
        return self._names(rows, "department_code")

    @cached_property
    def dimensions(self) -> dict[str, str]:
        return self._names(self.at.store.dimensions(CatalogueQuestion(viewer=self.at.viewer)), "dimension_code")

    @cached_property
    def children(self) -> dict[str, str]:
        rows = self.at.store.areas(AreasQuestion(area=self.at.area, viewer=self.at.viewer))
        return self._names(rows, "area_code") | {self.at.area: self.at.texts("attribute.itself")}

    def word(self, attribute: str, word: str) -> str:
        """A word of an attribute as the screen says it."""
        texts = self.at.texts
        if word == MISSING_WORD:
            return texts("attribute.unknown")
        names = {"dimension_code": "dimensions", "lead_department_code": "departments", "branch": "children"}
        if attribute in names:
            return str(getattr(self, names[attribute]).get(word, word))
        if attribute.startswith(LEVEL):
            return self.areas_of(attribute.removeprefix(LEVEL)).get(word, word)
        if attribute == "indicator_code":
            return self._indicator(word)
        key = f"{_WORDS.get(attribute, attribute)}.{word}"
        return word if attribute in _PLAIN or not texts.has(key) else texts(key)

    def label(self, attribute: str) -> str:
        """An attribute as the screen says it; a property of an object by its own name where no other is known."""
        texts = self.at.texts
        if attribute.startswith(LEVEL):
            return self.levels.get(attribute.removeprefix(LEVEL), attribute)
        if attribute.startswith(OBJECT):
            name = attribute.rpartition("/")[2]
            return texts(f"property.{name}") if texts.has(f"property.{name}") else name
        return texts(f"attribute.{attribute}")

    @cached_property
    def levels(self) -> dict[str, str]:
        return self._names(self.at.store.levels(CatalogueQuestion(viewer=self.at.viewer)), "level")

    @cached_property
    def deeper_levels(self) -> list[str]:
        """Levels of the areas' own tiling below the selected area, the highest first."""
        path, levels = self.at.path, self.at.store.levels(CatalogueQuestion(viewer=self.at.viewer))
        below = levels[(levels["rank"] > path["rank"].iloc[-1]) & (levels["area_count"] > 0)]
        return [str(level) for level in below.loc[below["partition"] == "administrative", "level"]]

    @cached_property
    def linked(self) -> list[str]:
        """Attributes beyond the problem's own row: the levels it lies in, the properties of its object."""
        objects = self.at.store.problem_objects(CatalogueQuestion(viewer=self.at.viewer)).to_dict("records")
        found = [f"{OBJECT}{row['layer_code']}/{row['key']}/{row['property']}" for row in objects]
        return [f"{LEVEL}{level}" for level in self.deeper_levels[1:3]] + found

    def areas_of(self, level: str) -> dict[str, str]:
        asked = AreasQuestion(area=self.at.area, level=level, viewer=self.at.viewer)
        return self._names(self.at.store.areas(asked), "area_code")

    def _indicator(self, code: str) -> str:
        rows = self.at.catalogue[self.at.catalogue["indicator_code"] == code]
        return self.at.texts.name(rows.iloc[0]) if len(rows) else code

    def _names(self, rows: pd.DataFrame, key: str) -> dict[str, str]:
        return {str(row[key]): self.at.texts.name(row) for row in rows.to_dict("records")}


def _is_condition(name: str) -> bool:
    return name in CONDITIONS or name.startswith((LEVEL, OBJECT))


def problem_scene(selection: object, store: IndicatorStore) -> ProblemScene:
    return problems_at(scene(selection, store))


def problems_at(at: Scene) -> ProblemScene:
    found: ProblemScene = at.views.setdefault(ProblemScene, ProblemScene(at))
    return found
