"""The shared indicator database, contract version 1: the tables that four ends of the platform meet in.

The column names are the promise; `docs/data-contract.md` is generated from these definitions.
"""

from data_access.contract.areas import area, area_boundary, area_level, department
from data_access.contract.indicators import (
    dimension,
    dimension_grade,
    indicator,
    indicator_system,
    indicator_value,
    reference_value,
)
from data_access.contract.layers import cim_object, spatial_layer
from data_access.contract.metadata import SPATIAL, TABULAR
from data_access.contract.peers import peer_city, peer_value, survey_result
from data_access.contract.problems import action, problem
from data_access.contract.projects import (
    project,
    project_area,
    project_extent,
    project_funding,
    project_indicator,
    project_milestone,
    project_problem,
    project_progress,
)
from data_access.contract.service import contract, opinion
from data_access.contract.words import UNNAMED_CITY, VERSION

TABLES = {table.name: table for catalogue in (TABULAR, SPATIAL) for table in catalogue.tables.values()}
"""Every table by name, in the order of the contract's definition."""

__all__ = [
    "SPATIAL",
    "TABLES",
    "TABULAR",
    "UNNAMED_CITY",
    "VERSION",
    "action",
    "area",
    "area_boundary",
    "area_level",
    "cim_object",
    "contract",
    "department",
    "dimension",
    "dimension_grade",
    "indicator",
    "indicator_system",
    "indicator_value",
    "opinion",
    "peer_city",
    "peer_value",
    "problem",
    "project",
    "project_area",
    "project_extent",
    "project_funding",
    "project_indicator",
    "project_milestone",
    "project_problem",
    "project_progress",
    "reference_value",
    "spatial_layer",
    "survey_result",
]
