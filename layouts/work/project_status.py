"""The computed status of projects: counts that narrow the list down, and the sentence that explains one."""

from collections.abc import Mapping
from typing import Any

from dash import html

from analysis.projects.status import STATUSES, Thresholds
from layouts.components.explained import explained
from layouts.components.panel import no_data
from layouts.formatting import Formatter, known
from layouts.work.filtering import Filter, filter_button, only

SHAPES = {
    "late": "▼", "over_budget": "◆", "silent": "◌", "at_risk": "▲", "on_time": "●", "unknown": "○",
    "finished_late": "◍", "finished": "✓", "cancelled": "×",
}  # fmt: skip
Row = Mapping[str, Any]


def status_rows(formatter: Formatter, counts: Mapping[str, int], chosen: Filter) -> Any:
    """One row per status in the order in which they decide; those nobody has are left out."""
    texts = formatter.texts
    total = sum(counts.values())
    if not total:
        return no_data(texts("projects.none_match"))
    most = max(counts.values())
    rows = []
    for status in STATUSES:
        if not counts.get(status):
            continue
        bar = html.Span(
            className=f"state__bar state__bar--{status}", style={"width": f"{100 * counts[status] / most:.1f}%"}
        )
        label = [status_mark(status), texts(f"project_status.{status}")]
        cells = [
            html.Span(label, className="state__name"),
            html.Span(bar, className="state__track"),
            html.Span(formatter.number(counts[status], 0), className="digits state__count"),
        ]
        attributes = {"title": rule_of(formatter, status)}
        is_chosen = " is-selected" if chosen.get("state") == (status,) else ""
        rows.append(filter_button(cells, only(chosen, state=status), f"state{is_chosen}", **attributes))
    return html.Div(rows, className="states")


def status_mark(status: str) -> html.Span:
    return html.Span(SHAPES[status], className=f"state-mark state-mark--{status}", **{"aria-hidden": "true"})


def rule_of(formatter: Formatter, status: str) -> str:
    limits = Thresholds()
    numbers = {
        "points": formatter.number(limits.behind_points),
        "budget": formatter.number(limits.over_budget_pct),
        "stable": formatter.number(limits.stable_from_pct),
        "months": formatter.number(limits.silent_months),
    }
    return formatter.texts(f"project_rule.{status}", **numbers)


def findings(formatter: Formatter, row: Row) -> list[str]:
    """Everything that was found about one project, each with its figure; what decided its status first."""
    texts = formatter.texts
    found = [_timing(formatter, row)]
    if row["is_over_budget"]:
        found.append(("over_budget", texts("finding.over_budget", share=formatter.number(row["over_budget_pct"], 0))))
    if row["is_silent"]:
        months = known(row["months_since"])
        key = "finding.silent" if months is not None else "finding.never_reported"
        found.append(("silent", texts(key, months=formatter.number(months, 0))))
    if row["is_behind"]:
        points = formatter.number(abs(row["schedule_variance_points"]), 0)
        found.append(("at_risk", texts("finding.behind", points=points)))
    said = [text for _, text in sorted(found, key=lambda one: one[0] != row["status"]) if text]
    return said or [texts(f"project_status.{row['status']}")]


def _timing(formatter: Formatter, row: Row) -> tuple[str, str]:
    """The finding about time, and the status it stands for; no text where there is none."""
    delay = known(row["delay_days"])
    days = formatter.number(abs(delay or 0), 0)
    if row["is_late"]:
        return "late", formatter.texts("finding.late", days=days)
    if not row["is_finished"]:
        return "on_time", ""
    if delay is None:
        return "finished", formatter.texts("finding.finish_unknown")
    key = "finished_late" if delay > 0 else "finished_early" if delay < 0 else "finished_on_time"
    return "finished_late" if delay > 0 else "finished", formatter.texts(f"finding.{key}", days=days)


def state_word(formatter: Formatter, row: Row) -> html.Span:
    """Shape and the first finding; all of them, and the rule, on hover."""
    said = findings(formatter, row)
    texts = formatter.texts
    facts = [("", texts(f"project_status.{row['status']}")), *(("", one) for one in said)]
    facts.append((texts("watch.rule"), rule_of(formatter, row["status"])))
    return explained([status_mark(row["status"]), said[0]], facts, f"state-word state-word--{row['status']}")
