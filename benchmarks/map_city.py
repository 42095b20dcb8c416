"""A city of 10,000 communities for the map measurements: natural borders, 25 districts, two indicators."""

from pathlib import Path

import geopandas
import numpy as np
import shapely

from data_access.importing import load_packages

SIDE = 100
AREAS = SIDE * SIDE
POINTS_PER_SIDE = 24
DISTRICTS_PER_SIDE = 5
INDICATORS = ("A", "B")
PERIOD = "2024"
ROOT = "990000"


def codes() -> list[str]:
    return [f"{ROOT}{number:06}" for number in range(AREAS)]


def districts() -> list[str]:
    """The district of each community."""
    block = SIDE // DISTRICTS_PER_SIDE
    return [f"D{i // block * DISTRICTS_PER_SIDE + j // block:02}" for i in range(SIDE) for j in range(SIDE)]


def values(indicator: str) -> np.ndarray:
    """Smooth over the city, with noise; a few areas have none (NaN). A has two decimals, B is a computed ratio."""
    east, north = np.meshgrid(np.linspace(0, 3, SIDE), np.linspace(0, 3, SIDE), indexing="ij")
    wave = np.sin(east + INDICATORS.index(indicator)) * np.cos(north) * 30 + 50
    found = (wave + np.random.default_rng(7).normal(0, 5, wave.shape)).ravel()
    found = found.round(2) if indicator == INDICATORS[0] else found
    found[::997] = np.nan
    return found


def polygons() -> np.ndarray:
    """Cells with winding borders, shared point by point: about a million vertices in all."""
    random = np.random.default_rng(1)
    corners = np.stack(np.meshgrid(*[np.arange(SIDE + 1.0)] * 2, indexing="ij"), -1)
    corners += random.uniform(-0.25, 0.25, corners.shape)
    across = {(i, j): _border(corners[i, j], corners[i + 1, j], random) for i in range(SIDE) for j in range(SIDE + 1)}
    along = {(i, j): _border(corners[i, j], corners[i, j + 1], random) for i in range(SIDE + 1) for j in range(SIDE)}
    rings = [
        np.concatenate([across[i, j][:-1], along[i + 1, j][:-1], across[i, j + 1][:0:-1], along[i, j][:0:-1]])
        for i in range(SIDE)
        for j in range(SIDE)
    ]
    return np.array([shapely.Polygon(ring * [0.008, 0.007] + [113.6, 30.2]) for ring in rings])


def _border(start: np.ndarray, end: np.ndarray, random: np.random.Generator) -> np.ndarray:
    share = np.linspace(0, 1, POINTS_PER_SIDE + 1)[:, None]
    walk = np.cumsum(random.normal(0, 0.012, share.shape), axis=0)
    walk -= walk[0] + (walk[-1] - walk[0]) * share
    return start + (end - start) * share + walk * (end - start)[::-1] * [1, -1]


def write_city(folder: Path) -> Path:
    """An import package."""
    tables = {
        "area_level": ["level,rank,name_zh", "city,0,市", "district,1,区", "community,2,社区"],
        "area": ["area_code,name_zh,level,parent_code,population", f"{ROOT},测试市,city,,"]
        + [f"{district},{district}区,district,{ROOT}," for district in sorted(set(districts()))]
        + [
            f"{code},社区{n},community,{district},{1000 + n % 977}" for n, (code, district) in enumerate(_communities())
        ],
        "indicator_system": ["system_code,name_zh", "s,体系"],
        "dimension": ["dimension_code,system_code,name_zh", "d,s,维度"],
        "indicator": ["indicator_code,system_code,dimension_code,name_zh,unit,direction,graded,aggregation"]
        + [f"{code},s,d,指标{code},%,higher_better,true,none" for code in INDICATORS],
        "indicator_value": ["indicator_code,area_code,period,value,status"]
        + [
            f"{indicator},{code},{PERIOD},{value},valid"
            for indicator in INDICATORS
            for code, value in zip(codes(), values(indicator), strict=True)
            if not np.isnan(value)
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    boundaries = geopandas.GeoDataFrame({"area_code": codes()}, geometry=polygons(), crs="EPSG:4490")
    boundaries.to_file(folder / "area_boundary.gpkg", layer="area_boundary")
    return folder


def _communities() -> list[tuple[str, str]]:
    return list(zip(codes(), districts(), strict=True))


def load_city(folder: Path) -> str:
    """URL of a new SQLite database with the city."""
    package = folder / "package"
    package.mkdir()
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_city(package)], url)
    return url
