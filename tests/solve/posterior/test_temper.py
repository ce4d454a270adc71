"""Temperatures take in as much as they may, and the worlds that go on are as many as their weight demands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp

from melian.solve.posterior.temper import go_on, next_temperature


def effective(log_weight: np.ndarray) -> float:
    return float(np.exp(2 * logsumexp(log_weight) - logsumexp(2 * log_weight)))


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 300.0), st.floats(0.0, 0.9))
def test_as_much_is_taken_in_as_leaves_enough_worlds(seed: int, spread: float, temperature: float) -> None:
    log_evidence = spread * np.random.default_rng(seed).standard_normal(500)
    found = next_temperature(log_evidence, temperature, 250)
    assert temperature < found <= 1
    left = effective((found - temperature) * log_evidence)
    assert left == pytest.approx(250, rel=1e-6) if found < 1 else left >= 250


def test_little_evidence_is_taken_in_at_once() -> None:
    assert next_temperature(np.linspace(-0.1, 0.1, 100), 0.3, 50) == 1.0


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 5.0))
def test_a_world_goes_on_as_often_as_its_weight_demands_to_within_one(seed: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    log_weight = spread * rng.standard_normal((3, 60))
    chosen, log_mean = go_on(log_weight, 40, rng.random(3))
    share = np.exp(log_weight - logsumexp(log_weight, axis=1, keepdims=True))
    counts = np.stack([np.bincount(island, minlength=60) for island in chosen])
    assert (np.abs(counts - 40 * share) < 1 + 1e-9).all()
    assert log_mean == pytest.approx(logsumexp(log_weight, axis=1) - np.log(60), abs=1e-12)


def test_what_is_impossible_does_not_go_on() -> None:
    log_weight = np.log(
        np.array([[0.0, 0.25, 0.75, 0.0]]), where=[[False, True, True, False]], out=np.full((1, 4), -np.inf)
    )
    chosen, _ = go_on(log_weight, 4, np.array([0.5]))
    assert chosen.tolist() == [[1, 2, 2, 2]]


def test_an_island_on_which_nothing_is_possible_counts_for_nothing() -> None:
    chosen, log_mean = go_on(np.array([[0.0, 0.0], [-np.inf, -np.inf]]), 2, np.array([0.0, 0.0]))
    assert chosen.tolist() == [[0, 1], [0, 0]]
    assert log_mean.tolist() == [0.0, -np.inf]
