"""What a layer holds per area, and whether it lies where it says."""

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from analysis.layers_offset import edge_test, offset_test, to_cgcs2000, to_gcj02
from analysis.layers_statistics import AREAS, LINES, POINTS, counted, land_km2, measured, measures_of

GEOD = pyproj.Geod(ellps="GRS80")
HALVES = pd.Series(
    {"west": shapely.box(117, 32, 117.1, 32.1), "east": shapely.box(117.1, 32, 117.2, 32.1), "none": None}
)


def test_points_count_where_they_lie() -> None:
    points = [
        shapely.Point(117.01, 32.01),
        shapely.Point(117.02, 32.02),
        shapely.Point(117.15, 32.05),
        shapely.Point(118, 33),
    ]
    found = counted(points, HALVES)
    assert (found.kind, found.per_area["count"].to_dict()) == (POINTS, {"west": 2, "east": 1, "none": 0})
    density = measured(found, "density", pd.Series({"west": 4.0, "east": 0.0}))
    assert density["west"] == 0.5 and density[["east", "none"]].isna().all(), "no density without a size"


def test_a_line_is_shared_by_the_areas_it_passes() -> None:
    """Against the geodesic length on the ellipsoid, within 1:10,000."""
    road = shapely.LineString([(117.05, 32.05), (117.15, 32.05)])
    found = counted([road], HALVES)
    geodesic = GEOD.geometry_length(road) / 1000
    assert found.kind == LINES and measures_of(LINES) == ("count", "length", "density")
    assert found.per_area["length_km"].sum() == pytest.approx(geodesic, rel=1e-4)
    assert found.per_area.loc["west", "length_km"] == pytest.approx(geodesic / 2, rel=1e-3)
    assert found.per_area["count"].to_dict() == {"west": 1, "east": 1, "none": 0}


def test_areas_add_up_to_their_size_on_the_ellipsoid() -> None:
    park = shapely.box(117.05, 32.02, 117.12, 32.08)
    found = counted([park], HALVES)
    own = abs(GEOD.geometry_area_perimeter(park)[0]) / 1e6
    assert found.kind == AREAS and found.per_area["area_km2"].sum() == pytest.approx(own, rel=1e-4)
    assert land_km2(HALVES)["west"] == pytest.approx(abs(GEOD.geometry_area_perimeter(HALVES["west"])[0]) / 1e6)


def test_a_park_that_only_touches_an_area_does_not_count_there() -> None:
    found = counted([shapely.box(117.0, 32.0, 117.1, 32.1)], HALVES)
    assert found.per_area["count"].to_dict() == {"west": 1, "east": 0, "none": 0}


def test_a_layer_without_features_counts_nothing() -> None:
    assert counted([], HALVES).per_area.to_numpy().sum() == 0


GRID = {f"{x}{y}": shapely.box(117 + x / 100, 32 + y / 100, 117.01 + x / 100, 32.01 + y / 100) for x in range(6) for y in range(6)}  # fmt: skip  # noqa: E501


def schools(moved: bool) -> tuple[list[shapely.Point], list[str]]:
    """Twelve in each square of about a kilometre, as surveyed or as a consumer map has them."""
    chance = np.random.default_rng(1)
    named = [code for code in GRID for _ in range(12)]
    points = np.array([np.array(GRID[code].bounds[:2]) + chance.uniform(0, 0.01, 2) for code in named])
    return list(shapely.points(to_gcj02(points) if moved else points)), named


def test_an_offset_layer_is_recognised_and_a_good_one_is_not_accused() -> None:
    good, named = schools(moved=False)
    offset, _ = schools(moved=True)
    assert offset_test(good, named, GRID).verdict == "fits"
    found = offset_test(offset, named, GRID)
    assert (found.verdict, found.share_moved_back) == ("offset", 1.0)
    assert found.share_as_is < 0.6


def test_too_few_features_decide_nothing() -> None:
    points, named = schools(moved=True)
    assert offset_test(points[:10], named[:10], GRID).verdict == "undecided"
    assert offset_test(points, ["elsewhere"] * len(points), GRID).verdict == "undecided"


CITY = shapely.box(117, 32, 117.2, 32.2)


def shops(beyond: float = 0.0) -> np.ndarray:
    """2,000 places without a word on where they lie, all over the city, or so many degrees beyond its edge."""
    return np.random.default_rng(2).uniform([117 - beyond, 32 - beyond], [117.2 + beyond, 32.2 + beyond], (2000, 2))


def test_without_areas_the_edge_of_the_city_tells() -> None:
    """As surveyed nothing lies beyond the edge; moved, a strip of half a kilometre does, until the offset is taken."""
    good = edge_test(list(shapely.points(shops())), CITY)
    offset = edge_test(list(shapely.points(to_gcj02(shops()))), CITY)
    assert (good.verdict, good.share_as_is) == ("fits", 1.0)
    assert (offset.verdict, offset.share_moved_back) == ("offset", 1.0) and offset.share_as_is < 0.9


def test_nothing_is_said_where_the_edge_tells_nothing() -> None:
    """A layer of the whole province, half of one, places of the middle only, no boundary, nothing at all."""
    province, middle = shops(beyond=0.3), (shops() - [117.1, 32.1]) * 0.8 + [117.1, 32.1]
    for places in (province, to_gcj02(province), province[province[:, 0] > 117.1], middle, to_gcj02(middle)):
        assert edge_test(list(shapely.points(places)), CITY).verdict == "undecided"
    assert edge_test([], CITY).verdict == edge_test([shapely.Point(117, 32)], None).verdict == "undecided"


def test_the_offset_is_known_and_can_be_taken_back() -> None:
    """Tiananmen: about 530 m east and 156 m north, as published many times."""
    place = np.array([[116.39748, 39.90882]])
    east, north = ((to_gcj02(place) - place)[0] * [111320 * np.cos(np.radians(39.9)), 111035]).tolist()
    assert (east, north) == pytest.approx((532, 156), abs=5)
    assert np.abs(to_cgcs2000(to_gcj02(place)) - place).max() < 1e-7
