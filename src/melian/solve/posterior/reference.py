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
    """Normal law N(mean, V diag(scale^2) V').

    Attributes
    ----------
    mean : [D].
    vectors : [D, D] orthonormal directions V, one a column.
    scale : [D] standard deviation in each direction.
    informed : directions that differ from the standard normal law.
    """

    mean: Floats
    vectors: Floats
    scale: Floats
    informed: int

    def whitened(self, scores: Floats) -> Floats:
        """Scores [D, W] as standard normal numbers of this law."""
        found: Floats = (self.vectors.T @ (scores - self.mean[:, np.newaxis])) / self.scale[:, np.newaxis]
        return found

    def coloured(self, white: Floats) -> Floats:
        """Inverse of `whitened`."""
        found: Floats = self.mean[:, np.newaxis] + self.vectors @ (self.scale[:, np.newaxis] * white)
        return found


def fit(scores: Floats) -> Reference:
    """Fit the law to normal scores [D, W].

    References
    ----------
    Marchenko and Pastur 1967: with no signal the eigenvalues of a sample covariance lie between (1 - q)^2 and
    (1 + q)^2, q^2 = D / W.
    """
    n_dimensions, n_worlds = scores.shape
    mean = scores.mean(axis=1)
    apart = scores - mean[:, np.newaxis]
    values, vectors = np.linalg.eigh(apart @ apart.T / n_worlds)
    q = np.sqrt(n_dimensions / n_worlds)
    least, most = (1 - q) ** 2 * (1 - BEYOND), (1 + q) ** 2 * (1 + BEYOND)
    wide = (values < least) | (values > most)
    scale = np.sqrt(np.where(wide, np.maximum(values, 1e-12), 1.0))
    along = vectors.T @ mean
    moved = np.abs(along) > MEAN_ERRORS / np.sqrt(n_worlds)
    return Reference(vectors @ np.where(moved, along, 0.0), vectors, scale, int((wide | moved).sum()))
