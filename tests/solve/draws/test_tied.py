"""Rows that hold parameters of their own, against integrals of their law on a grid."""

import numpy as np
import pytest
from scipy import stats

from melian.model.distribution import Distribution, beta, logit_normal, point, uniform
from melian.model.parameter import Scalar, Shared, Tied
from melian.solve.draws.draw import Sampler

Floats = np.ndarray
N_WORLDS = 65_536
GRID = 2000
# Midpoints of 2000 cells err by 1e-6 on these smooth densities, 65,536 scrambled points by a few 1e-5.
NEAR = 2e-4

LIKELY, RARE = logit_normal(0.8, 0.5), logit_normal(-1.2, 0.6)


def cells(low: float, high: float) -> Floats:
    return low + (high - low) * (np.arange(GRID) + 0.5) / GRID


def logit_density(mean: float, sd: float, x: Floats) -> Floats:
    return stats.norm.pdf(np.log(x / (1 - x)), mean, sd) / (x * (1 - x))


def drawn(shared: Distribution, *others: Distribution | None, times: int = 1) -> Floats:
    """States [S, W] of a row: the shared number first, as often as said, then the others."""
    scalar = Scalar("p", shared)
    row = Tied("row", (*(Shared("p", shared),) * times, *others))
    found = Sampler([scalar, row], seed=3).block(0, N_WORLDS)
    assert np.abs(found[1:].sum(axis=0) - 1).max() < 1e-12
    assert found.min() >= 0
    for copy in range(times):
        assert np.array_equal(found[0], found[1 + copy])
    return found[1:]


def moments(states: Floats, state: int) -> list[float]:
    """Mean of a state, its mean square, and its mean product with the shared number."""
    return [states[state].mean(), (states[state] ** 2).mean(), (states[state] * states[0]).mean()]


def by_integration(x: Floats, weight_of_x: Floats, y: Floats, density: Floats) -> list[float]:
    """The same from densities [X, Y] of a state given the shared number, which need not integrate to 1."""
    share = density / density.sum(axis=1, keepdims=True)
    weight = (weight_of_x / weight_of_x.sum())[:, None] * share
    y = np.broadcast_to(y, weight.shape)
    return [(weight * y).sum(), (weight * y**2).sum(), (weight * y * x[:, None]).sum()]


def test_a_word_beside_it_gives_way_where_a_state_is_free() -> None:
    states = drawn(LIKELY, RARE, None)
    x = cells(0, 1)
    y = cells(0, 1)[None] * (1 - x)[:, None]
    expected = by_integration(x, logit_density(0.8, 0.5, x), y, logit_density(-1.2, 0.6, y))
    assert moments(states, 1) == pytest.approx(expected, abs=NEAR)
    x_mean = (x * logit_density(0.8, 0.5, x)).mean() / logit_density(0.8, 0.5, x).mean()
    assert states[0].mean() == pytest.approx(x_mean, abs=NEAR)  # its own law stays


def test_two_densities_share_what_it_leaves_by_their_product() -> None:
    states = drawn(uniform(0.1, 0.5), beta(2, 5), beta(3, 2))
    x = cells(0.1, 0.5)
    y = cells(0, 1)[None] * (1 - x)[:, None]
    density = stats.beta.pdf(y, 2, 5) * stats.beta.pdf(1 - x[:, None] - y, 3, 2)
    assert moments(states, 1) == pytest.approx(by_integration(x, np.ones(GRID), y, density), abs=NEAR)


def test_a_density_and_a_range_share_what_it_leaves() -> None:
    states = drawn(uniform(0.1, 0.4), beta(2, 3), uniform(0.2, 0.6))
    x = cells(0.1, 0.4)
    low, high = np.maximum(0.4 - x, 0), 0.8 - x
    y = low[:, None] + cells(0, 1)[None] * (high - low)[:, None]
    assert moments(states, 1) == pytest.approx(by_integration(x, np.ones(GRID), y, stats.beta.pdf(y, 2, 3)), abs=NEAR)
    assert states[2].min() >= 0.2
    assert states[2].max() <= 0.6


def test_ranges_and_free_states_are_even_over_what_fits() -> None:
    states = drawn(uniform(0, 0.6), point(0.1), uniform(0.05, 0.2), None, None)
    # given x the range has a weight of what it leaves to the two free states: 0.9 - x - y
    x = cells(0, 0.6)
    y = np.broadcast_to(cells(0.05, 0.2)[None], (GRID, GRID))
    expected = by_integration(x, np.ones(GRID), y, 0.9 - x[:, None] - y)
    assert moments(states, 2) == pytest.approx(expected, abs=NEAR)
    assert states[3].mean() == pytest.approx(states[4].mean(), abs=NEAR)


def test_it_may_stand_twice() -> None:
    states = drawn(uniform(0.1, 0.3), None, None, times=2)
    assert states[2].mean() == pytest.approx(0.3, abs=NEAR)


def test_worlds_do_not_hang_on_how_they_are_cut_into_blocks() -> None:
    row = Tied("row", (Shared("p", LIKELY), RARE, None))
    sampler = Sampler([Scalar("p", LIKELY), row], seed=1)
    assert np.array_equal(sampler.block(0, 3000)[:, 1100:1900], sampler.block(1100, 800))
    assert np.array_equal(sampler.block(0, 512), sampler.transform(sampler.unit(0, 512)))
