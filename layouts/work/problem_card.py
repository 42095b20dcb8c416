"""One problem with all that is known about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.components.photo import photo
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.work.filtering import Filter, filter_button, without
from layouts.work.ledger import countdown

Row = Mapping[str, Any]


def problem_card(
    formatter: Formatter,
    row: Row,
    deadline: dict[Any, Any],
    department_names: Sequence[str],
    projects: Sequence[Row],
    chosen: Filter,
) -> html.Article:
    """row: of store.problem; deadline: of analysis.problems.deadlines; projects: those that answer the problem."""
    texts = formatter.texts
    title = texts.name(row, "title") or str(row["problem_code"])
    close = filter_button(
        icon("close"), without(chosen, "problem"), "card__close", **{"aria-label": texts("problem_card.close")}
    )
    facts = [
        (
            texts("attribute.deadline"),
            html.Span(countdown(formatter, deadline), className="late" if deadline["deadline"] == "overdue" else ""),
        ),
        (texts("attribute.status"), texts(f"problem_status.{row['status']}")),
        (texts("attribute.severity"), _word(formatter, "severity", row["severity"])),
        (texts("attribute.kind"), _word(formatter, "problem_kind", row["kind"])),
        (texts("attribute.track"), texts(f"track.{row['track']}")),
        (texts("problem_card.found"), formatter.day(row["found_on"])),
        (texts("problem_card.due"), formatter.day(row["due_on"])),
        (texts("problem_card.resolved"), formatter.day(row["resolved_on"])),
        (texts("problem_card.departments"), texts("list.comma").join(department_names) or texts("attribute.nobody")),
        (texts("problem_card.place"), _place(formatter, row)),
    ]
    entries = [part for label, said in facts for part in (html.Dt(label), html.Dd(said))]
    code = html.P(row["problem_code"], className="quiet")
    described = [html.P(row["description"])] if isinstance(row["description"], str) else []
    return html.Article(
        [
            html.Header([html.H3(title), close], className="card__head"),
            code,
            *photo(texts, row["photo_url"]),
            *described,
            html.Dl(entries, className="card__facts"),
            *_links(formatter, row, projects, chosen),
        ],
        className="card",
        **{"aria-label": title},
    )


def _place(formatter: Formatter, row: Row) -> Any:
    texts = formatter.texts
    quality = row["location_quality"] if isinstance(row["location_quality"], str) else "none"
    if row["lon"] != row["lon"]:
        quality = "none"
    area = pick_button(texts.name(row, "area_name"), {"area": row["area_code"]}, "card__link")
    return [area, html.Span(f" · {texts(f'located.{quality}')}", className="quiet")]


def _links(formatter: Formatter, row: Row, projects: Sequence[Row], chosen: Filter) -> list[Any]:
    """The indicator, the earlier occurrence, the projects."""
    texts = formatter.texts
    entries: list[Any] = []
    if isinstance(row["indicator_code"], str):
        button = pick_button(
            texts.name(row, "indicator_name"), {"indicator": row["indicator_code"], "view": "overview"}, "card__link"
        )
        entries += [html.Dt(texts("problem_card.indicator")), html.Dd(button)]
    if isinstance(row["object_id"], str):
        button = pick_button(row["object_id"], {"view": "scene", "cim_object": row["object_id"]}, "card__link")
        entries += [html.Dt(texts("problem_card.object")), html.Dd(button)]
    if isinstance(row["recurs_from_code"], str):
        earlier = filter_button(row["recurs_from_code"], chosen | {"problem": (row["recurs_from_code"],)}, "card__link")
        entries += [html.Dt(texts("problem_card.recurs_from")), html.Dd(earlier)]
    names = [html.Div(f"{texts.name(one)} · {texts('stage.' + one['stage'])}") for one in projects]
    entries += [html.Dt(texts("problem_card.projects")), html.Dd(names or texts("problem_card.no_project"))]
    return [html.Dl(entries, className="card__facts")]


def _word(formatter: Formatter, prefix: str, word: object) -> str:
    return formatter.texts(f"{prefix}.{word}") if isinstance(word, str) else formatter.texts("attribute.unknown")
