"""Sums over weighted worlds: means, quantiles, effective numbers and Monte Carlo errors."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def weighted_mean(value: Floats, weight: Floats) -> float:
    """Mean of a value over worlds.

    Parameters
    ----------
    value : [W].
    weight : [W] unnormalised, not negative, not all zero.
    """
    return float(value @ weight / weight.sum())


def weighted_quantiles(value: Floats, weight: Floats, at: tuple[float, ...]) -> tuple[float, ...]:
    """Smallest values at or below which lies at least the given share of the weight.

    Parameters
    ----------
    value : [W].
    weight : [W] unnormalised, not negative, not all zero.
    at : shares in [0, 1].
    """
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(weight[order])
    places = np.searchsorted(reached, np.asarray(at) * reached[-1])
    return tuple(float(value[order[min(place, len(order) - 1)]]) for place in places)


def effective_worlds(weight: Floats) -> float:
    """Number of equally weighted worlds that would be as good: square of the sum over sum of squares.

    References
    ----------
    Kong 1992, A note on importance sampling using standardized weights, University of Chicago technical report 348.
    """
    return float(weight.sum() ** 2 / np.square(weight).sum())


def monte_carlo_error(value: Floats, weight: Floats) -> float:
    """Standard error of a weighted mean, as if the worlds were independent draws.

    Notes
    -----
    Delta method for a ratio of means (Owen 2013, Monte Carlo theory, methods and examples, equation 9.8). Worlds are
    scrambled Sobol points, which makes the true error smaller: this is a bound, not an estimate of it.
    """
    share = weight / weight.sum()
    return float(np.sqrt(np.sum(np.square(share * (value - value @ share)))))
