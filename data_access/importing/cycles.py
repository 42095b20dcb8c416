"""Chains of parents that lead back to themselves, also where they run partly through existing rows."""

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, exists, insert, null, select

from data_access.contract import TABLES
from data_access.importing.reading import ROW
from data_access.importing.staging import Staging

CHAINS = (
    ("area", "parent_code"),
    ("dimension", "parent_code"),
    ("indicator", "parent_indicator_code"),
    ("indicator", "predecessor_code"),
    ("problem", "recurs_from_code"),
)
"""Columns of a table that refer to the table itself and must lead to an end."""


def check_cycles(staging: Staging) -> None:
    """Each staged row that is part of a cycle is a fault."""
    for name, column in CHAINS:
        if name not in staging.tables:
            continue
        merged = _merged(staging, name, column)
        for row, code, parent in _in_cycles(staging, merged):
            if row is not None:
                expected = f"a {column} that does not lead back to {code}: the chain is a cycle"
                staging.log.fault(staging.files[name], row, column, parent, expected)
        merged.drop(staging.connection)


def _merged(staging: Staging, name: str, parent: str) -> Table:
    """Code and parent of every row as it would be after the load; `row_no` of the staged ones."""
    real, staged = TABLES[name], staging.tables[name]
    key = next(iter(real.primary_key)).name
    merged = Table(
        f"load_chain_{name}_{parent}",
        MetaData(),
        Column(ROW, BigInteger),
        Column("code", String().with_variant(String(collation="C"), "postgresql")),
        Column("parent", String().with_variant(String(collation="C"), "postgresql")),
        prefixes=["TEMPORARY"],
    )
    Index(f"ix_{merged.name}", merged.c.parent)
    merged.create(staging.connection)
    columns = [ROW, "code", "parent"]
    ours = select(staged.c[ROW], staged.c[key], staged.c[parent]).where(staged.c[key].is_not(None))
    kept = ~exists().where(staged.c[key] == real.c[key])
    theirs = select(null(), real.c[key], real.c[parent]).where(kept)
    for rows in (ours, theirs):
        staging.connection.execute(insert(merged).from_select(columns, rows))
    return merged


def _in_cycles(staging: Staging, merged: Table) -> list[tuple[int | None, str, str]]:
    """Rows from which no end can be reached are below a cycle or in it; those in it are found by walking up."""
    known = merged.alias()
    ends = select(merged.c.code).where(~exists().where(known.c.code == merged.c.parent))
    reached = ends.cte("reached", recursive=True)
    reached = reached.union(select(merged.c.code).join(reached, merged.c.parent == reached.c.code))
    lost = select(merged).where(~exists().where(reached.c.code == merged.c.code)).order_by(merged.c[ROW])
    rows = [(row, code, parent) for row, code, parent in staging.connection.execute(lost)]
    cyclic = _cyclic({code: parent for _, code, parent in rows})
    return [entry for entry in rows if entry[1] in cyclic]


def _cyclic(parents: dict[str, str]) -> set[str]:
    found: set[str] = set()
    walked: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        code = start
        while code in parents and code not in walked and code not in path:
            path[code] = len(path)
            code = parents[code]
        if code in path:
            found |= set(list(path)[path[code] :])
        walked |= path.keys()
    return found
