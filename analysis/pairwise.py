"""Correlations of all pairs of columns at once, each pair over the rows that have both, by matrix products."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
_RELATIVE_ZERO = 1e-12
"""A variance below this share of the column's mean square is rounding: the column is constant there."""


def pearson_products(data: Matrix, control: Matrix | None = None) -> tuple[Matrix, Counts]:
    """r and n of every pair of columns; NaN where one of them is constant. control: taken out of both (partial r).

    Columns are centred and scaled first, which keeps the products exact for values far from zero.
    """
    known = ~np.isnan(data)
    if control is not None:
        known &= ~np.isnan(control)[:, None]
    scaled, mask = _scaled(data, known), known.astype(float)
    n = mask.T @ mask
    products = _Products(scaled, mask, n)
    if control is None:
        return _symmetric(products.correlation()), n.astype(np.int64)
    z = _scaled(control[:, None], ~np.isnan(control)[:, None])
    return _symmetric(_partial(products, z, mask, n)), n.astype(np.int64)


def spearman_products(data: Matrix) -> tuple[Matrix, Counts]:
    """As `pearson_products` of the ranks within each pair's own rows.

    Columns with the same missing rows share one ranking per pattern they meet, so complete data cost one product; the
    columns are sorted once, and each further ranking is a walk along that order.
    """
    known: npt.NDArray[np.bool_] = np.asfortranarray(~np.isnan(data))
    groups = _same_rows(known)
    order = np.concatenate(list(groups.values())) if groups else np.empty(0, int)
    columns = [_SortedColumn(data[:, place]) for place in order]
    ends = np.cumsum([0, *map(len, groups.values())])
    spans = [slice(start, end) for start, end in pairwise(ends.tolist())]
    r, n = np.full((len(order), len(order)), np.nan), np.zeros((len(order), len(order)), dtype=np.int64)
    for one in spans:
        for other in spans[: spans.index(one) + 1]:
            rows: npt.NDArray[np.bool_] = known[:, order[one.start]] & known[:, order[other.start]]
            block = _block(columns[one], columns[other], rows)
            r[one, other], r[other, one] = block, block.T
            n[one, other] = n[other, one] = int(rows.sum())
    back = np.argsort(order)
    return _symmetric(r[np.ix_(back, back)]), n[np.ix_(back, back)]


def _same_rows(known: npt.NDArray[np.bool_]) -> dict[bytes, list[int]]:
    """Places of the columns that are known in the same rows."""
    groups: dict[bytes, list[int]] = {}
    for place, column in enumerate(np.ascontiguousarray(known.T)):
        groups.setdefault(column.tobytes(), []).append(place)
    return groups


class _Products:
    """Sums of squares and products about each pair's own means."""

    def __init__(self, scaled: Matrix, mask: Matrix, n: Matrix) -> None:
        self.scaled, self.n = scaled, np.maximum(n, 1)
        self.sums = scaled.T @ mask
        squares = (scaled**2).T @ mask
        self.variation = squares - self.sums**2 / self.n
        self.variation[self.variation <= _RELATIVE_ZERO * np.maximum(squares, 1)] = np.nan
        self.joint = scaled.T @ scaled - self.sums * self.sums.T / self.n

    def correlation(self) -> Matrix:
        r: Matrix = self.joint / np.sqrt(self.variation * self.variation.T)
        return r


def _partial(products: _Products, z: Matrix, mask: Matrix, n: Matrix) -> Matrix:
    z_masked: Matrix = mask * z
    z_sums = z_masked.T @ mask
    z_variation = (z_masked * z).T @ mask - z_sums**2 / products.n
    z_variation = np.where(z_variation <= _RELATIVE_ZERO * np.maximum(n, 1), np.nan, z_variation)
    with_z = (products.scaled * z).T @ mask - products.sums * z_sums / products.n
    r_z: Matrix = (with_z / np.sqrt(products.variation * z_variation)).clip(-1, 1)
    rest = (1 - r_z**2) * (1 - r_z.T**2)
    r: Matrix = (products.correlation() - r_z * r_z.T) / np.sqrt(np.where(rest > _RELATIVE_ZERO, rest, np.nan))
    return r


class _SortedColumn:
    """A column's rows in rising order, and where equal values begin and end: all that ranking a subset needs."""

    def __init__(self, column: Matrix) -> None:
        self.order = np.argsort(column, kind="stable")
        ordered, places = column[self.order], np.arange(len(column))
        self.place = np.empty_like(self.order)
        self.place[self.order] = places
        first = np.maximum.accumulate(np.where(np.diff(ordered, prepend=np.nan) != 0, places, 0))
        self.has_ties = bool((first != places).any())
        self.first, self.after = first, np.searchsorted(first, first, side="right")

    def ranks(self, rows: npt.NDArray[np.bool_]) -> Matrix:
        """Centred average ranks of `rows`, zero elsewhere, with unit length; all zero where constant.

        Doubled they are whole numbers: the rows below an equal value, and those up to it, less all rows. rows: all of
        them with a value.
        """
        kept = rows.take(self.order)
        below = np.zeros(len(kept) + 1, dtype=np.int32)
        np.cumsum(kept, out=below[1:])
        count = int(below[-1])
        doubled = below.take(self.first) + below.take(self.after) if self.has_ties else below[:-1] + below[1:]
        doubled -= count
        doubled *= kept
        ranks = doubled.take(self.place).astype(float)
        length = float(np.sqrt(ranks @ ranks if self.has_ties else count * (count**2 - 1.0) / 3))
        return ranks / length if length > _RELATIVE_ZERO else ranks * 0


def _block(these: list[_SortedColumn], others: list[_SortedColumn], rows: npt.NDArray[np.bool_]) -> Matrix:
    left = np.array([column.ranks(rows) for column in these])
    right = left if these is others else np.array([column.ranks(rows) for column in others])
    constant = np.logical_or.outer(~left.any(axis=1), ~right.any(axis=1))
    return np.where(constant, np.nan, left @ right.T)


def _scaled(data: Matrix, known: npt.NDArray[np.bool_]) -> Matrix:
    count = np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, data, 0.0)
    mean = centred.sum(axis=0) / count
    centred = np.where(known, data - mean, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / count)
    tiny = spread <= _RELATIVE_ZERO * np.maximum(np.abs(mean), 1e-300)
    return np.where(tiny, 0.0, centred / np.where(tiny | (spread == 0), 1, spread))


def _symmetric(r: Matrix) -> Matrix:
    r = r.clip(-1, 1)
    np.fill_diagonal(r, np.where(np.isnan(np.diag(r)), np.nan, 1.0))
    return r
