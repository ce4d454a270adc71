"""Parameters drawn inside the kernel: the numbers that the sampler gives elsewhere, whatever the blocks and threads."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import melian
from melian.model.build import build_model
from melian.model.diagram import Model
from melian.model.distribution import Distribution, log_uniform, point, uniform
from melian.model.parameter import Row, Scalar
from melian.plan.make import make_plan
from melian.solve import crew
from melian.solve.draws.draw import Sampler
from melian.solve.draws.quantile import quantile
from melian.solve.kernel.encode import encode
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import Stream, stream_lanes
from melian.solve.kernel.words import CHUNK
from melian.solve.machine import Machine, drawn_inside
from melian.solve.run import Worlds, run_plan
from tests.solving import Floats, solvable
from tests.strategies import case_texts

SEED = 3
MIXTURE = [
    Scalar("payoff", uniform(0, 100)),
    Row("word", (uniform(0.2, 0.4), None)),
    Scalar("certain", point(7)),
    Scalar("chance", uniform(0.2, 0.3)),
    Scalar("precision", log_uniform(4, 12)),
    Scalar("narrow", uniform(1e-12, 1.0000001e-12)),
]
EVEN = {name: Sampler(MIXTURE, SEED).slots_of(name).start for name in ("payoff", "chance", "narrow")}


def drawn_by_lanes(sampler: Sampler, stream: Stream, first: int, n_worlds: int) -> Floats:
    """What the kernel draws of the stream's slots, [K, W]."""
    offsets, words = np.empty(len(stream.slots), dtype=np.uint32), np.empty(LANES, dtype=np.int32)
    rows, blocks = np.full((sampler.n_slots, LANES), np.nan), []
    for start in range(first, first + n_worlds, LANES):
        stream_lanes(stream, start, offsets, words, rows)
        blocks.append(rows[stream.slots].copy())
    others = sorted(set(range(sampler.n_slots)) - set(stream.slots.tolist()))
    assert np.isnan(rows[others]).all()
    return np.concatenate(blocks, axis=1)


@given(st.sets(st.sampled_from(sorted(EVEN.values()))), st.integers(0, 50))
def test_the_kernel_draws_what_the_sampler_draws(inside: set[int], chunk: int) -> None:
    sampler = Sampler(MIXTURE, SEED)
    whole = sampler.block(chunk * CHUNK, 2 * CHUNK)
    shares = sampler.shared(inside)
    assert set(shares.inside.slots.tolist()) == inside
    found = drawn_by_lanes(sampler, shares.inside, chunk * CHUNK, 2 * CHUNK)
    np.testing.assert_array_equal(found, whole[shares.inside.slots])
    theta = np.full((sampler.n_slots, 2 * CHUNK), np.nan)
    sampler.fill(chunk * CHUNK, theta, shares)
    outside = sorted(set(range(sampler.n_slots)) - inside)
    np.testing.assert_array_equal(theta[outside], whole[outside])
    assert np.isnan(theta[sorted(inside)]).all()


def test_only_even_ranges_are_left_to_the_kernel() -> None:
    shares = Sampler(MIXTURE, SEED).shared(range(100))
    assert set(shares.inside.slots.tolist()) == set(EVEN.values())
    assert not len(shares.outside.slots)


@pytest.mark.parametrize("name", sorted(EVEN))
def test_streamed_numbers_are_quantiles_at_the_points(name: str) -> None:
    sampler = Sampler(MIXTURE, SEED)
    stream = sampler.shared(range(100)).inside
    parameter = next(each for each in MIXTURE if each.name == name)
    assert isinstance(parameter, Scalar)
    distribution: Distribution = parameter.distribution
    dimension = [each.name for each in MIXTURE if each.n_dimensions].index(name)
    row = drawn_by_lanes(sampler, stream, 0, 512)[stream.slots.tolist().index(EVEN[name])]
    np.testing.assert_array_equal(row, quantile(distribution, sampler.unit(0, 512)[dimension]))
    assert distribution.low <= row.min()
    assert row.max() <= distribution.high


def test_what_tables_made_outside_read_is_drawn_outside() -> None:
    """Influences and reports are put into numbers before the kernel runs."""
    model = build_model(melian.read("belarus-2022").judged)
    plan = make_plan(model)
    code = encode(model, plan)
    sampler = Sampler(model.parameters, 0)
    shares = sampler.shared(drawn_inside(model, plan, code))
    theta = np.full((sampler.n_slots, CHUNK), np.nan)
    sampler.fill(0, theta, shares)
    assert len(shares.inside.slots) > 0
    assert len(shares.outside.slots) > 0
    found = Machine(model, plan, code, CHUNK, shares.inside).run(theta)
    assert all(np.isfinite(array).all() for array in found.values())


def assert_alike(one: Worlds, other: Worlds) -> None:
    for field in dataclasses.fields(Worlds):
        if field.name not in ("rules", "marginals", "sums", "without"):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))
    for variable, table in one.marginals.items():
        np.testing.assert_array_equal(table, other.marginals[variable])
        np.testing.assert_array_equal(one.sums[variable], other.sums[variable])
    for choice, rules in one.rules.items():
        np.testing.assert_array_equal(rules.mean, other.rules[choice].mean)
        np.testing.assert_array_equal(rules.kept, other.rules[choice].kept)


def solved_both_ways(model: Model, n_worlds: int) -> tuple[Worlds, Worlds]:
    """With the stream, and with every parameter drawn outside the kernel."""
    plan = make_plan(model)
    streamed = run_plan(model, plan, n_worlds=n_worlds, seed=SEED, n_threads=2, block=256)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crew, "drawn_inside", lambda *_: frozenset())
        return streamed, run_plan(model, plan, n_worlds=n_worlds, seed=SEED, n_threads=1, block=512)


@given(case_texts())
def test_worlds_are_solved_alike_wherever_they_are_drawn(text: str) -> None:
    assert_alike(*solved_both_ways(solvable(text), 300))


def test_the_flagship_case_is_solved_alike_wherever_its_worlds_are_drawn() -> None:
    assert_alike(*solved_both_ways(build_model(melian.read("belarus-2022").judged), 1500))
