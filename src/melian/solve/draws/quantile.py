"""Quantiles, cumulative chances and densities of the named families, on arrays.

The work is done by `Bank`: K distributions of one family, evaluated at once on arrays [K, W], because a call of numpy
costs as much as a thousand of its numbers. Each family has a closed form except beta (and so PERT), whose quantile is
kept as a table of log-odds of x against log-odds of u: in the tails the one is a straight line in the other, so that
512 cubic cells from u = 2e-16 upwards give x to 2e-6 of itself for shapes from 0.2 up (`tests/solve/test_quantile.py`
holds the bound), at a hundredth of the cost of inverting the incomplete beta function in every world.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betainccinv, betaincinv, betaln, ndtr, ndtri

from melian.model.distribution import Distribution
from melian.solve.draws.table import Cubics, logit_of, monotone_slopes

__all__ = ["Bank", "bank", "cumulative", "density", "quantile"]

Floats = npt.NDArray[np.float64]
Cut = tuple[float, float]

BETA_REACH = 36.0
"""Log-odds of u at the ends of a beta's table: exp(-36) is 2e-16."""

BETA_CELLS = 512
LEADING_TERM_BELOW = -400.0
"""Natural logarithm of x below which the beta quantile is its leading term."""

LEAST_LOG_ODDS = 700.0
"""Log-odds beyond which exp would overflow; x is then 0 or 1 to the last digit."""


def quantile(distribution: Distribution, u: npt.ArrayLike) -> Floats:
    """Number below which the share `u` of the mass lies, in the shape of `u`."""
    return _in_shape(bank((distribution,)).quantile, u)


def cumulative(distribution: Distribution, x: npt.ArrayLike) -> Floats:
    """Share of the mass at or below `x`, in the shape of `x`."""
    return _in_shape(bank((distribution,)).cumulative, x)


def density(distribution: Distribution, x: npt.ArrayLike) -> Floats:
    """Mass per unit at `x`, in the shape of `x`; 0 outside the support. A point has none."""
    return _in_shape(bank((distribution,)).density, x)


class Bank(ABC):
    """K distributions of one family, each cut to a part of its support.

    Parameters
    ----------
    distributions : of one family.
    cuts : [K] lower and upper end of the part to which each is cut; the whole support if not given.

    Notes
    -----
    All methods take and give [K, W]. Quantiles never leave the cut, whatever the rounding.
    """

    def __init__(self, distributions: Sequence[Distribution], cuts: Sequence[Cut] | None = None) -> None:
        self.low = _column(d.low for d in distributions)
        self.high = _column(d.high for d in distributions)
        ends = cuts or [(d.low, d.high) for d in distributions]
        self.cut_low = np.maximum(_column(cut[0] for cut in ends), self.low)
        self.cut_high = np.minimum(_column(cut[1] for cut in ends), self.high)
        self.given = [_column(column) for column in zip(*(d.arguments for d in distributions), strict=True)]
        self.prepare()

    @abstractmethod
    def prepare(self) -> None:
        """Work out what does not depend on the world."""

    @abstractmethod
    def raw_quantile(self, u: Floats) -> Floats:
        """Quantile within the cut, up to rounding; may overwrite `u`."""

    @abstractmethod
    def raw_cumulative(self, x: Floats) -> Floats:
        """Cumulative chance within the cut, for `x` inside it."""

    @abstractmethod
    def raw_density(self, x: Floats) -> Floats:
        """Density within the cut, for `x` inside it."""

    def quantile(self, u: Floats) -> Floats:
        """Numbers below which the shares `u` lie; `u` may be overwritten."""
        x = self.raw_quantile(u)
        np.clip(x, self.cut_low, self.cut_high, out=x)
        return x

    def draw(self, unit: Floats) -> Floats:
        """Quantiles at the unit cube [1, K, W], which may be overwritten."""
        return self.quantile(unit[0])[None]

    def cumulative(self, x: Floats) -> Floats:
        """Shares at or below `x`."""
        inside = np.clip(x, self.cut_low, self.cut_high)
        return np.clip(self.raw_cumulative(inside), 0.0, 1.0)

    def density(self, x: Floats) -> Floats:
        """Mass per unit at `x`."""
        outside = (x < self.cut_low) | (x > self.cut_high)
        with np.errstate(all="ignore"):
            return np.where(outside, 0.0, self.raw_density(np.clip(x, self.cut_low, self.cut_high)))


class _Point(Bank):
    def prepare(self) -> None:
        pass

    def raw_quantile(self, u: Floats) -> Floats:
        return np.broadcast_to(self.low, u.shape).copy()

    def cumulative(self, x: Floats) -> Floats:
        return np.where(x >= self.low, 1.0, 0.0)

    def raw_cumulative(self, x: Floats) -> Floats:
        return np.ones_like(x)

    def raw_density(self, x: Floats) -> Floats:
        return np.full_like(x, np.inf)


class _Uniform(Bank):
    def prepare(self) -> None:
        self._width = self.cut_high - self.cut_low

    def raw_quantile(self, u: Floats) -> Floats:
        u *= self._width
        u += self.cut_low
        return u

    def raw_cumulative(self, x: Floats) -> Floats:
        share: Floats = (x - self.cut_low) / self._width
        return share

    def raw_density(self, x: Floats) -> Floats:
        return np.broadcast_to(1.0 / self._width, x.shape)


class _LogUniform(Bank):
    def prepare(self) -> None:
        self._log_low = np.log(self.cut_low)
        self._log_width = np.log(self.cut_high) - self._log_low

    def raw_quantile(self, u: Floats) -> Floats:
        u *= self._log_width
        u += self._log_low
        return np.exp(u, out=u)

    def raw_cumulative(self, x: Floats) -> Floats:
        share: Floats = (np.log(x) - self._log_low) / self._log_width
        return share

    def raw_density(self, x: Floats) -> Floats:
        height: Floats = 1.0 / (x * self._log_width)
        return height


class _Gaussian(Bank):
    """Normal of some function of x: the number itself, its logarithm or its logit."""

    def to_line(self, x: Floats) -> Floats:
        """Where `x` lies on the line on which the number is normal."""
        return x

    def from_line(self, z: Floats) -> Floats:
        """The number at `z` of that line; may overwrite `z`."""
        return z

    def line_slope(self, x: Floats) -> Floats:
        """Derivative of `to_line`."""
        return np.ones_like(x)

    def prepare(self) -> None:
        mean, sd = self.given
        with np.errstate(divide="ignore"):
            low, high = ((self.to_line(cut) - mean) / sd for cut in (self.cut_low, self.cut_high))
        # Chances are taken from the side on which the cut lies, where they keep their digits.
        side = np.where(low > 0.0, -1.0, 1.0)
        self._mean, self._scale = mean, side * sd
        self._start = ndtr(side * low)
        self._share = ndtr(side * high) - self._start
        self._is_whole = bool(np.all(self._start == 0.0) and np.all(self._share == 1.0))
        self._log_share = np.log(np.abs(self._share))

    def raw_quantile(self, u: Floats) -> Floats:
        if not self._is_whole:
            u *= self._share
            u += self._start
        z = ndtri(u, out=u)
        z *= self._scale
        z += self._mean
        return self.from_line(z)

    def raw_cumulative(self, x: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            z = (self.to_line(x) - self._mean) / self._scale
        share: Floats = ndtr(z)
        return share if self._is_whole else (share - self._start) / self._share

    def raw_density(self, x: Floats) -> Floats:
        z = (self.to_line(x) - self._mean) / self._scale
        log_density = -0.5 * (z * z + np.log(2.0 * np.pi)) - np.log(np.abs(self._scale)) - self._log_share
        # At the ends of the line 0 times inf stands for the limit, which is 0.
        height: Floats = np.nan_to_num(np.exp(log_density) * self.line_slope(x), nan=0.0, posinf=0.0)
        return height


class _LogNormal(_Gaussian):
    def to_line(self, x: Floats) -> Floats:
        return np.log(x)

    def from_line(self, z: Floats) -> Floats:
        return np.exp(z, out=z)

    def line_slope(self, x: Floats) -> Floats:
        return 1.0 / x


class _LogitNormal(_Gaussian):
    def to_line(self, x: Floats) -> Floats:
        return np.log((x - self.low) / (self.high - x))

    def from_line(self, z: Floats) -> Floats:
        return _scaled_expit(z, self.low, self.high)

    def line_slope(self, x: Floats) -> Floats:
        return 1.0 / (x - self.low) + 1.0 / (self.high - x)


class _Triangular(Bank):
    def prepare(self) -> None:
        self._rise = (self.given[0] - self.low) / (self.high - self.low)
        self._start = self._whole_cumulative(self.cut_low)
        self._share = self._whole_cumulative(self.cut_high) - self._start

    def raw_quantile(self, u: Floats) -> Floats:
        u = self._start + self._share * u
        up = np.sqrt(u * self._rise)
        down = 1.0 - np.sqrt((1.0 - u) * (1.0 - self._rise))
        return self.low + (self.high - self.low) * np.where(u < self._rise, up, down)

    def raw_cumulative(self, x: Floats) -> Floats:
        return (self._whole_cumulative(x) - self._start) / self._share

    def raw_density(self, x: Floats) -> Floats:
        share = (x - self.low) / (self.high - self.low)
        height = np.where(share < self._rise, share / self._rise, (1.0 - share) / (1.0 - self._rise))
        # A mode at an end leaves 0 / 0 there: the density is at its height.
        height = np.nan_to_num(height, nan=1.0)
        return 2.0 * height / (self.high - self.low) / self._share

    def _whole_cumulative(self, x: Floats) -> Floats:
        share = (x - self.low) / (self.high - self.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            below = share * share / self._rise
            above = 1.0 - (1.0 - share) ** 2 / (1.0 - self._rise)
        return np.where(share < self._rise, below, np.where(share < 1.0, above, 1.0))


class _Beta(Bank):
    def prepare(self) -> None:
        a, b = self.given
        shapes = zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)
        self._table = Cubics.stacked([_beta_table(*shape) for shape in shapes])
        self._start = betainc(a, b, self._share_of_scale(self.cut_low))
        self._share = betainc(a, b, self._share_of_scale(self.cut_high)) - self._start

    def raw_quantile(self, u: Floats) -> Floats:
        u *= self._share
        u += self._start
        with np.errstate(divide="ignore"):
            log_odds = self._table(logit_of(u))
        return _scaled_expit(log_odds, self.low, self.high)

    def raw_cumulative(self, x: Floats) -> Floats:
        share: Floats = (betainc(*self.given, self._share_of_scale(x)) - self._start) / self._share
        return share

    def raw_density(self, x: Floats) -> Floats:
        a, b = self.given
        share = self._share_of_scale(x)
        log_density = _times_log(a - 1.0, share) + _times_log(b - 1.0, 1.0 - share) - betaln(a, b)
        scaled: Floats = np.exp(log_density) / (self.high - self.low) / self._share
        return scaled

    def _share_of_scale(self, x: Floats) -> Floats:
        return (x - self.low) / (self.high - self.low)


_BANKS: dict[str, type[Bank]] = {
    "point": _Point,
    "uniform": _Uniform,
    "loguniform": _LogUniform,
    "normal": _Gaussian,
    "lognormal": _LogNormal,
    "logitnormal": _LogitNormal,
    "triangular": _Triangular,
    "beta": _Beta,
    "pert": _Beta,
}


def bank(distributions: Sequence[Distribution], cuts: Sequence[Cut] | None = None) -> Bank:
    """Bank of distributions that are all of one family, each cut to [low, high] of `cuts`."""
    return _BANKS[distributions[0].family](distributions, cuts)


@lru_cache(maxsize=256)
def _beta_table(a: float, b: float) -> Cubics:
    """Log-odds of the quantile against log-odds of u."""
    nodes = np.linspace(-BETA_REACH, BETA_REACH, BETA_CELLS + 1)
    log_x = _log_quantile(a, b, nodes)
    log_rest = np.log1p(-np.exp(np.minimum(log_x, -np.log(2.0))))
    is_high = log_x > -np.log(2.0)  # where 1 - x is the smaller one, it is inverted too, to keep its digits
    log_rest[is_high] = _log_quantile(b, a, -nodes[is_high])
    log_uv = -np.abs(nodes) - 2.0 * np.log1p(np.exp(-np.abs(nodes)))  # of u (1 - u)
    slopes = np.exp(log_uv - (a * log_x + b * log_rest - betaln(a, b)))[None]
    values = (log_x - log_rest)[None]
    ends = np.array([-BETA_REACH]), np.array([BETA_REACH])
    return Cubics(*ends, values, monotone_slopes(values, 2.0 * BETA_REACH / BETA_CELLS, slopes))


def _log_quantile(a: float, b: float, log_odds: Floats) -> Floats:
    """Natural logarithm of the beta quantile at u of these log-odds."""
    lesser = 1.0 / (1.0 + np.exp(np.abs(log_odds)))
    is_low = log_odds <= 0.0
    x = np.empty_like(lesser)
    x[is_low] = betaincinv(a, b, lesser[is_low])
    x[~is_low] = betainccinv(a, b, lesser[~is_low])
    log_u = np.where(is_low, np.log(lesser), np.log1p(-lesser))
    # Where x would underflow its leading term is exact: u = x^a / (a B(a, b)).
    leading = (log_u + np.log(a) + betaln(a, b)) / a
    log_x: Floats = np.log(np.maximum(x, np.finfo(np.float64).tiny))
    return np.where(leading < LEADING_TERM_BELOW, leading, log_x)


def _scaled_expit(log_odds: Floats, low: Floats, high: Floats) -> Floats:
    """Point of the scale from `low` to `high` at these log-odds; overwrites them."""
    np.maximum(log_odds, -LEAST_LOG_ODDS, out=log_odds)
    np.negative(log_odds, out=log_odds)
    np.exp(log_odds, out=log_odds)
    log_odds += 1.0
    np.divide(high - low, log_odds, out=log_odds)
    log_odds += low
    return log_odds


def _times_log(factor: Floats, x: Floats) -> Floats:
    """Product of a factor and a logarithm; 0 where the factor is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(factor == 0.0, 0.0, factor * np.log(x))


def _column(numbers: Iterable[float]) -> Floats:
    return np.array(list(numbers), dtype=np.float64)[:, None]


def _in_shape(evaluate: Callable[[Floats], Floats], x: npt.ArrayLike) -> Floats:
    array = np.array(x, dtype=np.float64)
    return evaluate(array.reshape(1, -1)).reshape(array.shape)
