"""The natural borders of the demo city: bent once, shared exactly."""

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.demo import terrain
from data_access.demo.cells import Cells, _fractal, _towards, make_cells
from data_access.demo.grouping import divide, step_costs
from data_access.demo.tiling import PLANS, Tiling, make_tiling


@pytest.fixture(scope="module")
def cells() -> Cells:
    return make_cells()


@pytest.fixture(scope="module")
def tiling(cells: Cells) -> Tiling:
    return make_tiling(cells)


@given(seed=st.integers(0, 10_000), roughness=st.floats(0.0, 2.0), west=st.floats(-3, 0.4), east=st.floats(0.6, 4))
@example(seed=1316, roughness=1.0, west=0.0, east=1.0)
@settings(max_examples=60, deadline=None)
def test_however_rough_a_border_stays_simple_and_between_the_two_seeds(
    seed: int, roughness: float, west: float, east: float
) -> None:
    start, end = np.array([0.5, 0.0]), np.array([0.5, 1.0])
    apexes = np.array([west, 0.5]), np.array([east, 0.5])
    offset = _fractal(roughness, 4, np.random.default_rng(seed))
    bent = shapely.LineString(_towards(start, end, offset, apexes))
    assert bent.is_simple
    assert shapely.Polygon([start, apexes[0], end, apexes[1]]).buffer(1e-9).covers(bent)


def test_cells_leave_no_gap_and_do_not_overlap(cells: Cells) -> None:
    assert shapely.coverage_is_valid(cells.polygons)
    assert shapely.coverage_union_all(cells.polygons).geom_type == "Polygon"


def test_no_cell_lies_on_two_banks(cells: Cells) -> None:
    across = cells.bank[cells.pairs[:, 0]] != cells.bank[cells.pairs[:, 1]]
    assert across.sum() > 100
    inner = shapely.line_interpolate_point(cells.edges[across], 0.5, normalized=True)
    assert np.median(shapely.distance(inner, terrain.waterways())) < 0.02


def test_groups_are_contiguous(cells: Cells) -> None:
    members = np.flatnonzero(cells.bank == 2)
    group = divide(cells, step_costs(cells, per_cell=True), members, 12, "test")
    assert set(group) == set(range(12))
    for number in range(12):
        pieces = shapely.coverage_union_all(cells.polygons[members[group == number]])
        assert pieces.geom_type == "Polygon"


def test_every_community_lies_in_one_subdistrict_and_that_in_one_district(tiling: Tiling) -> None:
    for inner, outer in ((tiling.community, tiling.subdistrict), (tiling.subdistrict, tiling.district)):
        pairs = np.unique(np.column_stack([inner, outer]), axis=0)
        assert len(pairs) == inner.max() + 1
    assert tiling.subdistrict.max() + 1 == sum(plan.subdistricts for plan in PLANS)
    assert tiling.community.max() + 1 == sum(plan.communities for plan in PLANS)
