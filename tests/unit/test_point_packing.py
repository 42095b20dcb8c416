"""Points packed for the browser: none is lost, each stands where it was, and the two ends agree on the bytes."""

import json
import struct
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_access.points.packing import FINEST_STEP_M, OVERVIEW_ACROSS, pack_overview, pack_points

FILES = Path(__file__).parents[1] / "js" / "data"
METRES = arrays(np.float64, st.tuples(st.integers(0, 60), st.just(2)), elements=st.floats(-2e7, 2e7))
HEADER = 48


def some_points() -> tuple[np.ndarray, np.ndarray]:
    """500 in a square of 100 km in the west, one 200 km east of it."""
    chance = np.random.default_rng(4)
    near = chance.uniform(0, 100_000, (500, 2)) + np.array([12_700_000, 3_500_000])
    return np.vstack([near, [12_950_000, 3_550_000]]), np.append(np.arange(500) % 3, 3)


NAMES = {"categories": ["学校", "医院", "公园", "<img src=x>"], "counts": [167, 167, 166, 1], "total": 501}


def unpacked(packed: bytes) -> tuple[np.ndarray, np.ndarray, dict[str, object]]:
    """Metres, categories and names, read by the layout that the module describes."""
    west, north, step = struct.unpack_from("<3d", packed, 4)
    count, columns, rows, cell, names = struct.unpack_from("<5I", packed, 28)
    starts = np.frombuffer(packed, "<u4", columns * rows + 1, HEADER)
    at = HEADER + starts.nbytes
    inside = np.stack([np.frombuffer(packed, "<u2", count, at + shift) for shift in (0, 2 * count)], axis=1)
    category = np.frombuffer(packed, "u1", count, at + 4 * count)
    number = np.repeat(np.arange(columns * rows), np.diff(starts.astype(np.int64)))
    place = np.stack([number % columns, number // columns], axis=1) * cell + inside + 0.5
    said = json.loads(packed[-names:])
    return np.array([west, north]) + place * [step, -step], category, said


@settings(max_examples=40)
@given(METRES)
def test_every_point_is_in_the_file_within_a_step_of_where_it_stands(metres: np.ndarray) -> None:
    packed = pack_points(metres, np.zeros(len(metres), dtype=np.int64), {})
    found, _, _ = unpacked(packed.packed)
    extent = max(np.ptp(metres, axis=0).max(), 1.0) if len(metres) else 1.0
    assert sorted(packed.order) == list(range(len(metres)))
    assert np.abs(found - metres[packed.order]).max(initial=0) <= max(FINEST_STEP_M, extent / 60_000) * 1.01


def test_categories_and_names_stay_with_their_points() -> None:
    metres, category = some_points()
    packed = pack_points(metres, category, NAMES)
    _, kinds, said = unpacked(packed.packed)
    assert (kinds == category[packed.order]).all()
    assert said == NAMES


@settings(max_examples=40)
@given(METRES)
def test_an_overview_counts_every_point_once(metres: np.ndarray) -> None:
    packed = pack_overview(metres, np.zeros(len(metres), dtype=np.int64), {})
    (entries,) = struct.unpack_from("<I", packed, 28)
    counts = np.frombuffer(packed, "<u4", entries, HEADER + 4 * (OVERVIEW_ACROSS + 1))
    assert counts.sum() == len(metres)


def test_the_files_of_the_browser_tests_are_those_that_the_server_writes() -> None:
    metres, category = some_points()
    written = {
        "points.bin": pack_points(metres, category, NAMES).packed,
        "points-overview.bin": pack_overview(metres, category, NAMES | {"points": "x.bin"}),
    }
    for name, packed in written.items():
        assert (FILES / name).read_bytes() == packed, name
