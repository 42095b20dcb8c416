"""The map of the problem view: density of what is unresolved per area, and every problem that has a place."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.classification import classify
from analysis.problems.hotspots import PER_RESIDENTS
from callbacks.map_view import MapView, map_view
from callbacks.problem_scene import ProblemScene
from callbacks.scene import Scene
from data_access.geometry.bundles import BoundaryBundles
from data_access.problem_questions import ProblemPlacesQuestion, ProblemQuestion
from data_access.questions import AreasQuestion, ProjectsQuestion
from data_access.store import VALUE_COLUMNS
from layouts.components.panel import joined, panel_head
from layouts.map import payload
from layouts.map.legend import legend
from layouts.work.filtering import without, write_filter
from layouts.work.points import KINDS, packed_degrees, points_legend

_CLASSES = 5


def problem_view(at: ProblemScene, bundles: BoundaryBundles) -> MapView:
    """The parts of the area as on the overview, always one level down."""
    plain = replace(at.at.selection, level=None, partition=None)
    return map_view(Scene(plain, at.at.store, at.at.viewer), bundles)


def paint(at: ProblemScene, view: MapView, address: str) -> tuple[dict[str, Any], list[Any]]:
    """What assets/js/area_map.js paints, and the legend."""
    scene, texts = at.at, at.at.texts
    shown = densities(at, view)
    classes = classify(shown["value"], "natural_breaks", _CLASSES)
    context = address + view.context.path if view.context else None
    painted = {
        "geometry": {"url": address + view.bundle.path, "context_url": context},
        "area": view.parent,
        "selected": scene.area if scene.area in view.bundle.codes else None,
        "drills": True,
        "language": "en" if scene.selection.lang == "en" else "zh",
        "theme": scene.selection.theme,
        "change": False,
        "indicator": None,
        "period": None,
        "periods": [],
        "previous_period": "",
        "direction": "lower_better",
        "classes": payload.class_payload(classes, scene.selection.theme, False),
        "colours": payload.colours_payload(scene.selection.theme),
        "format": {"decimals": 1, "unit": texts("problem_map.unit"), "locale": texts.html_lang},
        "words": payload.words_payload(texts),
        **payload.packed_values(shown),
    }
    facts: dict[str, Any] = {
        "theme": scene.selection.theme,
        "decimals": 1,
        "unit": texts("problem_map.unit"),
        "judged": False,
        "missing": {},
        "undrawn": [],
    }
    return painted, [*points_legend(texts), *legend(scene.formatter, classes, **facts)]


def densities(at: ProblemScene, view: MapView) -> pd.DataFrame:
    """Unresolved problems per 10,000 residents of each drawn area, as value rows in the order of the boundaries."""
    scene = at.at
    counts = at.tally("branch", "deadline", area=view.parent)
    unresolved = counts[counts["deadline"] != "done"].groupby("branch")["problems"].sum()
    areas = scene.store.areas(AreasQuestion(area=view.parent, viewer=scene.viewer)).set_index("area_code")
    population = areas["population"].reindex(list(view.bundle.codes))
    value = PER_RESIDENTS * unresolved.reindex(population.index).fillna(0) / population.where(population > 0)
    rows = pd.DataFrame(index=population.index, columns=list(VALUE_COLUMNS))
    status = pd.Series(np.where(value.notna(), "valid", "none"), index=population.index)
    return rows.assign(value=value.astype(float), status=status)


def points(at: ProblemScene) -> dict[str, Any]:
    """Places packed for assets/js/problem_points.js: single-precision degrees (about a metre), kinds, codes."""
    places = at.at.store.problem_places(at.ask(ProblemPlacesQuestion))
    kind = places["deadline"].map({word: number for number, word in enumerate(KINDS)}).fillna(len(KINDS) - 1)
    return {
        "lon": packed_degrees(places["lon"]),
        "lat": packed_degrees(places["lat"]),
        "kind": kind.astype(int).to_list(),
        "rough": np.flatnonzero(places["located"] == "approximate").tolist(),
        "code": places["problem_code"].to_list(),
        "filter": write_filter(without(at.chosen, "problem")) or "",
        "chosen": at.problem,
        "theme": at.at.selection.theme,
    }


def map_title(at: ProblemScene) -> Any:
    """How many there are, and the share that could be placed."""
    scene, texts = at.at, at.at.texts
    counts = at.tally("located").set_index("located")["problems"]
    listed, placed = int(counts.sum()), int(counts.drop("none", errors="ignore").sum())
    said = texts(
        "problem_map.placed",
        placed=scene.formatter.number(placed, 0),
        listed=scene.formatter.number(listed, 0),
        share=str(scene.formatter.share(placed, listed)),
    )
    return panel_head(joined(texts("problem_map.title"), scene.area_name), said if listed else "")


def answering_projects(at: ProblemScene, problem: str) -> list[dict[Any, Any]]:
    """The projects that answer a problem, anywhere the viewer sees."""
    scene = at.at
    everywhere = ProjectsQuestion(viewer=scene.viewer)
    pairs = scene.store.project_problems(everywhere)
    codes = pairs.loc[pairs["problem_code"] == problem, "project_code"]
    projects = scene.store.projects(everywhere)
    return projects[projects["project_code"].isin(codes)].to_dict("records")


def asked_problem(at: ProblemScene) -> ProblemQuestion:
    return ProblemQuestion(problem=at.problem or "", viewer=at.at.viewer)
