"""The ledger: a grid that asks for the rows it shows, so that the browser never holds them all."""

from datetime import date
from typing import Any

import dash_ag_grid as dag
import pandas as pd

from analysis.problems.deadlines import deadlines
from layouts.formatting import Formatter
from layouts.texts import Texts

BLOCK_ROWS = 100
_OPTIONS = {
    "rowModelType": "infinite",
    "cacheBlockSize": BLOCK_ROWS,
    "maxBlocksInCache": 6,
    "cacheOverflowSize": 2,
    "maxConcurrentDatasourceRequests": 1,
    "infiniteInitialRowCount": 1,
    "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
    "suppressMovableColumns": True,
    "suppressCellFocus": False,
    "animateRows": False,
}
COLUMNS = (
    ("countdown", "due_on", 14),
    ("title", "problem_code", 22),
    ("area_name", "area_code", 14),
    ("severity", "severity", 10),
    ("department", "lead_department_code", 16),
    ("found_on", "found_on", 12),
    ("due_on", "due_on", 12),
    ("status", "status", 10),
)
"""Column, the attribute it sorts by, its share of the width."""
_LONG = ("title", "area_name", "department", "status")
"""What may take two lines."""
SORTS = {name: attribute for name, attribute, _ in COLUMNS}


def ledger_grid(texts: Texts, grid_id: str) -> dag.AgGrid:
    """Rows come through `getRowsRequest`; sorting is asked of the server."""
    return dag.AgGrid(
        id=grid_id,
        rowModelType="infinite",
        columnDefs=[_column(texts, *column) for column in COLUMNS],
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True, "unSortIcon": False},
        dashGridOptions=_OPTIONS | {"localeText": {"noRowsToShow": texts("problems.none_match")}},
        getRowId="params.data.problem_code",
        rowClassRules={"ledger__group": "params.data && params.data.group"},
        className="ledger__grid",
        style={"height": "100%", "width": "100%"},
    )


def _column(texts: Texts, name: str, _attribute: str, share: int) -> dict[str, Any]:
    column: dict[str, Any] = {"field": name, "headerName": texts(f"ledger.{name}"), "flex": share, "minWidth": 60}
    column["tooltipField"] = name
    if name in _LONG:
        column["cellClass"] = "two-lines"
    if name == "title":
        column["colSpan"] = {"function": "params.data && params.data.group ? 4 : 1"}
    if name == "countdown":
        column["cellClassRules"] = {
            "late": "params.data && params.data.deadline == 'overdue'",
            "near": "params.data && params.data.deadline == 'due_soon'",
        }
    if name == "severity":
        column["cellClassRules"] = {"grave": "params.data && params.data.grave"}
    return column


def ledger_rows(formatter: Formatter, page: pd.DataFrame, today: date) -> list[dict[str, Any]]:
    """Rows of store.problem_page in the words of the screen."""
    timing = deadlines(page, today)
    rows = zip(page.to_dict("records"), timing.to_dict("records"), strict=True)
    return [_row(formatter, row, deadline) for row, deadline in rows]


def _row(formatter: Formatter, row: dict[Any, Any], deadline: dict[Any, Any]) -> dict[str, Any]:
    texts = formatter.texts

    def word(prefix: str, value: object) -> str:
        return texts(f"{prefix}.{value}") if isinstance(value, str) else texts("attribute.unknown")

    return {
        "problem_code": row["problem_code"],
        "deadline": deadline["deadline"],
        "grave": row["severity"] == "critical",
        "countdown": countdown(formatter, deadline),
        "title": texts.name(row, "title") or row["problem_code"],
        "area_name": texts.name(row, "area_name"),
        "severity": word("severity", row["severity"]),
        "department": texts.name(row, "department_name") or texts("attribute.nobody"),
        "found_on": formatter.day(row["found_on"]),
        "due_on": formatter.day(row["due_on"]),
        "status": texts(f"problem_status.{row['status']}"),
    }


def group_row(formatter: Formatter, group: str, word: str, said: str, counts: dict[Any, Any]) -> dict[str, Any]:
    """The row before a group: its word and what it counts. A click on it narrows the list down to the group."""
    numbers = {name: formatter.number(counts[name], 0) for name in ("listed", "unfixed")}
    return {
        "problem_code": f"group:{group}:{word}",
        "group": group,
        "word": word,
        "countdown": "",
        "title": formatter.texts("ledger.group", name=said, **numbers),
        "status": str(formatter.share(counts["fixed"], counts["listed"])),
    }


def countdown(formatter: Formatter, deadline: dict[Any, Any]) -> str:
    texts = formatter.texts
    if deadline["deadline"] == "overdue":
        return texts("deadline.overdue_by", days=formatter.number(deadline["days_overdue"], 0))
    if deadline["deadline"] in {"due_soon", "running"}:
        return texts("deadline.days_left", days=formatter.number(deadline["days_left"], 0))
    return texts(f"deadline.{deadline['deadline']}")
