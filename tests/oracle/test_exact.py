"""The engine against the slow solver, which enumerates every combination of states: random cases, every number."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from melian.solve.exact import ExactWorld, Rule, solve_exactly
from melian.solve.run import Worlds
from tests.solving import Floats, solvable, theta_of, worlds_of
from tests.strategies import Shape, case_texts

# Two orders of summing at most 600 products of chances: rounding is near 1e-15, and precisions up to 60 make it grow.
SAME = 1e-9
N_WORLDS = 3
SEEDS = st.integers(0, 2**31)


def exact_worlds(model: Model, theta: Floats, enquiry: Enquiry) -> list[ExactWorld]:
    """Every world by enumeration; leaves out findings that are impossible."""
    try:
        return [
            solve_exactly(model, column, observe=enquiry.observe, do=enquiry.do, announced=enquiry.announced)
            for column in theta.T
        ]
    except ZeroDivisionError:
        assume(False)
        raise


def assert_same(model: Model, worlds: Worlds, exact: list[ExactWorld]) -> None:
    """Every number of the engine is that of the slow solver."""
    weight = np.array([world.evidence for world in exact])
    assert worlds.evidence == pytest.approx(weight, abs=SAME)
    assert worlds.event == pytest.approx([world.event for world in exact], abs=SAME)
    assert worlds.before == pytest.approx([world.before for world in exact], abs=SAME)
    for variable in model.variables:
        expected = weight @ [world.marginals[variable.index] for world in exact] / weight.sum()
        assert worlds.marginals[variable.index].sum(axis=1) == pytest.approx(expected, abs=SAME)
    assert set(worlds.rules) == set(exact[0].rules)


def assert_same_rules(model: Model, worlds: Worlds, exact: list[ExactWorld]) -> None:
    """Rules agree in every situation that can come about."""
    weight = np.array([world.evidence for world in exact])
    for choice in worlds.rules:
        solved = rule_of(model, worlds, choice)
        for situation in exact[0].replies[choice]:
            expected = weight @ [world.rules[choice][situation] for world in exact] / weight.sum()
            assert solved[situation] == pytest.approx(expected, abs=SAME)


def rule_of(model: Model, worlds: Worlds, choice: int) -> Rule:
    """Rule in every combination of states of what is seen, also of what makes no difference."""
    decision = next(d for d in model.decisions if d.variable == choice)
    rule = worlds.rules[choice]
    found = {}
    for situation in product(*(range(model.variables[seen].n_states) for seen in decision.sees)):
        at = dict(zip(decision.sees, situation, strict=True))
        cell = tuple(slice(None) if axis == choice else at[axis] for axis in rule.axes)
        found[situation] = rule.mean[cell].tolist()
    return found


def states_of(model: Model, draw: st.DrawFn, n: int) -> dict[int, int]:
    variables = draw(st.lists(st.sampled_from(model.variables), unique=True, min_size=n, max_size=n))
    return {variable.index: draw(st.integers(0, variable.n_states - 1)) for variable in variables}


@given(case_texts(), SEEDS)
def test_every_number_is_that_of_enumeration(text: str, seed: int) -> None:
    model = solvable(text)
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), Enquiry())
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)


@given(case_texts(Shape(impossible=True)), SEEDS)
def test_it_is_so_where_states_are_impossible(text: str, seed: int) -> None:
    model = solvable(text)
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), Enquiry())
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
@given(case_texts(), SEEDS, st.data())
def test_it_is_so_under_what_is_observed_and_done(announced: bool, text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    said = states_of(model, data.draw, data.draw(st.integers(1, min(2, len(model.variables)))))
    done = data.draw(st.integers(0, len(said)))
    enquiry = Enquiry(dict(list(said.items())[done:]), dict(list(said.items())[:done]), announced)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), enquiry)
    worlds = worlds_of(model, enquiry, n_worlds=N_WORLDS, seed=seed)
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)


@given(case_texts(), SEEDS)
def test_leaving_an_origin_out_is_as_if_its_reports_had_not_been_made(text: str, seed: int) -> None:
    model = solvable(text)
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    theta = theta_of(model, n_worlds=N_WORLDS, seed=seed)
    assert set(worlds.without) == set(range(len(model.evidence)))
    assume(worlds.evidence.sum() > 0)
    for origin, without in worlds.without.items():
        others = replace(model, evidence=model.evidence[:origin] + model.evidence[origin + 1 :])
        exact = exact_worlds(others, theta, Enquiry())
        weight = np.array([world.evidence for world in exact])
        assert without == pytest.approx(weight @ [world.event for world in exact] / weight.sum(), abs=SAME)


@given(case_texts(Shape(min_choices=1, behaviour="rational")), SEEDS)
def test_rational_play_is_a_best_reply_in_every_situation_that_comes_about(text: str, seed: int) -> None:
    """The slow solver's own rules are no oracle here: they are even where play does not lead."""
    model = solvable(text)
    worlds = worlds_of(model, seed=seed)
    assume(worlds.evidence[0] > 0)
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    exact = solve_exactly(model, theta_of(model, seed=seed)[:, 0], rules=rules)
    for decision in model.decisions:
        for situation, reply in exact.replies[decision.variable].items():
            assert rules[decision.variable][situation] == pytest.approx(reply, abs=SAME)
    assert_same(model, worlds, [exact])
