"""About 190 renewal projects: the planted ones first, then others as chance has them."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data_access.demo import stories
from data_access.demo.catalogue import read_data
from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.courses import Course
from data_access.demo.dates import TODAY, plus_months
from data_access.demo.naming import pinyin

FIRST_START = date(2020, 4, 10)
LAST_START_MONTHS = 74
CANCELLED, UNKNOWN, UNDATED = (61, 88, 117, 139, 171), (73, 104, 152, 186), (47, 95)
"""Numbers of the projects with these fates; the undated are completed on a day nobody noted."""
PRIORITIES = ("高", "中", "低")
SLOW_SHARE, SLOW_SHARE_LATELY, DUE_LATELY_MONTHS = 0.06, 0.4, 12

PLANTED: tuple[tuple[str, str, Course], ...] = (
    ("慢行系统提升", stories.IMPROVED_BY_PROJECT, Course(date(2021, 10, 8), 10, 12, 0.96, 1.01)),
    ("口袋公园", "990103002", Course(date(2023, 3, 1), 12, 0, 1.0, 0.99)),
    ("雨污分流", "990102001", Course(date(2022, 9, 15), 18, 40, 0.5, 1.06)),
    ("老旧厂区更新", "990104002", Course(date(2022, 5, 20), 30, 5, 0.97, 1.24)),
    ("老旧小区改造", "990102005", Course(date(2023, 9, 1), 22, 10, 0.9, 1.0, date(2024, 8, 31))),
)
"""(type, subdistrict, course): improves its indicator · on time · late · over budget · silent for seven months."""


def project_types() -> pd.DataFrame:
    return read_data("project-types.csv").set_index("project_type")


def make_projects(city: City) -> tuple[pd.DataFrame, dict[str, Course]]:
    """Rows of `project` with `subdistrict` and `indicator_codes` beside them, and the course of each by code."""
    types, chance = project_types(), stream("projects")
    plan = [*PLANTED, *_by_chance(types, city, chance)]
    rows = [
        _row(number, kind, place, course, types.loc[kind], chance)
        for number, (kind, place, course) in enumerate(plan, 1)
    ]
    projects = pd.DataFrame(rows)
    courses = dict(zip(projects["project_code"], (course for _, _, course in plan), strict=True))
    _settle(projects, city, chance)
    return projects, courses


def _by_chance(types: pd.DataFrame, city: City, chance: np.random.Generator) -> list[tuple[str, str, Course]]:
    every = np.repeat(types.index.to_numpy(), types["weight"].astype(int))
    kinds = list(chance.permutation(every))
    for kind, _, _ in PLANTED:
        kinds.remove(kind)
    number = len(PLANTED)
    found = []
    for kind in kinds:
        number += 1
        fate = "cancelled" if number in CANCELLED else "unknown" if number in UNKNOWN else None
        found.append((str(kind), _subdistrict(types.loc[kind], city, chance), _course(types.loc[kind], fate, chance)))
    return found


def _subdistrict(kind: Any, city: City, chance: np.random.Generator) -> str:
    """Where people live in old houses, unless the type belongs to one district."""
    places = city.features["subdistrict"]
    weight = places["population"] * (0.15 + places["old"] ** 1.5)
    if kind["district"]:
        weight = weight * (places["parent_code"] == city.codes.district[int(kind["district"])])
    return str(chance.choice(places.index.to_numpy(), p=(weight / weight.sum()).to_numpy()))


def _course(kind: Any, fate: str | None, chance: np.random.Generator) -> Course:
    start = plus_months(FIRST_START, int(chance.integers(0, LAST_START_MONTHS))).replace(
        day=int(chance.integers(1, 28))
    )
    months = max(4, round(int(kind["months"]) * float(chance.lognormal(0, 0.2))))
    due = plus_months(start, months)
    was_due_lately = plus_months(TODAY, -DUE_LATELY_MONTHS) < due < plus_months(TODAY, -1)
    slow = chance.random() < (SLOW_SHARE_LATELY if was_due_lately else SLOW_SHARE)
    pace = float(chance.uniform(0.55, 0.72) if slow else np.clip(chance.normal(0.98, 0.08), 0.8, 1.15))
    delay = int(chance.integers(30, 120)) if slow else int(chance.integers(0, 14))
    return Course(start, months, delay, pace, float(np.clip(chance.normal(0.99, 0.045), 0.88, 1.09)), None, fate)


def _row(
    number: int, name: str, place: str, course: Course, kind: Any, chance: np.random.Generator
) -> dict[str, object]:
    million = float(kind["million"]) * float(chance.lognormal(0, 0.45))
    finished = course.has_finished and course.fate is None
    return {
        "project_code": f"P-{number:04}",
        "subdistrict": place,
        "action_code": kind["action_code"],
        "project_type": name,
        "type_en": kind["name_en"],
        "suffix": kind["suffix"],
        "geometry_kind": kind["geometry"],
        "indicator_codes": kind["indicator_codes"],
        "stage": "completed" if number in UNDATED else course.stage,
        "priority": str(chance.choice(PRIORITIES, p=[0.3, 0.5, 0.2])),
        "planned_start_on": course.planned_start.isoformat()[: 7 if chance.random() < 0.1 else 10],
        "planned_finish_on": course.planned_finish.isoformat()[: 7 if chance.random() < 0.12 else 10],
        "actual_start_on": course.start.isoformat() if course.has_started and course.fate is None else None,
        "actual_finish_on": course.finish.isoformat() if finished and number not in UNDATED else None,
        "investment_planned": round(million * 1e6, -4),
    }


def _settle(projects: pd.DataFrame, city: City, chance: np.random.Generator) -> None:
    """Area (a community for most, else the subdistrict), names and bureaus."""
    areas = city.areas.set_index("area_code")
    communities = areas[areas["level"] == "community"].reset_index().groupby("parent_code")["area_code"].agg(list)
    planted = projects.index < len(PLANTED)
    small = (chance.random(len(projects)) < 0.66) & ~planted
    projects["area_code"] = [
        str(chance.choice(communities[place])) if within else place
        for place, within in zip(projects["subdistrict"], small, strict=True)
    ]
    short = areas["name_zh"].str.replace(r"(社区|街道|镇)$", "", regex=True)
    local = projects["area_code"].map(short)
    turn = projects.groupby(["area_code", "project_type"]).cumcount()
    phase = turn.map({0: "", 1: "（二期）", 2: "（三期）", 3: "（四期）"}).fillna("（续）")
    projects["name_zh"] = local + projects["suffix"] + "工程" + phase
    projects["name_en"] = (
        local.map(pinyin) + ": " + projects["type_en"].str.lower() + turn.map(lambda n: f" {n + 1}" if n else "")
    )
    leads = read_data("actions.csv").set_index("action_code")["lead_department_code"]
    projects["lead_department_code"] = projects["action_code"].map(leads)
    projects["support_department_codes"] = np.where(chance.random(len(projects)) < 0.5, "qzf;jdb", "jdb")
