"""The area tree in SQL: descendants, and which children tile their parent.

A node's tiling is its children of its own partition if it has any there, else its administrative children:
two tilings are never added.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, and_, exists, func, or_, select

from data_access import contract

ADMINISTRATIVE = "administrative"

_area = contract.area
_level = contract.area_level


@cache
def nodes(name: str) -> FromClause:
    """Areas with the partition and rank of their level."""
    partition = func.coalesce(_level.c.partition, ADMINISTRATIVE, type_=_level.c.partition.type)
    columns = (_area.c.area_code, _area.c.parent_code, _area.c.population, _area.c.area_km2, _area.c.level)
    joined = select(*columns, _level.c.rank, partition.label("partition"))
    return joined.join(_level, _level.c.level == _area.c.level).subquery(name)


def descendants(codes: Iterable[str]) -> CTE:
    """Codes below these areas, by parent_code, in any partition."""
    child, grandchild = _area.alias("child"), _area.alias("grandchild")
    below = select(child.c.area_code).where(child.c.parent_code.in_(list(codes))).cte(recursive=True)
    return below.union(select(grandchild.c.area_code).join(below, grandchild.c.parent_code == below.c.area_code))


def ancestors(codes: Iterable[str]) -> CTE:
    """Codes of these areas and of everything above them."""
    start, parent = _area.alias("lineage_start"), _area.alias("lineage_parent")
    first = select(start.c.area_code, start.c.parent_code).where(start.c.area_code.in_(list(codes)))
    lineage = first.cte(recursive=True)
    above = select(parent.c.area_code, parent.c.parent_code).join(lineage, parent.c.area_code == lineage.c.parent_code)
    return lineage.union(above)


def is_tile(child: FromClause, parent: FromClause, parent_code: ColumnElement[Any]) -> ColumnElement[bool]:
    """`child` belongs to the tiling of `parent`. parent: has the column `partition`."""
    sibling = nodes("sibling")
    own = exists().where(sibling.c.parent_code == parent_code, sibling.c.partition == parent.c.partition)
    return and_(
        child.c.parent_code == parent_code,
        or_(child.c.partition == parent.c.partition, and_(child.c.partition == ADMINISTRATIVE, ~own)),
    )
