"""One project with all that belongs to it: status, milestones, money, problems, and whether it helped."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from analysis.projects.effect import Effect
from layouts.components.icon import icon
from layouts.components.picking import pick_button
from layouts.formatting import Formatter, known
from layouts.work.effect import effects
from layouts.work.filtering import Filter, filter_button, without
from layouts.work.project_status import findings, rule_of, status_mark

Row = Mapping[str, Any]


def project_card(
    formatter: Formatter,
    row: Row,
    *,
    words: Mapping[str, str],
    milestones: pd.DataFrame,
    funding: pd.DataFrame,
    problems: Sequence[str],
    found: Sequence[tuple[Row, Effect]],
    fallen: Sequence[Row],
    chosen: Filter,
    theme: str,
) -> html.Article:
    """row: a project with its status. words: `department`, `action`, `area`. found: its effects, one per indicator.

    fallen: of analysis.projects.reports.setbacks.
    """
    texts = formatter.texts
    name = texts.name(row) or str(row["project_code"])
    close = filter_button(
        icon("close"), without(chosen, "project"), "card__close", **{"aria-label": texts("problem_card.close")}
    )
    status = [status_mark(row["status"]), texts(f"project_status.{row['status']}")]
    said = [html.Li(one) for one in [*findings(formatter, row), *_setbacks(formatter, fallen)]]
    return html.Article(
        [
            html.Header([html.H3(name), close], className="card__head"),
            html.P(f"{row['project_code']} · {texts('stage.' + row['stage'])}", className="quiet"),
            html.P(status, className=f"state-word state-word--{row['status']}"),
            html.Ul(said, className="card__findings", title=rule_of(formatter, row["status"])),
            *effects(formatter, found, theme),
            html.Dl(_facts(formatter, row, words), className="card__facts"),
            *_milestones(formatter, milestones),
            *_funding(formatter, funding),
            *_problems(formatter, problems),
        ],
        className="card",
        **{"aria-label": name},
    )


def _setbacks(formatter: Formatter, fallen: Sequence[Row]) -> list[str]:
    """Cumulative figures cannot fall: one of the two reports is wrong, and both are shown as given."""
    texts = formatter.texts
    said = []
    for row in fallen:
        ends = [row[end] for end in ("before", "after")]
        is_money = row["figure"] == "investment_actual"
        before, after = [str(formatter.money(end) if is_money else formatter.share(end, 100)) for end in ends]
        said.append(texts("finding.setback", day=formatter.day(row["reported_on"]), before=before, after=after))
    return said


def _facts(formatter: Formatter, row: Row, words: Mapping[str, str]) -> list[Any]:
    texts = formatter.texts
    area = (
        pick_button(words["area"], {"area": row["area_code"]}, "card__link")
        if isinstance(row["area_code"], str)
        else "—"
    )
    days = known(row.get("schedule_variance_days"))
    points = formatter.change(row["schedule_variance_points"], 1)
    schedule = texts("project_card.points", points=points)
    if days is not None:
        schedule = texts("project_card.points_days", points=points, days=formatter.change(days, 0))
    entries = [
        (texts("project_card.area"), area),
        (texts("attribute.project_type"), row["project_type"]),
        (texts("attribute.lead_department_code"), words["department"]),
        (texts("attribute.action_code"), words["action"]),
        (
            texts("project_card.planned"),
            f"{formatter.day(row['planned_start_on'])} – {formatter.day(row['planned_finish_on'])}",
        ),
        (
            texts("project_card.actual"),
            f"{formatter.day(row['actual_start_on'])} – {formatter.day(row['actual_finish_on'])}",
        ),
        (texts("project_card.progress"), _progress(formatter, row)),
        (texts("project_card.schedule_variance"), schedule if points != "—" else "—"),
        (
            texts("project_card.invested"),
            f"{formatter.money(row['investment_actual'])} / {formatter.money(row['investment_planned'])}",
        ),
        (texts("project_card.cost_variance"), _percent(formatter, row["cost_variance_pct"])),
        (texts("project_card.reported"), formatter.day(row["reported_on"])),
    ]
    return [part for label, value in entries for part in (html.Dt(label), html.Dd(value))]


def _progress(formatter: Formatter, row: Row) -> str:
    actual, planned = (formatter.share(row[f"physical_{kind}_pct"], 100) for kind in ("actual", "planned"))
    return formatter.texts("project_card.of_plan", actual=str(actual), planned=str(planned))


def _percent(formatter: Formatter, value: object) -> str:
    number = known(value)
    return "—" if number is None else f"{formatter.change(number, 1)} %"


def _milestones(formatter: Formatter, milestones: pd.DataFrame) -> list[Any]:
    if milestones.empty:
        return []
    texts = formatter.texts
    head = html.Tr([html.Th(texts(f"project_card.{key}")) for key in ("milestone", "planned_on", "actual_on")])
    rows = [
        html.Tr(
            [
                html.Td(texts(f"stage.{one['stage']}")),
                html.Td(formatter.day(one["planned_on"])),
                html.Td(formatter.day(one["actual_on"])),
            ]
        )
        for one in milestones.to_dict("records")
    ]
    return [html.Table([html.Thead(head), html.Tbody(rows)], className="card__table")]


def _funding(formatter: Formatter, funding: pd.DataFrame) -> list[Any]:
    if funding.empty:
        return []
    texts = formatter.texts
    said = texts("list.comma").join(
        f"{one['fund_source']} {formatter.money(one['amount'])}" for one in funding.to_dict("records")
    )
    return [html.Dl([html.Dt(texts("project_view.funding")), html.Dd(said)], className="card__facts")]


def _problems(formatter: Formatter, problems: Sequence[str]) -> list[Any]:
    """Links to the problems it answers, in the problem view."""
    texts = formatter.texts
    links = [
        pick_button(code, {"view": "problems", "filter": f"problem:{code}"}, "card__link card__code")
        for code in problems
    ]
    return [
        html.Dl(
            [html.Dt(texts("project_card.problems")), html.Dd(links or texts("project_card.no_problem"))],
            className="card__facts",
        )
    ]
