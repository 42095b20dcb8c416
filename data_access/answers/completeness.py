"""How complete one indicator is: recorded rows per level and period."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data_access import contract, scope
from data_access.answers.names import contract_columns
from data_access.frames import read_frame
from data_access.questions import CatalogueQuestion, CompletenessQuestion

_row, _area, _level = contract.indicator_value, contract.area, contract.area_level


def recorded_by_level_period(connection: Connection, question: CompletenessQuestion) -> pd.DataFrame:
    """One row per level that records the indicator and period: level, rank, period, recorded (with a value), rows."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    counted = (
        select(
            _area.c.level,
            _level.c.rank,
            _row.c.period,
            func.count(_row.c.value).label("recorded"),
            func.count().label("rows"),
        )
        .join(_area, _area.c.area_code == _row.c.area_code)
        .join(_level, _level.c.level == _area.c.level)
        .where(_row.c.indicator_code == question.indicator, scope.sees_area(question.viewer, _row.c.area_code))
        .group_by(_area.c.level, _level.c.rank, _row.c.period)
    )
    return read_frame(connection, counted.order_by(_level.c.rank, _area.c.level, _row.c.period))


def systems(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per indicator system, the latest first."""
    table = contract.indicator_system
    return read_frame(connection, select(*contract_columns(table)).order_by(table.c.year.desc(), table.c.system_code))


def sources_by_period(connection: Connection, question: CompletenessQuestion) -> pd.DataFrame:
    """One row per period and source of recorded values, the one with most rows first: period, source, rows."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    counted = (
        select(_row.c.period, _row.c.source, func.count().label("rows"))
        .where(
            _row.c.indicator_code == question.indicator,
            _row.c.value.is_not(None),
            _row.c.source.is_not(None),
            scope.sees_area(question.viewer, _row.c.area_code),
        )
        .group_by(_row.c.period, _row.c.source)
    )
    found = read_frame(connection, counted)
    return found.sort_values(["period", "rows", "source"], ascending=[True, False, True], ignore_index=True)


def definitions_by_period(connection: Connection, question: CompletenessQuestion) -> pd.DataFrame:
    """One row per period with values: period, caliber, boundary_version, both those of most of its recorded rows."""
    scope.require_indicator(connection, question.viewer, question.indicator)
    columns = (_row.c.period, _row.c.caliber, _row.c.boundary_version)
    counted = (
        select(*columns, func.count().label("rows"))
        .where(
            _row.c.indicator_code == question.indicator,
            _row.c.value.is_not(None),
            scope.sees_area(question.viewer, _row.c.area_code),
        )
        .group_by(*columns)
    )
    found = read_frame(connection, counted)
    first = found.sort_values(["rows", "caliber", "boundary_version"], ascending=[False, True, True], kind="stable")
    kept = first.drop_duplicates("period").sort_values("period", ignore_index=True)
    return kept[["period", "caliber", "boundary_version"]]
