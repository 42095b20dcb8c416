"""Hot spots: the level at which problems are held against people or buildings, and what is significant there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from analysis.neighbours import neighbours
from analysis.problems.density import PER, Crowding, crowding
from analysis.spatial import FEWEST_AREAS
from callbacks.problem_scene import LEVEL, ProblemScene
from data_access.problem_questions import DensityQuestion
from data_access.questions import AreasQuestion, BoundariesQuestion, CatalogueQuestion
from layouts.components.panel import no_data
from layouts.work.hot_spots import hot_rows
from layouts.work.options import changed, switch

POPULATION, OBJECTS = "population", "objects"
_TELLING = 30


@dataclass(frozen=True, slots=True)
class HotView:
    """level: None where no level below the area has enough areas. layer: of the objects counted."""

    level: str | None
    basis: str
    layer: str | None
    names: dict[str, str]
    found: Crowding | None


def is_hot(at: ProblemScene) -> bool:
    return "hot" in at.options


def hot_switch(at: ProblemScene) -> html.Div:
    """Density of the parts, or hot spots per residents or per object."""
    texts, basis = at.at.texts, at.options.get("hot")
    choices = [
        (texts("hot.off"), changed(at.options, "hot", None), basis is None),
        (texts("hot.population"), changed(at.options, "hot", POPULATION), basis == POPULATION),
    ]
    if layers(at):
        choices.append((texts("hot.objects"), changed(at.options, "hot", OBJECTS), basis == OBJECTS))
    return switch(choices, texts("hot.title"))


def layers(at: ProblemScene) -> list[str]:
    """Layers whose features are the objects of problems."""
    found = at.at.store.problem_objects(CatalogueQuestion(viewer=at.at.viewer))
    return list(dict.fromkeys(found["layer_code"]))


def hot_view(at: ProblemScene) -> HotView:
    scene = at.at
    layer = next(iter(layers(at)), None)
    basis = OBJECTS if at.options.get("hot") == OBJECTS and layer else POPULATION
    level = _level(at)
    if level is None:
        return HotView(None, basis, layer, {}, None)
    asked = DensityQuestion(
        area=scene.area, level=level, layer=layer if basis == OBJECTS else None, viewer=scene.viewer
    )
    base = scene.store.density_base(asked).set_index("area_code")[basis]
    counts = at.tally(f"{LEVEL}{level}", "deadline")
    unresolved = counts[counts["deadline"] != "done"].groupby(f"{LEVEL}{level}")["problems"].sum()
    shapes = scene.store.boundaries(BoundariesQuestion(area=scene.area, level=level, viewer=scene.viewer))
    key = (asked, at.chosen_words, scene.today.isoformat())
    found = _kept(at, key, lambda: crowding(unresolved, base, PER[basis], neighbours(shapes)))
    return HotView(level, basis, layer, at.areas_of(level), found)


def _kept(at: ProblemScene, key: object, compute: Callable[[], Crowding]) -> Crowding:
    """Permutations take a while: computed once per question and version of the data, for map and list alike."""
    made: list[Crowding] = []

    def frame() -> pd.DataFrame:
        made.append(compute())
        return made[0].areas.reset_index()

    kept = at.at.store.cache.frame("problem_hot_spots", key, at.at.store.contract(), frame)
    if made:
        return made[0]
    areas = kept.set_index("area_code")
    return Crowding(areas) if (areas["cluster"] != "unknown").any() else compute()


def _level(at: ProblemScene) -> str | None:
    """The highest level below the area with areas enough to tell a pattern from chance, else to compute one at all."""
    scene = at.at
    sizes = {
        level: len(scene.store.areas(AreasQuestion(area=scene.area, level=level, viewer=scene.viewer)))
        for level in at.deeper_levels
    }
    for needed in (_TELLING, FEWEST_AREAS):
        for level, size in sizes.items():
            if size >= needed:
                return level
    return None


def hot_list(at: ProblemScene) -> Any:
    view = hot_view(at)
    if view.found is None or view.level is None:
        return no_data(at.at.texts("hot.no_level", needed=FEWEST_AREAS))
    return hot_rows(at.at.formatter, view.found, view.names, view.basis, f"{LEVEL}{view.level}", at.chosen)
