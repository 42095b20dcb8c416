"""What values are compared with: standards, peers; and what was said of an area: surveys, official grades."""

import pandas as pd
from sqlalchemy import ColumnElement, Connection, or_, select

from data_access import contract, scope
from data_access.answers.names import contract_columns, names
from data_access.frames import read_frame
from data_access.questions import DimensionGradesQuestion, PeersQuestion, ReferencesQuestion, SurveyQuestion
from data_access.tree import ancestors
from data_access.viewer import Viewer


def references(connection: Connection, question: ReferencesQuestion) -> pd.DataFrame:
    """One row per reference, by indicator and code: those valid everywhere, and those of areas the viewer sees.

    A reference set for an area above what the viewer sees judges it too, and comes along (ADR 0004).
    """
    table = contract.reference_value
    condition = [
        scope.sees_indicator(question.viewer, table.c.indicator_code),
        _applies(question.viewer, table.c.area_code),
    ]
    if question.indicator is not None:
        scope.require_indicator(connection, question.viewer, question.indicator)
        condition.append(table.c.indicator_code == question.indicator)
    order = (table.c.indicator_code, table.c.reference_code)
    return read_frame(connection, select(*contract_columns(table)).where(*condition).order_by(*order))


def peers(connection: Connection, question: PeersQuestion) -> pd.DataFrame:
    """One row per indicator, peer city and period, in this order, with what is known of the city."""
    row, city = contract.peer_value, contract.peer_city
    condition = [scope.sees_indicator(question.viewer, row.c.indicator_code)]
    if question.indicator is not None:
        scope.require_indicator(connection, question.viewer, question.indicator)
        condition.append(row.c.indicator_code == question.indicator)
    about = (*names(city), city.c.province_zh, city.c.population, city.c.tier, city.c.peer_group)
    joined = select(*row.c, *about).join(city, city.c.peer_code == row.c.peer_code).where(*condition)
    return read_frame(connection, joined.order_by(row.c.indicator_code, row.c.peer_code, row.c.period))


def survey_results(connection: Connection, question: SurveyQuestion) -> pd.DataFrame:
    """One row per area, topic, respondent group and period, in this order."""
    table = contract.survey_result
    condition = [
        scope.sees_area(question.viewer, table.c.area_code),
        scope.sees_indicator(question.viewer, table.c.indicator_code),
    ]
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
        condition.append(table.c.area_code == question.area)
    order = (table.c.area_code, table.c.topic_code, table.c.respondent_group, table.c.period)
    return read_frame(connection, select(*contract_columns(table)).where(*condition).order_by(*order))


def dimension_grades(connection: Connection, question: DimensionGradesQuestion) -> pd.DataFrame:
    """One row per area, dimension and period, in this order: the official verdicts."""
    table = contract.dimension_grade
    condition = [scope.sees_area(question.viewer, table.c.area_code)]
    if question.area is not None:
        scope.require_area(connection, question.viewer, question.area)
        condition.append(table.c.area_code == question.area)
    order = (table.c.area_code, table.c.dimension_code, table.c.period)
    return read_frame(connection, select(*table.c).where(*condition).order_by(*order))


def _applies(viewer: Viewer, area_code: ColumnElement[str]) -> ColumnElement[bool]:
    if viewer.area_codes is None:
        return or_(area_code.is_(None), area_code.is_not(None))
    above = area_code.in_(select(ancestors(viewer.area_codes).c.area_code))
    return or_(area_code.is_(None), scope.sees_area(viewer, area_code), above)
