"""Sums over weighted worlds, held to simulation and to scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import genpareto

from melian.answer.segments import student
from melian.answer.weighted import effective_worlds, monte_carlo_error, pareto_shape, weighted_mean
from melian.solve.draws.sobol import Points
from melian.solve.kernel.words import CHUNK, REPLICATES


@pytest.mark.parametrize("shape", [-0.3, 0.1, 0.4, 0.7, 1.0])
def test_the_tail_of_weights_has_the_shape_it_was_drawn_with(shape: float) -> None:
    """The prior of ten weights at 1/2 pulls the estimate a little: by 10 in 434 of the gap to 1/2."""
    weight = 10.0 + genpareto(shape).rvs(20_000, random_state=3)
    n_tail = int(3 * np.sqrt(20_000))
    pull = 10 / (n_tail + 10) * (0.5 - shape)
    assert pareto_shape(weight) == pytest.approx(shape + pull, abs=4 * (1 + abs(shape)) / np.sqrt(n_tail))


def test_the_shape_agrees_with_maximum_likelihood() -> None:
    weight = np.exp(2.0 * np.random.default_rng(4).standard_normal(10_000))
    ordered = np.sort(weight)
    n_tail = int(3 * np.sqrt(10_000))
    fitted, _, _ = genpareto.fit(ordered[-n_tail:] - ordered[-n_tail - 1], floc=0)
    assert pareto_shape(weight) == pytest.approx((n_tail * fitted + 5) / (n_tail + 10), abs=0.03)


def test_equal_weights_have_no_tail() -> None:
    assert np.isnan(pareto_shape(np.ones(1000)))


@given(st.integers(0, 2**32 - 1), st.floats(1e-200, 1e200))
def test_the_shape_does_not_hang_on_the_unit(seed: int, unit: float) -> None:
    weight = np.random.default_rng(seed).gamma(0.5, size=500)
    assert pareto_shape(unit * weight) == pytest.approx(pareto_shape(weight), rel=1e-6, abs=1e-9)


def test_the_error_from_replicates_is_that_of_repeated_draws() -> None:
    """Replicates with an error of their own, as worlds that share their ancestors have, in two chunks each."""
    rng = np.random.default_rng(5)
    means, errors = [], []
    for _ in range(600):
        value = rng.standard_normal((2, REPLICATES, CHUNK)) + rng.standard_normal((REPLICATES, 1))
        weight = np.broadcast_to(rng.gamma(20.0, 1 / 20.0, (REPLICATES, 1)), value.shape).ravel()
        means.append(weighted_mean(value.ravel(), weight))
        errors.append(monte_carlo_error(value.ravel(), weight))
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(student(REPLICATES) * np.std(means), rel=0.1)
    within = np.mean(np.abs(means) < 2 * np.array(errors))
    assert abs(within - 0.9545) < 4 * np.sqrt(0.9545 * 0.0455 / 600)


@pytest.mark.parametrize("n_worlds", [1, 40, 256, 1000, 2048, 2100, 5000])
def test_the_error_holds_what_it_claims_of_any_number_of_independent_worlds(n_worlds: int) -> None:
    """Within two of it in 95 of 100 draws: also of few worlds, and where the last chunk is not full."""
    rng = np.random.default_rng(8)
    drawn = rng.standard_normal((400, n_worlds))
    found = [abs(each.mean()) <= 2 * monte_carlo_error(each, np.ones(n_worlds)) for each in drawn]
    expected = 0.9545 if n_worlds > 1 else 0.0
    assert abs(np.mean(found) - expected) <= 4 * np.sqrt(expected * (1 - expected) / 400)


def test_effective_worlds_count_equal_ones_whole() -> None:
    assert effective_worlds(np.array([2.0, 2.0, 2.0, 0.0])) == pytest.approx(3.0)


@pytest.mark.parametrize("n_dimensions", [2, 10, 40])
def test_the_error_of_sobol_points_is_near_that_of_repeated_draws_and_not_below_it(n_dimensions: int) -> None:
    """A smooth function of many numbers under unequal weights; the spread over 200 scramblings is the true error."""
    means, errors = [], []
    for seed in range(200):
        unit = Points(n_dimensions, seed).block(0, 2048)
        value, weight = np.exp(unit[: n_dimensions // 2].mean(axis=0)), 0.2 + unit.prod(axis=0) ** (1 / n_dimensions)
        means.append(weighted_mean(value, weight))
        errors.append(monte_carlo_error(value, weight))
    spread, error = np.std(means), np.sqrt(np.mean(np.square(errors)))
    assert error > 0.9 * spread
    as_if_independent = np.std(value) / np.sqrt(2048)
    assert error < 0.5 * as_if_independent


def test_a_single_world_has_no_error_to_be_told() -> None:
    assert monte_carlo_error(np.array([0.3]), np.array([2.0])) == 0.0
