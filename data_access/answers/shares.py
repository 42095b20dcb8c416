"""Which areas a project serves, and with which part of itself."""

from functools import cache

from sqlalchemy import Float, FromClause, case, exists, func, literal, select

from data_access import contract

_served = contract.project_area
_project = contract.project


@cache
def shares() -> FromClause:
    """project_code, area_code, share (0-1): `project_area` where it has rows, else the project's own area alone.

    Shares left out divide equally what the given ones leave over.
    """
    project = _served.c.project_code
    given = func.coalesce(func.sum(_served.c.share).over(partition_by=project), 0.0)
    left_out = func.sum(case((_served.c.share.is_(None), 1), else_=0)).over(partition_by=project)
    equal = case((given < 1, (1 - given) / left_out), else_=0.0)
    several = select(
        project, _served.c.area_code, case((_served.c.share.is_(None), equal), else_=_served.c.share).label("share")
    )
    alone = select(_project.c.project_code, _project.c.area_code, literal(1.0, Float)).where(
        ~exists().where(project == _project.c.project_code)
    )
    return several.union_all(alone).subquery("part")
