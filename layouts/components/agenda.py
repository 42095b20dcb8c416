"""What to ask about: late projects and the problems that pile up."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained, figure
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button, pick_data
from layouts.formatting import Formatter, known

MOST_ROWS = 60
Row = Mapping[Any, Any]


def late_projects(formatter: Formatter, late: pd.DataFrame, total: int) -> Any:
    """late: of analysis.agenda.late_projects; total: all projects of the area."""
    texts = formatter.texts
    if not total:
        return no_data(texts("projects.empty"))
    if late.empty:
        return no_data(texts("projects.none_late"))
    return rows([_project(formatter, row) for row in late.head(MOST_ROWS).to_dict("records")], "tasks")


def _project(formatter: Formatter, row: Row) -> html.Div:
    texts = formatter.texts
    name = texts.name(row)
    area = row["area_code"] if isinstance(row["area_code"], str) else None
    changes = {"area": area} if area else {}
    physical = formatter.share(row["physical_actual_pct"], 100)
    late = texts("projects.late_by", days=formatter.number(row["delay_days"], 0))
    stage = texts(f"stage.{row['stage']}")
    facts = [
        ("", name),
        (texts("projects.stage"), stage),
        (texts("projects.planned_finish"), formatter.day(row["planned_finish_on"])),
        (texts("projects.progress"), str(physical)),
        (texts("projects.invested"), str(formatter.money(row["investment_actual"]))),
        (texts("explain.updated"), formatter.day(row["reported_on"])),
    ]
    return html.Div(
        [
            pick_button(name, changes, "task__name", title=name),
            html.Span([html.Span(late, className="late"), f" {stage}"], className="task__state"),
            explained(figure(physical), facts, "task__figure"),
        ],
        className="task",
        **pick_data(**changes),
    )


def problem_subjects(formatter: Formatter, subjects: pd.DataFrame, indicators: pd.DataFrame) -> Any:
    """subjects: of analysis.agenda.problems_by_subject. indicators: the catalogue, for their names."""
    if subjects.empty:
        return no_data(formatter.texts("problems.empty"))
    named = subjects.merge(indicators[["indicator_code", "name_zh", "name_en"]], how="left", on="indicator_code")
    return rows([_subject(formatter, row) for row in named.head(MOST_ROWS).to_dict("records")], "tasks")


def _subject(formatter: Formatter, row: Row) -> html.Div:
    texts = formatter.texts
    name = texts.name(row) or _kind(formatter, row)
    changes = {"indicator": row["indicator_code"]} if isinstance(row["indicator_code"], str) else {}
    track = texts("problems.time_limited" if row["time_limited"] else "problems.best_effort")
    unsolved = texts("problems.open", count=formatter.number(row["unsolved"], 0))
    overdue = formatter.number(row["overdue"], 0)
    return html.Div(
        [
            pick_button(name, changes, "task__name", title=name),
            html.Span(f"{unsolved} · {track}", className="task__state"),
            html.Span(
                texts("problems.overdue", count=overdue) if known(row["overdue"]) else "", className="task__figure late"
            ),
        ],
        className="task",
        **(pick_data(**changes) if changes else {}),
    )


def _kind(formatter: Formatter, row: Row) -> str:
    kind = row["kind"]
    return formatter.texts(f"problems.kind_{kind}") if isinstance(kind, str) else formatter.texts("problems.other")
