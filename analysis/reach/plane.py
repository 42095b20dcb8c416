"""Degrees to metres on a plane that fits one city, and back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plane:
    """Transverse Mercator (the projection of the 3° Gauss–Krüger zones) on the GRS 80 ellipsoid around one meridian.

    Lengths are true on it and 0.03 % too long 150 km away from it.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, degrees: Floats) -> "Plane":
        """The plane of points (n, 2) in degrees; of (0, 0) where there are none."""
        if not len(degrees):
            return cls(0.0, 0.0)
        low, high = degrees.min(axis=0), degrees.max(axis=0)
        lon, lat = np.round((low + high) / 2, 3)
        return cls(float(lon), float(lat))

    @cached_property
    def _there(self) -> pyproj.Transformer:
        target = f"+proj=tmerc +lat_0={self.lat} +lon_0={self.lon} +k=1 +ellps=GRS80 +units=m +type=crs"
        return pyproj.Transformer.from_crs("EPSG:4490", target, always_xy=True)

    def metres(self, degrees: Floats) -> Floats:
        """(n, 2) longitude, latitude → (n, 2) metres east and north of the middle."""
        return np.column_stack(self._there.transform(degrees[:, 0], degrees[:, 1]))

    def degrees(self, metres: Floats) -> Floats:
        return np.column_stack(self._there.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))

    def shapes_to_metres(self, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        return np.asarray(shapely.transform(shapes, self.metres), dtype=object)

    def shapes_to_degrees(self, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        return np.asarray(shapely.transform(shapes, self.degrees), dtype=object)
