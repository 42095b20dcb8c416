"""All indicators of all areas of one level in one period: what correlations are computed from."""

import pandas as pd
from sqlalchemy import Connection, and_

from data_access import contract, scope
from data_access.answers.shown import VALUE_COLUMNS, value_rows
from data_access.answers.values import _one_period as figures_of_one_period
from data_access.answers.values import _require_period as require_period
from data_access.answers.values import asked_areas
from data_access.questions import BoundariesQuestion, MatrixQuestion

_row, _area, _indicator = contract.indicator_value, contract.area, contract.indicator


def values_by_area_indicator(connection: Connection, question: MatrixQuestion) -> pd.DataFrame:
    """One row per area and indicator with a value, by both codes: area_code, indicator_code, value, status."""
    require_period(question.period)
    asked = asked_areas(
        connection, BoundariesQuestion(area=question.area, level=question.level, viewer=question.viewer)
    )
    recorded = and_(
        _row.c.period == question.period,
        _row.c.area_code.in_(asked),
        scope.sees_area(question.viewer, _row.c.area_code),
        scope.sees_indicator(question.viewer, _row.c.indicator_code),
    )
    mine = scope.sees_work(question.viewer, _indicator)
    here = and_(_area.c.area_code.in_(asked), scope.sees_area(question.viewer, _area.c.area_code))
    wanted = figures_of_one_period(mine, here, question.period)
    found = value_rows(connection, recorded, wanted, mine, by_area=False)
    value, status = VALUE_COLUMNS.index("value"), VALUE_COLUMNS.index("status")
    rows = sorted(
        (area, code, row[value], row[status]) for (area, code, _), row in found.items() if row[value] is not None
    )
    return pd.DataFrame(
        {
            "area_code": pd.array([row[0] for row in rows], dtype="str"),
            "indicator_code": pd.array([row[1] for row in rows], dtype="str"),
            "value": pd.Series([row[2] for row in rows], dtype="float64"),
            "status": pd.array([row[3] for row in rows], dtype="str"),
        }
    )
