"""Piecewise cubics by table."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from melian.solve.draws.table import Cubics, logit_of, monotone_slopes

# A cubic cell of width h errs by h^4 / 384 of the fourth derivative.
CUBIC = 1e-8


def test_each_row_of_a_bank_is_its_own_function() -> None:
    first, last = np.array([0.0, 1.0]), np.array([1.0, 3.0])
    nodes = np.linspace(first, last, 101, axis=1)
    values = np.stack([np.sin(nodes[0]), np.exp(nodes[1])])
    slopes = np.stack([np.cos(nodes[0]), np.exp(nodes[1])])
    bank = Cubics(first, last, values, slopes)
    x = np.stack([np.linspace(0, 1, 777), np.linspace(1, 3, 777)])
    np.testing.assert_allclose(bank(x), [np.sin(x[0]), np.exp(x[1])], rtol=CUBIC)
    np.testing.assert_allclose(bank.slope(x), [np.cos(x[0]), np.exp(x[1])], rtol=1e-5)


def test_a_bank_is_level_beyond_its_ends() -> None:
    bank = Cubics(np.zeros(1), np.ones(1), np.array([[0.0, 1.0]]), np.array([[1.0, 1.0]]))
    assert bank(np.array([[-5.0, 0.0, 0.5, 1.0, 7.0, np.inf, -np.inf]]))[0].tolist() == [0, 0, 0.5, 1, 1, 1, 0]


def test_a_stack_is_its_banks_one_below_the_other() -> None:
    nodes = np.linspace(0, 2, 9)
    one, other = (Cubics(np.zeros(1), np.full(1, 2.0), f(nodes)[None], np.ones((1, 9))) for f in (np.square, np.sqrt))
    x = np.random.default_rng(0).random((2, 50)) * 2
    np.testing.assert_array_equal(Cubics.stacked([one, other])(x), np.concatenate([one(x[:1]), other(x[1:])]))


@given(st.lists(st.floats(0, 100), min_size=3, max_size=30), st.floats(0.01, 10))
def test_increasing_values_stay_increasing_between_the_nodes(rises: list[float], step: float) -> None:
    values = np.cumsum(rises)[None]
    last = np.array([step * (len(rises) - 1)])
    bank = Cubics(np.zeros(1), last, values, monotone_slopes(values, step, np.full(values.shape, 1e3)))
    found = bank(np.linspace(0, last[0], 2000)[None])[0]
    assert np.all(np.diff(found) >= -1e-9)


def test_log_odds_keep_their_digits_on_both_sides() -> None:
    u = np.array([2.0**-33, 0.25, 0.5, 0.75])
    np.testing.assert_allclose(logit_of(u), np.log(u) - np.log1p(-u), rtol=1e-14, atol=1e-15)
