"""Sums over weighted worlds: means, quantiles, effective numbers and Monte Carlo errors."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.segments import error_of_segments
from melian.solve.kernel.words import CHUNK

Floats = NDArray[np.float64]

# Replicates whose spread tells the error: of fewer it would be too uncertain itself.
FEWEST: Final = 8


def weighted_mean(value: Floats, weight: Floats) -> float:
    """Mean of a value over worlds, which rounding never puts beyond the least or the greatest of them.

    Parameters
    ----------
    value : [W].
    weight : [W] unnormalised, not negative, not all zero.
    """
    return float(min(max(value @ weight / weight.sum(), value.min()), value.max()))


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


def influence_of(value: Floats, weight: Floats) -> Floats:
    """What each world adds to the error of a weighted mean, to first order, [W].

    Delta method for a ratio of means (Owen 2013, Monte Carlo theory, methods and examples, equation 9.8).
    """
    share = weight / weight.sum()
    found: Floats = share * (value - value @ share)
    return found


def error_of_influence(influence: Floats) -> float:
    """Standard error of what worlds add up to.

    Parameters
    ----------
    influence : [W] in the order in which worlds were drawn.

    Notes
    -----
    Told by how far replicates of the drawing differ. Where there are too few of them for that, worlds are taken for
    independent draws: points of a scrambled net are more even than such, so the error is rather too large.
    """
    starts = np.arange(0, influence.size, CHUNK)
    if starts.size < FEWEST:
        n = influence.size
        return float(np.sqrt(n / (n - 1) * np.square(influence).sum())) if n > 1 else 0.0
    return error_of_segments(np.add.reduceat(influence, starts))


def monte_carlo_error(value: Floats, weight: Floats) -> float:
    """Standard error of a weighted mean: see `error_of_influence`."""
    return error_of_influence(influence_of(value, weight))


def pareto_shape(weight: Floats) -> float:
    """Shape k of the tail of the weights: above 0.7, too few worlds carry the mean for its error to be known.

    Parameters
    ----------
    weight : [W] not negative.

    Returns
    -------
    NaN where fewer than 5 weights stand out of the rest.

    References
    ----------
    Zhang and Stephens 2009, A new and efficient estimation method for the generalized Pareto distribution,
    Technometrics 51; Vehtari, Simpson, Gelman, Yao and Gabry 2024, Pareto smoothed importance sampling, Journal of
    Machine Learning Research 25: tail of min(W / 5, 3 sqrt W) weights, prior of ten weights at k = 1/2.
    """
    ordered = np.sort(weight / weight.max())
    n_tail = int(min(len(ordered) / 5, 3 * np.sqrt(len(ordered))))
    if n_tail < 5:
        return float("nan")
    beyond = ordered[-n_tail:] - ordered[-n_tail - 1]
    beyond = beyond[beyond > 0]
    if len(beyond) < 5:
        return float("nan")
    shape = _generalised_pareto_shape(beyond)
    return (len(beyond) * shape + 10 * 0.5) / (len(beyond) + 10)


def _generalised_pareto_shape(beyond: Floats) -> float:
    """Shape of the generalised Pareto law that rising numbers above 0 follow: mean of a profile posterior."""
    n, quartile = len(beyond), beyond[int(len(beyond) / 4 + 0.5) - 1]
    n_tried = 30 + int(np.sqrt(n))
    tried = 1 / beyond[-1] + (1 - np.sqrt(n_tried / (np.arange(1, n_tried + 1) - 0.5))) / (3 * quartile)
    shapes = np.log1p(-tried[:, np.newaxis] * beyond).mean(axis=1)
    profile = n * (np.log(-tried / shapes) - shapes - 1)
    share = np.exp(profile - profile.max())
    return float(np.log1p(-(share @ tried / share.sum()) * beyond).mean())
