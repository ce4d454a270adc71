"""Quantiles, cumulative chances and densities of the named families, on arrays."""

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, betaln, expit, logit, ndtr, ndtri

from melian.model.distribution import Distribution

__all__ = ["cumulative", "density", "quantile"]

Floats = npt.NDArray[np.float64]


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """Number below which the share `u` of the mass lies."""
    low, high, given = distribution.low, distribution.high, distribution.arguments
    match distribution.family:
        case "point":
            return np.full_like(u, low)
        case "uniform":
            x = low + (high - low) * u
        case "loguniform":
            x = low * np.exp(np.log(high / low) * u)
        case "logitnormal":
            x = low + (high - low) * expit(given[0] + given[1] * ndtri(u))
        case "normal" | "lognormal":
            ends = np.array([low, high])
            if distribution.family == "lognormal":
                with np.errstate(divide="ignore"):
                    ends = np.log(ends)
            a, b = ndtr((ends - given[0]) / given[1])
            x = given[0] + given[1] * ndtri(a + (b - a) * u)
            if distribution.family == "lognormal":
                x = np.exp(x)
        case "beta" | "pert":
            x = low + (high - low) * betaincinv(given[0], given[1], u)
        case "triangular":
            rise = (given[0] - low) / (high - low)
            up = np.sqrt(u * rise)
            down = 1 - np.sqrt((1 - u) * (1 - rise))
            x = low + (high - low) * np.where(u < rise, up, down)
    clipped: Floats = np.clip(x, low, high)
    return clipped


def cumulative(distribution: Distribution, x: Floats) -> Floats:
    """Share of the mass at or below `x`."""
    raise NotImplementedError


def density(distribution: Distribution, x: Floats) -> Floats:
    """Mass per unit at `x`."""
    raise NotImplementedError
