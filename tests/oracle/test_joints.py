"""Chances of combinations of states: held to the slow solver's enumeration, and to each other."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.plan.joints import plan_joints
from melian.plan.plan import Enquiry
from melian.solve.draws.draw import Sampler
from melian.solve.exact import solve_exactly
from melian.solve.population import Population
from melian.solve.weigh import sum_joints
from tests.oracle.test_exact import states_of
from tests.solving import solvable, theta_of
from tests.strategies import case_texts

N_WORLDS = 3
SAME = 1e-9


@given(case_texts(), st.integers(0, 2**31), st.data())
def test_a_joint_chance_is_the_sum_of_what_enumeration_finds(text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    event = len(model.variables)
    axes = st.lists(st.integers(0, event), unique=True, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
    wanted = data.draw(st.lists(axes, unique=True, min_size=1, max_size=3))
    said = states_of(model, data.draw, data.draw(st.integers(0, min(2, event))))
    done = data.draw(st.integers(0, len(said)))
    enquiry = Enquiry(dict(list(said.items())[done:]), dict(list(said.items())[:done]), data.draw(st.booleans()))
    population = Population(Sampler(model.parameters, seed), N_WORLDS)
    found = sum_joints(model, plan_joints(model, enquiry, wanted), population, n_threads=1)
    expected = {one: np.zeros(array.shape[:-1]) for one, array in found.items()}
    for theta in theta_of(model, n_worlds=N_WORLDS, seed=seed).T:
        try:
            exact = solve_exactly(model, theta, observe=enquiry.observe, do=enquiry.do, announced=enquiry.announced)
        except ZeroDivisionError:
            assume(False)
            raise
        for states, chance in exact.joint.items():
            holds = model.event.holds[tuple(states[axis] for axis in model.event.axes)]
            at = (*states, int(holds))
            for one in wanted:
                expected[one][tuple(at[axis] for axis in one)] += chance
    for one, array in found.items():
        assert array.sum(axis=-1) == pytest.approx(expected[one], abs=SAME)


@given(case_texts(), st.integers(0, 2**31))
def test_summing_a_variable_out_leaves_the_others(text: str, seed: int) -> None:
    model = solvable(text)
    event = len(model.variables)
    every = [tuple(sorted({a, b, event})) for a, b in product(range(event), repeat=2)]
    population = Population(Sampler(model.parameters, seed), 2 * 256 + 1)
    found = sum_joints(model, plan_joints(model, Enquiry(), every), population, n_threads=1)
    for axes, array in found.items():
        alone = found[(axes[0], event)]
        others = tuple(place for place, axis in enumerate(axes) if axis not in (axes[0], event))
        assert array.sum(axis=others) == pytest.approx(alone, rel=1e-9, abs=1e-12)
