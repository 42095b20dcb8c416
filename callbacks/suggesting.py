"""Suggested projects and renewal units of an area: the rules, the problems, what each part could gain."""

from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from flask import Flask, current_app

from analysis.overlay import Overlay
from analysis.projects.potential import mean_satisfaction, ranked_units, renewal_potential
from analysis.projects.suggestion_rules import DEFAULT_RULES, Rules, read_rules
from analysis.projects.suggestions import Suggestions, suggest
from analysis.unanswered import Unanswered
from callbacks.project_scene import ProjectScene, records
from data_access.problem_questions import Conditions, ProblemFactsQuestion, ProblemPlacesQuestion
from data_access.questions import (
    AreasQuestion,
    BoundariesQuestion,
    CatalogueQuestion,
    MatrixQuestion,
    ProjectsQuestion,
    SurveyQuestion,
)

UNRESOLVED: Conditions = (("deadline", ("overdue", "due_soon", "running", "no_deadline")),)
_RUNNING = ("pipeline", "planning", "approval", "started", "construction", "unknown")
_RULES = "CITYVITALS_SUGGESTION_RULES"


def keep_rules(server: Flask, path: Path | None) -> None:
    """Reads the rules once, when the screen is built. Raises InvalidRules for a file that cannot be used."""
    server.config[_RULES] = read_rules(path or DEFAULT_RULES)


def current_rules() -> Rules:
    rules: Rules = current_app.config[_RULES]
    return rules


def suggestions(at: ProjectScene) -> tuple[Suggestions, dict[str, str]]:
    """Suggestions per part of the area (per child, or the area itself where it has none), and the parts' names."""
    scene, rules = at.at, current_rules()
    children = scene.store.areas(AreasQuestion(area=scene.area, viewer=scene.viewer))
    areas = pd.concat([children[children["level"] == _main_level(children)], scene.path.tail(1)])
    satisfaction = mean_satisfaction(scene.store.survey_results(SurveyQuestion(viewer=scene.viewer)))
    facts = areas[["area_code", "population"]].assign(
        satisfaction=areas["area_code"].map(satisfaction).astype(float),
        potential=areas["area_code"].map(potential(at, _main_level(children), rules)).astype(float),
    )
    names = {row["area_code"]: scene.texts.name(row) for row in records(areas)}
    return suggest(_unresolved(at), facts, rules), names


def potential(at: ProjectScene, level: str | None, rules: Rules) -> pd.Series:
    """Of all areas of the level below the area, by area_code; empty where there is no period to take values from."""
    scene, period = at.at, _period(at)
    if level is None or period is None:
        return pd.Series(dtype=float)
    asked = MatrixQuestion(area=scene.area, level=level, period=period, viewer=scene.viewer)
    values = scene.store.values_by_area_indicator(asked)
    people = scene.store.areas(AreasQuestion(area=scene.area, level=level, viewer=scene.viewer))
    population = people.set_index("area_code")["population"]
    usable = values[values["status"] != "suspect"]
    return renewal_potential(usable, scene.catalogue, population, rules.potential)


def unit_level(at: ProjectScene) -> str | None:
    """The level of a tiling of its own, such as renewal units, of which the area has some."""
    scene = at.at
    levels = scene.store.levels(CatalogueQuestion(viewer=scene.viewer))
    own = levels[(levels["partition"] != "administrative") & (levels["area_count"] > 0)]
    for level in own["level"]:
        if len(scene.store.areas(AreasQuestion(area=scene.area, level=str(level), viewer=scene.viewer))):
            return str(level)
    return None


def units(at: ProjectScene, level: str) -> tuple[Overlay | Unanswered, pd.DataFrame]:
    """The units of the area by need, and their rows with `problems`, by area_code."""
    scene = at.at
    rows = scene.store.areas(AreasQuestion(area=scene.area, level=level, viewer=scene.viewer)).set_index("area_code")
    rows["problems"] = _problems_inside(at, level).reindex(rows.index).fillna(0)
    return ranked_units(rows["problems"], rows["area_km2"], potential(at, level, current_rules())), rows


def _problems_inside(at: ProjectScene, level: str) -> pd.Series:
    """Unresolved problems that lie within each unit's boundary: units cut across the areas that problems name."""
    scene = at.at
    shapes = scene.store.boundaries(BoundariesQuestion(area=scene.area, level=level, viewer=scene.viewer))
    asked = ProblemPlacesQuestion(area=scene.area, today=scene.today, viewer=scene.viewer, where=UNRESOLVED)
    places = scene.store.problem_places(asked)
    tree = shapely.STRtree(shapes["geometry"].to_numpy())
    _, unit = tree.query(shapely.points(places["lon"], places["lat"]), predicate="within")
    return pd.Series(shapes["area_code"].to_numpy()[unit]).value_counts()


def _main_level(children: pd.DataFrame) -> str | None:
    """The level at which projects are suggested: that of most children in the areas' own tiling."""
    own = children[children["partition"] == "administrative"]
    counts = (own if len(own) else children)["level"].value_counts()
    return str(counts.index[0]) if len(counts) else None


def _period(at: ProjectScene) -> str | None:
    """The selected period, else the latest year with values."""
    if at.at.selection.period:
        return at.at.selection.period
    years = at.at.calendar[at.at.calendar["kind"] == "year"]
    return str(years["period"].iloc[-1]) if len(years) else None


def _unresolved(at: ProjectScene) -> pd.DataFrame:
    """Unresolved problems with their part of the area, the words of the conditions, and whether a project answers."""
    scene = at.at
    asked = ProblemFactsQuestion(area=scene.area, today=scene.today, viewer=scene.viewer, where=UNRESOLVED)
    rows = scene.store.problem_facts(asked)
    names = rows["dimension_code"].map(dimension_names(at)).fillna("").astype(str)
    everywhere = ProjectsQuestion(viewer=scene.viewer)
    projects, links = scene.store.projects(everywhere), scene.store.project_problems(everywhere)
    running = projects.loc[projects["stage"].isin(_RUNNING), "project_code"]
    answered = links.loc[links["project_code"].isin(running), "problem_code"]
    return rows.assign(
        area_code=rows["branch"],
        dimension=rows["dimension_code"].fillna("").astype(str) + ";" + names,
        indicator=rows["indicator_code"],
        is_answered=rows["problem_code"].isin(answered),
    )


def dimension_names(at: ProjectScene) -> dict[str, str]:
    rows: list[dict[str, Any]] = records(at.at.store.dimensions(CatalogueQuestion(viewer=at.at.viewer)))
    return {row["dimension_code"]: at.at.texts.name(row) for row in rows}
