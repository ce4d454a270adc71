"""Rows and rank orders: bounds in every world, and the law against rejection sampling, quadrature and closed forms."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from melian.model.distribution import (
    Distribution,
    beta,
    logit_normal_from_band,
    normal,
    pert,
    point,
    triangular,
    uniform,
)
from melian.model.parameter import Order, Row, infeasibility
from melian.solve.draws.quantile import cumulative, density, quantile
from melian.solve.draws.simplex import OrderMap, fixed_states, row_map
from melian.solve.draws.sobol import unit_block

SUM = 1e-12
TABLE = 1e-5  # a first state's cumulative chance, by the bend of 1,024 cells
N_WORLDS = 2**16
N_REJECTED = 200_000
# Kolmogorov-Smirnov distance that two samples of these sizes exceed one time in a thousand by chance alone.
BY_CHANCE = 1.95 * np.sqrt(1 / N_WORLDS + 1 / N_REJECTED)

REMOTE = logit_normal_from_band(0.002, 0.05)
VERY_UNLIKELY = logit_normal_from_band(0.05, 0.2)
UNLIKELY = logit_normal_from_band(0.2, 0.45)
EVEN = logit_normal_from_band(0.45, 0.55)
LIKELY = logit_normal_from_band(0.55, 0.8)
VERY_LIKELY = logit_normal_from_band(0.8, 0.95)
ALMOST_CERTAIN = logit_normal_from_band(0.95, 0.998)

Floats = np.ndarray
Parts = tuple[Distribution | None, ...]

ROWS: dict[str, Parts] = {
    # the same in every world
    "numbers": (point(0.3), point(0.7)),
    "number and rest": (point(0.3), None),
    # uncertain
    "number and rest of two": (point(0.3), None, None),
    "word and rest": (LIKELY, None),
    "word and two free": (None, LIKELY, None),
    "two words and rest": (LIKELY, VERY_UNLIKELY, None),
    "two words that press and rest": (LIKELY, LIKELY, None),
    "two words alone": (LIKELY, UNLIKELY),
    "three words alone": (LIKELY, UNLIKELY, VERY_UNLIKELY),
    "five words alone": (UNLIKELY,) * 5,
    "three words and rest": (LIKELY, UNLIKELY, VERY_UNLIKELY, None),
    "four words and two free": (VERY_LIKELY, REMOTE, REMOTE, VERY_UNLIKELY, None, None),
    "six words and rest": (VERY_UNLIKELY,) * 6 + (None,),
    "almost certain and remote": (ALMOST_CERTAIN, REMOTE, REMOTE, None),
    "number, words and rest": (point(0.3), LIKELY, UNLIKELY, None),
    "word and range": (LIKELY, uniform(0.1, 0.3)),
    "word and two ranges": (LIKELY, uniform(0.1, 0.3), uniform(0, 0.4)),
    "word, two ranges and rest": (LIKELY, uniform(0.1, 0.3), uniform(0, 0.4), None),
    "two words and two ranges": (LIKELY, VERY_UNLIKELY, uniform(0.1, 0.3), uniform(0, 0.4)),
    "word and four ranges": (LIKELY, uniform(0, 0.1), uniform(0, 0.1), uniform(0, 0.2), uniform(0, 0.5)),
    "ranges and rest": (uniform(0.2, 0.4), uniform(0.1, 0.3), None),
    "three ranges": (uniform(0.2, 0.6), uniform(0.1, 0.5), uniform(0, 0.3)),
    "other families and rest": (beta(0.5, 2), pert(0, 0.3, 1), triangular(0, 0.2, 0.5), None),
    "two betas": (beta(2, 3), beta(3, 4)),
    "narrow normals": (normal(0.3, 0.001, 0, 1), normal(0.4, 0.001, 0, 1), normal(0.3, 0.002, 0, 1)),
}


def drawn(row: Row, n_worlds: int = N_WORLDS, seed: int = 5) -> Floats:
    """Worlds of one row [S, W], by state."""
    worlds = np.empty((row.n_slots, n_worlds))
    for state, number in fixed_states(row).items():
        worlds[state] = number
    if row.n_dimensions:
        one = row_map(row)
        worlds[one.states[0]] = one.draw(unit_block(row.n_dimensions, seed, 0, n_worlds)[:, None])[:, 0]
    return worlds


def rejected(parts: Parts, generator: np.random.Generator, n: int = N_REJECTED) -> Floats:
    """Worlds of a row [S, n] by drawing what is stated and keeping what fits."""
    kept: list[Floats] = []
    while sum(worlds.shape[1] for worlds in kept) < n:
        kept.append(attempt(parts, generator, 400_000))
    return np.concatenate(kept, axis=1)[:, :n]


def attempt(parts: Parts, generator: np.random.Generator, n: int) -> Floats:
    worlds = np.zeros((len(parts), n))
    dense, even = [], []
    for state, part in enumerate(parts):
        if part is not None and part.is_point:
            worlds[state] = part.low
        else:
            (even if part is None or part.family == "uniform" else dense).append(state)
    is_open = any(part is None for part in parts)
    # Where no state is free all are drawn but one, which takes what is left and is kept by its density there.
    takes_rest = (even or dense)[-1]
    independent = dense if is_open else [state for state in dense + even if state != takes_rest]
    for state in independent:
        worlds[state] = quantile(parts[state] or uniform(0, 1), generator.random(n))
    rest = 1 - worlds.sum(axis=0)
    if is_open:
        return shared_evenly(worlds[:, rest > 0], rest[rest > 0], parts, even, generator)
    worlds[takes_rest] = rest
    height = density(parts[takes_rest] or uniform(0, 1), rest)
    return worlds[:, generator.random(n) * height.max() < height]


def shared_evenly(
    worlds: Floats, rest: Floats, parts: Parts, even: list[int], generator: np.random.Generator
) -> Floats:
    """Fill the states in `even` evenly over all that fits; the words' law must not be bent by how much that is."""
    lows = np.array([[0.0 if (part := parts[state]) is None else part.low] for state in even])
    highs = np.array([[1.0 if (part := parts[state]) is None else part.high] for state in even])
    open_worlds = np.flatnonzero(rest >= lows.sum())
    worlds, rest = worlds[:, open_worlds], rest[open_worlds]
    waiting = np.arange(rest.size)
    while waiting.size:
        shares = generator.dirichlet(np.ones(len(even)), waiting.size).T
        tried = lows + shares * (rest[waiting] - lows.sum())
        fits = np.all(tried <= highs, axis=0)
        worlds[np.ix_(even, waiting[fits])] = tried[:, fits]
        waiting = waiting[~fits]
    return worlds


every_row = pytest.mark.parametrize("parts", ROWS.values(), ids=ROWS.keys())


@every_row
def test_every_world_sums_to_one_within_what_was_said(parts: Parts) -> None:
    worlds = drawn(Row("row", parts))
    np.testing.assert_allclose(worlds.sum(axis=0), 1, atol=SUM)
    for part, row in zip(parts, worlds, strict=True):
        low, high = (0, 1) if part is None else (part.low, part.high)
        assert low <= row.min()
        assert row.max() <= high


@pytest.mark.parametrize("parts", list(ROWS.values())[2:], ids=list(ROWS)[2:])
def test_rows_follow_the_law_of_rejection_sampling(parts: Parts) -> None:
    ours, theirs = drawn(Row("row", parts)), rejected(parts, np.random.default_rng(1))
    for state, part in enumerate(parts):
        if part is not None and part.is_point:
            continue
        assert stats.ks_2samp(ours[state], theirs[state]).statistic < BY_CHANCE
        deviation = theirs[state].std() / np.sqrt(N_REJECTED)
        assert ours[state].mean() == pytest.approx(theirs[state].mean(), abs=5 * deviation)
    for one in range(len(parts)):
        for other in range(one):
            # Products and ratios of two states see how they hang together.
            assert stats.ks_2samp(ours[one] * ours[other], theirs[one] * theirs[other]).statistic < BY_CHANCE
            share = [each[one] / np.maximum(each[one] + each[other], 1e-300) for each in (ours, theirs)]
            assert stats.ks_2samp(*(np.round(each, 12) for each in share)).statistic < BY_CHANCE


@pytest.mark.parametrize("name", ["ranges and rest", "three ranges", "two words and rest", "three words alone"])
def test_pairs_of_states_fill_the_plane_as_rejection_sampling_does(name: str) -> None:
    ours, theirs = drawn(Row("row", ROWS[name])), rejected(ROWS[name], np.random.default_rng(2))
    edges = [np.quantile(theirs[state], np.linspace(0, 1, 9))[1:-1] for state in (0, 1)]
    counts = []
    for worlds in (ours, theirs):
        cells = np.searchsorted(edges[0], worlds[0]) * 8 + np.searchsorted(edges[1], worlds[1])
        counts.append(np.bincount(cells, minlength=64) / worlds.shape[1])
    deviation = np.sqrt(counts[1] * (1 / N_REJECTED + 1 / N_WORLDS)) + 1 / N_WORLDS
    assert np.abs((counts[0] - counts[1]) / deviation).max() < 4.5


def test_a_word_beside_free_states_keeps_its_own_law() -> None:
    """With one word there is always room: 80 % of its mass stays in its band."""
    state = drawn(Row("row", (None, UNLIKELY, None)))[1]
    assert np.mean((state >= 0.2) & (state <= 0.45)) == pytest.approx(0.8, abs=1e-3)
    assert stats.kstest(state, lambda x: cumulative(UNLIKELY, x)).statistic < 1e-3


def test_two_words_alone_follow_the_product_of_their_densities() -> None:
    u = np.array([0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    one = row_map(Row("row", (LIKELY, UNLIKELY)))
    x = one.draw(u[None, None].copy())[0, 0]
    first = (LIKELY, UNLIKELY)[one.states[0, 0]]
    other = (LIKELY, UNLIKELY)[one.states[0, 1]]

    def height(value: float) -> float:
        return float(density(first, value) * density(other, 1 - value))

    whole = integrate.quad(height, 0, 1, points=[0.3, 0.7], epsabs=1e-12)[0]
    found = [integrate.quad(height, 0, value, points=[0.2], epsabs=1e-12)[0] / whole for value in x]
    np.testing.assert_allclose(found, u, atol=TABLE)


def test_the_first_of_two_words_leaves_room_for_the_second() -> None:
    u = np.array([0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    one = row_map(Row("row", (LIKELY, VERY_LIKELY, None)))
    assert one.states[0].tolist() == [1, 0, 2]  # the narrower one first
    x = one.draw(np.array([u, u])[:, None].copy())[:, 0]

    def height(value: float) -> float:
        return float(density(VERY_LIKELY, value) * cumulative(LIKELY, 1 - value))

    whole = integrate.quad(height, 0, 1, points=[0.7], epsabs=1e-12)[0]
    found = [integrate.quad(height, 0, value, points=[0.5], epsabs=1e-12)[0] / whole for value in x[0]]
    np.testing.assert_allclose(found, u, atol=TABLE)
    np.testing.assert_allclose(cumulative(LIKELY, x[1]) / cumulative(LIKELY, 1 - x[0]), u, rtol=1e-9)


def test_numbers_that_nearly_sum_to_one_are_made_to() -> None:
    row = Row("row", (point(0.333333333), point(0.333333333), point(0.333333333)))
    assert sum(fixed_states(row).values()) == pytest.approx(1, abs=1e-15)


def test_numbers_that_leave_nothing_leave_nothing() -> None:
    worlds = drawn(Row("row", (point(0.5), None, point(0.5), None)), 256)
    np.testing.assert_array_equal(worlds[[1, 3]], 0)


def test_ranges_without_play_are_numbers() -> None:
    worlds = drawn(Row("row", (uniform(0.3, 0.5), uniform(0.7, 0.9))), 256)
    np.testing.assert_allclose(worlds, np.broadcast_to([[0.3], [0.7]], (2, 256)), atol=SUM)


def test_a_row_that_cannot_be_met_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"row weather: the numbers sum to 1\.2"):
        row_map(Row("weather", (point(0.5), point(0.7), None, None)))


WORDS = [REMOTE, VERY_UNLIKELY, UNLIKELY, EVEN, LIKELY, VERY_LIKELY, ALMOST_CERTAIN]


@st.composite
def rows(draw: st.DrawFn) -> Parts:
    """Rows of two to twelve states of which anything is said."""
    small = st.floats(0, 0.3)
    part = st.one_of(
        st.none(),
        st.sampled_from(WORDS),
        st.builds(lambda low, width: uniform(low, low + width), small, small),
        st.builds(point, st.floats(0, 0.2)),
        st.builds(lambda mean, sd: normal(mean, sd, 0, 1), st.floats(0, 1), st.floats(0.01, 0.5)),
        st.builds(beta, st.floats(0.5, 20), st.floats(0.5, 20)),
        st.builds(lambda low, rise, fall: triangular(low, low + rise, low + rise + fall), small, small, small),
    )
    return tuple(draw(st.lists(part, min_size=2, max_size=12)))


@given(rows())
def test_any_row_is_refused_in_words_or_drawn_within_its_bounds(parts: Parts) -> None:
    row = Row("row", parts)
    if infeasibility(row) is not None:
        return
    worlds = drawn(row, 512)
    assert np.all(np.isfinite(worlds))
    np.testing.assert_allclose(worlds.sum(axis=0), 1, atol=SUM)
    for part, numbers in zip(parts, worlds, strict=True):
        low, high = (0, 1) if part is None else (part.low, part.high)
        assert low <= numbers.min()
        assert numbers.max() <= high


@given(rows(), st.integers(0, 2**31), st.integers(0, 10))
def test_neighbouring_points_of_the_cube_are_neighbouring_worlds(parts: Parts, seed: int, dimension: int) -> None:
    """A chain may walk in the cube: small steps there are small steps on the simplex."""
    row = Row("row", parts)
    if infeasibility(row) is not None or row.n_dimensions == 0:
        return
    one = row_map(row)
    middle = 0.1 + 0.8 * np.random.default_rng(seed).random((row.n_dimensions, 1, 1))
    path = np.repeat(middle, 401, axis=2)
    path[dimension % row.n_dimensions, 0] += np.linspace(0, 0.05, 401)
    steps = np.abs(np.diff(one.draw(path), axis=2))
    assert steps.max() < 0.05


def weights_of(groups: tuple[tuple[int, ...], ...], n_worlds: int = N_WORLDS) -> Floats:
    """Weight of one member of each group [J, W]."""
    order = Order("order", groups)
    return OrderMap.of([order]).draw(unit_block(order.n_dimensions, 3, 0, n_worlds)[:, None])[:, 0]


@pytest.mark.parametrize("n", [2, 3, 5, 8])
def test_mean_weights_of_a_rank_order_are_the_rank_order_centroid(n: int) -> None:
    """The k-th weighs (1/k + ... + 1/n) / n on average (Barron and Barrett 1996)."""
    weights = weights_of(tuple((member,) for member in range(n)))
    expected = [float(sum(Fraction(1, j) for j in range(k, n + 1)) / n) for k in range(1, n + 1)]
    np.testing.assert_allclose(weights.mean(axis=1), expected, atol=2e-4)


def test_second_moments_of_a_rank_order_are_exact() -> None:
    """Mixtures of J corners by the flat Dirichlet, whose second moments are (1 + [i = j]) / (J (J + 1))."""
    groups = ((0,), (1, 2), (3,), (4, 5, 6))
    weights = weights_of(groups)
    sizes = np.cumsum([len(group) for group in groups])
    corners = np.triu(np.ones((4, 4))) / sizes  # [group, corner]
    moments = (1 + np.eye(4)) / (4 * 5)
    np.testing.assert_allclose(weights @ weights.T / N_WORLDS, corners @ moments @ corners.T, atol=1e-4)


@pytest.mark.parametrize("groups", [((0,), (1,)), ((0,), (1, 2)), ((0, 1), (2,), (3,)), tuple((m,) for m in range(12))])
def test_weights_keep_their_rank_order_and_sum_to_one(groups: tuple[tuple[int, ...], ...]) -> None:
    weights = weights_of(groups)
    assert np.all(np.diff(weights, axis=0) <= 0)
    assert weights.min() >= 0
    sizes = [len(group) for group in groups]
    np.testing.assert_allclose(sizes @ weights, 1, atol=SUM)


def test_a_rank_order_fills_its_part_of_the_simplex_evenly() -> None:
    """Against a flat Dirichlet of which only the draws in the right order are kept."""
    weights = weights_of(((0,), (1,), (2,)))
    tried = np.random.default_rng(4).dirichlet(np.ones(3), 6 * N_REJECTED).T
    kept = tried[:, (tried[0] > tried[1]) & (tried[1] > tried[2])]
    for ours, theirs in zip(weights, kept, strict=True):
        assert stats.ks_2samp(ours, theirs).statistic < BY_CHANCE
    assert stats.ks_2samp(weights[1] / weights[0], kept[1] / kept[0]).statistic < BY_CHANCE
