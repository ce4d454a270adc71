"""Worlds drawn by block."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from melian.model.distribution import (
    beta,
    log_normal,
    log_uniform,
    logit_normal_from_band,
    normal,
    pert,
    point,
    triangular,
    uniform,
)
from melian.model.parameter import Order, Parameter, Row, Scalar
from melian.solve.draws.draw import Sampler
from melian.solve.draws.quantile import cumulative, quantile
from melian.solve.kernel.words import CHUNK

SEED = 11
LIKELY = logit_normal_from_band(0.55, 0.8)
UNLIKELY = logit_normal_from_band(0.2, 0.45)

MIXTURE: list[Parameter] = [
    Scalar("certain", point(7)),
    Scalar("even", uniform(2, 3)),
    Row("word", (LIKELY, None)),
    Scalar("precision", log_uniform(4, 12)),
    Order("weights", ((2,), (0, 1), (3,))),
    Row("words", (UNLIKELY, None, LIKELY)),
    Scalar("word alone", UNLIKELY),
    Scalar("normal", normal(60, 30, 0, 100)),
    Row("numbers", (point(0.2), point(0.8))),
    Scalar("log-normal", log_normal(0, 1)),
    Row("ranges", (uniform(0.2, 0.4), uniform(0.1, 0.9), point(0.1))),
    Scalar("beta", beta(2, 5)),
    Scalar("PERT", pert(0, 20, 100)),
    Order("tied", ((0, 1),)),
    Scalar("triangular", triangular(0, 0.2, 1)),
    Row("three words", (UNLIKELY, LIKELY, logit_normal_from_band(0.05, 0.2))),
    Row("free", (None, None, None, None)),
    Order("other weights", ((0,), (1,), (2, 3, 4))),
    Row("another word", (None, UNLIKELY)),
    Row("rest", (point(0.6), None)),
]


def test_slots_lie_in_the_order_of_the_parameters() -> None:
    sampler = Sampler(MIXTURE, SEED)
    at = 0
    for parameter in MIXTURE:
        assert sampler.slots_of(parameter.name) == slice(at, at + parameter.n_slots)
        at += parameter.n_slots
    assert sampler.n_slots == at
    assert sampler.n_dimensions == sum(parameter.n_dimensions for parameter in MIXTURE)


def test_a_block_is_worlds_last_and_contiguous() -> None:
    block = Sampler(MIXTURE, SEED).block(512, 512)
    assert block.shape == (Sampler(MIXTURE, SEED).n_slots, 512)
    assert block.dtype == np.float64
    assert block.flags.c_contiguous


def test_every_slot_of_every_kind_is_filled() -> None:
    sampler = Sampler(MIXTURE, SEED)
    theta = sampler.block(0, 4096)
    assert np.all(np.isfinite(theta))
    for parameter in MIXTURE:
        numbers = theta[sampler.slots_of(parameter.name)]
        match parameter:
            case Scalar(distribution=distribution):
                assert distribution.low <= numbers.min()
                assert numbers.max() <= distribution.high
                if not distribution.is_point:
                    # Every replicate has a point in each of 256 strata: far closer than the 0.03 of random ones.
                    assert stats.kstest(numbers[0], lambda x, d=distribution: cumulative(d, x)).statistic < 1 / 256
            case _:
                np.testing.assert_allclose(numbers.sum(axis=0), 1, atol=1e-12)


def test_tied_members_weigh_the_same_and_keep_their_places() -> None:
    sampler = Sampler(MIXTURE, SEED)
    theta = sampler.block(0, 512)
    first, second, third, fourth = theta[sampler.slots_of("weights")]
    np.testing.assert_array_equal(first, second)
    assert np.all(third >= first)
    assert np.all(first >= fourth)
    np.testing.assert_array_equal(theta[sampler.slots_of("tied")], 0.5)


def test_constants_are_the_same_in_every_world() -> None:
    sampler = Sampler(MIXTURE, SEED)
    theta = sampler.block(0, 256)
    np.testing.assert_array_equal(theta[sampler.slots_of("certain")], 7)
    np.testing.assert_array_equal(theta[sampler.slots_of("numbers")], np.tile([[0.2], [0.8]], 256))
    np.testing.assert_array_equal(theta[sampler.slots_of("rest")], np.tile([[0.6], [0.4]], 256))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(0, 5))
def test_blocks_are_the_same_to_the_last_bit_however_they_are_cut(pieces: list[int], start: int) -> None:
    sampler = Sampler(MIXTURE, SEED)
    whole = sampler.block(start * CHUNK, sum(pieces) * CHUNK)
    at = start * CHUNK
    for piece in pieces:
        block = sampler.block(at, piece * CHUNK)
        begin = at - start * CHUNK
        assert block.tobytes() == np.ascontiguousarray(whole[:, begin : begin + piece * CHUNK]).tobytes()
        at += piece * CHUNK


@pytest.mark.parametrize(("start", "count"), [(0, 1), (3, 300), (255, 2), (511, 513), (100, 0)])
def test_blocks_need_not_be_aligned(start: int, count: int) -> None:
    sampler = Sampler(MIXTURE, SEED)
    whole, block = sampler.block(0, 1024), sampler.block(start, count)
    np.testing.assert_array_equal(block, whole[:, start : start + count])
    assert block.flags.c_contiguous


def test_more_parameters_at_the_end_change_nothing_before_them() -> None:
    longer = [*MIXTURE, *(Scalar(f"more {n}", LIKELY) for n in range(300)), Row("more", (LIKELY, None))]
    few, many = Sampler(MIXTURE, SEED), Sampler(longer, SEED)
    assert few.block(0, 512).tobytes() == np.ascontiguousarray(many.block(0, 512)[: few.n_slots]).tobytes()


def test_several_threads_draw_what_one_draws() -> None:
    sampler = Sampler(MIXTURE, SEED)
    with ThreadPoolExecutor(4) as pool:
        blocks = list(pool.map(lambda start: sampler.block(start, 256), range(0, 8192, 256)))
    assert np.concatenate(blocks, axis=1).tobytes() == sampler.block(0, 8192).tobytes()


def test_another_seed_gives_other_worlds() -> None:
    one, other = (Sampler([Scalar("x", LIKELY)], seed).block(0, 256) for seed in (1, 2))
    assert not np.any(one == other)


def test_worlds_are_points_of_the_cube_turned_into_numbers() -> None:
    parameters: list[Parameter] = [Scalar("one", LIKELY), Scalar("other", uniform(2, 4))]
    sampler = Sampler(parameters, SEED)
    unit = sampler.unit(0, 512)
    kept = unit.copy()
    theta = sampler.transform(unit)
    np.testing.assert_array_equal(unit, kept)
    np.testing.assert_array_equal(theta, [quantile(LIKELY, unit[0]), quantile(uniform(2, 4), unit[1])])
    assert theta.tobytes() == sampler.block(0, 512).tobytes()


def test_any_number_of_points_can_be_turned() -> None:
    sampler = Sampler(MIXTURE, SEED)
    unit = sampler.unit(0, 512)
    np.testing.assert_allclose(sampler.transform(unit[:, :300]), sampler.transform(unit)[:, :300], rtol=1e-13)
    assert sampler.transform(unit[:, :0]).shape == (sampler.n_slots, 0)


def test_nothing_to_draw_is_no_fault() -> None:
    assert Sampler([], SEED).block(0, 256).shape == (0, 256)
    assert Sampler([Scalar("certain", point(1))], SEED).block(0, 256).tolist() == [[1.0] * 256]


def test_two_parameters_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two parameters have one name"):
        Sampler([Scalar("x", LIKELY), Scalar("x", UNLIKELY)], SEED)


def test_a_row_that_cannot_be_met_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="row sky: the numbers sum to"):
        Sampler([Row("sky", (point(0.7), point(0.7), None, None))], SEED)


def test_more_alike_parameters_than_are_drawn_at_once_are_all_drawn() -> None:
    parameters: list[Parameter] = [Row(f"row {n}", (uniform(n / 1000, 0.5), None, None)) for n in range(150)]
    sampler = Sampler(parameters, SEED)
    theta = sampler.block(0, 256)
    for n, parameter in enumerate(parameters):
        row = theta[sampler.slots_of(parameter.name)]
        assert row[0].min() >= n / 1000
        np.testing.assert_allclose(row.sum(axis=0), 1, atol=1e-12)


def test_a_mean_over_worlds_errs_far_less_than_by_chance() -> None:
    """Ten uncertain numbers added up, over 16 seeds: n random worlds err by the sum's deviation / sqrt(n)."""
    parameters = [Scalar(f"x{n}", LIKELY) for n in range(10)]
    n = 4096
    sums = [Sampler(parameters, seed).block(0, n).sum(axis=0) for seed in range(16)]
    means = [each.mean() for each in sums]
    assert np.std(means) < sums[0].std() / np.sqrt(n) / 50
