"""What to watch: information held to closed forms, to repeated draws and to what is known to tell nothing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

import melian
from melian.answer.information import FALSE_ALARM, information_of, move_of
from melian.errors import AskError

# Two things that have nothing to do with the war: one that is drawn beside it, and one with a chance of its own.
NOISE = """
melian: 1
case: noise
question: {event: {war: comes}}
factors:
  tension: {states: [low, high], chances: {high: 0.2..0.8}}
  war:
    states: [stays_away, comes]
    chances:
      - {when: {tension: high}, comes: 0.3..0.9}
      - {else: true, comes: 0.05..0.6}
  weather: {states: [fair, foul, wild], chances: {foul: 0.1..0.6, wild: 0.05..0.3}}
  coin: {states: [heads, tails], chances: {heads: 0.5}}
"""
REPORTED = """
evidence:
  - {id: seen, claim: Tension is high., bears_on: tension, shows: high, grade: B}
  - {id: storm, claim: It storms., bears_on: weather, likelihood: {fair: 0.1..0.3, foul: 0.4..0.6, wild: 0.7..0.9}}
"""
SEEDS = 100


def spread(p: np.ndarray, n_worlds: int, seed: int) -> np.ndarray:
    """Worlds as plain draws of one cell each, four a group."""
    draws = np.random.default_rng(seed).multinomial(4, p.ravel(), n_worlds // 4)
    return draws.T.reshape(2, 1, -1, n_worlds // 4).astype(float)


@pytest.mark.parametrize("text", [NOISE, NOISE + REPORTED.removeprefix("\n")], ids=["before", "after_evidence"])
def test_what_tells_nothing_is_taken_for_something_in_fewer_than_5_of_100_seeds(text: str) -> None:
    case = melian.read_text(text)
    alarms = {"weather": 0, "coin": 0}
    for seed in range(SEEDS):
        found = {one.name: one for one in case.solve(worlds=4096, seed=seed).indicators().indicators}
        assert found["tension"].information.is_told
        for name in alarms:
            alarms[name] += found[name].information.is_told
    assert max(alarms.values()) <= 5


def test_what_tells_nothing_tells_nothing_of_worlds_drawn_anew_either() -> None:
    case = melian.read_text(NOISE + REPORTED.removeprefix("\n"))
    alarms = 0
    for seed in range(SEEDS):
        solution = case.solve(worlds=2048, seed=seed, adapt_below=1.0)
        assert solution.sampling.is_adapted
        found = {one.name: one for one in solution.indicators().indicators}
        assert found["tension"].information.is_told
        alarms += found["weather"].information.is_told
    assert alarms <= 5


def test_the_null_is_that_of_a_test_of_independence_where_worlds_are_plain_draws() -> None:
    """Twice the information times the number of draws is chi-squared with (2 - 1) (R - 1) degrees then."""
    p = np.outer([0.7, 0.3], [0.5, 0.3, 0.2])
    n_worlds = 20_000
    limit = chi2.ppf(1 - FALSE_ALARM, 2) / (2 * n_worlds * math.log(2))
    thresholds = [information_of(spread(p, n_worlds, seed)).threshold for seed in range(20)]
    assert np.mean(thresholds) == pytest.approx(limit, rel=0.02)


@pytest.mark.parametrize("n_groups", [8, 79])
@pytest.mark.parametrize("n_results", [2, 4])
def test_the_null_holds_its_level_for_few_groups_and_many(n_groups: int, n_results: int) -> None:
    """Groups that each have a tilt of their own, so that they vary more than plain draws: one alarm in a hundred."""
    random = np.random.default_rng(n_groups + n_results)
    n_trials, alarms = 2000, 0
    for _ in range(n_trials):
        event = random.beta(30, 70, n_groups)
        results = random.dirichlet(np.full(n_results, 20.0), n_groups)
        p = np.einsum("eg,gr->erg", [1 - event, event], results)[:, np.newaxis]
        alarms += information_of(p).is_told
    assert alarms / n_trials < 0.02
    # With few groups alarms are rarer still: how they vary is known less well, and the doubt goes into the threshold.
    assert n_groups < 20 or alarms / n_trials > 0.004


def test_the_bias_of_a_small_sample_is_taken_off() -> None:
    """Plain draws overstate the information by (2 - 1) (R - 1) / (2 N) nats (Miller 1955)."""
    p = np.array([[0.4, 0.2, 0.1], [0.05, 0.1, 0.15]])
    expected = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    bits = float((p * np.log2(p / expected)).sum())
    n_worlds = 200
    found = [information_of(spread(p, n_worlds, seed)) for seed in range(2000)]
    error = np.std([one.bits for one in found]) / math.sqrt(len(found))
    bias = 2 / (2 * n_worlds * math.log(2))
    assert np.mean([one.bits for one in found]) == pytest.approx(bits, abs=3 * error)
    assert bias > 6 * error  # so that it would be seen if it were left in
    assert np.sqrt(np.mean(np.square([one.error for one in found]))) == pytest.approx(
        np.std([one.bits for one in found]), rel=0.05
    )


def test_errors_of_answers_and_moves_are_those_of_repeated_draws() -> None:
    p = np.array([[0.4, 0.2, 0.1], [0.05, 0.1, 0.15]])
    found = [move_of(spread(p, 2000, seed)[:, 0]) for seed in range(400)]
    for of in (lambda one: (one.points, one.error), lambda one: (one.results[2].answer, one.results[2].error)):
        values, errors = zip(*map(of, found), strict=True)
        assert np.mean(errors) == pytest.approx(np.std(values), rel=0.12)


def test_given_what_is_known_only_what_is_left_counts() -> None:
    """Two copies of one thing: the second tells nothing more, though alone it tells as much as the first."""
    joint = np.zeros((2, 2, 2, 16))
    for event, state in np.ndindex(2, 2):
        joint[event, state, state] = [[0.4, 0.1], [0.2, 0.3]][event][state]
    assert information_of(joint).bits == pytest.approx(0, abs=1e-12)
    assert not information_of(joint).is_told
    alone = information_of(joint.sum(axis=1, keepdims=True))
    assert alone.is_told
    assert alone.bits > 0.1


@given(st.integers(0, 2**31), st.integers(1, 3), st.integers(2, 4))
@settings(max_examples=50, deadline=None)
def test_information_is_never_negative_nor_more_than_the_event_or_the_result_hold(
    seed: int, n_known: int, n_results: int
) -> None:
    sums = np.random.default_rng(seed).dirichlet(np.full(2 * n_known * n_results, 0.3), 12).T
    sums = sums.reshape(2, n_known, n_results, 12)
    found = information_of(sums)
    p = sums.sum(axis=-1) / sums.sum()
    for held in (p.sum(axis=(1, 2)), p.sum(axis=(0, 1))):
        entropy = -sum(each * math.log2(each) for each in held if each > 0)
        assert 0 <= found.bits <= entropy + 1e-9
    assert found.threshold > 0


def test_too_few_worlds_are_refused() -> None:
    with pytest.raises(AskError, match="so few worlds"):
        melian.read_text(NOISE).solve(worlds=256).indicators()
    assert melian.read_text(NOISE).solve(worlds=256).first_indicator is None


def test_a_grade_that_is_none_is_refused() -> None:
    with pytest.raises(AskError, match="no grade"):
        melian.read_text(NOISE).solve(worlds=512).indicators(grade="Z9")
