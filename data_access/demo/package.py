"""Puts the demo city together and writes it as an import package."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data_access.contract import VERSION
from data_access.demo import stories
from data_access.demo.areas import area_levels
from data_access.demo.buildings import make_buildings
from data_access.demo.catalogue import departments, dimensions, indicators, read_data, systems
from data_access.demo.city import City, make_city
from data_access.demo.layers import layer_catalogue, make_layers
from data_access.demo.peers import peer_cities, peer_values
from data_access.demo.problems import make_cim_objects, make_problems
from data_access.demo.project_details import (
    locate,
    make_extents,
    make_funding,
    make_milestones,
    make_progress,
    make_project_areas,
    make_project_indicators,
    make_project_problems,
)
from data_access.demo.projects import make_projects
from data_access.demo.references import make_references
from data_access.demo.renewal_units import make_renewal_units, make_unit_values
from data_access.demo.streets import make_streets
from data_access.demo.survey import make_grades, make_survey
from data_access.demo.values import make_values
from data_access.demo.writing import write_layer, write_table

Progress = Callable[[str, float], None]
"""Told what has been done and which share of the whole that is, 0–1."""


def write_package(folder: Path, *, progress: Progress | None = None) -> None:
    """Writes every file of the package into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    tell = progress or (lambda _name, _share: None)
    city = make_city()
    tell("land and areas", 0.4)
    catalogue = indicators()
    values = make_values(city.features, catalogue)
    tell("values", 0.5)
    buildings = make_buildings(city, values)
    problems = make_problems(city, values, buildings, catalogue)
    tell("buildings and problems", 0.6)
    units, members = make_renewal_units(city)
    _write_areas(folder, city, units)
    _write_indicators(folder, catalogue, pd.concat([values, make_unit_values(members, values)]))
    tell("indicators", 0.75)
    _write_comparisons(folder, city)
    _write_problems(folder, problems, buildings)
    _write_projects(folder, city, problems)
    tell("projects", 0.85)
    _write_layers(folder, make_layers(city, make_streets(city), units, buildings, values))
    tell("layers", 1.0)


def _write_areas(folder: Path, city: City, units: pd.DataFrame) -> None:
    areas = pd.concat([city.areas, units])
    write_table(folder, "area_level", area_levels())
    write_table(folder, "area", areas)
    write_layer(folder, "area_boundary", areas[["area_code", "geometry"]])
    write_table(folder, "contract", _contract(city))


def _contract(city: City) -> pd.DataFrame:
    root = city.areas.iloc[0]
    names = {"city_name_zh": root["name_zh"], "city_name_en": root["name_en"]}
    return pd.DataFrame(
        [{"version": VERSION, "data_version": 1, **names, "currency": "CNY", "updated_at": stories.TODAY}]
    )


def _write_indicators(folder: Path, catalogue: pd.DataFrame, values: pd.DataFrame) -> None:
    write_table(folder, "department", departments())
    write_table(folder, "indicator_system", systems())
    write_table(folder, "dimension", dimensions())
    write_table(folder, "indicator", catalogue)
    write_table(folder, "indicator_value", values)


def _write_comparisons(folder: Path, city: City) -> None:
    write_table(folder, "reference_value", make_references())
    write_table(folder, "peer_city", peer_cities())
    write_table(folder, "peer_value", peer_values())
    write_table(folder, "survey_result", make_survey(city.features))
    write_table(folder, "dimension_grade", make_grades(city.features))


def _write_problems(folder: Path, problems: pd.DataFrame, buildings: pd.DataFrame) -> None:
    write_table(folder, "problem", problems)
    write_table(folder, "action", read_data("actions.csv"))
    write_table(folder, "cim_object", make_cim_objects(buildings))


def _write_projects(folder: Path, city: City, problems: pd.DataFrame) -> None:
    projects, courses = make_projects(city)
    extents = make_extents(projects, city)
    write_table(folder, "project", locate(projects, extents, city))
    write_layer(folder, "project_extent", extents)
    write_table(folder, "project_area", make_project_areas(projects, city))
    write_table(folder, "project_funding", make_funding(projects))
    write_table(folder, "project_indicator", make_project_indicators(projects))
    write_table(folder, "project_problem", make_project_problems(projects, problems))
    write_table(folder, "project_milestone", make_milestones(courses))
    write_table(folder, "project_progress", make_progress(courses, projects))


def _write_layers(folder: Path, layers: dict[str, pd.DataFrame]) -> None:
    write_table(folder, "spatial_layer", layer_catalogue())
    for name, features in layers.items():
        write_layer(folder, name, features)
