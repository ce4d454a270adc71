"""Factors that are functions of many others: against their full tables, closed forms, and pyAgrum."""

import math
from itertools import product

import numpy as np
import pyagrum as gum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.solve.exact import solve_exactly
from tests.oracle.test_exact import assert_same, assert_same_rules, exact_worlds
from tests.solving import model_of, solvable, solve, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SEEDS = st.integers(0, 2**31)
SHAPE = Shape(min_factors=3, max_factors=6, max_choices=2, functions=True)
N_WORLDS = 2
SAME = 1e-12  # sums of products of chances, every term positive: only rounding, near 1e-16 a step
SLOWLY = settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
CHANCES = st.floats(0.0, 1.0)
INSIDE = st.floats(0.01, 0.99)  # the other program takes no weights of 0


def case_with(function: str, chances: list[float], states: str = "no, yes", event: str = "yes") -> str:
    """Text of a case whose event is that a function of some factors, each `yes` or `no`, is in a state."""
    parents = [f"  p{i}: {{states: [no, yes], chances: {{yes: {chance!r}}}}}" for i, chance in enumerate(chances)]
    head = ["melian: 1", "case: functions", f"question: {{event: {{f: {event}}}}}", "factors:"]
    return "\n".join([*head, *parents, f"  f: {{states: [{states}], function: {function}}}"])


def on_average(chances: list[float], chance_of: object) -> float:
    """Mean of a function of which parents say yes, by enumeration."""
    assert callable(chance_of)
    total = 0.0
    for on in product([False, True], repeat=len(chances)):
        weight = math.prod(c if here else 1.0 - c for c, here in zip(chances, on, strict=True))
        total += weight * chance_of(on)
    return total


@SLOWLY
@given(case_texts(SHAPE), SEEDS)
def test_a_chain_of_small_tables_is_the_full_table(text: str, seed: int) -> None:
    model = solvable(text)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), Enquiry())
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)


@SLOWLY
@given(case_texts(SHAPE), SEEDS, st.data())
def test_it_is_so_under_what_is_observed_and_done(text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    one, other = data.draw(st.permutations(model.variables))[:2]
    enquiry = Enquiry({one.index: data.draw(st.integers(0, one.n_states - 1))}, {other.index: 0})
    exact = exact_worlds(model, theta_of(model, seed=seed), enquiry)
    assert_same(model, worlds_of(model, enquiry, seed=seed), exact)


@SLOWLY
@given(case_texts(Shape(min_factors=3, max_factors=6, max_choices=0, functions=True, evidence=False)), SEEDS)
def test_without_choices_it_is_right_to_twelve_digits(text: str, seed: int) -> None:
    model = solvable(text)
    exact = solve_exactly(model, theta_of(model, seed=seed)[:, 0])
    worlds = worlds_of(model, seed=seed)
    for variable in model.variables:
        assert worlds.marginals[variable.index].sum(axis=1) == pytest.approx(exact.marginals[variable.index], abs=SAME)


@SLOWLY
@given(st.lists(st.tuples(CHANCES, CHANCES, CHANCES), min_size=2, max_size=6), CHANCES)
def test_noisy_or_and_noisy_and_are_their_closed_forms(causes: list[tuple[float, float, float]], leak: float) -> None:
    chances = [chance for chance, _, _ in causes]
    rules = ", ".join(
        f"{{when: {{p{i}: yes}}, yes: {p!r}, otherwise: {{yes: {q!r}}}}}" for i, (_, p, q) in enumerate(causes)
    )

    def each(on: tuple[bool, ...]) -> list[float]:
        return [leak, *(p if here else q for here, (_, p, q) in zip(on, causes, strict=True))]

    happens = on_average(chances, lambda on: 1.0 - math.prod(1.0 - chance for chance in each(on)))
    text = case_with(f"{{noisy_or: [{rules}], leak: {{yes: {leak!r}}}}}", chances)
    assert solve(text).event == pytest.approx(happens, abs=SAME)
    met = on_average(chances, lambda on: math.prod(each(on)))
    text = case_with(f"{{noisy_and: [{rules}], leak: {{yes: {leak!r}}}}}", chances)
    assert solve(text).event == pytest.approx(met, abs=SAME)


@SLOWLY
@given(st.lists(st.tuples(CHANCES, st.integers(1, 40)), min_size=2, max_size=6), st.integers(1, 9))
def test_a_vote_counts_the_weights(voters: list[tuple[float, int]], tenths: int) -> None:
    weights = ", ".join(f"p{i}: {weight / 4}" for i, (_, weight) in enumerate(voters))
    text = case_with(f"{{vote: {{{weights}}}, says: yes, then: {{yes: at least {tenths}/10}}}}", [c for c, _ in voters])
    whole = sum(weight for _, weight in voters)

    def carries(on: tuple[bool, ...]) -> bool:
        return 10 * sum(weight for here, (_, weight) in zip(on, voters, strict=True) if here) >= tenths * whole

    assert solve(text).event == pytest.approx(on_average([c for c, _ in voters], carries), abs=SAME)


def network(chances: list[float]) -> gum.BayesNet:
    found = gum.BayesNet()
    for i, chance in enumerate(chances):
        found.add(gum.LabelizedVariable(f"p{i}", "", 2))
        found.cpt(f"p{i}").fillWith([1.0 - chance, chance])
    return found


@SLOWLY
@given(st.lists(st.tuples(CHANCES, INSIDE), min_size=2, max_size=6), INSIDE)
def test_noisy_or_is_that_of_pyagrum(causes: list[tuple[float, float]], leak: float) -> None:
    chances = [chance for chance, _ in causes]
    theirs = network(chances)
    theirs.addNoisyORNet(gum.LabelizedVariable("f", "", 2), leak)
    for i, (_, strength) in enumerate(causes):
        theirs.addWeightedArc(f"p{i}", "f", strength)
    inference = gum.LazyPropagation(theirs)
    inference.makeInference()
    rules = ", ".join(f"{{when: {{p{i}: yes}}, yes: {p!r}}}" for i, (_, p) in enumerate(causes))
    ours = solve(case_with(f"{{noisy_or: [{rules}], leak: {{yes: {leak!r}}}}}", chances))
    assert ours.event == pytest.approx(inference.posterior("f")[1], abs=1e-7)  # it keeps weights as single numbers


ROWS = st.tuples(CHANCES, CHANCES).map(lambda cuts: [min(cuts), abs(cuts[0] - cuts[1]), 1.0 - max(cuts)])


@SLOWLY
@given(st.lists(st.tuples(CHANCES, ROWS), min_size=2, max_size=5))
def test_noisy_max_is_the_highest_of_what_each_cause_does_as_pyagrum_has_it(
    causes: list[tuple[float, list[float]]],
) -> None:
    chances = [chance for chance, _ in causes]
    theirs = network(chances)
    theirs.addMAX(gum.RangeVariable("f", "", 0, 2))
    for i, (_, row) in enumerate(causes):
        theirs.add(gum.RangeVariable(f"e{i}", "", 0, 2))
        theirs.addArc(f"p{i}", f"e{i}")
        theirs.cpt(f"e{i}")[{f"p{i}": 0}] = [1.0, 0.0, 0.0]
        theirs.cpt(f"e{i}")[{f"p{i}": 1}] = row
        theirs.addArc(f"e{i}", "f")
    inference = gum.LazyPropagation(theirs)
    inference.makeInference()
    rules = ", ".join(
        f"{{when: {{p{i}: yes}}, low: {row[0]!r}, mid: {row[1]!r}, high: {row[2]!r}}}"
        for i, (_, row) in enumerate(causes)
    )
    ours = solve(case_with(f"{{noisy_max: [{rules}]}}", chances, "low, mid, high", "high"))
    expected = [float(chance) for chance in inference.posterior("f").tolist()]
    assert [ours.chance("f", state) for state in ("low", "mid", "high")] == pytest.approx(expected, abs=1e-9)


# Many parents


def test_forty_causes_are_one_short_product() -> None:
    chances, strengths = [(i + 1) / 50 for i in range(40)], [0.9 / (i + 1) for i in range(40)]
    rules = ", ".join(f"{{when: {{p{i}: yes}}, yes: {p!r}}}" for i, p in enumerate(strengths))
    found = solve(case_with(f"{{noisy_or: [{rules}], leak: {{yes: 0.01}}}}", chances))
    fails = 0.99 * math.prod(1.0 - c * p for c, p in zip(chances, strengths, strict=True))
    assert found.event == pytest.approx(1.0 - fails, abs=SAME)


def poisson_binomial(chances: list[float], weights: list[int]) -> np.ndarray:
    """Chance of each sum of weights of those that say yes."""
    found = np.ones(1)
    for chance, weight in zip(chances, weights, strict=True):
        step = np.zeros(weight + 1)
        step[0], step[-1] = 1.0 - chance, chance
        found = np.convolve(found, step)
    return found


def test_forty_votes_are_counted() -> None:
    chances, weights = [(i + 1) / 50 for i in range(40)], [1 + i % 7 for i in range(40)]
    votes = ", ".join(f"p{i}: {weight}" for i, weight in enumerate(weights))
    found = solve(case_with(f"{{vote: {{{votes}}}, says: yes, then: {{yes: more than half}}}}", chances))
    sums = poisson_binomial(chances, weights)
    expected = sums[sum(weights) // 2 + 1 :].sum()
    assert found.event == pytest.approx(expected, abs=SAME)


def test_a_vote_tells_of_its_voters() -> None:
    """What is known of the outcome reaches every voter: by Bayes, from the counts with and without one of them."""
    chances, weights = [(i + 1) / 50 for i in range(40)], [1 + i % 7 for i in range(40)]
    votes = ", ".join(f"p{i}: {weight}" for i, weight in enumerate(weights))
    text = case_with(f"{{vote: {{{votes}}}, says: yes, then: {{yes: more than half}}}}", chances)
    found = solve(text, observe={"f": "yes"})
    needed, whole = sum(weights) // 2 + 1, poisson_binomial(chances, weights)
    for i in (0, 17, 39):
        others = poisson_binomial(chances[:i] + chances[i + 1 :], weights[:i] + weights[i + 1 :])
        with_it = chances[i] * others[max(needed - weights[i], 0) :].sum()
        assert found.chance(f"p{i}", "yes") == pytest.approx(with_it / whole[needed:].sum(), abs=SAME)


def operations(n_parents: int, function: str) -> int:
    return make_plan(model_of(case_with(function, [0.5] * n_parents))).cost.operations


@pytest.mark.parametrize("kind", ["noisy_or", "noisy_and", "any", "all"])
def test_cost_is_linear_in_the_parents(kind: str) -> None:
    def cost(n: int) -> int:
        if kind in ("any", "all"):
            return operations(n, f"{{{kind}: [{', '.join(f'{{p{i}: yes}}' for i in range(n))}], then: yes}}")
        return operations(n, f"{{{kind}: [{', '.join(f'{{when: {{p{i}: yes}}, yes: 0.3}}' for i in range(n))}]}}")

    assert cost(40) - cost(20) <= 1.1 * (cost(20) - cost(10)) * 2


def test_what_a_function_is_made_of_is_in_no_answer() -> None:
    model: Model = model_of(case_with("{any: [{p0: yes}, {p1: yes}, {p2: yes}], then: yes}", [0.2, 0.3, 0.4]))
    plan = make_plan(model)
    assert len(plan.layout.lengths) > len(model.variables) + 1
    assert [variable.name for variable in model.variables] == ["p0", "p1", "p2", "f"]
    assert set(plan.marginals) == {0, 1, 2, 3}
    assert all(axis <= plan.event_axis for register in plan.outputs for axis in plan.axes[register])


def test_an_actor_may_take_the_votes_to_count_otherwise() -> None:
    """A believer in unanimity does not act where a majority would do; the analyst's vote is the majority."""
    text = """
melian: 1
case: belief
behaviour: rational
question: {event: {act: goes}}
actors: {a: {}}
factors:
  p0: {states: [no, yes], chances: {yes: 0.8}}
  p1: {states: [no, yes], chances: {yes: 0.8}}
  p2: {states: [no, yes], chances: {yes: 0.1}}
  f: {states: [no, yes], function: {vote: [p0, p1, p2], says: yes, then: {yes: more than half}}}
choices: {act: {actor: a, options: [stays, goes]}}
stakes:
  a:
    gain:
      given: [act, f]
      values: [{when: {act: stays}, is: 50}, {when: {f: yes}, is: 100}, {else: true, is: 0}]
"""
    assert solve(text).event == 1.0
    believed = "beliefs: {a: {f: {function: {all: [{p0: yes}, {p1: yes}, {p2: yes}], then: yes}}}}\n"
    assert solve(text + believed).event == 0.0
    assert solve(text + believed).chance("f", "yes") == pytest.approx(0.8 * 0.8 + 2 * 0.8 * 0.2 * 0.1, abs=SAME)
