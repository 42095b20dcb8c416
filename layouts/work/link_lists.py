"""What is not linked: problems that no project answers, projects that answer no problem."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.panel import no_data, rows
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button, write_filter
from layouts.work.project_status import status_mark

MOST_ROWS = 60
Row = dict[Any, Any]


def unanswered_problems(formatter: Formatter, problems: Sequence[Row], said: Sequence[str], total: int) -> list[Any]:
    """problems: rows of store.problem_page, the most urgent first; said: the countdown of each."""
    texts = formatter.texts
    if not problems:
        return [no_data(texts("chain.all_answered"))]
    items = [_problem(formatter, row, word) for row, word in zip(problems, said, strict=True)]
    target = {"view": "problems", "filter": write_filter({"has_project": ("no",)})}
    every = pick_button(texts("chain.show_all", count=formatter.number(total, 0)), target, "card__link")
    return [rows(items, "suggestion-list"), html.P(every, className="suggestion-note")]


def _problem(formatter: Formatter, row: Row, said: str) -> html.Div:
    title = formatter.texts.name(row, "title") or row["problem_code"]
    target = {"view": "problems", "filter": write_filter({"problem": (row["problem_code"],)})}
    late = "late" if row["deadline"] == "overdue" else "quiet"
    return html.Div(
        [pick_button(title, target, "suggestion__name", title=title), html.Span(said, className=f"{late} link-said")],
        className="link-row",
    )


def unlinked_projects(formatter: Formatter, projects: Sequence[Row], chosen: Filter) -> list[Any]:
    """projects: with their status, those that answer no problem."""
    texts = formatter.texts
    if not projects:
        return [no_data(texts("chain.all_linked"))]
    items = [
        html.Div(
            [
                filter_button(
                    texts.name(row) or row["project_code"],
                    {**chosen, "project": (row["project_code"],)},
                    "suggestion__name",
                ),
                html.Span(
                    [status_mark(row["status"]), texts(f"project_status.{row['status']}")], className="quiet link-said"
                ),
            ],
            className="link-row",
        )
        for row in projects[:MOST_ROWS]
    ]
    every = filter_button(
        texts("chain.show_all", count=formatter.number(len(projects), 0)), {"has_problem": ("no",)}, "card__link"
    )
    return [rows(items, "suggestion-list"), html.P(every, className="suggestion-note")]
