"""Where things lie: inside an area, or in which branch below it, by parent_code and in any partition."""

from sqlalchemy import ColumnElement, FromClause, or_, select

from data_access import contract
from data_access.tree import descendants

_area = contract.area


def inside(area_code: ColumnElement[str], area: str) -> ColumnElement[bool]:
    """The row lies in the area or below it."""
    below = descendants([area])
    return or_(area_code == area, area_code.in_(select(below.c.area_code)))


def branches(area: str, *, by_child: bool) -> FromClause:
    """branch, area_code: which branch each area belongs to.

    by_child: the branches are the children of `area`, and what lies in `area` itself is under its own code;
    otherwise all is one branch.
    """
    start = _area.c.area_code == area
    own = select(_area.c.area_code.label("branch"), _area.c.area_code)
    own = own.where(or_(start, _area.c.parent_code == area) if by_child else start)
    tree = own.cte(recursive=True)
    lower = _area.alias("branch_area")
    below = select(tree.c.branch, lower.c.area_code).join(tree, lower.c.parent_code == tree.c.area_code)
    if by_child:
        below = below.where(tree.c.branch != area)
    return tree.union(below)
