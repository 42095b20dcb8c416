"""The card of one project: gathers what belongs to it, and whether it helped."""

from typing import Any

import pandas as pd

from analysis import day_intervals
from analysis.projects.earned_value import schedule_variance_days
from analysis.projects.effect import Effect, Unanswerable, effect
from analysis.projects.reports import setbacks
from callbacks.project_scene import ProjectScene, records
from data_access.errors import UnknownCode
from data_access.questions import AreaPathQuestion, PeriodsQuestion, ProjectsQuestion, ValuesQuestion
from layouts.components.panel import no_data
from layouts.work.project_card import project_card

_MOST_INDICATORS = 4


def card(at: ProjectScene) -> Any:
    if at.project is None:
        return None
    scene = at.at
    rows = at.every[at.every["project_code"] == at.project]
    if rows.empty:
        return no_data(scene.texts("project_card.unknown", code=at.project))
    row = records(rows)[0]
    row["schedule_variance_days"] = _days_ahead(at, row)
    mine = _mine(at)
    milestones = scene.store.project_milestones(mine)
    order = day_intervals.first_day(milestones["planned_on"]).fillna(day_intervals.first_day(milestones["actual_on"]))
    return project_card(
        scene.formatter,
        row,
        words={
            "department": at.departments.get(str(row["lead_department_code"]), scene.texts("attribute.nobody")),
            "action": scene.texts.name(row, "action_name") or "—",
            "area": _area_name(at, row["area_code"]),
        },
        milestones=milestones.loc[order.sort_values(kind="stable").index],
        funding=scene.store.project_funding(mine).sort_values("amount", ascending=False),
        problems=scene.store.project_problems(mine)["problem_code"].to_list(),
        found=_effects(at, row),
        fallen=_fallen(at),
        chosen=at.chosen,
        theme=scene.selection.theme,
    )


def _mine(at: ProjectScene) -> ProjectsQuestion:
    """What the tables hold of the one project."""
    return ProjectsQuestion(area=at.at.area, viewer=at.at.viewer, projects=(str(at.project),))


def _area_name(at: ProjectScene, code: object) -> str:
    if not isinstance(code, str):
        return "—"
    path = at.at.store.area_path(AreaPathQuestion(area=code, viewer=at.at.viewer))
    return at.at.texts.name(records(path)[-1])


def _days_ahead(at: ProjectScene, row: dict[str, Any]) -> float:
    """Earned schedule of the latest report: needs the project's whole plan."""
    mine = at.at.store.project_progress(_mine(at))
    plan = pd.DataFrame(
        {"on": day_intervals.last_day(mine["reported_on"]), "planned_pct": mine["physical_planned_pct"]}
    )
    reported = day_intervals.last_day(pd.Series([row["reported_on"]], dtype="str")).iloc[0]
    return (
        float("nan") if pd.isna(reported) else schedule_variance_days(plan, float(row["physical_actual_pct"]), reported)
    )


def _fallen(at: ProjectScene) -> list[dict[str, Any]]:
    """Reports of the project whose cumulative figure lies below an earlier one."""
    return records(setbacks(at.at.store.project_progress(_mine(at)), at.at.today))


def _effects(at: ProjectScene, row: dict[str, Any]) -> list[tuple[dict[str, Any], Effect]]:
    """Of a finished project, each indicator it is meant to improve."""
    if not row["is_finished"]:
        return []
    scene = at.at
    codes = scene.store.project_indicators(_mine(at))["indicator_code"].to_list()[:_MOST_INDICATORS]
    indicators = {one["indicator_code"]: one for one in records(scene.catalogue)}
    return [(indicators[code], _effect(at, row, code)) for code in codes if code in indicators]


def _effect(at: ProjectScene, row: dict[str, Any], indicator: str) -> Effect:
    """The project's areas against all areas of their level that no project for the same indicator serves."""
    finished = day_intervals.last_day(pd.Series([row["actual_finish_on"]], dtype="str")).iloc[0]
    if pd.isna(finished):
        return Effect(reason=Unanswerable.FINISH_UNKNOWN)
    start = row["actual_start_on"] if isinstance(row["actual_start_on"], str) else row["planned_start_on"]
    started = day_intervals.first_day(pd.Series([start], dtype="str")).iloc[0]
    treated = _served_areas(at, row)
    values = _values_of_level(at, indicator, treated[0]) if treated else pd.DataFrame()
    if values.empty:
        return Effect(reason=Unanswerable.NO_VALUES)
    others = _areas_of_other_projects(at, indicator, row["project_code"])
    comparable = values[values["area_code"].isin(treated) | ~values["area_code"].isin(others)]
    return effect(comparable, treated, None if pd.isna(started) else f"{started:%Y-%m-%d}", f"{finished:%Y-%m-%d}")


def _served_areas(at: ProjectScene, row: dict[str, Any]) -> list[str]:
    asked = ProjectsQuestion(viewer=at.at.viewer, projects=(row["project_code"],))
    several = at.at.store.project_areas(asked)["area_code"].to_list()
    return several or [row["area_code"]] if isinstance(row["area_code"], str) else several


def _areas_of_other_projects(at: ProjectScene, indicator: str, project: str) -> set[str]:
    store, everywhere = at.at.store, ProjectsQuestion(viewer=at.at.viewer)
    links = store.project_indicators(everywhere)
    codes = set(links.loc[links["indicator_code"] == indicator, "project_code"]) - {project}
    projects, served = store.projects(everywhere), store.project_areas(everywhere)
    own = projects.loc[projects["project_code"].isin(codes), "area_code"].dropna()
    return {*own, *served.loc[served["project_code"].isin(codes), "area_code"]}


def _values_of_level(at: ProjectScene, indicator: str, area: str) -> pd.DataFrame:
    """Every period of one kind, for all areas of the level the project serves: area_code, starts_on, ends_on, value."""
    scene = at.at
    try:
        level = scene.store.area_path(AreaPathQuestion(area=area, viewer=scene.viewer))["level"].iloc[-1]
    except UnknownCode:
        return pd.DataFrame()
    home = scene.store.home_area(scene.viewer)
    periods = scene.store.periods(PeriodsQuestion(indicator=indicator, viewer=scene.viewer))
    periods = periods[periods["kind"] == "year"] if (periods["kind"] == "year").any() else periods
    if home is None or periods.empty:
        return pd.DataFrame()
    frames = []
    for period in records(periods):
        asked = ValuesQuestion(
            indicator=indicator, period=period["period"], area=home, level=level, viewer=scene.viewer
        )
        values = scene.store.values_by_area(asked)[["area_code", "value"]]
        frames.append(values.assign(starts_on=period["starts_on"], ends_on=period["ends_on"]))
    return pd.concat(frames, ignore_index=True)
