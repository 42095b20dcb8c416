"""A join whose tables are visited in the order written: no planner can guess how large a recursive query becomes.

SQLite documents this meaning of CROSS JOIN (https://sqlite.org/optoverview.html, “Manual control of query plans”),
PostgreSQL with join_collapse_limit 1 (https://www.postgresql.org/docs/15/explicit-joins.html).
"""

from typing import Any

from sqlalchemy import Connection, FromClause, Join, func, select, true
from sqlalchemy.ext.compiler import compiles

_POSTGRESQL = select(
    *(
        func.set_config(setting, word, true())
        for setting, word in (("join_collapse_limit", "1"), ("enable_seqscan", "off"), ("jit", "off"))
    )
)


def keep_order(connection: Connection) -> None:
    """For the rest of the transaction: joins as written, values through their index, nothing compiled first."""
    if connection.dialect.name == "postgresql":
        connection.execute(_POSTGRESQL)


class CrossJoin(Join):
    """`left CROSS JOIN right`; the conditions stand in WHERE."""

    inherit_cache = True


def in_order(first: FromClause, *others: FromClause) -> FromClause:
    """The tables, joined from left to right."""
    joined = first
    for other in others:
        joined = CrossJoin(joined, other, true())
    return joined


@compiles(CrossJoin)
def _cross_join(join: CrossJoin, compiler: Any, **words: Any) -> str:
    words["asfrom"] = True
    return f"{compiler.process(join.left, **words)} CROSS JOIN {compiler.process(join.right, **words)}"
