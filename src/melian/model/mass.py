"""How much of the mass of independent numbers from 0 to 1 leaves a sum within reach, roughly.

Only whether statements clash hangs on it, so the order of magnitude is enough: numbers are put into even cells and the
cells' sums are added up. Most rows are let through by a bound and never come that far.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from melian.model.distribution import Distribution

__all__ = ["mass_at_least", "mass_at_most"]

N_CELLS = 256

Masses = tuple[float, ...]


def mass_at_most(distributions: Sequence[Distribution], limit: float, *, enough: float) -> float:
    """Chance that the sum is at most `limit`, to an order of magnitude; or a lower bound of it that is `enough`."""
    return _tail([_masses(each) for each in distributions], limit * N_CELLS, enough)


def mass_at_least(distributions: Sequence[Distribution], limit: float, *, enough: float) -> float:
    """Chance that the sum is at least `limit`, to an order of magnitude; or a lower bound of it that is `enough`."""
    cells = [_masses(each)[::-1] for each in distributions]
    return _tail(cells, (len(cells) - limit) * N_CELLS, enough)


def _tail(cells: Sequence[Masses], limit: float, enough: float) -> float:
    """Chance that the sum is at most `limit` cells."""
    if limit <= 0.0:
        return 0.0
    bound = _lower_bound(cells, limit)
    if bound >= enough:
        return bound
    length = max(int(limit - len(cells) / 2.0), 0) + 1
    together = np.ones(1)
    for masses in cells:
        together = np.convolve(together, masses)[:length]  # masses of sums beyond the limit are never needed
    return float(together.sum())


def _lower_bound(cells: Sequence[Masses], limit: float) -> float:
    """Chance that one number leaves room and all others are at most their medians, for the best such one."""
    medians = [_quantile(masses, 0.5) for masses in cells]
    rooms = [max(int(limit - sum(medians) + median), 0) for median in medians]
    return max(sum(masses[:room]) for masses, room in zip(cells, rooms, strict=True)) * 0.5 ** (len(cells) - 1)


def _quantile(masses: Masses, share: float) -> int:
    """Upper end, in cells, of the cell in which the cumulative mass reaches `share`."""
    total = 0.0
    for place, mass in enumerate(masses, start=1):
        total += mass
        if total >= share:
            return place
    return len(masses)


@lru_cache(maxsize=256)
def _masses(distribution: Distribution) -> Masses:
    """Share of the mass in each of `N_CELLS` even cells from 0 to 1."""
    ends = [place / N_CELLS for place in range(N_CELLS + 1)]
    line = _LINES.get(distribution.family)
    if line is None:
        logarithms = [_log_height(distribution, (low + high) / 2.0) for low, high in pairwise(ends)]
        top = max(logarithms)
        heights = [math.exp(each - top) if top > -math.inf else 0.0 for each in logarithms]
    else:
        normal = NormalDist(*distribution.arguments)
        below = [normal.cdf(line(_inside(distribution, end))) for end in ends]
        heights = [high - low for low, high in pairwise(below)]
    total = sum(heights)
    if total <= 0.0:  # all of it between the middles of two cells
        middle = min(int((distribution.low + distribution.high) / 2.0 * N_CELLS), N_CELLS - 1)
        return tuple(float(place == middle) for place in range(N_CELLS))
    return tuple(height / total for height in heights)


def _inside(distribution: Distribution, x: float) -> float:
    """Nearest place to `x` in the support, on the scale of a logit-normal from 0 to 1."""
    inside = min(max(x, distribution.low), distribution.high)
    if distribution.family == "logitnormal":
        return (inside - distribution.low) / distribution.width
    return inside


def _log_height(distribution: Distribution, x: float) -> float:
    """Logarithm of the density at `x` up to a term, of the families that have no normal in them.

    The heights themselves leave the range of numbers: those of a beta with shapes 0.01 and 100,000, for one.
    """
    share = (x - distribution.low) / distribution.width
    if not 0.0 < share < 1.0:
        return -math.inf
    match distribution.family, distribution.arguments:
        case "beta" | "pert", (a, b):
            return (a - 1.0) * math.log(share) + (b - 1.0) * math.log1p(-share)
        case "triangular", (mode,):
            rise = (mode - distribution.low) / distribution.width
            return _log(share / rise if share < rise else (1.0 - share) / (1.0 - rise))
        case "loguniform", _:
            return -math.log(x)
    return 0.0


def _log(x: float) -> float:
    return math.log(x) if x > 0.0 else -math.inf


def _logit(x: float) -> float:
    return _log(x) - _log(1.0 - x)


_LINES: dict[str, Callable[[float], float]] = {"normal": float, "lognormal": _log, "logitnormal": _logit}
"""Where the number is normal: on its own line, on that of its logarithm or of its log-odds."""
