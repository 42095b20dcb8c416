"""Periods in which values are recorded."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from data_access import contract, scope
from data_access.calendar import in_time, readable
from data_access.questions import PeriodsQuestion

_row = contract.indicator_value


def periods(connection: Connection, question: PeriodsQuestion) -> pd.DataFrame:
    """One row per period, in order of time: period, kind, starts_on, ends_on, rows (how many are recorded)."""
    counted = select(_row.c.period, func.count().label("rows")).where(
        scope.sees_area(question.viewer, _row.c.area_code)
    )
    if question.indicator is None:
        counted = counted.where(scope.sees_indicator(question.viewer, _row.c.indicator_code))
    else:
        scope.require_indicator(connection, question.viewer, question.indicator)
        counted = counted.where(_row.c.indicator_code == question.indicator)
    rows: dict[str, int] = dict(map(tuple, connection.execute(counted.group_by(_row.c.period))))
    found = sorted((period for text in rows if (period := readable(text)) is not None), key=in_time)
    return pd.DataFrame(
        {
            "period": pd.array([period.text for period in found], dtype="str"),
            "kind": pd.array([period.kind for period in found], dtype="str"),
            "starts_on": pd.array([period.starts_on.isoformat() for period in found], dtype="str"),
            "ends_on": pd.array([period.ends_on.isoformat() for period in found], dtype="str"),
            "rows": np.array([rows[period.text] for period in found], dtype="int64"),
        }
    )
