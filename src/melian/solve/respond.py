"""Rules of choices: logit and best responses to expected utilities, for a block of worlds."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Expected utilities lie in [0, 1]; nearer than this they are the same number written by different sums.
TIE: Final = 1e-9


def logit_response(weighed: Floats, axis: int) -> None:
    """Turn precision times expected utility into chances of the options, in place.

    Parameters
    ----------
    weighed : [..., O, ..., W] precision times expected utility; overwritten.
    axis : of the options.

    References
    ----------
    McKelvey and Palfrey 1998, Quantal response equilibria for extensive form games, Experimental Economics 1, equation 3.
    """
    weighed -= weighed.max(axis=axis, keepdims=True)
    np.exp(weighed, out=weighed)
    weighed /= weighed.sum(axis=axis, keepdims=True)


def best_response(weighed: Floats, axis: int) -> None:
    """Turn expected utility into chances of the options, in place: the best share all, evenly where they tie."""
    best = weighed.max(axis=axis, keepdims=True)
    np.greater_equal(weighed, best - TIE, out=weighed, casting="unsafe")
    weighed /= weighed.sum(axis=axis, keepdims=True)
