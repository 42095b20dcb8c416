"""Whole numbers as bytes: zigzag puts small numbers of either sign first, varints give small numbers few bytes."""

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
_BITS = 7
_MORE = 0x80


def encode(values: npt.ArrayLike) -> bytes:
    """Little-endian base-128 of zigzag numbers, all at once. values: integers below 2^62 in size."""
    signed = np.asarray(values, dtype=np.int64)
    numbers = ((signed << 1) ^ (signed >> 63)).astype(np.uint64)
    sizes = np.ones(len(numbers), dtype=np.int64)
    limit = 1 << _BITS
    while (longer := numbers >= limit).any():
        sizes += longer
        limit <<= _BITS
    starts = np.cumsum(sizes) - sizes
    packed = np.zeros(int(sizes.sum()), dtype=np.uint8)
    for place in range(int(sizes.max(initial=0))):
        reaches = sizes > place
        bits = (numbers[reaches] >> np.uint64(_BITS * place)) & np.uint64(_MORE - 1)
        packed[starts[reaches] + place] = bits | np.where(sizes[reaches] > place + 1, _MORE, 0).astype(np.uint64)
    return packed.tobytes()


def decode(packed: bytes) -> Integers:
    """The numbers of a whole byte string that `encode` made."""
    raw = np.frombuffer(packed, dtype=np.uint8)
    ends = np.flatnonzero(raw < _MORE)
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    numbers = np.zeros(len(ends), dtype=np.uint64)
    sizes = ends - starts + 1
    for place in range(int(sizes.max(initial=0))):
        reaches = sizes > place
        bits = (raw[starts[reaches] + place] & (_MORE - 1)).astype(np.uint64)
        numbers[reaches] |= bits << np.uint64(_BITS * place)
    return (numbers >> np.uint64(1)).astype(np.int64) ^ -(numbers & np.uint64(1)).astype(np.int64)
