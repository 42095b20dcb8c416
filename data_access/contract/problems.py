"""Problems and the special actions (专项行动) that answer them."""

from sqlalchemy import Index, Table

from data_access.contract import words
from data_access.contract.columns import code, codes, day, names, number, text, word
from data_access.contract.metadata import TABULAR

problem = Table(
    "problem",
    TABULAR,
    code("problem_code", key=True),
    code("indicator_code", refers="indicator.indicator_code"),
    code("area_code", required=True, refers="area.area_code"),
    code("object_id"),
    *names("title"),
    text("description"),
    word("kind", words.PROBLEM_KINDS),
    word("severity", words.SEVERITIES),
    word("track", words.TRACKS, required=True),
    word("status", words.PROBLEM_STATUSES, required=True),
    day("found_on", required=True),
    day("due_on"),
    day("resolved_on"),
    code("lead_department_code", refers="department.department_code"),
    codes("support_department_codes", refers="department.department_code"),
    number("lon", low=-180, high=180),
    number("lat", low=-90, high=90),
    word("location_quality", words.LOCATION_QUALITIES),
    text("photo_url"),
    code("recurs_from_code", refers="problem.problem_code"),
    comment="The problem list.",
)
Index("ix_problem_area", problem.c.area_code)

action = Table(
    "action",
    TABULAR,
    code("action_code", key=True),
    *names(),
    text("goal"),
    code("lead_department_code", refers="department.department_code"),
    comment="Special actions between problems and projects.",
)
