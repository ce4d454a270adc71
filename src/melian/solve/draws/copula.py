"""Judgements that move together: points of the unit cube made dependent before they are turned into numbers.

A Gaussian copula (Sklar 1959; Nelsen 2006, section 2.3): normal scores with the correlations wanted, brought back to
the unit cube. Each coordinate alone stays even, so every judgement keeps its distribution, and rank correlations are
the same whatever the distributions are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Copula:
    """Dependence of K coordinates.

    Attributes
    ----------
    dimensions : [K] of the unit cube, rising.
    root : [K, K] lower triangular, times its transpose the correlations of the normal scores.
    """

    dimensions: Indices
    root: Floats

    @classmethod
    def of(cls, links: Mapping[tuple[int, int], float]) -> "Copula | None":
        """Dependence with a correlation for each pair of dimensions; None where there is none.

        Raises
        ------
        numpy.linalg.LinAlgError
            If no scores have these correlations.
        """
        if not links:
            return None
        dimensions = sorted({dimension for pair in links for dimension in pair})
        place = {dimension: at for at, dimension in enumerate(dimensions)}
        matrix = np.eye(len(dimensions))
        for (one, other), correlation in links.items():
            matrix[place[one], place[other]] = matrix[place[other], place[one]] = correlation
        root: Floats = np.linalg.cholesky(matrix).astype(np.float64)
        return cls(np.array(dimensions, dtype=np.intp), root)

    def joined(self, unit: Floats) -> Floats:
        """Coordinates [K, W] that depend on each other, from such that do not."""
        found: Floats = ndtr(np.einsum("jk,kw->jw", self.root, ndtri(unit)))
        return found

    def parted(self, joined: Floats) -> Floats:
        """Coordinates [K, W] that do not depend on each other, from such that do: `joined` undone."""
        found: Floats = ndtr(np.linalg.solve(self.root, ndtri(joined)))
        return found

    def given_rest(self, drawn: npt.NDArray[np.bool_], joined: Floats) -> Floats:
        """Coordinates [J, W] of some places [K], J of them, that follow the law that they have beside all others.

        Parameters
        ----------
        drawn : [K] which places these are.
        joined : [K, W] even numbers in these places, from which they are made, and coordinates that depend on each
            other in all others.
        """
        matrix = self.root @ self.root.T
        slope = np.linalg.solve(matrix[np.ix_(~drawn, ~drawn)], matrix[np.ix_(~drawn, drawn)]).T
        own = matrix[np.ix_(drawn, drawn)] - slope @ matrix[np.ix_(~drawn, drawn)]
        scores = ndtri(joined)
        found: Floats = ndtr(slope @ scores[~drawn] + np.linalg.cholesky(own) @ scores[drawn])
        return found

    def touches(self, dimensions: Indices) -> bool:
        """Whether any of some dimensions is among these."""
        return bool(np.isin(dimensions, self.dimensions).any())

    def put(self, joined: Floats, dimensions: Indices, units: Floats) -> None:
        """Put coordinates [K, W] where they belong among those [..., W] of some dimensions."""
        for at in np.argwhere(np.isin(dimensions, self.dimensions)):
            units[tuple(at)] = joined[np.searchsorted(self.dimensions, dimensions[tuple(at)])]
