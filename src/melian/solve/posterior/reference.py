"""Where the worlds lie by now: a normal law fitted to them, from which steps are proposed.

Points of the unit cube are looked at as normal scores, z = Phi^-1(u), so that before any evidence they are independent
standard normal numbers. Evidence moves and narrows a few directions and leaves the others as they were; a covariance of
D numbers from M worlds is noise in all those others. So only directions in which the sample differs from the standard
by more than chance would have it are taken from the sample.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Share by which a variance has to lie outside what chance gives, and standard errors by which a mean has to.
BEYOND: Final = 0.1
MEAN_ERRORS: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Normal law N(mean, A A), A = I + V diag(scale - 1) V': standard but for R directions and its mean.

    Attributes
    ----------
    mean : [D].
    vectors : [D, R] orthonormal directions V in which the spread is not 1, one a column.
    scale : [R] standard deviation in each of them.
    """

    mean: Floats
    vectors: Floats
    scale: Floats

    def whitened(self, scores: Floats) -> Floats:
        """Scores [D, W] as standard normal numbers of this law."""
        apart = scores - self.mean[:, np.newaxis]
        return self._stretched(apart, 1.0 / self.scale)

    def coloured(self, white: Floats) -> Floats:
        """Inverse of `whitened`."""
        found = self._stretched(white, self.scale)
        found += self.mean[:, np.newaxis]
        return found

    def _stretched(self, points: Floats, by: Floats) -> Floats:
        """Points with each of the directions stretched; not by matrix products, which would start threads."""
        along = np.einsum("dr,dw->rw", self.vectors, points)
        along *= (by - 1.0)[:, np.newaxis]
        found: Floats = np.einsum("dr,rw->dw", self.vectors, along)
        found += points
        return found


def fit(scores: Floats, effective: float) -> Reference:
    """Fit the law to normal scores [D, W].

    Parameters
    ----------
    effective : worlds that are not copies of each other; noise is told from signal by their number.

    References
    ----------
    Marchenko and Pastur 1967: with no signal the eigenvalues of a sample covariance lie between (1 - q)^2 and
    (1 + q)^2, q^2 = D / W.
    """
    mean = scores.mean(axis=1)
    apart = scores - mean[:, np.newaxis]
    values, vectors = np.linalg.eigh(apart @ apart.T / scores.shape[1])
    q = np.sqrt(scores.shape[0] / effective)
    least, most = max(1 - q, 0.0) ** 2 * (1 - BEYOND), (1 + q) ** 2 * (1 + BEYOND)
    wide = (values < least) | (values > most)
    along = vectors.T @ mean
    moved = np.abs(along) > MEAN_ERRORS / np.sqrt(effective)
    centre = vectors @ np.where(moved, along, 0.0)
    return Reference(centre, np.ascontiguousarray(vectors[:, wide]), np.sqrt(np.maximum(values[wide], 1e-12)))
