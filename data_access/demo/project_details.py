"""What belongs to the projects: extents, areas served, funding, problems answered, indicators meant, progress."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data_access.demo.chance import stream
from data_access.demo.city import City
from data_access.demo.courses import Course, milestones, progress
from data_access.demo.frames import each
from data_access.demo.plane import to_degrees
from data_access.demo.streets import SNAP_KM

FUND_SOURCES = ("中央预算内投资", "地方政府专项债券", "市级财政", "区级财政", "社会资本", "居民自筹")
WITHOUT_EXTENT = 0.06
SHORTEST_KM = 0.03
SEVERAL_AREAS = 0.2


def make_extents(projects: pd.DataFrame, city: City) -> pd.DataFrame:
    """project_code and geometry (kilometres): compounds, a block, a park, or streets and where they lead."""
    chance = stream("extents")
    land = city.land.assign(community_code=city.codes.community[city.land["community"]])
    compounds = city.areas[city.areas["level"] == "compound"]
    streets = _streets_by_community(city)
    rows = []
    for project in each(projects):
        if chance.random() < WITHOUT_EXTENT and project.Index > 4:
            continue
        within = compounds["area_code"].str.startswith(project.area_code)
        blocks = land[land["community_code"].str.startswith(project.area_code)]
        geometry = _extent(project.geometry_kind, compounds[within], blocks, streets, project.area_code, chance)
        rows.append((project.project_code, geometry))
    return pd.DataFrame(rows, columns=["project_code", "geometry"])


def _streets_by_community(city: City) -> pd.DataFrame:
    """The streets that cut blocks, with the community each lies in."""
    communities = city.areas[city.areas["level"] == "community"]
    tree = shapely.STRtree(communities["geometry"].to_numpy())
    middle = shapely.line_interpolate_point(_lines(city.blocks.cuts), 0.5, normalized=True)
    cut, community = tree.query(middle, predicate="within")
    return pd.DataFrame(
        {"geometry": _lines(city.blocks.cuts)[cut], "code": communities["area_code"].to_numpy()[community]}
    )


def _lines(cuts: NDArray[np.object_]) -> NDArray[np.object_]:
    """Whole lines that are long enough to be seen."""
    whole = (shapely.get_type_id(cuts) == shapely.GeometryType.LINESTRING) & (shapely.length(cuts) > SHORTEST_KM)
    lines: NDArray[np.object_] = cuts[whole]
    return lines


def _extent(
    kind: str,
    compounds: pd.DataFrame,
    blocks: pd.DataFrame,
    streets: pd.DataFrame,
    area: str,
    chance: np.random.Generator,
) -> shapely.Geometry:
    here = streets[streets["code"].str.startswith(area)]
    if kind == "lines" and len(here) >= 3:
        start = here["geometry"].iloc[int(chance.integers(len(here)))]
        near = here.assign(d=shapely.distance(here["geometry"].to_numpy(), start)).nsmallest(
            int(chance.integers(3, 9)), "d"
        )
        lines = shapely.union_all(near["geometry"].to_numpy(), grid_size=SNAP_KM)
        pump = shapely.Point(shapely.get_coordinates(lines)[0])
        return shapely.GeometryCollection([lines, pump]) if chance.random() < 0.25 else lines
    if kind == "park" and (blocks["use"] == "park").any():
        blocks = blocks[blocks["use"] == "park"]
    if kind in {"park", "block"} and len(blocks):
        return blocks["geometry"].iloc[int(chance.integers(len(blocks)))]
    start = compounds["geometry"].iloc[int(chance.integers(len(compounds)))]
    near = compounds.assign(d=shapely.distance(compounds["geometry"].to_numpy(), start)).nsmallest(
        int(chance.integers(2, 6)), "d"
    )
    return shapely.union_all(near["geometry"].to_numpy())


def locate(projects: pd.DataFrame, extents: pd.DataFrame, city: City) -> pd.DataFrame:
    """lon, lat and location_quality: within the extent, roughly within the area, or nowhere."""
    shape = extents.set_index("project_code")["geometry"]
    areas = city.areas.set_index("area_code")["geometry"]
    known = projects["project_code"].isin(shape.index)
    geometry = [shape.get(p.project_code, areas[p.area_code]) for p in each(projects)]
    degrees = to_degrees(shapely.get_coordinates(shapely.point_on_surface(np.array(geometry, dtype=object))))
    nowhere = ~known & (stream("project places").random(len(projects)) < 0.4)
    degrees[nowhere.to_numpy()] = np.nan
    quality = np.select([known, nowhere], ["exact", "none"], "approximate")
    return projects.assign(lon=degrees[:, 0], lat=degrees[:, 1], location_quality=quality)


def make_project_areas(projects: pd.DataFrame, city: City) -> pd.DataFrame:
    """Two or three communities of the same subdistrict for some projects; equal parts are left out as NULL."""
    chance = stream("project areas")
    communities = city.areas[city.areas["level"] == "community"].groupby("parent_code")["area_code"].agg(list)
    rows: list[tuple[str, str, float]] = []
    for project in each(projects):
        if chance.random() > SEVERAL_AREAS or project.area_code not in communities.explode().to_numpy():
            continue
        others = [code for code in communities[project.subdistrict] if code != project.area_code]
        chosen = [
            project.area_code,
            *chance.choice(others, min(len(others), int(chance.integers(1, 3))), replace=False),
        ]
        shares = np.round(chance.dirichlet(np.full(len(chosen), 4.0)), 2)
        shares[-1] = round(1 - shares[:-1].sum(), 2)
        equal = chance.random() < 0.25
        rows += [(project.project_code, code, np.nan if equal else s) for code, s in zip(chosen, shares, strict=True)]
    return pd.DataFrame(rows, columns=["project_code", "area_code", "share"])


def make_funding(projects: pd.DataFrame) -> pd.DataFrame:
    """Two to four sources each, together the planned investment."""
    chance = stream("funding")
    rows = []
    for project in each(projects):
        chosen = sorted(chance.choice(len(FUND_SOURCES), int(chance.integers(2, 5)), replace=False))
        amounts = np.round(chance.dirichlet(np.full(len(chosen), 2.0)) * project.investment_planned, -4)
        amounts[-1] = project.investment_planned - amounts[:-1].sum()
        rows += [(project.project_code, FUND_SOURCES[n], a) for n, a in zip(chosen, amounts, strict=True)]
    return pd.DataFrame(rows, columns=["project_code", "fund_source", "amount"])


def make_project_indicators(projects: pd.DataFrame) -> pd.DataFrame:
    rows = projects[["project_code", "indicator_codes"]]
    rows = rows.assign(indicator_code=rows["indicator_codes"].str.split(";")).explode("indicator_code")
    return rows[["project_code", "indicator_code"]]


def make_project_problems(projects: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """Up to six problems of the project's indicators in its area, found before it was to finish."""
    chance = stream("project problems")
    rows = []
    for project in each(projects):
        kinds = project.indicator_codes.split(";")
        here = problems["area_code"].str.startswith(project.area_code) & problems["indicator_code"].isin(kinds)
        fitting = problems.loc[here & (problems["found_on"] < project.planned_finish_on), "problem_code"]
        chosen = chance.choice(fitting, min(len(fitting), int(chance.integers(1, 7))), replace=False)
        rows += [(project.project_code, problem) for problem in sorted(chosen)]
    return pd.DataFrame(rows, columns=["project_code", "problem_code"])


def make_milestones(courses: dict[str, Course]) -> pd.DataFrame:
    rows = [(code, *milestone) for code, course in courses.items() for milestone in milestones(course)]
    return pd.DataFrame(rows, columns=["project_code", "stage", "planned_on", "actual_on"])


def make_progress(courses: dict[str, Course], projects: pd.DataFrame) -> pd.DataFrame:
    money = projects.set_index("project_code")["investment_planned"]
    parts = [progress(course, money[code]).assign(project_code=code) for code, course in courses.items()]
    return pd.concat(parts, ignore_index=True).drop_duplicates(["project_code", "reported_on"], keep="last")
