"""Correlations of all pairs of columns at once, each pair over the rows that have both, by matrix products."""

from typing import Any

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
    known: npt.NDArray[np.bool_] = ~np.isnan(data)
    patterns, group = np.unique(known, axis=1, return_inverse=True)
    columns = [np.flatnonzero(group.ravel() == one) for one in range(patterns.shape[1])]
    sorted_columns = [_SortedColumn(column) for column in data.T]
    width = data.shape[1]
    r, n = np.full((width, width), np.nan), np.zeros((width, width), dtype=np.int64)
    for one, these in enumerate(columns):
        for other in range(one + 1):
            rows: npt.NDArray[np.bool_] = np.logical_and(patterns[:, one], patterns[:, other])
            block = _block([sorted_columns[k] for k in these], [sorted_columns[k] for k in columns[other]], rows)
            r[np.ix_(these, columns[other])] = block
            r[np.ix_(columns[other], these)] = block.T
            n[np.ix_(these, columns[other])] = n[np.ix_(columns[other], these)] = int(rows.sum())
    return _symmetric(r), n


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
    """A column's rows in rising order, and which of them are equal: all that ranking a subset needs."""

    def __init__(self, column: Matrix) -> None:
        order = np.argsort(column, kind="stable")[: int((~np.isnan(column)).sum())]
        self.order = order
        ordered = column[order]
        self.level = np.concatenate([[0], np.cumsum(ordered[1:] != ordered[:-1])]) if len(order) else order
        self.has_ties = len(order) > 0 and self.level[-1] + 1 < len(order)

    def ranks(self, rows: npt.NDArray[np.bool_]) -> Matrix:
        """Centred average ranks of `rows`, zero elsewhere, with unit length; all zero where constant."""
        kept = rows[self.order]
        ranks = np.zeros(len(rows))
        count = int(kept.sum())
        ranks[self.order[kept]] = self._average(self.level[kept], count) - (count + 1) / 2
        length = np.sqrt(ranks @ ranks)
        return ranks / length if length > _RELATIVE_ZERO else ranks * 0

    def _average(self, level: npt.NDArray[Any], count: int) -> Matrix:
        if not self.has_ties:
            return np.arange(1.0, count + 1)
        starts = np.flatnonzero(np.diff(level, prepend=-1))
        sizes = np.diff(np.append(starts, count))
        return np.repeat(starts + (sizes + 1) / 2, sizes)


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
