import io

import numpy as np
import pytest
import shapely
from PIL import Image

from dashboard.exports.locator import Point, Shape, locator_png

CITY = [Shape("西区", shapely.box(114.0, 30.0, 114.2, 30.2)), Shape("东区", shapely.box(114.2, 30.0, 114.4, 30.2))]
RED = np.array([194, 50, 28])


def red_places(png: bytes) -> np.ndarray:
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    return np.argwhere(np.abs(pixels - RED).max(axis=2) < 12)


def test_a_problem_in_the_east_is_drawn_in_the_east_and_one_in_the_north_above() -> None:
    east = red_places(locator_png(CITY, [Point("1", 114.35, 30.1)], None)).mean(axis=0)
    north_west = red_places(locator_png(CITY, [Point("1", 114.05, 30.19)], None)).mean(axis=0)
    assert north_west[1] < east[1] and north_west[0] < east[0]


def test_a_problem_outside_the_city_does_not_shrink_the_city() -> None:
    alone = locator_png(CITY, [Point("1", 114.1, 30.1)], None)
    with_stray = locator_png(CITY, [Point("1", 114.1, 30.1), Point("2", 0.0, 0.0)], None)
    assert np.allclose(red_places(alone).mean(axis=0), red_places(with_stray).mean(axis=0))


def test_points_without_any_boundary_still_have_a_map_and_nothing_at_all_has_none() -> None:
    assert len(red_places(locator_png([], [Point("1", 114.1, 30.1)], None)))
    with pytest.raises(ValueError, match="nothing"):
        locator_png([], [], None)
