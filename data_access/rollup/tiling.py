"""The areas below the asked ones, along the tilings."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Integer, literal, select

from data_access.tree import is_tile, nodes

INSIDE = "\x01"
BEYOND = "\x02"
"""Below every character of a code: a path + BEYOND sorts after all paths that continue it."""


def tiling_below(targets: FromClause, *, with_path: bool) -> CTE:
    """target, branch (the direct child it lies in), area_code, partition, population, area_km2, depth, and `path`.

    targets: column area_code. path: the codes from the direct child down; a parent sorts before what lies below it.
    """
    parent, child, lower = nodes("parent"), nodes("child"), nodes("lower")
    first: list[Any] = [targets.c.area_code.label("target"), child.c.area_code.label("branch"), *_place(child)]
    first.append(literal(1, Integer).label("depth"))
    path: ColumnElement[Any] = child.c.area_code
    start = select(*first, *([path.label("path")] if with_path else []))
    start = start.select_from(targets).join(parent, parent.c.area_code == targets.c.area_code)
    tree = start.join(child, is_tile(child, parent, targets.c.area_code)).cte("tiling", recursive=True)
    then: list[Any] = [tree.c.target, tree.c.branch, *_place(lower), tree.c.depth + 1]
    if with_path:
        then.append(tree.c.path + INSIDE + lower.c.area_code)
    below = select(*then).select_from(tree).join(lower, is_tile(lower, tree, tree.c.area_code))
    return tree.union_all(below).prefix_with("MATERIALIZED")


def _place(node: FromClause) -> list[Any]:
    return [node.c.area_code, node.c.partition, node.c.population, node.c.area_km2]
