"""Metro lines (the first opened in 2022), stations, lines still planned, and bus stops."""

import numpy as np
import pandas as pd
import shapely
from scipy.interpolate import CubicSpline

from data_access.demo.chance import stream
from data_access.demo.frames import each

LINES = {
    "1号线": ((-13.6, -4.4), (-9.8, -3.0), (-5.6, -1.4), (-1.2, 0.4), (2.6, 2.0), (7.6, 4.6), (13.6, 3.4), (16.2, 1.2)),
    "2号线": ((-1.6, 5.2), (-0.8, 2.4), (0.2, -1.4), (1.6, -5.4), (3.6, -8.2), (7.0, -10.6), (9.8, -12.8)),
}
OPENED = {"1号线": 2022, "2号线": 2024}
PLANNED = {
    "3号线（规划）": ((-10.4, 8.0), (-5.8, 5.0), (-1.4, 2.0), (4.2, -2.2), (8.2, -5.0), (12.2, -1.2), (14.8, 2.8)),
    "4号线（规划）": ((-6.6, -13.6), (-4.4, -9.4), (-1.0, -6.6), (3.8, -5.6), (8.4, -8.6)),
}
STATION_EVERY_KM = 1.45
BUS_STOPS = 1100


def _lines(knots: dict[str, tuple[tuple[float, float], ...]]) -> pd.DataFrame:
    rows = []
    for name, points in knots.items():
        position = np.arange(len(points))
        smooth = CubicSpline(position, np.array(points))(np.linspace(0, len(points) - 1, 20 * len(points)))
        rows.append((name, shapely.LineString(smooth)))
    return pd.DataFrame(rows, columns=["name", "geometry"])


def make_metro_lines() -> pd.DataFrame:
    lines = _lines(LINES)
    return lines.assign(opened=lines["name"].map(OPENED))


def make_planned_metro() -> pd.DataFrame:
    return _lines(PLANNED)


def make_metro_stations() -> pd.DataFrame:
    rows = []
    for line in each(make_metro_lines()):
        count = round(line.geometry.length / STATION_EVERY_KM)
        for number, share in enumerate(np.linspace(0, 1, count + 1), 1):
            rows.append((f"{line.name}{number:02}站", line.name, line.geometry.interpolate(share, normalized=True)))
    return pd.DataFrame(rows, columns=["name", "line", "geometry"])


def make_bus_stops(streets: pd.DataFrame) -> pd.DataFrame:
    """Along the larger streets."""
    large = streets.loc[streets["class"] != "local", "geometry"].to_numpy()
    length = shapely.length(large)
    chance = stream("bus stops")
    chosen = np.sort(chance.choice(len(large), min(BUS_STOPS, len(large)), replace=False, p=length / length.sum()))
    where = shapely.line_interpolate_point(large[chosen], chance.uniform(0.3, 0.7, len(chosen)), normalized=True)
    return pd.DataFrame({"name": [f"站点{number:04}" for number in range(1, len(where) + 1)], "geometry": where})
