"""Shares of a variance against closed forms, SALib and brute force; what is idle is not told from zero."""

import numpy as np
import pytest
from numpy.typing import NDArray
from SALib.analyze import delta, sobol
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami, Sobol_G

from melian.answer.shares import Share, first_order, fit_of, quick_first_order
from melian.answer.totals import even_sample, total_shares

Floats = NDArray[np.float64]

ISHIGAMI_FIRST = {(0,): 0.3139, (1,): 0.4424, (2,): 0.0, (0, 1): 0.7563, (0, 2): 0.5576, (1, 2): 0.4424}
ISHIGAMI_TOTAL = {(0,): 0.5576, (1,): 0.4424, (2,): 0.2437, (0, 1): 1.0, (0, 2): 0.5576, (1, 2): 0.6861}
CELL_WIDTH = 0.02  # what a wave of four slopes loses within 32 cells, as a share of its variance
N_SEEDS = 200
G = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])


def points(seed: int, n_inputs: int, n_worlds: int) -> Floats:
    return np.random.default_rng(seed).random((n_inputs, n_worlds))


def ishigami(unit: Floats) -> Floats:
    found: Floats = Ishigami.evaluate((-np.pi + 2 * np.pi * unit).T)
    return found


def sobol_g(unit: Floats) -> Floats:
    found: Floats = Sobol_G.evaluate(unit.T)
    return found


def spread_of(value: Floats) -> tuple[float, float]:
    """Variance and its standard error."""
    return float(value.var()), float(np.square(value - value.mean()).std() / np.sqrt(value.size))


def totals(function: object, unit: Floats, groups: list[tuple[int, ...]], n_fresh: int = 2) -> tuple[Share, ...]:
    assert callable(function)
    value = function(unit)
    solve = lambda at: (function(at), np.ones(at.shape[1]))  # noqa: E731 -- short and local
    dimensions = [np.array(group) for group in groups]
    return total_shares(dimensions, unit, value, spread_of(value), solve, n_fresh=n_fresh, seed=1)


@pytest.mark.parametrize("group", list(ISHIGAMI_FIRST))
def test_first_order_shares_of_ishigami_are_those_of_its_closed_form(group: tuple[int, ...]) -> None:
    unit = points(3, 3, 65_536)
    (share,) = first_order([unit[list(group)]], ishigami(unit), np.ones(65_536))
    assert share.value == pytest.approx(ISHIGAMI_FIRST[group], abs=0.01 + CELL_WIDTH * ISHIGAMI_FIRST[group])
    assert share.is_told == (ISHIGAMI_FIRST[group] > 0)


def test_total_shares_of_ishigami_are_those_of_its_closed_form() -> None:
    found = totals(ishigami, points(4, 3, 16_384), list(ISHIGAMI_TOTAL))
    for share, expected in zip(found, ISHIGAMI_TOTAL.values(), strict=True):
        assert share.value == pytest.approx(expected, abs=0.02)


def test_intervals_of_total_shares_hold_the_closed_form() -> None:
    singles = [(0,), (1,), (2,)]
    held = np.zeros(3)
    for seed in range(60):
        found = totals(ishigami, points(seed, 3, 2048), singles, 4)
        held += [share.low <= ISHIGAMI_TOTAL[group] <= share.high for share, group in zip(found, singles, strict=True)]
    assert (held >= 0.9 * 60).all()


def test_shares_of_sobol_g_are_those_of_its_closed_form() -> None:
    unit = points(5, 8, 32_768)
    first = first_order([unit[[place]] for place in range(8)], sobol_g(unit), np.ones(32_768))
    total = totals(sobol_g, unit[:, :16_384], [(place,) for place in range(8)])
    expected = Sobol_G.sensitivity_index(G), Sobol_G.total_sensitivity_index(G)
    assert [share.value for share in first] == pytest.approx(list(expected[0]), abs=0.01)
    assert [share.value for share in total] == pytest.approx(list(expected[1]), abs=0.02)


def test_shares_agree_with_salib() -> None:
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    design = sobol_sample.sample(problem, 4096, seed=1)
    theirs = sobol.analyze(problem, Ishigami.evaluate(design), seed=1)
    unit = points(6, 3, 16_384)
    first = first_order([unit[[place]] for place in range(3)], ishigami(unit), np.ones(16_384))
    total = totals(ishigami, unit, [(0,), (1,), (2,)])
    assert [share.value for share in first] == pytest.approx(list(theirs["S1"]), abs=0.03)
    assert [share.value for share in total] == pytest.approx(list(theirs["ST"]), abs=0.03)
    same = delta.analyze(problem, (-np.pi + 2 * np.pi * unit).T, ishigami(unit), num_resamples=10, seed=1)
    assert [share.value for share in first] == pytest.approx(list(same["S1"]), abs=0.03)


def on_grid(n: int = 400) -> tuple[Floats, Floats, Floats]:
    """Two inputs, the value and the weight on a grid: weights that tie the inputs to each other."""
    middle = (np.arange(n) + 0.5) / n
    unit = np.stack(np.meshgrid(middle, middle, indexing="ij"))
    return unit, value_of(unit), weight_of(unit)


def value_of(unit: Floats) -> Floats:
    found: Floats = unit[0] + 0.5 * unit[1] ** 2 + unit[0] * unit[1]
    return found


def weight_of(unit: Floats) -> Floats:
    found: Floats = np.exp(2.0 * unit[0] * unit[1] - unit[1])
    return found


def test_shares_of_weighted_worlds_are_those_found_by_brute_force() -> None:
    _, value, weight = on_grid()
    share = weight / weight.sum()
    variance = (share * value**2).sum() - (share * value).sum() ** 2
    brute_first, brute_total = [], []
    for axis in (0, 1):
        mass = share.sum(axis=1 - axis)
        mean = (share * value).sum(axis=1 - axis) / mass
        brute_first.append((mass @ mean**2 - (mass @ mean) ** 2) / variance)
        mass = share.sum(axis=axis)
        mean = (share * value).sum(axis=axis) / mass
        brute_total.append(((share * value**2).sum() - mass @ mean**2) / variance)
    assert brute_first[0] > brute_total[0]  # inputs that go together: each alone tells of the other

    unit = points(7, 2, 65_536)
    first = first_order([unit[[0]], unit[[1]], unit], value_of(unit), weight_of(unit))
    assert [one.value for one in first] == pytest.approx([*brute_first, 1.0], abs=0.01)
    chosen = even_sample(weight_of(unit), 8192)
    here = unit[:, chosen]
    total = total_shares(
        [np.array([0]), np.array([1])],
        here,
        value_of(here),
        (float(variance), 0.0),
        lambda at: (value_of(at), weight_of(at)),
        n_fresh=16,
        seed=2,
    )
    assert [one.value for one in total] == pytest.approx(brute_total, abs=0.015)


def test_what_is_idle_is_not_told_from_zero_in_95_of_100_seeds() -> None:
    """Twenty idle inputs, one of which decides the weights, beside one that matters."""
    told = 0
    for seed in range(N_SEEDS):
        unit = points(seed, 22, 1024)
        inputs = [unit[[place]] for place in range(1, 19)] + [unit[19:22]]
        shares = first_order(
            [unit[[0]], *inputs], unit[0] ** 2 + 0.1 * points(seed + 999, 1, 1024)[0], unit[1] ** 2 + 0.1
        )
        assert shares[0].is_told
        told += any(share.is_told for share in shares[1:])
    assert told <= 0.05 * N_SEEDS


def test_a_hundredth_of_the_variance_is_told_and_its_interval_holds_it() -> None:
    held = told = 0
    for seed in range(100):
        unit = points(seed, 2, 4096)
        value = np.sqrt(0.01) * unit[0] + np.sqrt(0.99) * unit[1]
        (share,) = first_order([unit[[0]]], value, np.ones(4096))
        told += share.is_told
        held += share.low <= 0.01 <= share.high
    assert told >= 95
    assert held >= 90


@pytest.mark.parametrize("n_inputs", [1, 2])
def test_the_null_is_that_of_permutations_where_all_worlds_weigh_alike(n_inputs: int) -> None:
    random = np.random.default_rng(8)
    unit = points(8, n_inputs, 8192)
    value = random.beta(0.5, 1.5, size=8192) + 0.01 * unit[0]  # skewed, and as bounded as a chance
    scores = (value - value.mean()) / 8192
    fit = fit_of(unit, np.full(8192, 1 / 8192))
    null = fit.null(scores)
    permuted = np.array([fit.null(random.permutation(scores)).explained for _ in range(1000)])
    assert null.mean == pytest.approx(permuted.mean(), rel=0.05)
    assert null.variance == pytest.approx(permuted.var(), rel=0.25)
    # A permutation moves the squares of worlds too; here each stays where it is, which moves a chance a little.
    assert null.chance == pytest.approx((permuted >= null.explained).mean(), abs=0.08)


def test_noise_is_taken_off_also_at_a_glance() -> None:
    glance = [
        quick_first_order([points(seed, 1, 1024)], points(seed + 99, 1, 1024)[0], np.ones(1024))[0]
        for seed in range(50)
    ]
    assert abs(np.mean(glance)) < 3 * np.std(glance) / np.sqrt(50)


def test_a_value_that_never_changes_has_no_shares() -> None:
    (share,) = first_order([points(1, 1, 256)], np.full(256, 0.3), np.ones(256))
    assert (share.value, share.is_told) == (0.0, False)
