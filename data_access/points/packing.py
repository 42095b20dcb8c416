"""Points as compact binaries that a browser reads without unpacking; assets/js/point_decode.js is the other end.

Both files are little endian and start with a magic word, three float64 (west, north, step in Web Mercator metres) and
five uint32. `CVP1`, every point: (points, columns, rows, steps per cell, bytes of names); `starts` uint32 per cell of
the grid, row by row from the north-west, and one at the end; x, then y of every point inside its cell as uint16;
category as uint8; names as JSON. `CVO1`, how many lie where: (entries, columns, rows, 1, bytes of names); `starts`
uint32 per row and one at the end; per entry its count as uint32, column as uint16, category as uint8; names.
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

FINEST_STEP_M = 0.25
POINTS_PER_CELL = 48
MOST_CELLS_ACROSS = 128
OVERVIEW_ACROSS = 400
"""Cells of the overview along the longer side: about 2½ pixels of a full-HD map that shows the whole city."""
_HEADER = struct.Struct("<4s3d5I")
_LARGEST_SHORT = 60_000

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PackedPoints:
    """packed: the file. order: which of the points given stands at each place of the file."""

    packed: bytes
    order: Integers


def pack_points(metres: Floats, category: Integers, names: dict[str, Any]) -> PackedPoints:
    """metres: (n, 2) Web Mercator. category: 0–255 per point. names: JSON-able, read back by the browser."""
    west, north, extent = _frame(metres)
    across = int(np.clip(np.sqrt(len(metres) / POINTS_PER_CELL), 1, MOST_CELLS_ACROSS))
    step = max(FINEST_STEP_M, extent / across / _LARGEST_SHORT)
    cell = int(np.ceil((extent + step) / across / step))
    place = np.floor((metres - [west, north]) * [1, -1] / step).astype(np.int64)
    column, row = (place // cell).T
    number = row * across + column
    order = np.argsort(number, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(number, minlength=across * across))])
    inside = (place % cell)[order]
    streams = [
        starts.astype("<u4"),
        inside[:, 0].astype("<u2"),
        inside[:, 1].astype("<u2"),
        category[order].astype("u1"),
    ]
    return PackedPoints(_file(b"CVP1", (west, north, step), (len(metres), across, across, cell), streams, names), order)


def pack_overview(metres: Floats, category: Integers, names: dict[str, Any]) -> bytes:
    """How many points of each category lie in each small cell: what a city view needs of them."""
    west, north, extent = _frame(metres)
    step = max(FINEST_STEP_M, extent / OVERVIEW_ACROSS) * (1 + 1e-9)
    column, row = np.floor((metres - [west, north]) * [1, -1] / step).astype(np.int64).T
    key = (row * OVERVIEW_ACROSS + column) * 256 + category
    entries, count = np.unique(key, return_counts=True)
    at, kind = np.divmod(entries, 256)
    row, column = np.divmod(at, OVERVIEW_ACROSS)
    starts = np.searchsorted(row, np.arange(OVERVIEW_ACROSS + 1))
    streams = [starts.astype("<u4"), count.astype("<u4"), column.astype("<u2"), kind.astype("u1")]
    grid = (len(entries), OVERVIEW_ACROSS, OVERVIEW_ACROSS, 1)
    return _file(b"CVO1", (west, north, step), grid, streams, names)


def _frame(metres: Floats) -> tuple[float, float, float]:
    """West, north and the longer side; a square of a metre where there is one point or none."""
    if not len(metres):
        return 0.0, 0.0, 1.0
    (west, south), (east, north) = metres.min(axis=0), metres.max(axis=0)
    return float(west), float(north), max(float(east - west), float(north - south), 1.0)


def _file(
    magic: bytes, place: tuple[float, float, float], sizes: tuple[int, ...], streams: list[Any], names: dict[str, Any]
) -> bytes:
    said = orjson.dumps(names)
    header = _HEADER.pack(magic, *place, *sizes, len(said))
    return b"".join([header, *(stream.tobytes() for stream in streams), said])
