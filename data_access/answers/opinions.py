"""What experts said of the figures, as far as the viewer sees the areas and indicators they speak of."""

import pandas as pd
from sqlalchemy import Connection, or_, select

from data_access import contract, scope
from data_access.answers.names import names
from data_access.frames import read_frame
from data_access.questions import OpinionsQuestion
from data_access.tree import descendants

MOST_LISTED = 10_000


def opinions(connection: Connection, question: OpinionsQuestion) -> pd.DataFrame:
    """One row per opinion, the latest first, no more than MOST_LISTED."""
    said, place, about = contract.opinion, contract.area, contract.indicator
    scope.require_area(connection, question.viewer, question.area)
    below = said.c.area_code.in_(select(descendants([question.area]).c.area_code))
    condition = [
        or_(said.c.area_code == question.area, below) if question.below else said.c.area_code == question.area,
        scope.sees_area(question.viewer, said.c.area_code),
        scope.sees_indicator(question.viewer, said.c.indicator_code),
    ]
    if question.indicator is not None:
        scope.require_indicator(connection, question.viewer, question.indicator)
        condition.append(said.c.indicator_code == question.indicator)
    if question.period is not None:
        condition.append(said.c.period == question.period)
    columns = [column for column in said.c if column is not said.c.opinion_id]
    found = (
        select(*columns, *names(about, label="indicator_name"), *names(place, label="area_name"))
        .outerjoin(about, about.c.indicator_code == said.c.indicator_code)
        .outerjoin(place, place.c.area_code == said.c.area_code)
        .where(*condition)
        .order_by(said.c.created_at.desc().nulls_last(), said.c.opinion_id.desc())
        .limit(MOST_LISTED)
    )
    return read_frame(connection, found)
