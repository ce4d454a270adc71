"""The engine against pyAgrum: Bayesian networks with soft evidence and with states that are observed."""

from itertools import product

import pyagrum as gum
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from tests.oracle.world import Floats, chances, said
from tests.plan.test_make import observing
from tests.solving import solvable, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SAME = 1e-9  # two programs, each with rounding near 1e-15 a product; unlikely evidence divides by as little as 1e-6
EVENT = "event"
SEEDS = st.integers(0, 2**31)
SMALL = Shape(max_choices=0, beliefs=False, soft_only=True)
LARGE = Shape(min_factors=10, max_factors=20, max_choices=0, max_situations=10**10, beliefs=False, soft_only=True)


def name_of(variable: int) -> str:
    return f"v{variable}"


def report_on(variable: int) -> str:
    return f"said{variable}"


def network(model: Model, theta: Floats) -> gum.BayesNet:
    """One world as a Bayesian network; the event is a node of its own, and so is all that is said of a variable.

    Soft evidence is virtual evidence: a child was seen whose chances are the likelihood (Pearl 1988, section 2.2.2).
    """
    found = gum.BayesNet()
    for variable in model.variables:
        found.add(gum.LabelizedVariable(name_of(variable.index), "", variable.n_states))
    found.add(gum.LabelizedVariable(EVENT, "", 2))
    for variable in model.variables:
        for parent in model.parents(variable.index):
            found.addArc(name_of(parent), name_of(variable.index))
    for axis in model.event.axes:
        found.addArc(name_of(axis), EVENT)
    for variable in model.variables:
        fill(found.cpt(name_of(variable.index)), model, chances(model, theta, variable.index), variable.index)
        found.add(gum.LabelizedVariable(report_on(variable.index), "", 2))
        found.addArc(name_of(variable.index), report_on(variable.index))
        for state, likelihood in enumerate(said(model, theta, variable.index)):
            found.cpt(report_on(variable.index))[{name_of(variable.index): state}] = [1 - likelihood, likelihood]
    for states in product(*(range(model.variables[axis].n_states) for axis in model.event.axes)):
        holds = bool(model.event.holds[states])
        place = {name_of(axis): state for axis, state in zip(model.event.axes, states, strict=True)}
        found.cpt(EVENT)[place] = [1.0 - holds, float(holds)]
    return found


def fill(table: gum.Tensor, model: Model, array: Floats, variable: int) -> None:
    """Write the chances of a variable, whatever the order of parents in the other program."""
    parents = model.parents(variable)
    for states in product(*(range(model.variables[parent].n_states) for parent in parents)):
        cell = tuple(
            states[parents.index(v.index)] if v.index in parents else slice(None) if v.index == variable else 0
            for v in model.variables
        )
        row = array[cell].tolist()
        if parents:
            table[{name_of(parent): state for parent, state in zip(parents, states, strict=True)}] = row
        else:
            table.fillWith(row)


def assert_same(model: Model, seed: int, enquiry: Enquiry) -> None:
    theta = theta_of(model, seed=seed)[:, 0]
    worlds = worlds_of(model, enquiry, seed=seed)
    inference = gum.LazyPropagation(network(model, theta))
    inference.makeInference()
    assert worlds.before[0] == pytest.approx(inference.posterior(EVENT)[1], abs=SAME)
    assume(worlds.evidence[0] > 0)
    for variable in model.variables:
        inference.addEvidence(report_on(variable.index), 1)
    for variable, state in enquiry.observe.items():
        inference.addEvidence(name_of(variable), state)
    inference.makeInference()
    assert worlds.evidence[0] == pytest.approx(inference.evidenceProbability(), abs=SAME)
    assert worlds.event[0] == pytest.approx(inference.posterior(EVENT)[1], abs=SAME)
    for variable in model.variables:
        posterior = inference.posterior(name_of(variable.index)).tolist()
        assert worlds.marginals[variable.index].sum(axis=1) == pytest.approx(posterior, abs=SAME)


@given(case_texts(SMALL), SEEDS)
def test_small_networks_agree(text: str, seed: int) -> None:
    assert_same(solvable(text), seed, Enquiry())


@settings(max_examples=15)
@given(case_texts(LARGE), SEEDS)
def test_networks_of_up_to_twenty_nodes_agree(text: str, seed: int) -> None:
    assert_same(solvable(text), seed, Enquiry())


@given(case_texts(SMALL), SEEDS, st.data())
def test_small_networks_agree_on_what_follows_from_what_is_observed(text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    assert_same(model, seed, observing(model, data))


@settings(max_examples=15)
@given(case_texts(LARGE), SEEDS, st.data())
def test_larger_networks_agree_on_what_follows_from_what_is_observed(text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    assert_same(model, seed, observing(model, data))
