"""The panels of the problem view beside its map: tracks, funnel, who has to act, watch list, cross-table."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from analysis.problems.deadlines import DUE_SOON, NO_DEADLINE
from analysis.problems.funnel import fix_rates, funnel
from analysis.problems.resolution import time_to_resolve
from callbacks.problem_hot import hot_list, is_hot
from callbacks.problem_ledger import GROUPS, grouped_by
from callbacks.problem_scene import FACETS, ProblemScene
from data_access.problem_questions import ProblemSpansQuestion
from layouts.components.panel import joined, panel
from layouts.work.departments import area_rows, department_rows, notice_links
from layouts.work.facets import counted_words, facet_bar
from layouts.work.filtering import MISSING_WORD, without
from layouts.work.options import changed, menu
from layouts.work.tracks import funnel_bars, resolving_time, tracks

_YEARS_AHEAD = 2
_NOTICES = {"word": "docx", "pdf": "pdf"}


def tracks_panel(at: ProblemScene) -> list[Any]:
    scene = at.at
    counts = at.tally("track", "status", "deadline", "due_year", but=("track", "deadline", "due_year"))
    rates = fix_rates(counts, ["track"])
    for word in (DUE_SOON, NO_DEADLINE):
        of_track = counts[counts["deadline"] == word].groupby("track")["problems"].sum()
        rates[word] = rates["track"].map(of_track).fillna(0).astype(int)
    open_best = counts[(counts["track"] == "best_effort") & (counts["deadline"] != "done")]
    years = _plan_years(open_best, scene.today.year)
    title = joined(scene.texts("tracks.title"), scene.area_name)
    return panel(title, tracks(scene.formatter, rates, years, at.chosen), as_of(at))


def _plan_years(unresolved: pd.DataFrame, this_year: int) -> pd.DataFrame:
    """The years before this one together, then the next few, then what has no plan."""
    years = unresolved["due_year"]
    last = str(this_year + _YEARS_AHEAD)
    past, far = f"≤{this_year - 1}", f"≥{int(last) + 1}"
    label = years.where(years <= last, far).where(years >= str(this_year), past).where(years.notna(), MISSING_WORD)
    keyed = unresolved.assign(label=label, words=years.fillna(MISSING_WORD))
    grouped = keyed.groupby("label", sort=False).agg(
        problems=("problems", "sum"), words=("words", lambda w: sorted(set(w)))
    )
    rows = grouped.reset_index().assign(is_past=lambda frame: frame["label"].str.startswith("≤"))
    return rows.assign(_first=rows["words"].str[0]).sort_values("_first", kind="stable")


def as_of(at: ProblemScene) -> Any:
    """The day of the figures; marked when it is set and not today's."""
    said = at.at.texts("tracks.as_of", day=at.at.today.isoformat())
    return html.Span(said, className="review") if at.at.selection.today else said


def funnel_panel(at: ProblemScene) -> list[Any]:
    scene = at.at
    steps = funnel(at.tally("status", but=("status",)))
    time = time_to_resolve(scene.store.problem_spans(at.ask(ProblemSpansQuestion, but=("status",))), scene.today)
    body = [funnel_bars(scene.formatter, steps, at.chosen), resolving_time(scene.formatter, time)]
    return panel(scene.texts("funnel.title"), body, scene.texts("funnel.columns"))


def departments_panel(at: ProblemScene) -> list[Any]:
    scene = at.at
    attribute = "lead_department_code"
    rates = fix_rates(at.tally(attribute, "status", but=(attribute,)), [attribute])
    body = department_rows(scene.formatter, rates, at.departments, at.chosen, _notices(at, rates))
    return panel(
        joined(scene.texts("who.departments"), scene.area_name),
        body,
        _all_notices(at) if rates["overdue"].any() else "",
    )


def _all_notices(at: ProblemScene) -> html.Span:
    """Every department's notice in one archive, by format."""
    formatter, common = at.at.formatter, _notice_scope(at)
    addresses = {
        kind: f"notices/supervision.zip?{urlencode(common | {'format': ending})}" for kind, ending in _NOTICES.items()
    }
    said = at.at.texts("notice_doc.batch")
    return html.Span([f"{said} ", *notice_links(formatter, addresses, said)], className="who__notices")


def _notices(at: ProblemScene, rates: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Addresses of the supervision notices: one per department, about what is overdue on the day of review."""
    common = _notice_scope(at)
    return {
        code: {
            kind: f"notices/supervision.{ending}?{urlencode(common | {'department': code})}"
            for kind, ending in _NOTICES.items()
        }
        for code in rates["lead_department_code"]
        if isinstance(code, str)
    }


def _notice_scope(at: ProblemScene) -> dict[str, str]:
    return {"area": at.at.area, "today": at.at.today.isoformat(), "lang": at.at.selection.lang}


def areas_panel(at: ProblemScene) -> list[Any]:
    """How far each part of the area is, or where problems crowd: the list to what the map shows."""
    scene = at.at
    if is_hot(at):
        return panel(joined(scene.texts("hot.title"), scene.area_name), hot_list(at))
    rates = fix_rates(at.tally("branch", "status"), ["branch"])
    title = joined(scene.texts("who.areas"), scene.area_name)
    return panel(title, area_rows(scene.formatter, rates, at.children, scene.area))


def facets_bar(at: ProblemScene) -> list[Any]:
    facets = []
    for name in FACETS:
        counts = at.tally(name, but=(name,))
        facets.append((name, counted_words(dict(zip(counts[name], counts["problems"], strict=True)))))
    chosen = without(at.chosen, "problem", "text")
    return facet_bar(at.at.formatter, facets, chosen, at.word, at.label, [_group_menu(at)])


def _group_menu(at: ProblemScene) -> html.Details:
    group = grouped_by(at)
    choices = [(at.at.texts("ledger.ungrouped"), changed(at.options, "group", None), group is None)]
    choices += [(at.label(name), changed(at.options, "group", name), name == group) for name in GROUPS]
    said = at.at.texts("ledger.group_by")
    return menu(
        f"{said}{at.at.texts('list.colon')}{at.label(group)}" if group else said, choices, is_active=bool(group)
    )
