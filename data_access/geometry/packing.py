"""Areas as one compact binary, and back.

Layout, all numbers little endian: `CVA1`; three float64 (west, north, step in Web Mercator metres); eight uint32
(areas, arcs, points, and the byte lengths of the four streams and of the names); then the streams as zigzag varints:
`bounds` (per area its number of arcs, then the arcs, each as the step from the one before), `lengths` (points per
arc), `points` (x then y of every point, as the step from the one before; y grows southwards), `labels` (per area x and
y of the place for its name, likewise); last the names as JSON.
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from data_access.geometry import varint
from data_access.geometry.topology import Arcs, Integers

MAGIC = b"CVA1"
_HEADER = struct.Struct("<4s3d8I")


@dataclass(frozen=True, slots=True)
class Grid:
    """Whole-number grid over the Web Mercator plane: x from west eastwards, y from north southwards, step_m apart."""

    west_m: float
    north_m: float
    step_m: float

    def snap(self, metres: npt.NDArray[np.float64]) -> Integers:
        corner = np.array([self.west_m, -self.north_m])
        return np.asarray(np.rint((metres * [1, -1] - corner) / self.step_m), dtype=np.int64)

    def metres(self, points: Integers) -> npt.NDArray[np.float64]:
        return np.asarray(points * [self.step_m, -self.step_m] + [self.west_m, self.north_m])


@dataclass(frozen=True, slots=True)
class PackedAreas:
    """What the binary holds. labels: one point per area. names: JSON-able, in the order of the areas."""

    grid: Grid
    arcs: Arcs
    labels: Integers
    names: dict[str, Any]


def pack(areas: PackedAreas) -> bytes:
    arcs, grid = areas.arcs, areas.grid
    names = orjson.dumps(areas.names)
    streams = [
        varint.encode(_bounds(arcs, len(areas.labels))),
        varint.encode(arcs.lengths),
        varint.encode(_steps(arcs.points)),
        varint.encode(_steps(areas.labels)),
    ]
    sizes = [len(stream) for stream in (*streams, names)]
    header = _HEADER.pack(
        MAGIC, grid.west_m, grid.north_m, grid.step_m, len(areas.labels), len(arcs.lengths), len(arcs.points), *sizes
    )
    return b"".join([header, *streams, names])


def unpack(packed: bytes) -> PackedAreas:
    _, west, north, step, count, _, _, *sizes = _HEADER.unpack_from(packed)
    ends = _HEADER.size + np.cumsum(sizes)
    bounds, lengths, points, labels, names = (packed[end - size : end] for end, size in zip(ends, sizes, strict=True))
    area_of_arc, arc = _from_bounds(varint.decode(bounds), count)
    arcs = Arcs(_positions(points), varint.decode(lengths), area_of_arc, arc)
    return PackedAreas(Grid(west, north, step), arcs, _positions(labels), orjson.loads(names))


def _bounds(arcs: Arcs, count: int) -> Integers:
    """Numbers of arcs of all areas, then the steps from arc to arc. arcs.areas is sorted."""
    return np.concatenate([np.bincount(arcs.areas, minlength=count), np.diff(arcs.arcs, prepend=0)])


def _from_bounds(numbers: Integers, count: int) -> tuple[Integers, Integers]:
    return np.repeat(np.arange(count), numbers[:count]), np.cumsum(numbers[count:])


def _steps(points: Integers) -> Integers:
    return np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).reshape(-1)


def _positions(stream: bytes) -> Integers:
    return np.asarray(np.cumsum(varint.decode(stream).reshape(-1, 2), axis=0))
