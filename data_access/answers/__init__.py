"""Answers to the questions, by subject: each takes a connection and a question and returns a frame."""

from data_access.answers.areas import area_path, areas, levels, levels_below, top_areas
from data_access.answers.boundaries import boundaries
from data_access.answers.catalogue import actions, departments, dimensions, indicators, layers
from data_access.answers.completeness import (
    definitions_by_period,
    recorded_by_level_period,
    sources_by_period,
    systems,
)
from data_access.answers.matrix import values_by_area_indicator
from data_access.answers.opinions import opinions
from data_access.answers.periods import periods
from data_access.answers.problems import problem_counts_by_area_status_track, problems
from data_access.answers.projects import project_counts, project_rows, projects
from data_access.answers.values import profile, series, values_by_area
from data_access.answers.yardsticks import dimension_grades, peers, references, survey_results

__all__ = [
    "actions",
    "area_path",
    "areas",
    "boundaries",
    "definitions_by_period",
    "departments",
    "dimension_grades",
    "dimensions",
    "indicators",
    "layers",
    "levels",
    "levels_below",
    "opinions",
    "peers",
    "periods",
    "problem_counts_by_area_status_track",
    "problems",
    "profile",
    "project_counts",
    "project_rows",
    "projects",
    "recorded_by_level_period",
    "references",
    "series",
    "sources_by_period",
    "survey_results",
    "systems",
    "top_areas",
    "values_by_area",
    "values_by_area_indicator",
]
