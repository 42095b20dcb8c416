"""What the sheet of one area says, section by section, from rules; every sentence carries its numbers."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.health import attainment_counts, dimension_summary
from analysis.problems.deadlines import deadlines, is_done
from analysis.satisfaction import FEWEST_RESPONDENTS
from analysis.story import Story, tell
from analysis.timeline import one_series
from analysis.trend import Slope
from callbacks.benchmark_table import standings
from callbacks.scene import Scene
from data_access.questions import CatalogueQuestion, ProblemsQuestion, ProjectsQuestion, SurveyQuestion
from layouts.components.panel import joined
from layouts.components.standard import standard_text
from layouts.formatting import known
from layouts.sentences import Sentence, movement_sentence, trend_facts
from layouts.sheet import Grid, Section, Sheet

MOST_LISTED = 5
MOST_TRENDS = 5
SATISFIED_FROM = 60.0


def sheet_of(at: Scene) -> Sheet:
    texts, contract = at.texts, at.store.contract()
    city = texts.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})
    period = at.formatter.period(at.selection.period)
    demo = texts("app.demo") if at.path_codes[0].startswith("99") else ""
    date = texts("export.cite_date", day=at.formatter.day(contract.updated_at), version=contract.data_version)
    makers: tuple[Callable[[Scene], Section], ...] = (
        _dimensions, _strengths, _shortfalls, _trends, _work, _satisfaction, _completeness,
    )  # fmt: skip
    return Sheet(
        texts("sheet.title", area=at.area_name),
        joined(city, period, date, demo),
        _figures(at),
        [make(at) for make in makers],
        texts("sheet.note"),
    )


def _figures(at: Scene) -> list[tuple[str, str]]:
    texts, own = at.texts, at.path.iloc[-1]
    judged = at.judged(at.selection.period)
    counts = attainment_counts(judged)
    return [
        (texts("sheet.population"), str(at.formatter.quantity(own["population"], "人", 0))),
        (texts("sheet.area_km2"), str(at.formatter.quantity(own["area_km2"], "km²", 1))),
        (texts("sheet.collected"), f"{int(judged['value'].notna().sum())} / {len(judged)}"),
        (texts("sheet.meeting"), f"{counts['meets']} / {sum(counts.values())}"),
    ]


def _dimensions(at: Scene) -> Section:
    texts = at.texts
    asked = CatalogueQuestion(viewer=at.viewer)
    summary = dimension_summary(at.judged(at.selection.period), at.store.dimensions(asked))
    rows = [
        [
            texts.name(row),
            f"{row['collected']} / {row['indicators']}",
            *([str(row[word]) for word in ("meets", "near", "fails")] if row["graded"] else ["—", "—", "—"]),
            "" if row["graded"] else texts("sheet.counted"),
        ]
        for row in summary.to_dict("records")
    ]
    head = [texts("sheet.dimension"), texts("sheet.collected")]
    head += [texts(f"status.{word}") for word in ("meets", "near", "fails")] + [""]
    return Section(texts("sheet.by_dimension"), grid=Grid(head, rows, [4, 3, 2, 2, 2, 4]))


def _strengths(at: Scene) -> Section:
    """Verdicts of both yardsticks where peers compare; else what meets its standard."""
    found = [one for one in standings(at) if one.verdict.word == "strength"] or [
        one for one in standings(at) if one.judged["attainment"] == "meets"
    ]
    none = Sentence(at.texts("sheet.no_strengths" if _is_judged(at) else "sheet.none_judged"))
    said = [_standing(at, one, "better") for one in found[:MOST_LISTED]]
    return Section(at.texts("sheet.strengths"), said or [none])


def _shortfalls(at: Scene) -> Section:
    found = sorted((one for one in standings(at) if one.judged["attainment"] == "fails"), key=_missed, reverse=True)
    none = Sentence(at.texts("sheet.no_shortfalls" if _is_judged(at) else "sheet.none_judged"))
    said = [_standing(at, one, "worse") for one in found[:MOST_LISTED]]
    more = len(found) - MOST_LISTED
    rest = [Sentence(at.texts("sheet.more", count=more))] if more > 0 else []
    return Section(at.texts("sheet.shortfalls"), [*said, *rest] or [none])


def _is_judged(at: Scene) -> bool:
    return sum(attainment_counts(at.judged(at.selection.period)).values()) > 0


def _missed(one: Any) -> float:
    """By which share of the standard the value misses it."""
    row = one.judged
    low, high, value = known(row["standard_low"]), known(row["standard_high"]), known(row["value"]) or 0.0
    bound = low if low is not None and value < low else high
    return abs(value - bound) / (abs(bound) or 1.0) if bound is not None else 0.0


def _standing(at: Scene, one: Any, tone: str) -> Sentence:
    row, texts = one.judged, at.texts
    value = str(at.formatter.quantity(row["value"], row["unit"], row["decimals"]))
    standard = standard_text(at.formatter, row["standard_low"], row["standard_high"])
    why = texts("list.comma").join(texts(f"benchmark.why_{reason}") for reason in one.verdict.why)
    return Sentence(texts("sheet.standing", name=texts.name(row), value=value, standard=standard), tone, (("", why),))


def _trends(at: Scene) -> Section:
    """Significant trends of key and graded indicators, the largest against its own level first."""
    chosen = at.catalogue[(at.catalogue["is_key"] | at.catalogue["graded"])]
    chosen = chosen[chosen["direction"].isin(["higher_better", "lower_better"])]
    rows = {str(code): group for code, group in at.history.groupby("indicator_code")}
    told = [
        (row, _told(at, row, rows[row["indicator_code"]]))
        for row in chosen.to_dict("records")
        if row["indicator_code"] in rows
    ]
    moving = sorted((pair for pair in told if pair[1].moves), key=lambda pair: _pace(pair[1]), reverse=True)
    said = [_trend(at, row, story) for row, story in moving[:MOST_TRENDS]]
    return Section(at.texts("sheet.trends"), said or [Sentence(at.texts("sheet.no_trends"))])


def _told(at: Scene, row: dict[Any, Any], history: pd.DataFrame) -> Story:
    calendar = at.calendar[at.calendar["period"].isin(history["period"])]
    line = one_series(history, calendar, at.selection.period)
    return tell(line, at.selection.period, str(row["direction"]), [])


def _pace(story: Story) -> float:
    level = abs(float(story.recent["value"].median())) or 1.0
    return abs(story.slope.per_year) / level if isinstance(story.slope, Slope) else 0.0


def _trend(at: Scene, row: dict[Any, Any], story: Story) -> Sentence:
    moved = movement_sentence(at.formatter, row, story)
    text = at.texts("sheet.trend", name=at.texts.name(row), said=moved.text)
    return Sentence(text, moved.tone, tuple(trend_facts(at.formatter, row, story)))


def _work(at: Scene) -> Section:
    texts = at.texts
    problems = at.store.problems(ProblemsQuestion(area=at.area, viewer=at.viewer))
    projects = at.store.projects(ProjectsQuestion(area=at.area, viewer=at.viewer))
    said = [Sentence(texts("sheet.no_problems"))]
    if len(problems):
        done = int(is_done(problems, at.today).sum())
        overdue = int((deadlines(problems, at.today)["days_overdue"] > 0).sum())
        facts = {"listed": len(problems), "done": done, "share": str(at.formatter.share(done, len(problems)))}
        said = [Sentence(texts("sheet.problems", overdue=overdue, **facts), "worse" if overdue else "better")]
    money = str(at.formatter.money(projects["investment_planned"].sum())) if len(projects) else ""
    key = "sheet.projects" if len(projects) else "sheet.no_projects"
    return Section(texts("sheet.work"), [*said, Sentence(texts(key, count=len(projects), money=money))])


def _satisfaction(at: Scene) -> Section:
    """The latest survey of everyone, not after the period; cells of few respondents are not shown."""
    texts = at.texts
    found = at.store.survey_results(SurveyQuestion(area=at.area, viewer=at.viewer))
    found = found[(found["respondent_group"] == "all") & (found["period"] <= str(at.selection.period))]
    shown = found[(found["respondents"] >= FEWEST_RESPONDENTS) & (found["period"] == found["period"].max())]
    if shown.empty:
        return Section(texts("sheet.satisfaction"), [Sentence(texts("sheet.no_survey", least=FEWEST_RESPONDENTS))])
    ordered = shown.sort_values("score", kind="stable")
    names = [f"{texts.name(row, 'topic')} {row['score']:.1f}" for row in ordered.head(3).to_dict("records")]
    low = int((shown["score"] < SATISFIED_FROM).sum())
    text = texts(
        "sheet.survey", period=at.formatter.period(str(shown["period"].iloc[0])), topics=len(shown),
        mean=f"{shown['score'].mean():.1f}", n=at.formatter.number(shown["respondents"].max(), 0), low=low,
        lowest=texts("list.comma").join(names),
    )  # fmt: skip
    return Section(texts("sheet.satisfaction"), [Sentence(text, "worse" if low else "")])


def _completeness(at: Scene) -> Section:
    texts, judged = at.texts, at.judged(at.selection.period)
    missing = judged[judged["value"].isna()]
    suspect = int((judged["status"] == "suspect").sum())
    names = texts("list.comma").join(texts.name(row) for row in missing.head(MOST_LISTED).to_dict("records"))
    said = [Sentence(texts("sheet.complete", collected=len(judged) - len(missing), total=len(judged), suspect=suspect))]
    if len(missing):
        said.append(Sentence(texts("sheet.missing", count=len(missing), names=names)))
    return Section(texts("sheet.completeness"), said)
