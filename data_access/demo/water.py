"""Water as polygons: the river with its island, the brook, a lake in the new town and a reservoir in the hills."""

from functools import cache

import numpy as np
import pandas as pd
import shapely

from data_access.demo import terrain
from data_access.demo.chance import stream
from data_access.demo.plane import Points


def make_water() -> pd.DataFrame:
    rows = [
        ("澜江", "河流", river_polygon()),
        ("青溪", "河流", _ribbon(terrain.brook(), 0.03, 0.055, "brook")),
        ("映月湖", "湖泊", _pond((4.6, -9.4), 0.95, 0.55, "lake")),
        ("云岭水库", "水库", _pond((-6.6, 15.6), 1.5, 0.7, "reservoir")),
        ("荷塘", "湖泊", _pond((-14.2, -5.6), 0.55, 0.4, "pond")),
    ]
    return pd.DataFrame(rows, columns=["name", "kind", "geometry"])


@cache
def river_polygon() -> shapely.Geometry:
    """Both channels with banks of varying width; the island stays dry."""
    main = _ribbon(terrain.river(), 0.13, 0.24, "river")
    side = _ribbon(terrain.side_channel(), 0.1, 0.15, "side channel")
    return shapely.intersection(shapely.union(main, side), shapely.buffer(terrain.outline(), 3))


def all_water() -> shapely.Geometry:
    return shapely.union_all(make_water()["geometry"].to_numpy())


def _ribbon(line: shapely.LineString, narrow_km: float, wide_km: float, subject: str) -> shapely.Geometry:
    """The line with a half-width that changes slowly along it."""
    along = np.arange(0, line.length, 0.12)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    phase = stream(subject).uniform(0, 2 * np.pi, 3)
    wave = sum(np.sin(along / scale + p) for scale, p in zip((0.9, 1.9, 4.1), phase, strict=True)) / 6 + 0.5
    half = narrow_km + (wide_km - narrow_km) * np.asarray(wave)
    return shapely.union_all(
        shapely.buffer(shapely.linestrings(np.stack([points[:-1], points[1:]], 1)), half[:-1], quad_segs=6)
    )


def _pond(centre: tuple[float, float], length: float, width: float, subject: str) -> shapely.Geometry:
    angle = np.linspace(0, 2 * np.pi, 73)[:-1]
    chance = stream(subject)
    size = 1 + sum(chance.normal(0, 0.16 / k) * np.cos(k * angle + chance.uniform(0, 6.3)) for k in range(2, 6))
    shore: Points = np.column_stack([length * np.cos(angle + 0.4), width * np.sin(angle)]) * np.asarray(size)[:, None]
    return shapely.Polygon(shore + centre)
