"""Rings of neighbouring areas, cut into the arcs they share.

A border between two areas is kept once, so neighbours cannot drift apart, the file is half as long, and the browser
knows from the arc alone which two areas it parts. An area is the even-odd inside of its arcs: holes, islands and
enclaves need no further word.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
MIN_RING_POINTS = 3
_NEIGHBOURS_ON_A_LINE = 2


@dataclass(frozen=True, slots=True)
class Rings:
    """Closed rings on a whole-number grid, without their closing points. starts: where in `points` each ring begins."""

    points: Integers
    starts: Integers
    areas: Integers

    @property
    def lengths(self) -> Integers:
        return np.diff(np.append(self.starts, len(self.points)))


@dataclass(frozen=True, slots=True)
class Arcs:
    """points: both ends of each arc included. lengths: points per arc.

    areas, arcs: pairs, sorted, of an area and an arc that bounds it.
    """

    points: Integers
    lengths: Integers
    areas: Integers
    arcs: Integers


def on_grid(points: Integers, lengths: Integers, areas: Integers) -> Rings:
    """Rings from open ones: repeated neighbours go, and rings that fall together into fewer than three points.

    lengths: points per ring; areas: the area of each ring.
    """
    before = np.arange(len(points)) - 1
    before[_starts(lengths)] += lengths
    moves = (points != points[before]).any(axis=1)
    ring_of_point = np.repeat(np.arange(len(lengths)), lengths)
    left = np.bincount(ring_of_point[moves], minlength=len(lengths))
    wide = left >= MIN_RING_POINTS
    return Rings(points[moves & wide[ring_of_point]], _starts(left[wide]), areas[wide])


def cut(rings: Rings) -> Arcs:
    """The shared arcs of rings.

    Rings part where a point has other than two neighbours on the whole map; between two such points there is one way
    only, so an arc is known by its first step. A ring without such a point begins at its lowest point in every area.
    """
    if not len(rings.points):
        nothing = np.zeros(0, dtype=np.int64)
        return Arcs(rings.points, nothing, nothing, nothing)
    rings, vertices, breaks = _begin_at_breaks(rings)
    ends = _ring_ends(rings)
    following = np.arange(len(rings.points)) + 1
    following[ends - 1] = rings.starts
    starts = np.flatnonzero(breaks)
    stops = np.append(starts[1:], len(rings.points))
    forwards = _step(vertices[starts], vertices[following[starts]])
    last = following[stops - 1]
    backwards = _step(vertices[last], vertices[stops - 1])
    _, first, arc = np.unique(np.minimum(forwards, backwards), return_index=True, return_inverse=True)
    by_appearance = np.argsort(first)
    rank = np.empty_like(by_appearance)
    rank[by_appearance] = np.arange(len(first))
    chosen = first[by_appearance]
    lengths = stops[chosen] - starts[chosen]
    points = _gather(rings.points, starts[chosen], lengths, rings.points[last[chosen]])
    ring_of_start = np.searchsorted(rings.starts, starts, side="right") - 1
    return _without_spurs(Arcs(points, lengths + 1, rings.areas[ring_of_start], rank[arc]))


def _begin_at_breaks(rings: Rings) -> tuple[Rings, Integers, npt.NDArray[np.bool_]]:
    vertices = _vertex_numbers(rings.points)
    breaks = _junctions(vertices, rings)[vertices]
    ring_of_point = np.repeat(np.arange(len(rings.starts)), rings.lengths)
    unbroken = ~np.logical_or.reduceat(breaks, rings.starts)
    lowest = vertices == np.minimum.reduceat(vertices, rings.starts)[ring_of_point]
    breaks = breaks | (lowest & unbroken[ring_of_point])
    broken_at = np.flatnonzero(breaks)
    _, first = np.unique(ring_of_point[broken_at], return_index=True)
    shift = (broken_at[first] - rings.starts)[ring_of_point]
    place = np.arange(len(vertices)) - rings.starts[ring_of_point]
    order = rings.starts[ring_of_point] + (place + shift) % rings.lengths[ring_of_point]
    return Rings(rings.points[order], rings.starts, rings.areas), vertices[order], breaks[order]


def _vertex_numbers(points: Integers) -> Integers:
    """The same number for the same place."""
    width = int(np.ptp(points[:, 1])) + 1
    places = (points[:, 0] - points[:, 0].min()) * width + points[:, 1] - points[:, 1].min()
    return np.unique(places, return_inverse=True)[1].astype(np.int64)


def _junctions(vertices: Integers, rings: Rings) -> npt.NDArray[np.bool_]:
    following = np.roll(vertices, -1)
    following[_ring_ends(rings) - 1] = vertices[rings.starts]
    edges = np.unique(_step(np.minimum(vertices, following), np.maximum(vertices, following)))
    count = int(vertices.max()) + 1
    starts, ends = edges >> _VERTEX_BITS, edges & _VERTEX_MASK
    neighbours = np.bincount(starts, minlength=count) + np.bincount(ends, minlength=count)
    return np.asarray(neighbours != _NEIGHBOURS_ON_A_LINE)


def _gather(points: Integers, starts: Integers, lengths: Integers, last: Integers) -> Integers:
    """The runs of points, each followed by its last point."""
    runs = np.repeat(starts - _starts(lengths), lengths) + np.arange(int(lengths.sum()))
    return np.insert(points[runs], np.cumsum(lengths), last, axis=0)


def _without_spurs(arcs: Arcs) -> Arcs:
    """An arc that one area runs along twice, there and back, bounds nothing of it."""
    use, count = np.unique(_step(arcs.areas, arcs.arcs), return_counts=True)
    odd = use[count % 2 == 1]
    return Arcs(arcs.points, arcs.lengths, odd >> _VERTEX_BITS, odd & _VERTEX_MASK)


_VERTEX_BITS = 31
_VERTEX_MASK = (1 << _VERTEX_BITS) - 1


def _step(start: Integers, end: Integers) -> Integers:
    return (start << _VERTEX_BITS) | end


def _starts(lengths: Integers) -> Integers:
    return np.asarray(np.cumsum(lengths) - lengths)


def _ring_ends(rings: Rings) -> Integers:
    return rings.starts + rings.lengths
