"""Sections of the area sheet beside the standings: trends, work, satisfaction, completeness, opinions."""

from typing import Any

from analysis.problems.deadlines import deadlines, is_done
from analysis.satisfaction import FEWEST_RESPONDENTS
from analysis.story import Story, tell
from analysis.timeline import last_segments, one_series
from analysis.trend import Slope, TrendTest, mann_kendall, theil_sen_slope
from callbacks.opinions import area_opinions
from callbacks.scene import Scene
from data_access.questions import ProblemsQuestion, ProjectsQuestion, SurveyQuestion
from layouts.components.opinions import opinion_line, verdict_text
from layouts.sentences import Sentence, movement_sentence, trend_facts
from layouts.sheet import Section

MOST_LISTED = 5
MOST_TRENDS = 5
SATISFIED_FROM = 60.0


def trends_section(at: Scene) -> Section:
    """Significant trends of key and graded indicators, the largest against its own level first."""
    chosen = at.catalogue[(at.catalogue["is_key"] | at.catalogue["graded"])]
    chosen = chosen[chosen["direction"].isin(["higher_better", "lower_better"])]
    paces = _moving(at)
    moving = chosen[chosen["indicator_code"].isin(list(paces))]
    order = moving["indicator_code"].map(paces).sort_values(ascending=False, kind="stable").index[:MOST_TRENDS]
    said = [_trend(at, row, _told(at, row)) for row in moving.loc[order].to_dict("records")]
    return Section(at.texts("sheet.trends"), said or [Sentence(at.texts("sheet.no_trends"))])


def _moving(at: Scene) -> dict[str, float]:
    """Indicators with a significant trend since their last break, and its pace per year as a share of their level."""
    paces: dict[str, float] = {}
    found = last_segments(at.history, at.calendar, at.selection.period)
    for code, line in found.groupby("indicator_code", sort=False):
        test = mann_kendall(line["year"], line["value"])
        if isinstance(test, TrendTest) and test.is_significant:
            slope, level = theil_sen_slope(line["year"], line["value"]), abs(float(line["value"].median())) or 1.0
            paces[str(code)] = abs(slope.per_year) / level if isinstance(slope, Slope) else 0.0
    return paces


def _told(at: Scene, row: dict[Any, Any]) -> Story:
    history = at.history[at.history["indicator_code"] == row["indicator_code"]]
    calendar = at.calendar[at.calendar["period"].isin(history["period"])]
    line = one_series(history, calendar, at.selection.period)
    return tell(line, at.selection.period, str(row["direction"]), [])


def _trend(at: Scene, row: dict[Any, Any], story: Story) -> Sentence:
    moved = movement_sentence(at.formatter, row, story)
    text = at.texts("sheet.trend", name=at.texts.name(row), said=moved.text)
    facts = (("", str(row["indicator_code"])), *trend_facts(at.formatter, row, story))
    return Sentence(text, moved.tone, facts)


def work_section(at: Scene) -> Section:
    texts = at.texts
    problems = at.store.problems(ProblemsQuestion(area=at.area, viewer=at.viewer))
    projects = at.store.projects(ProjectsQuestion(area=at.area, viewer=at.viewer))
    said = [Sentence(texts("sheet.no_problems"))]
    if len(problems):
        done = int(is_done(problems, at.today).sum())
        overdue = int((deadlines(problems, at.today)["days_overdue"] > 0).sum())
        facts = {"listed": at.formatter.number(len(problems)), "done": at.formatter.number(done)}
        facts["share"] = str(at.formatter.share(done, len(problems)))
        said = [Sentence(texts("sheet.problems", overdue=overdue, **facts), _work_tone(len(problems), done, overdue))]
    money = str(at.formatter.money(projects["investment_planned"].sum())) if len(projects) else ""
    key = "sheet.projects" if len(projects) else "sheet.no_projects"
    return Section(texts("sheet.work"), [*said, Sentence(texts(key, count=len(projects), money=money))])


def _work_tone(listed: int, done: int, overdue: int) -> str:
    """Open problems within their time are neither good nor bad."""
    return "worse" if overdue else "better" if done == listed else ""


def satisfaction_section(at: Scene) -> Section:
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


def completeness_section(at: Scene) -> Section:
    texts, judged = at.texts, at.judged(at.selection.period)
    without = judged[judged["value"].isna()]
    is_known_here = without["indicator_code"].isin(at.history.loc[at.history["value"].notna(), "indicator_code"])
    missing, never = without[is_known_here], int((~is_known_here).sum())
    suspect = int((judged["status"] == "suspect").sum())
    names = texts("list.comma").join(texts.name(row) for row in missing.head(MOST_LISTED).to_dict("records"))
    said = [Sentence(texts("sheet.complete", collected=len(judged) - len(without), total=len(judged), suspect=suspect))]
    if len(missing):
        said.append(Sentence(texts("sheet.missing", count=len(missing), names=names)))
    if never:
        said.append(Sentence(texts("sheet.never", count=never)))
    return Section(texts("sheet.completeness"), said)


def opinions_section(at: Scene) -> Section:
    """What experts said of the area's figures in the period, the latest first."""
    texts, found = at.texts, area_opinions(at)
    said = [_opinion(at, row) for row in found.head(MOST_LISTED).to_dict("records")]
    more = len(found) - MOST_LISTED
    rest = [Sentence(texts("sheet.more_opinions", count=more))] if more > 0 else []
    return Section(texts("sheet.opinions"), [*said, *rest] or [Sentence(texts("sheet.no_opinions"))])


def _opinion(at: Scene, row: dict[Any, Any]) -> Sentence:
    texts = at.texts
    text = " ".join(row["text"].split()) if isinstance(row["text"], str) else ""
    name, verdict = texts.name(row, "indicator_name"), verdict_text(texts, row["verdict"])
    said = texts("sheet.opinion", name=name, verdict=verdict, text=text).strip()
    tone = {"agree": "better", "reject": "worse"}.get(str(row["verdict"]), "")
    return Sentence(said, tone, (("", opinion_line(at.formatter, row)),))
