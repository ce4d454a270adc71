"""Points of the unit cube."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from melian.solve.draws import sobol
from melian.solve.draws.sobol import Points, unit_block
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.words import fill_words, unit_of
from tests.solve.draws.plain_points import centred, plain_word, scrambled

SEED = 7


def replicate(unit: np.ndarray, number: int) -> np.ndarray:
    """Points of one replicate among those [D, W] of worlds from the first on, W a multiple of 4,096."""
    return unit.reshape(len(unit), -1, 16, 256)[:, :, number].reshape(len(unit), -1)


def test_blocks_are_pieces_of_one_sequence() -> None:
    points = Points(40, SEED)
    whole = points.block(0, 4096)
    assert whole.shape == (40, 4096)
    assert whole.flags.c_contiguous
    for start, count in [(0, 256), (256, 512), (1024, 3072), (100, 1), (4095, 1), (255, 300), (512, 0)]:
        np.testing.assert_array_equal(points.block(start, count), whole[:, start : start + count])


def test_a_coordinate_hangs_on_seed_dimension_and_world_alone() -> None:
    few, many = unit_block(3, SEED, 512, 256), unit_block(2000, SEED, 0, 1024)
    np.testing.assert_array_equal(few, many[:3, 512:768])
    assert not np.any(unit_block(3, SEED + 1, 512, 256) == few)


def test_points_far_along_the_sequence_need_no_walk() -> None:
    far = unit_block(5, SEED, sobol.MAX_POINTS - 256, 256)
    assert np.all((far > 0) & (far < 1))


def test_all_coordinates_lie_strictly_inside_the_cube() -> None:
    extremes = np.array([0, 2**31 - 1, 2**31, 2**32 - 1], dtype=np.uint32).view(np.int32)
    assert sorted(unit_of(word) for word in extremes)[:: len(extremes) - 1] == [2.0**-33, 1 - 2.0**-33]


def test_points_are_those_of_the_plain_sequence() -> None:
    """World i is point i % 256 of chunk i // 4096 of the replicate that has the world's chunk."""
    dimensions, first = [0, 1, 2, 17, 299], 5 * 2**10
    directions, keys = sobol._direction_numbers(300), sobol._dimension_keys(300, SEED)
    for world in [*range(first, first + 40), first + 255, first + 256, first + 511, 9 * 2**12 + 17, 2**36 - 1]:
        found = unit_block(300, SEED, world, 1)[dimensions, 0]
        own = keys[world // 256 % 16]
        words = [plain_word(directions[row].tolist(), world // 4096 * 256 + world % 256) for row in dimensions]
        plain = [centred(scrambled(word, own[row].tolist())) for row, word in zip(dimensions, words, strict=True)]
        assert found.tolist() == plain


def test_before_scrambling_the_plain_sequence_is_that_of_scipy() -> None:
    directions = sobol._direction_numbers(300)
    theirs = qmc.Sobol(300, scramble=False, bits=32).random(1024).T
    for row in (0, 1, 2, 17, 299):
        ours = [plain_word(directions[row].tolist(), point) for point in range(1024)]
        assert ours == (theirs[row] * 2**32).tolist()


def test_the_public_sequence_stands_in_for_a_missing_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sobol, "MAX_WALKED", 2**10)
    n_points = 16 * 1024
    expected = unit_block(20, SEED, 0, n_points)
    monkeypatch.setattr(sobol, "_published_table", lambda: None)
    sobol._direction_numbers.cache_clear()
    try:
        points = Points(20, SEED)
        np.testing.assert_array_equal(points.block(0, n_points), expected)
        with pytest.raises(ValueError, match=f"start \\+ count <= {n_points}"):
            points.block(n_points, 1)
    finally:
        sobol._direction_numbers.cache_clear()


def test_the_largest_cube_has_points() -> None:
    unit = unit_block(sobol.MAX_DIMENSIONS, SEED, 0, 256)
    means = unit.mean(axis=1)
    # Each dimension is stratified in 256 cells: a mean of 256 draws is off by about 1 / (256 sqrt(12 * 256)).
    assert np.abs(means - 0.5).max() < 10 / (256 * np.sqrt(12 * 256))


@pytest.mark.parametrize(
    ("n_dimensions", "seed", "says"),
    [(21_001, 0, "n_dimensions must be 0 to 21000"), (-1, 0, "n_dimensions"), (1, -1, "seed"), (1, 2**63, "seed")],
)
def test_what_has_no_points_is_refused(n_dimensions: int, seed: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Points(n_dimensions, seed)


def test_a_block_outside_the_sequence_is_refused() -> None:
    for start, count in [(-1, 1), (0, -1), (sobol.MAX_POINTS, 1)]:
        with pytest.raises(ValueError, match="start \\+ count"):
            Points(1, 0).block(start, count)


def test_no_dimensions_give_no_coordinates() -> None:
    assert unit_block(0, SEED, 0, 256).shape == (0, 256)


def test_several_threads_draw_what_one_draws() -> None:
    points = Points(200, SEED)
    starts = range(0, 8192, 256)
    with ThreadPoolExecutor(4) as pool:
        blocks = list(pool.map(lambda start: points.block(start, 256), starts))
    np.testing.assert_array_equal(np.concatenate(blocks, axis=1), points.block(0, 8192))


@pytest.mark.parametrize("n_bits", [4, 8, 12])
def test_scrambling_keeps_one_point_in_every_cell(n_bits: int) -> None:
    unit = replicate(unit_block(50, SEED, 2**17, 2**16), 5)[:, : 2**n_bits]
    for row in np.sort(np.floor(unit * 2**n_bits), axis=1):
        np.testing.assert_array_equal(row, np.arange(2**n_bits))


def test_scrambling_keeps_the_net_of_the_first_two_dimensions() -> None:
    """Every box of area 2**-10 with sides that are powers of two holds one of 2**10 points, in each block of them."""
    for x, y in (replicate(unit_block(2, SEED, block * 2**14, 2**14), block) for block in range(4)):
        for bits in range(11):
            cells = np.floor(x * 2**bits) * 2 ** (10 - bits) + np.floor(y * 2 ** (10 - bits))
            assert np.unique(cells).size == 2**10


def test_the_coins_of_the_scrambling_pass_for_independent() -> None:
    """Flips at the first nodes of the tree, over many keys: no bias, and no product of two, three or four of them."""
    n_keys = 100_000
    (keys, *_) = sobol._dimension_keys(n_keys, SEED)
    nodes = np.array([node for depth in range(4) for node in range(2**depth)], dtype=np.uint32)
    depths = np.array([depth for depth in range(4) for _ in range(2**depth)], dtype=np.uint32)
    points, found = np.zeros(LANES, dtype=np.uint32), np.empty((n_keys, LANES), dtype=np.int32)
    points[: len(nodes)] = nodes
    for row in range(n_keys):
        fill_words(points, np.uint32(0), keys[row], found[row])
    # What is found is mirrored back: the coin of a node at some depth lies that many bits below the top.
    flips = (found.view(np.uint32)[:, : len(nodes)] >> (np.uint32(31) - depths) ^ nodes >> depths) & np.uint32(1)
    coins = 1 - 2 * flips.astype(np.int64).T  # [15 nodes, keys]
    for size in (1, 2, 3, 4):
        scores = [coins[list(nodes)].prod(axis=0).sum() / np.sqrt(n_keys) for nodes in combinations(range(15), size)]
        # The largest of up to 1,365 standard normal scores stays below 5 but for one time in a thousand.
        assert np.abs(scores).max() < 5


def test_pairs_of_dimensions_are_less_correlated_than_by_chance() -> None:
    """All together, and each of the first 50; single pairs among hundreds are badly spread in any Sobol sequence."""
    n = 2**14
    correlation = np.corrcoef(replicate(unit_block(400, SEED, 0, 16 * n), 0))
    np.fill_diagonal(correlation, 0)
    assert np.sqrt(np.mean(correlation**2)) < 0.2 / np.sqrt(n)
    assert np.abs(correlation[:50, :50]).max() < 1 / np.sqrt(n)
    assert np.abs(correlation).max() < 0.05


def test_a_scrambled_coordinate_is_uniform_over_seeds() -> None:
    first = np.array([unit_block(2, seed, 5, 1)[:, 0] for seed in range(2000)])
    assert stats.kstest(first[:, 0], "uniform").pvalue > 1e-3
    assert stats.kstest(first[:, 1], "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(first.T)[0, 1]) < 4 / np.sqrt(2000)


def test_a_smooth_integral_errs_far_less_than_by_chance() -> None:
    """A product of eight factors of mean 1 (Owen 1997): with n points, random ones err by its deviation / sqrt(n)."""
    n, n_dimensions = 2**14, 8
    errors = []
    for seed in range(20):
        unit = replicate(unit_block(n_dimensions, seed, 0, 16 * n), 0)
        errors.append(np.prod(1 + (unit - 0.5), axis=0).mean() - 1)
    by_chance = np.sqrt(((13 / 12) ** n_dimensions - 1) / n)
    assert np.sqrt(np.mean(np.square(errors))) < by_chance / 50


def test_replicates_know_nothing_of_each_other() -> None:
    """Errors of a smooth mean in each of them are those of independent numbers: so their spread tells the whole's."""
    errors = []
    for seed in range(100):
        unit = unit_block(4, seed, 0, 2**13)
        errors.append([np.exp(replicate(unit, number).mean(axis=0)).mean() for number in range(16)])
    apart = np.array(errors) - np.mean(errors)
    correlation = np.corrcoef(apart.T)[np.triu_indices(16, 1)]
    assert abs(correlation.mean()) < 4 / np.sqrt(100 * 120)
    spread = np.sqrt(np.mean(apart.var(axis=1, ddof=1)) / 16)
    assert spread == pytest.approx(apart.mean(axis=1).std(), rel=0.25)


def test_the_discrepancy_is_far_below_that_of_random_points() -> None:
    n = 2**12
    ours = qmc.discrepancy(replicate(unit_block(6, SEED, 0, 16 * n), 0).T)
    random = qmc.discrepancy(np.random.default_rng(0).random((n, 6)))
    assert ours < random / 20
