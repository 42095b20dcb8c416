"""The local plane of the demo city: kilometres east and north of its centre, and back to CGCS2000 degrees."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Array of shape (n, 2), kilometres."""

CENTRE_LON, CENTRE_LAT = 118.2, 32.9
_KM_PER_DEGREE_LAT = 110.91
_KM_PER_DEGREE_LON = 93.56
_DIGITS = 6


def to_degrees(points: Points) -> Points:
    """Longitude and latitude, rounded to about 0.1 m so that shared vertices stay shared."""
    scale = np.array([_KM_PER_DEGREE_LON, _KM_PER_DEGREE_LAT])
    degrees: Points = np.round(points / scale + (CENTRE_LON, CENTRE_LAT), _DIGITS)
    return degrees


def in_degrees(geometries: Any) -> Any:
    """Geometries of the plane (one or an array) as CGCS2000 geometries."""
    return shapely.transform(geometries, to_degrees)
