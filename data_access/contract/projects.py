"""Renewal projects: place, stage, schedule, money, and what they answer."""

from sqlalchemy import Index, Table

from data_access.contract import words
from data_access.contract.columns import code, codes, day, geometry, names, number, text, word
from data_access.contract.metadata import SPATIAL, TABULAR

project = Table(
    "project",
    TABULAR,
    code("project_code", key=True),
    *names(),
    code("area_code", required=True, refers="area.area_code"),
    code("action_code", refers="action.action_code"),
    text("project_type", required=True),
    word("stage", words.STAGES, required=True),
    text("priority"),
    code("lead_department_code", refers="department.department_code"),
    codes("support_department_codes", refers="department.department_code"),
    day("planned_start_on"),
    day("planned_finish_on"),
    day("actual_start_on"),
    day("actual_finish_on"),
    number("investment_planned"),
    number("lon", low=-180, high=180),
    number("lat", low=-90, high=90),
    word("location_quality", words.LOCATION_QUALITIES),
    comment="Renewal projects.",
)
Index("ix_project_area", project.c.area_code)

project_area = Table(
    "project_area",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    code("area_code", key=True, refers="area.area_code"),
    number("share", low=0, high=1),
    comment="The areas a project serves where it serves several; share NULL = equal parts.",
)

project_progress = Table(
    "project_progress",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    day("reported_on", key=True),
    number("physical_planned_pct"),
    number("physical_actual_pct"),
    number("investment_planned"),
    number("investment_actual"),
    text("note"),
    comment="Progress reports; investments are cumulative, later rows may hold plans only.",
)

project_milestone = Table(
    "project_milestone",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    word("stage", words.STAGES, key=True),
    day("planned_on"),
    day("actual_on"),
    comment="The day a stage is reached.",
)

project_funding = Table(
    "project_funding",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    code("fund_source", key=True),
    number("amount", required=True),
    comment="Funding by source.",
)

project_problem = Table(
    "project_problem",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    code("problem_code", key=True, refers="problem.problem_code"),
    comment="Which problems a project answers.",
)

project_indicator = Table(
    "project_indicator",
    TABULAR,
    code("project_code", key=True, refers="project.project_code"),
    code("indicator_code", key=True, refers="indicator.indicator_code"),
    comment="What a project is meant to improve.",
)

project_extent = Table(
    "project_extent",
    SPATIAL,
    code("project_code", key=True, refers="project.project_code"),
    geometry(polygonal=False),
    comment="Extents of projects, of any geometry type.",
)
