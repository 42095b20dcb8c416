"""Indicator systems, dimensions, indicators, their values and what values are compared with."""

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from data_access.contract import words
from data_access.contract.columns import code, codes, day, flag, moment, names, number, period, small, text, word
from data_access.contract.metadata import TABULAR

indicator_system = Table(
    "indicator_system",
    TABULAR,
    code("system_code", key=True),
    *names(),
    small("year"),
    text("source_title"),
    comment="Versioned indicator systems.",
)

dimension = Table(
    "dimension",
    TABULAR,
    code("dimension_code", key=True),
    code("system_code", required=True, refers="indicator_system.system_code"),
    code("parent_code", refers="dimension.dimension_code"),
    *names(),
    small("sort_order"),
    comment="Dimensions: a tree as deep as a city likes.",
)

dimension_grade = Table(
    "dimension_grade",
    TABULAR,
    code("dimension_code", key=True, refers="dimension.dimension_code"),
    code("area_code", key=True, refers="area.area_code"),
    period(key=True),
    text("grade"),
    number("score"),
    comment="Official verdicts on a dimension, shown as such.",
)

indicator = Table(
    "indicator",
    TABULAR,
    code("indicator_code", key=True),
    code("system_code", required=True, refers="indicator_system.system_code"),
    code("dimension_code", required=True, refers="dimension.dimension_code"),
    *names(),
    text("definition_zh"),
    text("definition_en"),
    text("formula"),
    text("unit", required=True),
    small("decimals", low=0, high=9),
    word("direction", words.DIRECTIONS, required=True),
    flag("graded", required=True),
    word("aggregation", words.AGGREGATIONS, required=True),
    word("weight_column", words.WEIGHT_COLUMNS),
    code("weight_indicator_code", refers="indicator.indicator_code"),
    number("ratio_scale"),
    flag("is_key"),
    code("lead_department_code", refers="department.department_code"),
    codes("support_department_codes", refers="department.department_code"),
    text("caliber"),
    code("parent_indicator_code", refers="indicator.indicator_code"),
    code("predecessor_code", refers="indicator.indicator_code"),
    small("predecessor_sign", low=-1, high=1),
    comment="Indicators: what is measured, how it rolls up, which way is good.",
)

indicator_value = Table(
    "indicator_value",
    TABULAR,
    code("indicator_code", required=True, refers="indicator.indicator_code"),
    code("area_code", required=True, refers="area.area_code"),
    period(required=True),
    number("value"),
    number("numerator"),
    number("denominator"),
    word("status", words.STATUSES, required=True),
    text("grade"),
    flag("rolls_up", default=True),
    text("source"),
    text("caliber"),
    text("boundary_version"),
    moment("updated_at"),
    PrimaryKeyConstraint("indicator_code", "period", "area_code"),
    comment="Recorded values; key (indicator_code, area_code, period), stored by indicator and period.",
    sqlite_with_rowid=False,
)
Index(
    "ix_indicator_value_area", indicator_value.c.area_code, indicator_value.c.indicator_code, indicator_value.c.period
)

reference_value = Table(
    "reference_value",
    TABULAR,
    code("reference_code", key=True),
    code("indicator_code", required=True, refers="indicator.indicator_code"),
    word("kind", words.REFERENCE_KINDS, required=True),
    *names(),
    code("area_code", refers="area.area_code"),
    period(),
    word("operator", words.OPERATORS, required=True),
    number("value", required=True),
    number("value_high"),
    text("source_title"),
    text("clause"),
    day("effective_on"),
    flag("is_primary"),
    flag("verified"),
    comment="Standards, targets and averages that a value is compared with.",
)
Index("ix_reference_value_indicator", reference_value.c.indicator_code)
