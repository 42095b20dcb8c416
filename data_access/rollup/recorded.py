"""What a recorded row says: is it shown itself, and what does it contribute to the areas above it?"""

from sqlalchemy import ColumnElement, FromClause, and_, case, or_

from data_access.contract.words import STATUSES_WITH_VALUE


class Standing:
    """What an area below contributes to a rolled-up figure.

    OPEN: nothing, the figure may stand further below. LEFT_OUT: nothing, and what lies below it neither;
    SUPPRESSED likewise, and the figure is marked for it.
    """

    OPEN, COUNTS, LEFT_OUT, SUPPRESSED = range(4)


def has_value(row: FromClause) -> ColumnElement[bool]:
    """A recorded value: a number, and a status that goes with one."""
    return and_(row.c.value.is_not(None), row.c.status.in_(STATUSES_WITH_VALUE))


def is_answer(row: FromClause) -> ColumnElement[bool]:
    """The recorded row itself is what is shown; otherwise the figure may be rolled up."""
    return or_(has_value(row), row.c.status.in_(("suppressed", "not_applicable")))


def standing(row: FromClause, aggregation: ColumnElement[str]) -> ColumnElement[int]:
    """One of `Standing`, for a row that exists."""
    half_pair = row.c.numerator.is_(None) != row.c.denominator.is_(None)
    no_pair = and_(row.c.numerator.is_(None), has_value(row))
    return case(
        (row.c.rolls_up.is_(False), Standing.LEFT_OUT),
        (row.c.status == "suppressed", Standing.SUPPRESSED),
        (row.c.status == "not_applicable", Standing.LEFT_OUT),
        (and_(aggregation == "ratio", or_(half_pair, no_pair)), Standing.LEFT_OUT),
        (has_value(row), Standing.COUNTS),
        else_=Standing.OPEN,
    )
