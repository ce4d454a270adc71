"""What stakes are worth to an actor, and how it reckons, against enumeration: random cases, every number."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.answer.knowing import future_of, knowable, later_first, revealed
from melian.model.diagram import Decision, Model
from melian.plan.plan import Enquiry, Plan
from melian.plan.worth import plan_reckoning, plan_secret, plan_worth
from melian.solve.draws.draw import Sampler
from melian.solve.exact import Rule, reckon_exactly, solve_exactly
from melian.solve.population import Population
from melian.solve.worth import Reckoned, parameters_of, weigh_reckoning, weigh_situations, weigh_worth
from tests.oracle.test_exact import exact_worlds, rule_of, states_of
from tests.solving import Floats, solvable, sound, theta_of, worlds_of
from tests.strategies import Shape, case_texts

# As in the other oracles: sums of at most 600 products, rounded in another order.
SAME = 1e-9
N_WORLDS = 3
SEEDS = st.integers(0, 2**31)
CHOOSING = Shape(min_choices=1)


def population_of(model: Model, seed: int) -> Population:
    return Population(Sampler(model.parameters, seed), N_WORLDS)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
@given(case_texts(CHOOSING), SEEDS, st.data())
def test_stakes_are_worth_what_enumeration_finds(announced: bool, text: str, seed: int, data: st.DataObject) -> None:
    model = solvable(text)
    said = states_of(model, data.draw, data.draw(st.integers(0, min(2, len(model.variables)))))
    done = data.draw(st.integers(0, len(said)))
    enquiry = Enquiry(dict(list(said.items())[done:]), dict(list(said.items())[:done]), announced)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), enquiry)
    actors = range(len(model.actors))
    found = weigh_worth(model, plan_worth(model, enquiry, actors), population_of(model, seed), n_threads=1)
    assert found.evidence == pytest.approx([world.evidence for world in exact], abs=SAME)
    assert found.event == pytest.approx([world.event for world in exact], abs=SAME)
    assert set(found.stakes) == set(range(len(model.utilities)))
    for index, worth in found.stakes.items():
        assert worth == pytest.approx([world.stakes[index] for world in exact], abs=SAME)


@given(case_texts(CHOOSING), SEEDS)
def test_only_the_stakes_of_those_who_are_asked_are_weighed(text: str, seed: int) -> None:
    model = solvable(text)
    assume(len({utility.actor for utility in model.utilities}) > 1)
    found = weigh_worth(model, plan_worth(model, Enquiry(), {0}), population_of(model, seed), n_threads=1)
    assert set(found.stakes) == {index for index, utility in enumerate(model.utilities) if utility.actor == 0}
    every = weigh_worth(model, plan_worth(model, Enquiry(), {0, 1}), population_of(model, seed), n_threads=1)
    for index, worth in found.stakes.items():
        assert worth == pytest.approx(every.stakes[index], abs=SAME)


@pytest.mark.parametrize("available", [False, True], ids=["all open", "some closed"])
@given(SEEDS, st.data())
def test_an_actor_reckons_as_enumeration_does(available: bool, seed: int, data: st.DataObject) -> None:
    model = solvable(data.draw(case_texts(Shape(min_choices=1, available=available))))
    theta = theta_of(model, n_worlds=N_WORLDS, seed=seed)
    plan = plan_reckoning(model, Enquiry(), range(len(model.actors)))
    at = situations_of(model, plan, data.draw)
    found = weigh_reckoning(model, plan, population_of(model, seed), at, n_threads=1)
    assert set(found) == {decision.variable for decision in model.decisions}
    for world in range(N_WORLDS):
        rules = solve_exactly(model, theta[:, world]).rules
        for decision in model.decisions:
            assert_reckons(model, theta[:, world], rules, decision, (plan, at, found), world)


@given(case_texts(Shape(min_choices=2, together=True, max_situations=200)), SEEDS, st.data())
def test_it_is_so_where_choices_are_settled_together(text: str, seed: int, data: st.DataObject) -> None:
    """The rules are those of the engine; what they were reckoned from is found anew."""
    model = sound(text)
    plan = plan_reckoning(model, Enquiry(), range(len(model.actors)))
    assume(plan.together)
    worlds = worlds_of(model, n_worlds=1, seed=seed)
    assume(worlds.evidence[0] > 0 and not worlds.unsettled.any())
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    theta = theta_of(model, seed=seed)[:, 0]
    at = situations_of(model, plan, data.draw)
    found = weigh_reckoning(model, plan, Population(Sampler(model.parameters, seed), 1), at, n_threads=1)
    for decision in model.decisions:
        assert_reckons(model, theta, rules, decision, (plan, at, found), 0)


def situations_of(model: Model, plan: Plan, draw: st.DrawFn) -> dict[int, tuple[int, ...]]:
    """A situation for each choice."""
    return {
        choice: tuple(draw(st.integers(0, model.variables[axis].n_states - 1)) for axis in plan.axes[each.situations])
        for choice, each in plan.reckonings.items()
    }


def assert_reckons(
    model: Model,
    theta: Floats,
    rules: Mapping[int, Rule],
    decision: Decision,
    reckoned: tuple[Plan, Mapping[int, tuple[int, ...]], Mapping[int, Reckoned]],
    world: int,
) -> None:
    """In every situation that is the one asked about as far as the rule can tell, expectations are the exact ones."""
    plan, at, found = reckoned
    exact = reckon_exactly(model, theta, rules, decision)
    choice, options = decision.variable, range(model.variables[decision.variable].n_states)
    asked = dict(zip(plan.axes[plan.reckonings[choice].situations], at[choice], strict=True))
    for situation in product(*(range(model.variables[v].n_states) for v in decision.sees)):
        sees = dict(zip(decision.sees, situation, strict=True))
        if any(sees[axis] != state for axis, state in asked.items()):
            continue
        for index, utility in enumerate(model.utilities):
            possible = [o for o in options if (situation, o, index) in exact]
            if utility.actor == decision.actor and possible:
                expected = np.array([exact[situation, o, index] for o in possible])
                if index in found[choice].here:
                    assert found[choice].here[index][possible, world] == pytest.approx(expected, abs=SAME)
                else:  # stakes that a choice cannot change are the same whatever is chosen
                    assert np.ptp(expected) == pytest.approx(0, abs=SAME)


@given(case_texts(CHOOSING), SEEDS)
def test_over_all_situations_they_average_to_what_they_are_in_each(text: str, seed: int) -> None:
    model = solvable(text)
    plan = plan_reckoning(model, Enquiry(), range(len(model.actors)))
    population = population_of(model, seed)
    for choice, each in plan.reckonings.items():
        axes = plan.axes[each.situations]
        total: dict[int, Floats] = {}
        chance = np.zeros(N_WORLDS)
        for at in product(*(range(model.variables[axis].n_states) for axis in axes)):
            only = replace(plan, reckonings={choice: each})
            found = weigh_reckoning(model, only, population, {choice: at}, n_threads=1)[choice]
            chance += found.chance_here
            assert found.is_open.all()
            for index, worth in found.here.items():
                total[index] = total.get(index, 0.0) + worth * found.chance_here
        assert found.chance == pytest.approx(chance, abs=SAME)
        for index, worth in found.everywhere.items():
            assert worth * chance == pytest.approx(total[index], abs=SAME)


@given(case_texts(CHOOSING), SEEDS)
def test_situations_have_the_chances_of_what_is_seen(text: str, seed: int) -> None:
    model = solvable(text)
    plan = plan_reckoning(model, Enquiry(), range(len(model.actors)))
    found = weigh_situations(model, plan, population_of(model, seed), n_threads=1)
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    assume(worlds.evidence.sum() > 0)
    for choice, each in plan.reckonings.items():
        chance = found[choice] / worlds.evidence.sum()
        assert chance.sum() == pytest.approx(1, abs=SAME)
        for place, axis in enumerate(plan.axes[each.situations]):
            others = tuple(other for other in range(chance.ndim) if other != place)
            assert chance.sum(axis=others) == pytest.approx(worlds.marginals[axis].sum(axis=1), abs=SAME)


@given(case_texts(Shape(min_choices=1, min_factors=1)), SEEDS, st.data())
def test_one_who_knows_in_secret_answers_the_rules_of_others_as_they_are(
    text: str, seed: int, data: st.DataObject
) -> None:
    """One choice after the other, the last first, is answered anew by enumeration."""
    model = solvable(text)
    decision = data.draw(st.sampled_from(model.decisions))
    factors = knowable(model, Enquiry(), decision)
    assume(factors)
    factor = data.draw(st.sampled_from(factors))
    informed = revealed(model, decision, factor, future_of(model, Enquiry(), decision))
    choices = later_first(model, Enquiry(), decision, future_of(model, Enquiry(), decision))
    assume(all(sum(u.actor == d.actor for u in model.utilities) for d in model.decisions))
    actors = range(len(model.actors))
    plan = plan_secret(model, informed, Enquiry(), actors, choices)
    found = weigh_worth(model, plan, population_of(model, seed), n_threads=1)
    for world, theta in enumerate(theta_of(model, n_worlds=N_WORLDS, seed=seed).T):
        rules = dict(solve_exactly(model, theta).rules)
        rules |= {choice: spread_over(model, informed, choice, rules[choice]) for choice in choices}
        for choice in choices:
            answered = solve_exactly(informed, theta, rules=rules).replies[choice]
            assume(len(answered) == len(rules[choice]))  # in the others play is even, with or without
            rules[choice] = answered
        exact = solve_exactly(informed, theta, rules=rules)
        assert found.evidence[world] == pytest.approx(exact.evidence, abs=SAME)
        assert found.event[world] == pytest.approx(exact.event, abs=SAME)
        for index, worth in found.stakes.items():
            assert worth[world] == pytest.approx(exact.stakes[index], abs=SAME)


def spread_over(model: Model, informed: Model, choice: int, rule: Rule) -> Rule:
    """Rule of a choice that sees more, as if it made no use of it."""
    before, after = (next(d.sees for d in each.decisions if d.variable == choice) for each in (model, informed))
    return {
        states: rule[tuple(state for seen, state in zip(after, states, strict=True) if seen in before)]
        for states in product(*(range(model.variables[v].n_states) for v in after))
    }


@given(case_texts(CHOOSING), SEEDS)
def test_parameters_are_those_of_the_worlds(text: str, seed: int) -> None:
    model = solvable(text)
    slots = [utility.weight for utility in model.utilities]
    assume(slots)
    theta = theta_of(model, n_worlds=N_WORLDS, seed=seed)
    assert parameters_of(population_of(model, seed), slots) == pytest.approx(theta[slots], abs=0)
