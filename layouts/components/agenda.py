"""What to ask about: projects late or over budget, and the problems that pile up."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from layouts.components.explained import explained, figure
from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button, pick_data
from layouts.formatting import Formatter, known
from layouts.work.filtering import write_filter
from layouts.work.project_status import findings, rule_of

MOST_ROWS = 60
Row = Mapping[Any, Any]


def urgent_projects(formatter: Formatter, urgent: pd.DataFrame, total: int) -> Any:
    """urgent: rows of analysis.projects.status.statuses beside their project; total: all projects of the area."""
    texts = formatter.texts
    if not total:
        return no_data(texts("projects.empty"))
    if urgent.empty:
        return no_data(texts("projects.none_late"))
    return rows([_project(formatter, row) for row in urgent.head(MOST_ROWS).to_dict("records")], "tasks")


def _project(formatter: Formatter, row: Row) -> html.Div:
    """A click opens the project's own card."""
    texts = formatter.texts
    name = texts.name(row)
    changes = {"view": "projects", "filter": write_filter({"project": (str(row["project_code"]),)})}
    physical = formatter.share(row["physical_actual_pct"], 100)
    said = findings(formatter, row)
    facts = [
        ("", name),
        *(("", finding) for finding in said),
        (texts("projects.stage"), texts(f"stage.{row['stage']}")),
        (texts("projects.planned_finish"), formatter.day(row["planned_finish_on"])),
        (texts("projects.progress"), str(physical)),
        (texts("projects.invested"), str(formatter.money(row["investment_actual"]))),
        (texts("explain.updated"), formatter.day(row["reported_on"])),
        (texts("watch.rule"), rule_of(formatter, row["status"])),
    ]
    return html.Div(
        [
            pick_button(name, changes, "task__name", title=name),
            html.Span(said[0], className="task__state late"),
            explained(figure(physical), facts, "task__figure"),
        ],
        className="task",
        **pick_data(**changes),
    )


def problem_subjects(formatter: Formatter, subjects: pd.DataFrame, indicators: pd.DataFrame) -> Any:
    """subjects: of analysis.problems.subjects.by_subject. indicators: the catalogue, for their names."""
    if subjects.empty:
        return no_data(formatter.texts("problems.empty"))
    named = subjects.merge(indicators[["indicator_code", "name_zh", "name_en"]], how="left", on="indicator_code")
    return rows([_subject(formatter, row) for row in named.head(MOST_ROWS).to_dict("records")], "tasks")


def _subject(formatter: Formatter, row: Row) -> html.Div:
    texts = formatter.texts
    name = texts.name(row) or _kind(formatter, row)
    changes = {"indicator": row["indicator_code"]} if isinstance(row["indicator_code"], str) else {}
    track = texts("problems.time_limited" if row["time_limited"] else "problems.best_effort")
    beside = html.Span(f" · {track}", className="task__track")
    unsolved = texts("problems.open", count=formatter.number(row["unsolved"], 0))
    overdue = formatter.number(row["overdue"], 0)
    return html.Div(
        [
            pick_button(name, changes, "task__name", title=name),
            html.Span([unsolved, beside], className="task__state", title=track),
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
