"""Rolled-up figures: the frontier below each asked area, added up.

One pass adds up everything recorded below an area. That is the figure unless recorded areas lie below one another;
only for those figures a second pass leaves out what lies below the frontier.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, Connection, Float, FromClause, Select, and_, case, cast, func, or_, select

from data_access import contract
from data_access.bound_rows import as_bound, bound_rows
from data_access.calendar import DAYS, calendar
from data_access.rollup.in_order import in_order, keep_order
from data_access.rollup.recorded import Standing, standing
from data_access.rollup.tiling import BEYOND, tiling_below
from data_access.rollup.weights import terms

KEY = ("area_code", "indicator_code", "period")
_ASKED = "asked_keys"
Key = tuple[str, str, str]


class Figure(NamedTuple):
    """A rolled-up figure; numerator and denominator of ratios only."""

    value: float
    numerator: float | None
    denominator: float | None
    contributing: int
    children: int
    population_share: float | None
    contains_estimated: bool
    contains_suspect: bool
    misses_suppressed: bool


def rolled_up(connection: Connection, wanted: Select[Any], days: str | None, *, by_area: bool) -> dict[Key, Figure]:
    """The wanted figures for which something rolls up.

    wanted: area_code, indicator_code, period. days: see `data_access.calendar.recorded_days`;
    None when no wanted indicator has a weight indicator with values.
    by_area: look values up area by area; otherwise read all values of each indicator and period.
    """
    keys = [tuple(key) for key in connection.execute(wanted)]
    keep_order(connection)
    rows = _asked(connection, keys, days, by_area=by_area, is_nested=False)
    nested = [tuple(row[:3]) for row in rows if row.is_nested]
    rows = [row for row in rows if not row.is_nested]
    rows += _asked(connection, nested, days, by_area=by_area, is_nested=True)
    return {(row[0], row[1], row[2]): Figure(*row[3:-1]) for row in rows if row.value is not None}


def _asked(
    connection: Connection, keys: list[tuple[Any, ...]], days: str | None, *, by_area: bool, is_nested: bool
) -> list[Any]:
    if not keys:
        return []
    statement = _statement(has_days=days is not None, by_area=by_area, is_nested=is_nested)
    bound = {_ASKED: as_bound(keys)} | ({} if days is None else {DAYS: days})
    return list(connection.execute(statement, bound))


@cache
def _statement(*, has_days: bool, by_area: bool, is_nested: bool) -> Select[Any]:
    """Made once: composing it takes longer than the database needs to answer it."""
    days = calendar() if has_days else None
    figure = _numbered(bound_rows(KEY, _ASKED), days)
    targets = select(figure.c.area_code).distinct().cte("target")
    tiling = tiling_below(targets, with_path=is_nested)
    below = _below(figure, tiling, days, by_area=by_area, with_path=is_nested)
    return _shown(figure, tiling, _sums(_on_frontier(below) if is_nested else below))


def _numbered(wanted: Select[Any], calendar: FromClause | None) -> CTE:
    """The wanted figures with what their indicator says of aggregation, under a number that is cheap to group by."""
    asked, about = wanted.subquery("asked"), contract.indicator.alias("about")
    columns = (
        func.row_number().over().label("number"),
        *(asked.c[name] for name in KEY),
        about.c.aggregation,
        about.c.weight_column,
        about.c.weight_indicator_code,
        func.coalesce(about.c.ratio_scale, 100.0).label("scale"),
        *([calendar.c.ends_on] if calendar is not None else []),
    )
    joined = select(*columns).join(about, about.c.indicator_code == asked.c.indicator_code)
    if calendar is not None:
        joined = joined.outerjoin(calendar, calendar.c.period == asked.c.period)
    joined = joined.where(about.c.aggregation != "none")
    return joined.cte("figure").prefix_with("MATERIALIZED")


def _below(figure: CTE, tiling: CTE, calendar: FromClause | None, *, by_area: bool, with_path: bool) -> CTE:
    """What is recorded below each figure's area, with its standing and the two terms it would bring."""
    row: FromClause = contract.indicator_value if by_area else _read(figure)
    first, second = terms(row, tiling, figure, calendar)
    columns = [
        figure.c.number,
        tiling.c.branch,
        tiling.c.depth,
        cast(tiling.c.population, Float).label("population"),
        row.c.status,
        standing(row, figure.c.aggregation).label("standing"),
        first.label("first"),
        second.label("second"),
        *([tiling.c.path] if with_path else []),
    ]
    found = select(*columns).where(
        tiling.c.target == figure.c.area_code,
        row.c.area_code == tiling.c.area_code,
        row.c.indicator_code == figure.c.indicator_code,
        row.c.period == figure.c.period,
    )
    tables = in_order(figure, tiling, row) if by_area else in_order(row, tiling, figure)
    return found.select_from(tables).cte("below").prefix_with("MATERIALIZED")


def _read(figure: CTE) -> CTE:
    """All values of the indicators and periods asked; PostgreSQL is kept from looking them up one by one."""
    row = contract.indicator_value
    asked = select(figure.c.indicator_code, figure.c.period).distinct().cte("asked_pair")
    figures = [row.c[name] for name in ("value", "numerator", "denominator", "status", "rolls_up")]
    # The codes as asked: SQLite builds no index over a bound code compared with a stored one.
    read = select(row.c.area_code, asked.c.indicator_code, asked.c.period, *figures).select_from(in_order(asked, row))
    read = read.where(row.c.indicator_code == asked.c.indicator_code, row.c.period == asked.c.period)
    return read.cte("read").prefix_with("MATERIALIZED", dialect="postgresql")


def _on_frontier(below: CTE) -> FromClause:
    """Without what lies below a recorded area: in the order of paths, what some earlier area's subtree still covers."""
    covered = func.max(below.c.path + BEYOND).over(partition_by=below.c.number, order_by=below.c.path, rows=(None, -1))
    seen = select(below, covered.label("covered")).where(below.c.standing != Standing.OPEN).subquery("seen")
    return select(seen).where(or_(seen.c.covered.is_(None), seen.c.covered < seen.c.path)).subquery("frontier")


def _sums(below: FromClause) -> FromClause:
    f = below.c
    contributes = and_(f.standing == Standing.COUNTS, f.second.is_not(None))

    def total(term: Any) -> Any:
        return func.sum(case((contributes, term)))

    def some(condition: Any) -> Any:
        return func.max(case((condition, 1), else_=0)) == 1

    columns = (
        f.number,
        total(f.first).label("first"),
        total(f.second).label("second"),
        total(f.first * f.second).label("product"),
        total(f.population).label("population"),
        func.count(case((contributes, f.branch)).distinct()).label("branches"),
        some(and_(contributes, f.status == "estimated")).label("contains_estimated"),
        some(and_(contributes, f.status == "suspect")).label("contains_suspect"),
        some(f.standing == Standing.SUPPRESSED).label("misses_suppressed"),
        (func.min(f.depth) != func.max(f.depth)).label("is_nested"),
    )
    return select(*columns).where(f.standing != Standing.OPEN).group_by(f.number).subquery("sums")


def _shown(figure: CTE, tiling: CTE, sums: FromClause) -> Select[Any]:
    children = select(tiling.c.target, func.count().label("children")).where(tiling.c.depth == 1)
    tiles = children.group_by(tiling.c.target).subquery("tiles")
    target = contract.area.alias("target_area")
    is_ratio = figure.c.aggregation == "ratio"
    value = case(
        (figure.c.aggregation == "sum", sums.c.first),
        (is_ratio, sums.c.first / func.nullif(sums.c.second, 0.0, type_=Float) * figure.c.scale),
        else_=sums.c.product / func.nullif(sums.c.second, 0.0, type_=Float),
    )
    columns = (
        *(figure.c[name] for name in KEY),
        value.label("value"),
        case((is_ratio, sums.c.first)).label("numerator"),
        case((is_ratio, sums.c.second)).label("denominator"),
        sums.c.branches.label("coverage_contributing"),
        tiles.c.children.label("coverage_children"),
        (sums.c.population / func.nullif(cast(target.c.population, Float), 0.0, type_=Float)).label(
            "coverage_population_share"
        ),
        *(sums.c[mark] for mark in ("contains_estimated", "contains_suspect", "misses_suppressed", "is_nested")),
    )
    joined = select(*columns).join(sums, sums.c.number == figure.c.number)
    joined = joined.join(tiles, tiles.c.target == figure.c.area_code)
    return joined.join(target, target.c.area_code == figure.c.area_code)
