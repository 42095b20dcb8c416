"""Coordinates of the Chinese systems: brought to degrees as the textbook has it, whatever library computes them."""

import math

import pytest
import shapely

from data_access.layers.crs import CGCS2000, crs_name, north_first
from data_access.layers.remote.feature_files import placed

A, F = 6378137.0, 1 / 298.257222101
"""The ellipsoid of CGCS2000 (GB 22021-2008)."""
QUARTER_M = 10_001_965.7293
"""From the equator to the pole; Moritz (1980) gives it for GRS 80, the same ellipsoid to a tenth of a millimetre."""
N = F / (2 - F)


def gauss_krueger(lon: float, lat: float, meridian: float) -> tuple[float, float]:
    """Metres east of the meridian and north of the equator: Krüger's series of 1912 to the fourth power of n."""
    radius = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
    factors = (
        N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180,
        13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
        61 * N**3 / 240 - 103 * N**4 / 140,
        49561 * N**4 / 161280,
    )
    sine, root = math.sin(math.radians(lat)), 2 * math.sqrt(N) / (1 + N)
    t = math.sinh(math.atanh(sine) - root * math.atanh(root * sine))
    away = math.radians(lon - meridian)
    north, east = math.atan2(t, math.cos(away)), math.atanh(math.sin(away) / math.sqrt(1 + t * t))
    terms = list(enumerate(factors, start=1))
    y = north + sum(f * math.sin(2 * j * north) * math.cosh(2 * j * east) for j, f in terms)
    x = east + sum(f * math.cos(2 * j * north) * math.sinh(2 * j * east) for j, f in terms)
    return radius * x, radius * y


def test_the_series_of_this_test_meets_the_length_of_the_meridian() -> None:
    rest = 6_399_593.6259 * math.radians(0.001)
    assert gauss_krueger(117, 89.999, 117)[1] + rest == pytest.approx(QUARTER_M, abs=0.001)
    assert gauss_krueger(118.5, 0, 117)[1] == pytest.approx(0, abs=1e-6)


ZONES = [25, 32, 38, 39, 40, 41, 45]
"""3° zones from the Pamirs to the Ussuri; 38 to 41 hold the coast from Guangzhou to Qingdao."""


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("numbered", [True, False], ids=["with zone number", "without"])
def test_every_three_degree_zone_comes_to_degrees_within_a_millimetre(zone: int, numbered: bool) -> None:
    """EPSG:4513–4533 write the zone in front of the easting, EPSG:4534–4554 do not."""
    meridian = 3 * zone
    code = (4513 if numbered else 4534) + zone - 25
    known = [(meridian + east, lat) for east in (-1.5, 0.0, 0.7, 1.5) for lat in (18.3, 31.2, 53.4)]
    planes = [gauss_krueger(lon, lat, meridian) for lon, lat in known]
    offset = 500_000 + (1_000_000 * zone if numbered else 0)
    points = shapely.points([(offset + x, y) for x, y in planes])
    for declared in (f"EPSG:{code}", f"urn:ogc:def:crs:EPSG::{code}"):
        found = placed(points, str(crs_name(declared)))
        assert [(one.x, one.y) for one in found] == [pytest.approx(place, abs=1e-8) for place in known]


def test_degrees_of_cgcs2000_stay_as_they_are_and_services_write_their_latitude_first() -> None:
    point = shapely.Point(117.123456789, 32.987654321)
    assert placed([point], CGCS2000)[0] == point
    assert north_first(CGCS2000) and north_first("EPSG:4548") and not north_first("EPSG:3857")
