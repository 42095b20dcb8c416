"""CGCS2000 degrees to spherical Web Mercator metres (EPSG:3857), the plane the browser draws in."""

import numpy as np
import numpy.typing as npt
import shapely

RADIUS_M = 6_378_137.0
LATITUDE_LIMIT = 85.05112878

Geometries = npt.NDArray[np.object_]
Coordinates = npt.NDArray[np.float64]


def to_mercator(geometries: Geometries) -> Geometries:
    """The same geometries in Web Mercator metres; y grows northwards."""
    return np.asarray(shapely.transform(geometries, project), dtype=object)


def project(degrees: Coordinates) -> Coordinates:
    """Rows of (longitude, latitude) to rows of (x, y) in metres. Latitudes are cut at the edge of the square world."""
    latitude = np.clip(degrees[:, 1], -LATITUDE_LIMIT, LATITUDE_LIMIT)
    x = np.radians(degrees[:, 0]) * RADIUS_M
    y = np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)) * RADIUS_M
    return np.column_stack([x, y])
