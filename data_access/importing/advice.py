"""Warnings about a package that is taken all the same: set right (negative counts) or worth knowing."""

from collections import defaultdict

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select, union, update

from data_access.contract import area, area_boundary, indicator, indicator_value
from data_access.importing.count_units import COUNT_UNITS
from data_access.importing.limits import SHOWN
from data_access.importing.reading import ROW
from data_access.importing.staging import Staging
from data_access.period import parse_period


def suspect_negative_counts(staging: Staging) -> None:
    """A negative value of a summed indicator that counts things gets the status `suspect`."""
    staged = staging.tables.get(indicator_value.name)
    if staged is None:
        return
    negative = and_(staged.c.value < 0, staged.c.status.in_(("valid", "estimated")), _counts(staging, staged))
    rows = select(staged.c[ROW], staged.c.value).where(negative).order_by(staged.c[ROW])
    for row, value in staging.stream(rows):
        staging.log.warn(
            staging.files[indicator_value.name], row, "value", value, "a count of 0 or more: taken as suspect"
        )
    staging.connection.execute(update(staged).where(negative).values(status="suspect"))


def _counts(staging: Staging, staged: Table) -> ColumnElement[bool]:
    """Whether the indicator counts things, by its staged definition, else by the existing one."""
    existing = select(indicator.c.indicator_code).where(
        indicator.c.aggregation == "sum", indicator.c.unit.in_(COUNT_UNITS)
    )
    new = staging.tables.get(indicator.name)
    if new is None:
        return staged.c.indicator_code.in_(existing)
    ours = select(new.c.indicator_code).where(new.c.aggregation == "sum", new.c.unit.in_(COUNT_UNITS))
    kept = existing.where(~exists().where(new.c.indicator_code == indicator.c.indicator_code))
    return or_(staged.c.indicator_code.in_(ours), staged.c.indicator_code.in_(kept))


def warn_of_mixed_periods(staging: Staging) -> None:
    """Periods of different length are different series; mixing them in one indicator is often a slip."""
    staged = staging.tables.get(indicator_value.name)
    if staged is None:
        return
    ours = select(staged.c.indicator_code, staged.c.period).where(staged.c.period.is_not(None)).distinct()
    codes = select(staged.c.indicator_code).distinct()
    value = indicator_value.c
    theirs = select(value.indicator_code, value.period).where(value.indicator_code.in_(codes)).distinct()
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for code, period in staging.connection.execute(union(ours, theirs)):
        kinds[code or ""].setdefault(parse_period(period).series, period)
    for code, examples in sorted(kinds.items()):
        if len(examples) > 1:
            mixed = ", ".join(sorted(examples.values()))
            message = f"periods of one length; {code} has several, kept as separate series"
            staging.log.warn(staging.files[indicator_value.name], None, "period", mixed, message)


def warn_of_areas_without_boundary(staging: Staging) -> None:
    """Such areas are listed and reachable, just not drawn. Asked after the merge."""
    if not {area.name, area_boundary.name} & staging.tables.keys():
        return
    file = staging.files.get(area.name) or staging.files[area_boundary.name]
    bare = ~exists().where(area_boundary.c.area_code == area.c.area_code)
    levels = select(area.c.level, func.count()).where(bare).group_by(area.c.level).order_by(area.c.level)
    for level, count in staging.connection.execute(levels).all():
        if count > SHOWN:
            staging.log.warn(
                file, None, "area_code", f"{count:,} areas of level {level}", "a boundary: they are listed, not drawn"
            )
            continue
        codes = select(area.c.area_code).where(bare, area.c.level == level).order_by(area.c.area_code)
        for code in staging.connection.scalars(codes):
            staging.log.warn(file, None, "area_code", code, "a boundary: the area is listed, not drawn")
