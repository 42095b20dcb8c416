"""The two numbers by which an area enters a figure, and where weights come from."""

from typing import Any

from sqlalchemy import ColumnElement, Float, FromClause, Select, and_, case, cast, func, null, select

from data_access import contract
from data_access.rollup.recorded import has_value


def terms(row: FromClause, area: FromClause, figure: FromClause, calendar: FromClause | None) -> tuple[Any, Any]:
    """sum: value and 1; ratio: numerator and denominator; weighted_mean: value and weight, NULL where it is unknown."""
    weight = null() if calendar is None else _indicator_weight(area, figure, calendar)
    is_ratio = figure.c.aggregation == "ratio"
    first = case((is_ratio, row.c.numerator), else_=row.c.value)
    second = case(
        (is_ratio, row.c.denominator),
        (figure.c.aggregation == "sum", 1.0),
        (figure.c.weight_indicator_code.is_not(None), weight),
        (figure.c.weight_column == "population", cast(area.c.population, Float)),
        (figure.c.weight_column == "area_km2", area.c.area_km2),
    )
    return first, second


def _indicator_weight(area: FromClause, figure: FromClause, calendar: FromClause) -> ColumnElement[Any]:
    """The area's own recorded value of the weight indicator: of the same period, else the latest that ended before."""

    def recorded(name: str) -> tuple[FromClause, Select[Any]]:
        row = contract.indicator_value.alias(name)
        mine = and_(
            row.c.area_code == area.c.area_code, row.c.indicator_code == figure.c.weight_indicator_code, has_value(row)
        )
        return row, select(row.c.value).where(mine).correlate(area, figure)

    same, of_same = recorded("weight_now")
    past, of_past = recorded("weight_then")
    then = calendar.alias("weight_period")
    latest = (
        of_past.join(then, then.c.period == past.c.period)
        .where(then.c.ends_on < figure.c.ends_on)
        .order_by(then.c.ends_on.desc(), then.c.starts_on.desc(), past.c.period.desc())
        .limit(1)
    )
    return func.coalesce(of_same.where(same.c.period == figure.c.period).scalar_subquery(), latest.scalar_subquery())
