"""The panels of the problem view beside its map: tracks, funnel, who has to act, watch list, cross-table."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from analysis.change import previous_values, valuation
from analysis.problems.crosstab import cross_table
from analysis.problems.deadlines import DUE_SOON
from analysis.problems.funnel import fix_rates, funnel
from analysis.problems.resolution import time_to_resolve
from analysis.problems.watch import FATES, fates, watch_list
from callbacks.problem_scene import FACETS, ProblemScene
from data_access.problem_questions import ProblemHistoryQuestion, ProblemSpansQuestion
from data_access.questions import ProfileQuestion
from layouts.components.panel import joined, panel
from layouts.work import cross_table as cross
from layouts.work.departments import area_rows, department_rows, notice_links
from layouts.work.facets import counted_words, facet_bar
from layouts.work.filtering import MISSING_WORD, without
from layouts.work.tracks import funnel_bars, resolving_time, tracks
from layouts.work.watch import watch_body

_YEARS_AHEAD = 2
_NOTICES = {"word": "docx", "pdf": "pdf"}
_MOST_CHILDREN = 40


def tracks_panel(at: ProblemScene) -> list[Any]:
    scene = at.at
    counts = at.tally("track", "status", "deadline", "due_year", but=("track", "deadline", "due_year"))
    soon = counts[counts["deadline"] == DUE_SOON].groupby("track")["problems"].sum()
    rates = fix_rates(counts, ["track"])
    rates["due_soon"] = rates["track"].map(soon).fillna(0).astype(int)
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
    scene = at.at
    rates = fix_rates(at.tally("branch", "status"), ["branch"])
    title = joined(scene.texts("who.areas"), scene.area_name)
    return panel(title, area_rows(scene.formatter, rates, at.children, scene.area))


def cross_panel(at: ProblemScene) -> list[Any]:
    scene, pair = at.at, ("dimension_code", "severity")
    table = cross_table(at.tally(*pair, but=pair), *pair)
    body = cross.cross_body(scene.formatter, table, pair, at.chosen, at.word)
    names = [scene.texts(f"attribute.{attribute}") for attribute in pair]
    title = scene.texts("cross.title", rows=names[0], columns=names[1])
    return panel(title, body, scene.texts("cross.note"))


def watch_panel(at: ProblemScene) -> list[Any]:
    scene, year = at.at, at.at.today.year
    asked = at.ask(ProblemHistoryQuestion, year=year, but=("deadline", "status", "found_year"))
    history = scene.store.problem_history(asked)
    listed = watch_list(history, _moves(at, history), year, scene.today)
    order = {fate: place for place, fate in enumerate(FATES)}
    ranked = listed.assign(_order=listed["fate"].map(order)).sort_values(["_order", "found_on"], kind="stable")
    title = scene.texts("watch.title_year", year=year - 1)
    aside = scene.texts("watch.count", count=scene.formatter.number(len(listed), 0))
    return panel(title, watch_body(scene.formatter, fates(listed), ranked, at.chosen), aside)


def _moves(at: ProblemScene, history: pd.DataFrame) -> pd.DataFrame:
    """How each problem's indicator moved in the part of the area it lies in, between the last two periods with a value.

    The part's figure and not each compound's: a problem's own place rarely has a series of its own.
    """
    pairs = history[["indicator_code", "area_code", "branch"]].dropna().drop_duplicates()
    parts = [_moved_in(at, str(branch)) for branch in pairs["branch"].unique()[:_MOST_CHILDREN]]
    moved = pd.concat(parts) if parts else pd.DataFrame(columns=["indicator_code", "branch", "valuation"])
    return pairs.merge(moved, on=["indicator_code", "branch"])[["indicator_code", "area_code", "valuation"]]


def _moved_in(at: ProblemScene, area: str) -> pd.DataFrame:
    scene = at.at
    values = scene.store.profile(ProfileQuestion(area=area, viewer=scene.viewer))
    known = previous_values(values[values["status"] != "suspect"], scene.calendar, "indicator_code")
    latest = known[known["difference"].notna()].sort_values("ends_on").drop_duplicates("indicator_code", keep="last")
    latest = latest.merge(scene.catalogue[["indicator_code", "direction"]], on="indicator_code")
    pairs = zip(latest["difference"].to_list(), latest["direction"].to_list(), strict=True)
    moved = [valuation(difference, direction) for difference, direction in pairs]
    return pd.DataFrame({"indicator_code": latest["indicator_code"], "branch": area, "valuation": moved})


def facets_bar(at: ProblemScene) -> list[Any]:
    facets = []
    for name in FACETS:
        counts = at.tally(name, but=(name,))
        facets.append((name, counted_words(dict(zip(counts[name], counts["problems"], strict=True)))))
    return facet_bar(at.at.formatter, facets, without(at.chosen, "problem", "text"), at.word)
