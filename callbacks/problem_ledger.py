"""The ledger's rows as the grid asks for them: sorted, and grouped with a row that counts before each group."""

from typing import Any

import pandas as pd
from dash.exceptions import PreventUpdate

from analysis.problems.funnel import fix_rates
from callbacks.problem_scene import ProblemScene
from data_access.errors import InvalidQuestion
from data_access.problem_questions import ProblemPageQuestion, ProblemTallyQuestion
from layouts.work.filtering import MISSING_WORD
from layouts.work.ledger import SORTS, group_row, ledger_rows

GROUPS = ("lead_department_code", "dimension_code", "branch", "severity", "status", "track", "deadline", "found_year")
_MOST_ROWS = 500


def grouped_by(at: ProblemScene) -> str | None:
    wanted = at.options.get("group")
    return wanted if wanted in GROUPS else None


def rows(at: ProblemScene, wanted: object) -> dict[str, Any]:
    """wanted: {startRow, endRow, sortModel: [{colId, sort}]}, as the grid asks."""
    if wanted is None:
        raise PreventUpdate
    if not isinstance(wanted, dict):
        raise InvalidQuestion("a request for rows is an object")
    start, end = wanted.get("startRow"), wanted.get("endRow")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= start + _MOST_ROWS:
        raise InvalidQuestion(f"a request for rows says from where to where, at most {_MOST_ROWS}")
    order, group = _order(wanted.get("sortModel")), grouped_by(at)
    if group is not None:
        return _grouped(at, group, start, end, order)
    total = int(at.at.store.problem_tally(at.ask(ProblemTallyQuestion))["problems"].sum())
    return {"rowData": _page(at, start, end, order), "rowCount": total}


def _page(at: ProblemScene, start: int, end: int, order: tuple[tuple[str, bool], ...]) -> list[dict[str, Any]]:
    if start >= end:
        return []
    page = at.at.store.problem_page(at.ask(ProblemPageQuestion, start=start, end=end, order=order))
    return ledger_rows(at.at.formatter, page, at.at.today)


def _grouped(at: ProblemScene, group: str, start: int, end: int, order: tuple[tuple[str, bool], ...]) -> dict[str, Any]:
    """Every group brings one row before its problems; the problems' own places are those without these rows."""
    groups = _groups(at, group)
    sizes = groups["listed"].to_list()
    heads, place = {}, 0
    for number, size in enumerate(sizes):
        heads[place] = number
        place += 1 + size
    inside = [row for row in range(start, min(end, place)) if row not in heads]
    skipped = sum(head < start for head in heads)
    first = start - skipped
    urgent = order or (("urgency", False), ("due_on", False))
    listed = iter(_page(at, first, first + len(inside), ((group, False), *urgent)))
    records: list[Any] = groups.to_dict("records")
    shown = [
        _head(at, group, records[heads[row]]) if row in heads else next(listed, None)
        for row in range(start, min(end, place))
    ]
    return {"rowData": [row for row in shown if row is not None], "rowCount": place}


def _groups(at: ProblemScene, group: str) -> pd.DataFrame:
    """Counts per word in the order of the pages: by word, missing last."""
    rates = fix_rates(at.tally(group, "status"), [group])
    return rates.sort_values(group, na_position="last", kind="stable").reset_index(drop=True)


def _head(at: ProblemScene, group: str, row: dict[str, Any]) -> dict[str, Any]:
    word = row[group] if isinstance(row[group], str) else MISSING_WORD
    return group_row(at.at.formatter, group, word, at.word(group, word), row)


def _order(sorts: object) -> tuple[tuple[str, bool], ...]:
    if not isinstance(sorts, list):
        return ()
    try:
        return tuple((SORTS[sort["colId"]], sort["sort"] == "desc") for sort in sorts)
    except (KeyError, TypeError) as error:
        raise InvalidQuestion("the ledger has no such column") from error
