"""Smooth monotone functions kept as tables: a bank of piecewise cubics on evenly spaced nodes, one a row.

Looking a number up costs one multiplication to find its cell and four gathers; so it is as cheap for the quantile of a
beta as for a line. All rows of a bank have the same number of cells, so that K functions are evaluated at once.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Cubics", "logit_of", "monotone_slopes"]

Floats = npt.NDArray[np.float64]

TINY = np.finfo(np.float64).tiny
"""Least step: ranges of next to no width have cells too small for a number, and nothing rises in them."""


class Cubics:
    """K increasing functions, each a cubic in every one of its cells, level beyond its ends.

    Parameters
    ----------
    first : [K] first node.
    last : [K] last node.
    values : [K, N] at the evenly spaced nodes.
    slopes : [K, N] derivatives at the nodes.
    """

    def __init__(self, first: Floats, last: Floats, values: Floats, slopes: Floats) -> None:
        n_rows, n_nodes = values.shape
        self._n_cells = n_nodes - 1
        step = np.maximum((last - first) / self._n_cells, TINY)
        self._first = first[:, None]
        self._per_step = 1.0 / step[:, None]
        self._row = (np.arange(n_rows) * self._n_cells)[:, None]
        rise = np.diff(values)
        left, right = slopes[:, :-1] * step[:, None], slopes[:, 1:] * step[:, None]
        self._parts = [
            np.ascontiguousarray(part).ravel()
            for part in (values[:, :-1], left, 3.0 * rise - 2.0 * left - right, left + right - 2.0 * rise)
        ]

    @classmethod
    def stacked(cls, banks: Sequence["Cubics"]) -> "Cubics":
        """One bank of the rows of several, which must have the same number of cells."""
        whole = cls.__new__(cls)
        whole._n_cells = banks[0]._n_cells
        whole._first = np.concatenate([bank._first for bank in banks])
        whole._per_step = np.concatenate([bank._per_step for bank in banks])
        whole._row = (np.arange(whole._first.shape[0]) * whole._n_cells)[:, None]
        whole._parts = [np.concatenate(parts) for parts in zip(*(bank._parts for bank in banks), strict=True)]
        return whole

    def __call__(self, x: Floats) -> Floats:
        """Row k of the bank at row k of `x` [K, W]."""
        cell, within = self._located(x)
        constant, linear, square, cube = self._parts
        value = cube.take(cell)
        for part in (square, linear, constant):
            value *= within
            value += part.take(cell)
        return value

    def slope(self, x: Floats) -> Floats:
        """Derivative of row k of the bank at row k of `x` [K, W]."""
        cell, within = self._located(x)
        _, linear, square, cube = (part.take(cell) for part in self._parts)
        slope: Floats = (linear + within * (2.0 * square + within * 3.0 * cube)) * self._per_step
        return slope

    def _located(self, x: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
        """Flat index of the cell and the place within it, 0 to 1."""
        within: Floats = (x - self._first) * self._per_step
        np.clip(within, 0.0, self._n_cells, out=within)
        cell = np.minimum(within.astype(np.intp), self._n_cells - 1)
        within -= cell
        cell += self._row
        return cell, within


def monotone_slopes(values: Floats, step: Floats | float, slopes: Floats | None = None) -> Floats:
    """Slopes [K, N] at evenly spaced nodes that keep increasing values increasing between them.

    Parameters
    ----------
    values : [K, N] increasing along the last axis.
    step : distance of the nodes, a number or [K, 1].
    slopes : [K, N] to be cut where they are too steep; central differences if not given.

    Notes
    -----
    Fritsch and Carlson 1980: enough that no slope is above three times the lesser of its neighbouring secants.
    """
    secants = np.diff(values) / np.maximum(step, TINY)
    before = np.concatenate([secants[:, :1], secants], axis=1)
    after = np.concatenate([secants, secants[:, -1:]], axis=1)
    wanted = (before + after) / 2.0 if slopes is None else slopes
    limited: Floats = np.clip(wanted, 0.0, 3.0 * np.minimum(before, after))
    return limited


def logit_of(u: Floats) -> Floats:
    """Log-odds; for speed by one division and one logarithm, which keeps 16 digits below one half and above."""
    odds: Floats = u / (1.0 - u)
    return np.log(odds, out=odds)
