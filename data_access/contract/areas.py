"""Areas and the tree they form; departments."""

from sqlalchemy import Index, Table

from data_access.contract import words
from data_access.contract.columns import code, geometry, names, number, small, whole, word
from data_access.contract.metadata import SPATIAL, TABULAR

area_level = Table(
    "area_level",
    TABULAR,
    code("level", key=True),
    small("rank", required=True, low=0),
    code("partition", default="administrative"),
    *names(),
    comment="The levels a drill-down may pass, in one or several tilings.",
)

area = Table(
    "area",
    TABULAR,
    code("area_code", key=True),
    *names(),
    code("level", required=True, refers="area_level.level"),
    code("parent_code", refers="area.area_code"),
    whole("population", low=0),
    number("area_km2", low=0),
    word("code_system", words.CODE_SYSTEMS),
    comment="Areas: one tree by parent_code with exactly one root.",
)
Index("ix_area_parent", area.c.parent_code)
Index("ix_area_level", area.c.level)

area_boundary = Table(
    "area_boundary",
    SPATIAL,
    code("area_code", key=True, refers="area.area_code"),
    geometry(polygonal=True),
    comment="Boundaries; an area without one is listed and reachable, just not drawn.",
)

department = Table("department", TABULAR, code("department_code", key=True), *names(), comment="Bureaus.")
