"""Total shares of a variance: what would be left of it if all inputs but some were known.

The total share of some inputs is E[Var(p | all others)] / Var(p). No regression finds that from hundreds of inputs, but
worlds can be solved again: in a world that follows the judgements and the evidence those inputs are drawn afresh, all
others stay, and half the squared difference of the answers is, on average, the variance that they make (Jansen 1999,
Computer Physics Communications 117, equation 13). The evidence counts: what is drawn afresh follows the judgements, and
is weighed by the chance that it gives the evidence beside all others.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.shares import Share

Floats = NDArray[np.float64]
Solve = Callable[[Floats], tuple[Floats, Floats]]
Tick = Callable[[int], None]
Beside = Callable[[NDArray[np.intp], Floats], None]

# Points that are solved at once at the most.
POINTS: Final = 8192
# No point may lie on the edge of the cube.
EDGE: Final = 1e-12


def even_sample(weight: Floats, count: int) -> NDArray[np.intp]:
    """Worlds [count] that stand for the weighted ones, each as often as it weighs (systematic resampling)."""
    reached = np.cumsum(weight)
    places = (np.arange(count) + 0.5) / count * reached[-1]
    found: NDArray[np.intp] = np.minimum(np.searchsorted(reached, places), weight.size - 1)
    return found


def total_shares(  # noqa: PLR0913 -- one parameter for each thing that is held or drawn
    groups: Sequence[NDArray[np.intp]],
    unit: Floats,
    value: Floats,
    variance: tuple[float, float],
    solve: Solve,
    *,
    n_fresh: int,
    seed: int,
    beside: Beside = lambda _dimensions, _points: None,
    done: Tick = lambda _points: None,
) -> tuple[Share, ...]:
    """Total share of each group of dimensions of the unit cube.

    Parameters
    ----------
    unit : [D, W] worlds that all weigh alike.
    value : [W] theirs.
    variance : of the value over all worlds, above 0, and its standard error.
    solve : from points [D, V] to values and chances of the evidence, [V] each.
    n_fresh : draws for each world: one input is spread evenly over them. Beside unequal chances of the evidence the
        mean over a world's draws errs in proportion to their spread, by one part in `n_fresh`.
    beside : called with dimensions and points [D, V] of which these are drawn afresh, all evenly; where judgements
        depend on each other beforehand, it gives them the law that they have beside all others.
    done : called with the number of points solved since the last call.
    """
    at_once = max(1, POINTS // (n_fresh * value.size))
    found = []
    for start in range(0, len(groups), at_once):
        here = groups[start : start + at_once]
        size = n_fresh * value.size
        points = np.tile(unit, (1, n_fresh * len(here)))
        for place, dimensions in enumerate(here):
            own = points[:, place * size : (place + 1) * size]
            own[dimensions] = _fresh(dimensions, n_fresh, value.size, seed).reshape(dimensions.size, -1)
            beside(dimensions, own)
        other, chance = (each.reshape(len(here), n_fresh, -1) for each in solve(points))
        halves = 0.5 * _mean_over(np.square(other - value), chance)
        found += [_share(half, variance) for half in halves]
        done(points.shape[1])
    return tuple(found)


def _share(halves: Floats, variance: tuple[float, float]) -> Share:
    """Share that half squares [W] make of the variance; the errors of both count."""
    whole, error = variance
    value = float(halves.mean()) / whole
    own = float(halves.std(ddof=1)) / np.sqrt(halves.size) / whole
    return Share.of(value, float(np.hypot(own, value * error / whole)), is_told=bool(halves.any()))


def _fresh(dimensions: NDArray[np.intp], n_fresh: int, n_worlds: int, seed: int) -> Floats:
    """Points [D', n_fresh, W] of some dimensions; those of one dimension are spread evenly over a world's draws."""
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 1, int(dimensions[0])]))
    if dimensions.size == 1:
        drawn = (random.random((1, 1, n_worlds)) + np.arange(n_fresh)[:, np.newaxis]) / n_fresh
    else:
        drawn = random.random((dimensions.size, n_fresh, n_worlds))
    return np.clip(drawn, EDGE, 1 - EDGE)


def _mean_over(value: Floats, chance: Floats) -> Floats:
    """Mean [G, W] over a world's draws [G, K, W], each counting by its chance of the evidence."""
    total = chance.sum(axis=1)
    found: Floats = np.divide((chance * value).sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    return found
