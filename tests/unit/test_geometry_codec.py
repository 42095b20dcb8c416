"""Boundaries survive the way to the browser: within the grid's step, with shared borders identical and nothing lost."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.geometry import varint
from data_access.geometry.areas import encode_areas
from data_access.geometry.mercator import to_mercator
from data_access.geometry.packing import PackedAreas, unpack

OUTSIDE = -1


def drawn(packed: PackedAreas, area: int) -> shapely.Geometry:
    """The even-odd inside of the arcs of one area, in Web Mercator metres."""
    lines = [shapely.linestrings(line) for line in arc_lines(packed, area)]
    faces = shapely.get_parts(shapely.polygonize(lines))
    return shapely.union_all([face for face in faces if _is_inside(face, lines)])


def arc_lines(packed: PackedAreas, area: int) -> list[np.ndarray]:
    arcs = packed.arcs
    ends = np.cumsum(arcs.lengths)
    metres = packed.grid.metres(arcs.points)
    return [metres[ends[arc] - arcs.lengths[arc] : ends[arc]] for arc in arcs.arcs[arcs.areas == area]]


def _is_inside(face: shapely.Polygon, lines: list[shapely.LineString]) -> bool:
    point = face.representative_point()
    ray = shapely.LineString([point, (point.x + 1e7, point.y + 12_345)])
    return sum(shapely.get_num_geometries(ray.intersection(line)) for line in lines if ray.intersects(line)) % 2 == 1


def sides(packed: PackedAreas) -> list[set[int]]:
    """The areas on either side of each arc."""
    return [set(packed.arcs.areas[packed.arcs.arcs == arc].tolist()) for arc in range(len(packed.arcs.lengths))]


def tiles(columns: int, rows: int, seed: int) -> list[shapely.Polygon]:
    """Cells that fill a rectangle near Wuhan without gaps, their inner corners moved about."""
    moves = np.random.default_rng(seed).uniform(-0.3, 0.3, (columns + 1, rows + 1, 2))
    moves[[0, -1], :] = moves[:, [0, -1]] = 0

    def corner(i: int, j: int) -> tuple[float, float]:
        return 114 + 0.01 * (i + moves[i, j, 0]), 30.5 + 0.01 * (j + moves[i, j, 1])

    return [
        shapely.Polygon([corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)])
        for i in range(columns)
        for j in range(rows)
    ]


@given(st.lists(st.integers(-(2**40), 2**40)))
@settings(max_examples=50)
def test_every_whole_number_survives_packing(numbers: list[int]) -> None:
    assert varint.decode(varint.encode(numbers)).tolist() == numbers


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_areas_come_back_within_a_step_of_the_grid(columns: int, rows: int, seed: int) -> None:
    cells = tiles(columns, rows, seed)
    packed = unpack(encode_areas(cells, {}))
    for area, cell in enumerate(to_mercator(np.array(cells))):
        assert shapely.hausdorff_distance(drawn(packed, area), cell) <= packed.grid.step_m


@given(st.integers(2, 5), st.integers(2, 5), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_neighbours_share_one_border_and_only_the_rim_has_one_side(columns: int, rows: int, seed: int) -> None:
    packed = unpack(encode_areas(tiles(columns, rows, seed), {}))
    between = sides(packed)
    inner = [pair for pair in between if len(pair) == 2]
    assert len(inner) == columns * (rows - 1) + rows * (columns - 1)
    assert len({frozenset(pair) for pair in inner}) == len(inner)
    assert all(len(pair) in {1, 2} for pair in between)


def test_an_enclave_fills_the_hole_of_the_area_around_it() -> None:
    around = shapely.Polygon(
        [(114, 30), (114.3, 30), (114.3, 30.3), (114, 30.3)],
        [[(114.1, 30.1), (114.1, 30.2), (114.2, 30.2), (114.2, 30.1)]],
    )
    enclave = shapely.Polygon([(114.2, 30.1), (114.2, 30.2), (114.1, 30.2), (114.1, 30.1)])
    packed = unpack(encode_areas([around, enclave], {}))
    assert sorted(map(sorted, sides(packed))) == [[0], [0, 1]]
    assert drawn(packed, 0).intersection(drawn(packed, 1)).area == 0


def test_islands_belong_to_one_area() -> None:
    islands = shapely.MultiPolygon([shapely.box(120, 30, 120.1, 30.1), shapely.box(120.2, 30, 120.3, 30.1)])
    packed = unpack(encode_areas([islands], {}))
    assert shapely.get_num_geometries(drawn(packed, 0)) == 2


def test_an_invalid_polygon_is_drawn() -> None:
    bow_tie = shapely.Polygon([(114, 30), (114.1, 30.1), (114.1, 30), (114, 30.1)])
    assert not bow_tie.is_valid
    assert drawn(unpack(encode_areas([bow_tie], {})), 0).area > 0


def test_slivers_between_surveyed_neighbours_are_closed() -> None:
    left, right = shapely.box(114, 30, 114.1, 30.1), shapely.box(114.100001, 30, 114.2, 30.1)
    assert {0, 1} in sides(unpack(encode_areas([left, right], {})))


def test_areas_that_overlap_on_purpose_keep_their_shape() -> None:
    large, inside = shapely.box(114, 30, 114.2, 30.2), shapely.box(114.05, 30.05, 114.1, 30.1)
    packed = unpack(encode_areas([large, inside], {}))
    expected = to_mercator(np.array([large, inside]))
    assert drawn(packed, 0).area == pytest.approx(expected[0].area, rel=1e-3)
    assert drawn(packed, 1).area == pytest.approx(expected[1].area, rel=1e-3)


def test_an_area_without_boundary_keeps_its_index_and_draws_nothing() -> None:
    packed = unpack(encode_areas([None, shapely.box(114, 30, 114.1, 30.1)], {"codes": ["a", "b"]}))
    assert packed.names == {"codes": ["a", "b"]}
    assert set(packed.arcs.areas.tolist()) == {1}


def test_a_map_of_nothing_is_a_valid_file() -> None:
    assert len(unpack(encode_areas([], {"codes": []})).labels) == 0
    assert len(unpack(encode_areas([None], {"codes": ["a"]})).labels) == 1


def test_the_name_stands_inside_its_area() -> None:
    crescent = shapely.Point(114, 30).buffer(0.1).difference(shapely.Point(114.03, 30).buffer(0.09))
    packed = unpack(encode_areas([crescent], {}))
    place = shapely.Point(packed.grid.metres(packed.labels)[0])
    assert to_mercator(np.array([crescent]))[0].contains(place)
