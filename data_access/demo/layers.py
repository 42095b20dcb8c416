"""The layer catalogue and the features of its layers, all in files of the package."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely

from data_access.demo import stories, terrain
from data_access.demo.catalogue import read_data
from data_access.demo.city import City
from data_access.demo.facilities import pocket_parks, sites_by_people, sites_on_record
from data_access.demo.frames import each
from data_access.demo.greenways import make_greenways
from data_access.demo.transit import make_bus_stops, make_metro_lines, make_metro_stations, make_planned_metro
from data_access.demo.water import make_water

ATTRIBUTION = stories.SOURCE
GRID_KM = 0.6
WITH_AREA = ("buildings", "grid_cell", "land_use")


def layer_catalogue() -> pd.DataFrame:
    """Rows of spatial_layer."""
    rows = read_data("layers.csv").replace("", None)
    styles = [
        json.dumps(
            {"color": r.color, "weight": int(r.width), "fillOpacity": 0.55 if "Polygon" in r.geometry_type else 0.9}
        )
        for r in each(rows)
    ]
    area_column = ["area_code" if r.layer_code in WITH_AREA or r.site_use else None for r in each(rows)]
    return rows.assign(
        source_kind="file",
        source=rows["layer_code"] + ".gpkg",
        source_layer=rows["layer_code"],
        style=styles,
        area_column=pd.Series(area_column, rows.index),
        attribution=ATTRIBUTION,
        updated_at=stories.TODAY,
    )


def make_layers(
    city: City, streets: pd.DataFrame, units: pd.DataFrame, buildings: pd.DataFrame, values: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Features by layer code, geometries in kilometres. values: figures on record, which facilities must bear out."""
    rows = read_data("layers.csv")
    made: dict[str, Callable[[], pd.DataFrame]] = {
        "water": make_water,
        "buildings": lambda: buildings.drop(columns=["x", "y"]),
        "roads": lambda: streets,
        "main_road": lambda: streets.loc[streets["class"].isin(["trunk", "primary"]), ["class", "geometry"]],
        "metro_line": make_metro_lines,
        "metro_station": make_metro_stations,
        "planned_metro": make_planned_metro,
        "bus_stop": lambda: make_bus_stops(streets),
        "land_use": lambda: _described(city.land, city),
        "park": lambda: _parks(city, values),
        "built_up_area": lambda: _one("建成区2023版", _built_up(city)),
        "growth_boundary": lambda: _one("城镇开发边界", shapely.buffer(_built_up(city), 0.7).simplify(0.05)),
        "ecological_redline": lambda: _one("生态保护红线", _hills(city)),
        "greenway": lambda: make_greenways(city, streets, values),
        "gas_main": lambda: streets.loc[streets["class"].isin(["primary", "secondary"]), ["geometry"]].iloc[::2],
        "historic_quarter": lambda: _historic_quarters(city),
        "renewal_area": lambda: units[["area_code", "name_zh", "geometry"]],
        "grid_cell": lambda: _governance_grid(city),
        "population_grid": lambda: _population_grid(city),
    }
    points = rows[rows["site_use"] != ""]
    sites = {row.layer_code: _sites(row, city, values) for row in each(points)}
    return {code: made[code]() for code in made} | sites


def _sites(row: Any, city: City, values: pd.DataFrame) -> pd.DataFrame:
    """Points on blocks of the wanted use, each named after its community."""
    if row.covers:
        picked = sites_on_record(city, values, row.site_use, row.covers, float(row.radius_km))
    else:
        picked = sites_by_people(city, row.layer_code, row.site_use, int(row.count))
    area = city.codes.community[picked["community"]]
    titles = city.areas.set_index("area_code")["name_zh"].reindex(area).str.removesuffix("社区").to_numpy()
    return pd.DataFrame(
        {
            "name": [f"{title}{row.site_name}" for title in titles],
            "area_code": area,
            "geometry": shapely.point_on_surface(picked["geometry"].to_numpy()),
        }
    )


def _parks(city: City, values: pd.DataFrame) -> pd.DataFrame:
    parks = city.land[city.land["use"] == "park"]
    return _described(pd.concat([parks, pocket_parks(city, values, parks["geometry"])]), city)


def _described(land: pd.DataFrame, city: City) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "use": land["use"],
            "area_code": city.codes.community[land["community"]],
            "area_ha": np.round(land["area_km2"] * 100, 2),
            "geometry": shapely.simplify(land["geometry"].to_numpy(), 0.004),
        }
    )


def _one(name: str, geometry: shapely.Geometry) -> pd.DataFrame:
    return pd.DataFrame({"name": [name], "geometry": [geometry]})


def _built_up(city: City) -> shapely.Geometry:
    urban = np.unique(city.blocks.cell[city.blocks.is_urban])
    return shapely.coverage_union_all(city.cells.polygons[urban])


def _hills(city: City) -> shapely.Geometry:
    hilly = terrain.hilliness(city.cells.seeds) > 0.45
    return shapely.coverage_union_all(city.cells.polygons[hilly])


def _historic_quarters(city: City) -> pd.DataFrame:
    """Three groups of old-town blocks around gates and a ferry."""
    names, centres = (
        ("鼓楼历史文化街区", "古渡口历史文化街区", "织锦巷历史文化街区"),
        ((-0.9, 0.7), (-1.6, -3.0), (0.7, 0.4)),
    )
    middle = city.land[["x", "y"]].to_numpy()
    shapes = [
        shapely.union_all(city.land["geometry"].to_numpy()[np.argsort(np.hypot(*(middle - centre).T))[:9]])
        for centre in centres
    ]
    return pd.DataFrame({"name": names, "geometry": [shapely.buffer(shapely.buffer(s, 0.03), -0.02) for s in shapes]})


def _governance_grid(city: City) -> pd.DataFrame:
    """Every cell that holds built-up blocks is one grid cell of its community."""
    urban = np.unique(city.blocks.cell[city.blocks.is_urban])
    area = city.codes.community[city.tiling.community[urban]]
    order = pd.Series(area).groupby(area).cumcount() + 1
    names = [f"{code}-G{number:02}" for code, number in zip(area, order, strict=True)]
    return pd.DataFrame({"grid_code": names, "area_code": area, "geometry": city.cells.polygons[urban]})


def _population_grid(city: City) -> pd.DataFrame:
    """Squares of GRID_KM with the people of the compounds whose middle they hold."""
    rows = city.features["compound"]
    column, line = np.floor(rows["x"] / GRID_KM), np.floor(rows["y"] / GRID_KM)
    people = rows["population"].groupby([column, line]).sum().reset_index(name="population")
    west, south = people.iloc[:, 0].to_numpy() * GRID_KM, people.iloc[:, 1].to_numpy() * GRID_KM
    squares = shapely.box(west, south, west + GRID_KM, south + GRID_KM)
    return pd.DataFrame({"population": people["population"], "geometry": squares})
