"""The map of the problem view: density of what is unresolved per area, and every problem that has a place."""

from typing import Any

import pandas as pd
from dash import html

from analysis.classification import Classes, Side
from analysis.problems.density import PER, densities
from callbacks.map_view import MapView
from callbacks.problem_hot import hot_switch, hot_view, is_hot
from callbacks.problem_scene import ProblemScene
from callbacks.taking import taking_work
from callbacks.work_map import Painting, classed, painted, parts_view, placed_points, value_rows
from data_access.geometry.bundles import BoundaryBundles
from data_access.problem_questions import ProblemPlacesQuestion, ProblemQuestion
from data_access.questions import AreasQuestion, ProjectsQuestion
from layouts.components.panel import joined, panel_head
from layouts.map.ramps import class_colours
from layouts.work.hot_spots import CLUSTERS, hot_facts, hot_legend
from layouts.work.points import KINDS, points_legend

_CLUSTER_SIDES: dict[str, Side] = {"cold": "better", "not_significant": "same", "hot": "worse"}


def paint(at: ProblemScene, bundles: BoundaryBundles, address: str) -> Painting:
    view = parts_view(at.at, bundles, hot_view(at).level if is_hot(at) else None)
    if is_hot(at) and view.level is not None:
        return _paint_hot(at, view, address)
    marks, unit = points_legend(at.at.texts), at.at.texts("problem_map.unit")
    values = _densities(at, view)
    return classed(at.at, view, values, address, marks=marks, unit=unit, decimals=1, direction="lower_better")


def _densities(at: ProblemScene, view: MapView) -> pd.Series:
    """Unresolved problems per 10,000 residents of each drawn area."""
    counts = at.tally("branch", "deadline", area=view.parent)
    unresolved = counts[counts["deadline"] != "done"].groupby("branch")["problems"].sum()
    asked = AreasQuestion(area=view.parent, viewer=at.at.viewer)
    population = at.at.store.areas(asked).set_index("area_code")["population"]
    return densities(unresolved, population, PER["population"])


def _paint_hot(at: ProblemScene, view: MapView, address: str) -> Painting:
    """Hot, cold and ordinary areas in three colours; the card says density, Gi* and corrected p."""
    scene, hot = at.at, hot_view(at)
    areas = hot.found.areas if hot.found is not None else pd.DataFrame(columns=["cluster"])
    order = {word: place for place, word in enumerate(CLUSTERS)}
    shown = value_rows(list(view.bundle.codes), areas["cluster"].map(order))
    counts = {word: int((areas["cluster"] == word).sum()) for word in CLUSTERS}
    edges = tuple(place + 0.5 for place in range(len(CLUSTERS) - 1))
    sides = tuple(_CLUSTER_SIDES[word] for word in CLUSTERS)
    classes = Classes("change", edges, edges, tuple(counts.values()), 0, len(CLUSTERS) - 1, sides)
    colours = dict(zip(CLUSTERS, class_colours(classes, scene.selection.theme), strict=True))
    rows = areas.reindex(list(view.bundle.codes)).to_dict("records")
    notes = [" · ".join(text for _, text in hot_facts(scene.formatter, row, hot.basis)) for row in rows]
    form = {"decimals": 0, "unit": "", "locale": scene.texts.html_lang}
    made = painted(scene, view, shown, classes, address, direction="neutral", format=form, notes=notes)
    return made, hot_legend(scene.formatter, counts, colours, hot.basis)


def points(at: ProblemScene) -> dict[str, Any]:
    """Hot spots are shown without points: circles would hide the areas that matter."""
    places = at.at.store.problem_places(at.ask(ProblemPlacesQuestion))
    places = places.iloc[:0] if is_hot(at) else places
    kind = places["deadline"].map({word: number for number, word in enumerate(KINDS)}).fillna(len(KINDS) - 1)
    more = {"filter": at.chosen_words, "chosen": at.problem, "theme": at.at.selection.theme}
    return placed_points(places, kind, code="problem_code", rough="located", **more)


def map_title(at: ProblemScene) -> Any:
    """How many there are, and the share that could be placed."""
    scene, texts = at.at, at.at.texts
    counts = at.tally("located").set_index("located")["problems"]
    listed, placed = int(counts.sum()), int(counts.drop(["none", "outside"], errors="ignore").sum())
    said = texts(
        "problem_map.placed",
        placed=scene.formatter.number(placed, 0),
        listed=scene.formatter.number(listed, 0),
        share=str(scene.formatter.share(placed, listed)),
    )
    title = texts("hot.map_title" if is_hot(at) else "problem_map.title")
    aside = [html.Span(said, className="map-said")] if listed else []
    menu = taking_work(scene, "problems") if listed else None
    return panel_head(joined(title, scene.area_name), [*aside, hot_switch(at), menu])


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
