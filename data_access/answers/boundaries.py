"""Boundaries of areas, in the order of their values."""

import pandas as pd
from sqlalchemy import Connection, select

from data_access import contract, scope
from data_access.answers.values import asked_areas
from data_access.frames import read_frame
from data_access.questions import BoundariesQuestion


def boundaries(connection: Connection, question: BoundariesQuestion) -> pd.DataFrame:
    """One row per asked area that has a boundary, in the order of values_by_area: area_code, geometry (shapely)."""
    asked = asked_areas(connection, question)
    boundary, area, level = contract.area_boundary, contract.area, contract.area_level
    drawn = (
        select(area.c.area_code, boundary.c.geometry)
        .join(boundary, boundary.c.area_code == area.c.area_code)
        .join(level, level.c.level == area.c.level)
        .where(area.c.area_code.in_(asked), scope.sees_area(question.viewer, area.c.area_code))
    )
    return read_frame(connection, drawn.order_by(level.c.rank, area.c.area_code))
