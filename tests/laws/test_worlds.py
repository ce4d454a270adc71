"""World i is the same world whatever the number of worlds, the block and the threads; another seed gives others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.solve.machine import SEGMENT
from melian.solve.run import Worlds, run_plan
from tests.laws.sameness import headline, same_in_all
from tests.solving import solvable
from tests.strategies import case_texts

SHORT, LONG = 700, 1500  # neither is a multiple of a block or a segment
CUTS = [(1, SEGMENT), (2, SEGMENT), (3, 2 * SEGMENT), (2, 5 * SEGMENT)]


def assert_starts_with(longer: Worlds, shorter: Worlds) -> None:
    """The worlds of the shorter run are the first of the longer one, bit for bit."""
    for many, few in zip(headline(longer), headline(shorter), strict=True):
        assert np.array_equal(many[: len(few)], few)
    for choice, rule in shorter.rules.items():
        assert np.array_equal(longer.rules[choice].kept[..., : rule.kept.shape[-1]], rule.kept)


@settings(max_examples=25)
@given(case_texts(), st.integers(0, 2**31))
def test_random_cases_have_the_same_worlds_however_they_are_run(text: str, seed: int) -> None:
    model = solvable(text)
    plan = make_plan(model)
    short = run_plan(model, plan, n_worlds=SHORT, seed=seed)
    for threads, block in CUTS:
        assert same_in_all(short, run_plan(model, plan, n_worlds=SHORT, seed=seed, n_threads=threads, block=block))
    assert_starts_with(run_plan(model, plan, n_worlds=LONG, seed=seed), short)


def test_the_flagship_case_has_the_same_worlds_however_it_is_run() -> None:
    model = build_model(melian.read("belarus-2022").judged)
    plan = make_plan(model)
    short = run_plan(model, plan, n_worlds=SHORT, seed=7)
    for threads, block in CUTS:
        assert same_in_all(short, run_plan(model, plan, n_worlds=SHORT, seed=7, n_threads=threads, block=block))
    assert_starts_with(run_plan(model, plan, n_worlds=LONG, seed=7), short)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_every_answer_is_the_same_for_any_number_of_threads(threads: int) -> None:
    case = melian.read("belarus-2022")
    one, other = (case.solve(worlds=5000, threads=number) for number in (1, threads))
    assert one.likelihood() == other.likelihood()
    assert one.nodes() == other.nodes()
    assert one.evidence() == other.evidence()
    assert one.behaviour() == other.behaviour()


def test_another_seed_gives_other_worlds_and_the_same_answer_within_its_error() -> None:
    case = melian.read("belarus-2022")
    one, other = (case.solve(worlds=5000, seed=seed).likelihood() for seed in (0, 1))
    assert one.mean != other.mean
    # Four standard errors of a difference; scrambled Sobol points err by less than that bound.
    assert abs(one.mean - other.mean) < 4 * np.hypot(one.error, other.error)


@settings(max_examples=25)
@given(case_texts())
def test_segments_past_the_last_world_weigh_nothing(text: str) -> None:
    """A run of one world more or less differs by that world alone, also where the last segment is not full."""
    model = replace(solvable(text), evidence=())
    plan = make_plan(model)
    worlds = run_plan(model, plan, n_worlds=SEGMENT + 1, seed=0)
    for variable in model.variables:
        assert worlds.marginals[variable.index].sum() == pytest.approx(1, abs=1e-12)
        total = worlds.marginals[variable.index].sum(axis=0)
        assert total[1] == pytest.approx(worlds.event.mean(), abs=1e-12)
