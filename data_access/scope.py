"""What a viewer may see, as conditions on statements: every query of the store carries them.

A code outside the scope is answered like a code that does not exist.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal, or_, select, true

from data_access import contract
from data_access.contract.columns import CODE
from data_access.errors import UnknownCode
from data_access.tree import ancestors
from data_access.viewer import Viewer

_area = contract.area
_indicator = contract.indicator
_ASKED = select(_area.c.area_code).where(_area.c.area_code == bindparam("asked"))


def _visible_areas(codes: tuple[str, ...]) -> Select[tuple[str]]:
    """Codes of these areas and of everything below them by parent_code, in any partition."""
    top, child = _area.alias("seen_top"), _area.alias("seen_child")
    seen = select(top.c.area_code).where(top.c.area_code.in_(codes)).cte(recursive=True)
    below = select(child.c.area_code).join(seen, child.c.parent_code == seen.c.area_code)
    return select(seen.union(below).c.area_code)


def sees_area(viewer: Viewer, area_code: ColumnElement[Any]) -> ColumnElement[bool]:
    """The row's area is one the viewer may see."""
    return true() if viewer.area_codes is None else area_code.in_(_visible_areas(viewer.area_codes))


def sees_work(viewer: Viewer, table: Any) -> ColumnElement[bool]:
    """One of the viewer's departments leads or supports the row: an indicator, a problem, a project."""
    if viewer.department_codes is None:
        return true()
    supports = literal(";", CODE) + _without_spaces(table.c.support_department_codes) + ";"
    return or_(
        table.c.lead_department_code.in_(viewer.department_codes),
        # replace() compares letter case on both databases, LIKE does not on SQLite.
        *(func.replace(supports, f";{code};", "") != supports for code in viewer.department_codes),
    )


def sees_indicator(viewer: Viewer, indicator_code: ColumnElement[Any]) -> ColumnElement[bool]:
    """The row's indicator is one the viewer may see; rows without an indicator are nobody's secret."""
    if viewer.department_codes is None:
        return true()
    visible = _indicator.alias("visible_indicator")
    mine = select(visible.c.indicator_code).where(sees_work(viewer, visible))
    return or_(indicator_code.is_(None), indicator_code.in_(mine))


def require_area(connection: Connection, viewer: Viewer, code: str) -> None:
    """Raises UnknownCode unless the area exists and the viewer may see it."""
    if connection.scalar(_ASKED, {"asked": code}) is None or not _lies_in_scope(connection, viewer, code):
        raise UnknownCode("area", code)


def _lies_in_scope(connection: Connection, viewer: Viewer, code: str) -> bool:
    if viewer.area_codes is None:
        return True
    return not set(connection.scalars(select(ancestors([code]).c.area_code))).isdisjoint(viewer.area_codes)


def require_indicator(connection: Connection, viewer: Viewer, code: str) -> None:
    """Raises UnknownCode unless the indicator exists and the viewer may see it."""
    found = select(_indicator.c.indicator_code).where(
        _indicator.c.indicator_code == code, sees_work(viewer, _indicator)
    )
    if connection.scalar(found) is None:
        raise UnknownCode("indicator", code)


def require_level(connection: Connection, level: str) -> None:
    """Raises UnknownCode for a level that the city does not have."""
    if connection.scalar(select(contract.area_level.c.level).where(contract.area_level.c.level == level)) is None:
        raise UnknownCode("level", level)


def _without_spaces(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.replace(func.replace(func.coalesce(column, ""), "; ", ";"), " ;", ";")
