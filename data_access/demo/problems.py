"""The problem list 2021–2024: found where the indicators are bad, solved or not by the demo city's today."""

from datetime import date

import numpy as np
import pandas as pd
import shapely

from data_access.demo import stories
from data_access.demo.catalogue import read_data
from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.dates import TODAY, blurred, plus_days
from data_access.demo.frames import each
from data_access.demo.plane import to_degrees

PER_YEAR = {2021: 380, 2022: 430, 2023: 510, 2024: 480}
SEVERITIES = ("general", "serious", "critical")
BEST_EFFORT_SHARE = 0.28
SOLVED_WITHIN_DAYS = 120
RECURRING_SHARE = 0.2
"""Of the problems found where an earlier one of the same kind was solved."""


def make_problems(city: City, values: pd.DataFrame, buildings: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    kinds = read_data("problem-kinds.csv").set_index("indicator_code")
    rows = pd.concat([_found_in(year, count, values, kinds) for year, count in PER_YEAR.items()], ignore_index=True)
    chance = stream("problem dates")
    rows = rows.join(kinds[["title_zh", "title_en", "kind", "days", "severity"]], on="indicator_code")
    rows["track"] = np.where(chance.random(len(rows)) < BEST_EFFORT_SHARE, "best_effort", "time_limited")
    rows["severity"] = [_severity(float(weight), chance) for weight in rows["severity"]]
    rows = pd.concat([rows, _course(rows, chance)], axis=1).sort_values(["found", "area_code"]).reset_index(drop=True)
    order = rows.groupby("year").cumcount() + 1
    rows["problem_code"] = [f"PB-{year}-{number:04}" for year, number in zip(rows["year"], order, strict=True)]
    rows["recurs_from_code"] = _recurrences(rows)
    _place(rows, city, buildings)
    facts = indicators.set_index("indicator_code")
    rows["lead_department_code"] = rows["indicator_code"].map(facts["lead_department_code"])
    rows["support_department_codes"] = rows["indicator_code"].map(facts["support_department_codes"])
    names = city.areas.set_index("area_code")["name_zh"]
    rows["title_zh"] = rows["area_code"].map(names) + "：" + rows["title_zh"]
    return rows


def _found_in(year: int, count: int, values: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """Areas drawn by how bad the indicator was in the year; each kind has its own part of the list."""
    chance = stream(f"problems {year}")
    bad = values[(values["period"] == str(year)) & values["indicator_code"].isin(kinds.index) & (values["value"] > 0)]
    parts = kinds["weight"].astype(float)
    parts *= [stories.PROBLEM_WEIGHTS.get(str(kind), {}).get(year, 1.0) for kind in kinds.index]
    parts = (parts / parts.sum() * count).round()
    found = []
    for indicator, number in parts.items():
        here = bad[bad["indicator_code"] == indicator]
        chosen = chance.choice(len(here), int(number), p=(here["value"] / here["value"].sum()).to_numpy())
        found.append(here.iloc[np.sort(chosen)][["indicator_code", "area_code"]])
    return pd.concat(found).assign(year=year)


def _severity(weight: float, chance: np.random.Generator) -> str:
    return str(chance.choice(SEVERITIES, p=[1 - 0.24 * weight - 0.04 * weight**1.5, 0.24 * weight, 0.04 * weight**1.5]))


def _course(rows: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """found, found_on, due_on, resolved_on and status of every problem."""
    courses = []
    for row in each(rows):
        found = date(row.year, 3, 1) + (date(row.year, 11, 30) - date(row.year, 3, 1)) * chance.random()
        limited = row.track == "time_limited"
        due = plus_days(found, int(row.days) * (1.0 if limited else 2.0))
        taken = int(row.days) * chance.lognormal(-0.28 if limited else 0.75, 0.48)
        never = chance.random() < (0.07 if limited else 0.24)
        if row.indicator_code == stories.SOLVED:
            taken, never = min(taken, SOLVED_WITHIN_DAYS), False
        solved = plus_days(found, max(4, taken))
        courses.append(_one_course(found, due if limited or chance.random() < 0.4 else None, solved, never, chance))
    columns = ["found", "found_on", "due_on", "resolved_on", "status"]
    return pd.DataFrame(courses, columns=columns, index=rows.index)


def _one_course(
    found: date, due: date | None, solved: date, never: bool, chance: np.random.Generator
) -> tuple[date, str, str | None, str | None, str]:
    due_on = due.isoformat() if due else None
    if never or solved > TODAY:
        return found, blurred(found, chance), due_on, None, "open" if chance.random() < 0.4 else "in_progress"
    status = "closed" if chance.random() < 0.62 else "resolved"
    return found, blurred(found, chance, year_only=0.0), due_on, blurred(solved, chance, year_only=0.0), status


def _recurrences(rows: pd.DataFrame) -> list[str | None]:
    """The solved problem of the same kind and place that a later one repeats."""
    chance = stream("recurrences")
    solved: dict[tuple[str, str], tuple[str, str]] = {}
    found: list[str | None] = []
    for row in each(rows):
        key = (row.indicator_code, row.area_code)
        earlier, when = solved.get(key, (None, "9"))
        share = stories.RECURRING_SHARE.get(row.indicator_code, RECURRING_SHARE)
        repeats = earlier is not None and when < row.found.isoformat() and chance.random() < share
        found.append(earlier if repeats else None)
        if isinstance(row.resolved_on, str):
            solved[key] = (row.problem_code, row.resolved_on)
    return found


def _place(rows: pd.DataFrame, city: City, buildings: pd.DataFrame) -> None:
    """Housing problems at a building, others somewhere in their area; some only roughly, some nowhere."""
    chance = stream("problem places")
    shapes = city.areas.set_index("area_code")["geometry"]
    houses = buildings.groupby("area_code")[["x", "y", "building_id"]].agg(list)
    where, objects = [], []
    for row in each(rows):
        if row.indicator_code.startswith("H"):
            house = houses.loc[row.area_code]
            number = chance.integers(len(house["x"]))
            where.append((house["x"][number], house["y"][number]))
            objects.append(house["building_id"][number])
        else:
            where.append(point_within(shapes[row.area_code], chance))
            objects.append(None)
    rows["object_id"] = objects
    rows["location_quality"] = chance.choice(["exact", "approximate", "none"], len(rows), p=[0.74, 0.19, 0.07])
    degrees = to_degrees(np.array(where))
    nowhere = (rows["location_quality"] == "none").to_numpy()
    degrees[nowhere] = np.nan
    rows["lon"], rows["lat"] = degrees.T


def point_within(shape: shapely.Geometry, chance: np.random.Generator) -> tuple[float, float]:
    """A random point inside a polygon."""
    west, south, east, north = shape.bounds
    while True:
        x, y = chance.uniform(west, east), chance.uniform(south, north)
        if shapely.contains_xy(shape, x, y):
            return float(x), float(y)


def make_cim_objects(buildings: pd.DataFrame) -> pd.DataFrame:
    """Buildings of the old and the new town that the city information model holds, by level of detail."""
    rows = buildings[buildings["area_code"].str.startswith(("990102", "990103"))].copy()
    rows = rows[stream("cim").random(len(rows)) < 0.6]
    degrees = to_degrees(rows[["x", "y"]].to_numpy())
    return pd.DataFrame(
        {
            "object_id": rows["building_id"],
            "cim_level": np.where(rows["storeys"] > 18, 4, np.where(rows["use"] == "住宅", 2, 3)),
            "data_class": "建筑",
            "code": "99" + rows["building_id"].str.replace(r"\D", "", regex=True),
            "code_system": "房屋建筑统一编码（示例）",
            "area_code": rows["area_code"],
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
        }
    )
