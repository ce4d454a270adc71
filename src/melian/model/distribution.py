"""What one uncertain number is believed to be: a named family, its arguments and its support.

Pure data. A distribution is written down here and nowhere evaluated on arrays: `melian.solve.draws.quantile` does that.
The constructors check their arguments and raise `ValueError` with a sentence that a reader of the case can act on; a
`Distribution` built by hand is not checked.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

__all__ = [
    "Distribution",
    "Family",
    "beta",
    "log_normal",
    "log_uniform",
    "logit_normal",
    "logit_normal_from_band",
    "normal",
    "pert",
    "point",
    "triangular",
    "uniform",
]

Family = Literal["point", "uniform", "loguniform", "logitnormal", "normal", "lognormal", "beta", "triangular", "pert"]

PERT_SHAPE = 4.0
"""Weight of the mode against the two ends in a beta-PERT distribution (Malcolm et al. 1959)."""

BAND_TAIL = 0.1
"""Mass on each side outside the band that `logit_normal_from_band` is given."""

LEAST_MASS = 1e-9
"""A normal or log-normal with less mass than this inside its support is refused."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One uncertain number.

    Parameters
    ----------
    family : name of the family.
    arguments : numbers of the family, in the order of its constructor; for `pert` the two shapes of the beta.
    low : lower end of the support, to which the family is truncated.
    high : upper end of the support.

    Notes
    -----
    Logit-normal and beta live on the scale (x - low) / (high - low); the others are truncated to [low, high].
    """

    family: Family
    arguments: tuple[float, ...]
    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether the number is certain."""
        return self.family == "point"

    @property
    def width(self) -> float:
        """Length of the support."""
        return self.high - self.low


def point(x: float) -> Distribution:
    """Certainty that the number is `x`."""
    _need_finite("point", x)
    return Distribution("point", (float(x),), float(x), float(x))


def uniform(a: float, b: float) -> Distribution:
    """Anything between `a` and `b` alike; a point where the two are equal."""
    _need_finite("uniform", a, b)
    _need_order("uniform", a, b)
    if a == b:
        return point(a)
    return Distribution("uniform", (float(a), float(b)), float(a), float(b))


def log_uniform(a: float, b: float) -> Distribution:
    """A number whose logarithm is uniform between log `a` and log `b`; a point where the two are equal."""
    _need_finite("log-uniform", a, b)
    _need_order("log-uniform", a, b)
    if a <= 0:
        raise ValueError(f"log-uniform: the low end must be above 0, got {a:g}")
    if a == b:
        return point(a)
    return Distribution("loguniform", (float(a), float(b)), float(a), float(b))


def logit_normal(mean: float, sd: float, low: float = 0.0, high: float = 1.0) -> Distribution:
    """A number whose logit on the scale (x - low) / (high - low) is normal.

    Parameters
    ----------
    mean : of the logit, natural log-odds.
    sd : of the logit.
    low : lower end of the scale.
    high : upper end of the scale.
    """
    _need_finite("logit-normal", mean, sd, low, high)
    _need_spread("logit-normal", sd)
    _need_support("logit-normal", low, high)
    return Distribution("logitnormal", (float(mean), float(sd)), float(low), float(high))


def logit_normal_from_band(q10: float, q90: float, low: float = 0.0, high: float = 1.0) -> Distribution:
    """Logit-normal that holds 80 % of its mass between `q10` and `q90`, 10 % below and 10 % above.

    Parameters
    ----------
    q10 : quantile at 0.1, strictly inside the scale.
    q90 : quantile at 0.9, strictly inside the scale.
    low : lower end of the scale.
    high : upper end of the scale.
    """
    _need_finite("band", q10, q90, low, high)
    _need_support("band", low, high)
    if not low < q10 < q90 < high:
        raise ValueError(f"band: needs {low:g} < low edge < high edge < {high:g}, got {q10:g} and {q90:g}")
    below, above = _logit((q10 - low) / (high - low)), _logit((q90 - low) / (high - low))
    sd = (above - below) / (2.0 * NormalDist().inv_cdf(1.0 - BAND_TAIL))
    return logit_normal((below + above) / 2.0, sd, low, high)


def normal(mean: float, sd: float, low: float, high: float) -> Distribution:
    """Normal truncated to [low, high].

    Parameters
    ----------
    mean : of the normal before truncation.
    sd : of the normal before truncation.
    low : lower end of the support, or -inf.
    high : upper end of the support, or inf.
    """
    _need_finite("normal", mean, sd)
    _need_spread("normal", sd)
    _need_support("normal", low, high)
    _need_mass("normal", mean, sd, (low, high), (low, high))
    return Distribution("normal", (float(mean), float(sd)), float(low), float(high))


def log_normal(mean: float, sd: float, low: float = 0.0, high: float = math.inf) -> Distribution:
    """A number whose natural logarithm is normal, truncated to [low, high].

    Parameters
    ----------
    mean : of the natural logarithm, before truncation.
    sd : of the natural logarithm, before truncation.
    low : lower end of the support, not below 0.
    high : upper end of the support, or inf.
    """
    _need_finite("log-normal", mean, sd)
    _need_spread("log-normal", sd)
    _need_support("log-normal", low, high)
    if low < 0:
        raise ValueError(f"log-normal: the support must not reach below 0, got {low:g}")
    ends = (math.log(low) if low > 0 else -math.inf, math.log(high) if high < math.inf else math.inf)
    _need_mass("log-normal", mean, sd, ends, (low, high))
    return Distribution("lognormal", (float(mean), float(sd)), float(low), float(high))


def beta(a: float, b: float, low: float = 0.0, high: float = 1.0) -> Distribution:
    """Beta with shapes `a` and `b` on the scale from `low` to `high`."""
    _need_finite("beta", a, b, low, high)
    _need_support("beta", low, high)
    if a <= 0 or b <= 0:
        raise ValueError(f"beta: both shapes must be above 0, got {a:g} and {b:g}")
    return Distribution("beta", (float(a), float(b)), float(low), float(high))


def triangular(low: float, mode: float, high: float) -> Distribution:
    """Density that rises in a straight line from `low` to `mode` and falls in one to `high`."""
    _need_finite("triangular", low, mode, high)
    _need_mode("triangular", low, mode, high)
    if low == high:
        return point(low)
    return Distribution("triangular", (float(mode),), float(low), float(high))


def pert(low: float, mode: float, high: float) -> Distribution:
    """Beta-PERT: a beta on [low, high] with mean (low + 4 mode + high) / 6.

    Notes
    -----
    Malcolm, Roseboom, Clark and Fazar 1959. The arguments kept are the shapes of the beta.
    """
    _need_finite("pert", low, mode, high)
    _need_mode("pert", low, mode, high)
    if low == high:
        return point(low)
    rise = PERT_SHAPE * (mode - low) / (high - low)
    return Distribution("pert", (1.0 + rise, 1.0 + PERT_SHAPE - rise), float(low), float(high))


def _logit(chance: float) -> float:
    return math.log(chance) - math.log1p(-chance)


def _need_finite(name: str, *numbers: float) -> None:
    for number in numbers:
        if not math.isfinite(number):
            raise ValueError(f"{name}: needs finite numbers, got {number:g}")


def _need_order(name: str, a: float, b: float) -> None:
    if a > b:
        raise ValueError(f"{name}: the low end {a:g} is above the high end {b:g}")


def _need_spread(name: str, sd: float) -> None:
    if sd <= 0:
        raise ValueError(f"{name}: the standard deviation must be above 0, got {sd:g}")


def _need_support(name: str, low: float, high: float) -> None:
    if not low < high:
        raise ValueError(f"{name}: the low end of the support must be below its high end, got {low:g} and {high:g}")


def _need_mode(name: str, low: float, mode: float, high: float) -> None:
    if not low <= mode <= high:
        raise ValueError(f"{name}: needs low <= mode <= high, got {low:g}, {mode:g} and {high:g}")


def _need_mass(name: str, mean: float, sd: float, ends: tuple[float, float], support: tuple[float, float]) -> None:
    """Refuse a normal that lies almost wholly outside its support: its truncation would be numerical noise."""
    low, high = ((end - mean) / (sd * math.sqrt(2.0)) for end in ends)
    # The smaller tail is taken on the side where erfc keeps its digits.
    mass = math.erfc(low) - math.erfc(high) if low > 0 else math.erfc(-high) - math.erfc(-low)
    if mass / 2.0 < LEAST_MASS:
        raise ValueError(
            f"{name}: mean {mean:g} and standard deviation {sd:g} leave almost no mass"
            f" between {support[0]:g} and {support[1]:g}"
        )
