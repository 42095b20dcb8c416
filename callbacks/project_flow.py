"""Where projects stand in their life cycle, or how they moved between two days."""

from datetime import date, timedelta
from typing import Any

from dash import html

from analysis.projects.stages import APART, flow, stage_funnel, stages_on
from callbacks.project_scene import ProjectScene
from layouts.components.panel import no_data, panel
from layouts.work.options import PAIR, changed, menu, pair_of
from layouts.work.project_panels import stage_bars
from layouts.work.stage_flow import day_fields, stage_moves

SPANS = ("quarter", "year_start", "year")
_DAYS = {"quarter": 91, "year": 365}
_ANY = "@"
"""Stands for the two days where assets/js/problems.js writes them."""

Span = tuple[date, date]


def stages_panel(at: ProjectScene) -> list[Any]:
    asked = at.options.get("flow")
    return _standing(at) if not asked else _moves(at, asked)


def _standing(at: ProjectScene) -> list[Any]:
    rows = at.listed("stage")
    counts = rows["stage"].value_counts().rename_axis("stage").rename("projects").reset_index()
    apart = {stage: int((rows["stage"] == stage).sum()) for stage in APART}
    body, beside = stage_bars(at.at.formatter, stage_funnel(counts), apart, at.chosen)
    return panel(at.at.texts("project_view.stages"), body, html.Span([beside, _menu(at, None)], className="menu-line"))


def _moves(at: ProjectScene, asked: str) -> list[Any]:
    """From one day to another, by the milestones that carry dates; what cannot be a span is said."""
    scene, span = at.at, span_of(asked, at.at.today)
    shown = span or (start_of("year", scene.today), scene.today)
    fields = day_fields(scene.formatter, shown, scene.today, str(changed(at.options, "flow", _ANY)["show"]))
    body = _moved(at, span) if span else no_data(scene.texts("flow.invalid", day=scene.today.isoformat()))
    return panel(scene.texts("flow.title"), [fields, body], _menu(at, asked))


def _moved(at: ProjectScene, span: Span) -> Any:
    scene = at.at
    projects, milestones = at.listed("stage"), scene.store.project_milestones(at.asked)
    before, after = (stages_on(projects, milestones, day, scene.today) for day in span)
    is_now = span[1] >= scene.today
    return stage_moves(scene.formatter, flow(before, after), at.chosen if is_now else None)


def span_of(asked: str, today: date) -> Span | None:
    """A named span that ends today, or two days `2024-01-01*2024-06-30` up to today; None for anything else."""
    if asked in SPANS:
        return start_of(asked, today), today
    try:
        first, last = (date.fromisoformat(day) for day in pair_of(asked) or ())
    except ValueError:
        return None
    return (first, last) if first < last <= today else None


def start_of(span: str, today: date) -> date:
    return date(today.year, 1, 1) if span == "year_start" else today - timedelta(days=_DAYS[span])


def _menu(at: ProjectScene, asked: str | None) -> html.Details:
    texts = at.at.texts
    free = PAIR.join(day.isoformat() for day in (start_of("year", at.at.today), at.at.today))
    named = "now" if asked is None else asked if asked in SPANS else "dates"
    choices = [(texts("flow.now"), changed(at.options, "flow", None), asked is None)]
    choices += [(texts(f"flow.{one}"), changed(at.options, "flow", one), one == asked) for one in SPANS]
    choices.append((texts("flow.dates"), changed(at.options, "flow", free), named == "dates"))
    return menu(texts(f"flow.{named}"), choices)
