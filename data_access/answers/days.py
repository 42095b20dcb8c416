"""Partial dates in SQL: `2025` or `2025-06` mean the whole interval, which has passed only when it is over."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, literal, not_, or_

from data_access.contract.columns import CODE


def has_passed(day: ColumnElement[str], today: date) -> ColumnElement[bool]:
    """The day, month or year lies wholly before today. Missing dates have not passed."""
    return day < _as_precise_as(day, today)


def has_come(day: ColumnElement[str], today: date) -> ColumnElement[bool]:
    """The day, month or year has begun. Missing dates have not come."""
    return day <= _as_precise_as(day, today)


def is_overdue(
    due: ColumnElement[str], done: ColumnElement[str], is_done: ColumnElement[bool], today: date
) -> ColumnElement[bool]:
    """Due day passed and not done by today. What is done on an unknown day is not overdue.

    done: day it was done; is_done: what the status says.
    """
    done_by_now = or_(and_(done.is_not(None), has_come(done, today)), and_(done.is_(None), is_done))
    return and_(due.is_not(None), has_passed(due, today), not_(done_by_now))


def _as_precise_as(day: ColumnElement[str], today: date) -> ColumnElement[str]:
    return func.substr(literal(today.isoformat(), CODE), 1, func.length(day), type_=CODE)
