"""One decision maker: random diagrams against pyagrum's LIMID solver, and two of the textbooks by their own worth."""

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np
import pyagrum as gum
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from melian.model.diagram import Decision, Model
from tests.oracle.test_one_decision_maker import DIAGRAM
from tests.oracle.world import Floats, chances, joint, rules, spread, worth
from tests.solving import Answer, solvable, solve, theta_of, worlds_of
from tests.strategies import case_texts

SAME = 1e-9  # sums of at most 600 products
FEW_WAYS = 3000
FLOAT = 1e-6  # worth is compared in the other program's sums of doubles


def diagram_of(model: Model, theta: Floats) -> gum.InfluenceDiagram:
    """One world as an influence diagram: a utility node a stake, its values times its weight."""
    found = gum.InfluenceDiagram()
    chosen = {decision.variable: decision for decision in model.decisions}
    for variable in model.variables:
        node = gum.LabelizedVariable(f"v{variable.index}", "", variable.n_states)
        found.addDecisionNode(node) if variable.index in chosen else found.addChanceNode(node)
    for variable in model.variables:
        for parent in model.parents(variable.index):
            found.addArc(f"v{parent}", f"v{variable.index}")
    for variable in model.tables:
        fill(found.cpt(f"v{variable}"), chances(model, theta, variable), model, model.parents(variable), variable)
    for number, utility in enumerate(model.utilities):
        name = f"u{number}"
        found.addUtilityNode(gum.LabelizedVariable(name, "", 1))
        for axis in utility.axes:
            found.addArc(f"v{axis}", name)
        values = spread(model, theta[utility.weight] * theta[utility.slots], utility.axes)
        for states in product(*(range(model.variables[axis].n_states) for axis in utility.axes)):
            at = {f"v{axis}": state for axis, state in zip(utility.axes, states, strict=True)}
            found.utility(name)[at] = [float(cell(values, dict(zip(utility.axes, states, strict=True))))]
    return found


def cell(array: Floats, states: dict[int, int]) -> float:
    return float(array[tuple(states.get(axis, 0) for axis in range(array.ndim))])


def fill(table: gum.Tensor, array: Floats, model: Model, parents: tuple[int, ...], variable: int) -> None:
    for states in product(*(range(model.variables[parent].n_states) for parent in parents)):
        at = dict(zip(parents, states, strict=True))
        row = [cell(array, at | {variable: state}) for state in range(model.variables[variable].n_states)]
        if parents:
            table[{f"v{parent}": state for parent, state in at.items()}] = row
        else:
            table.fillWith(row)


@settings(max_examples=30)
@given(case_texts(DIAGRAM), st.integers(0, 2**31))
def test_rational_worth_is_pyagrums(text: str, seed: int) -> None:
    model = solvable(text)
    assume(model.utilities)
    theta = theta_of(model, seed=seed)[:, 0]
    solved = rules(model, worlds_of(model, seed=seed))
    had = float((joint(model, theta, solved) * worth(model, theta, 0)).sum())
    diagram = diagram_of(model, theta)
    solver = gum.ShaferShenoyLIMIDInference(diagram)
    order = [f"v{decision.variable}" for decision in model.decisions]
    solver.addNoForgettingAssumption(order)
    solver.makeInference()
    # What is had is had by rules that can be played, so a solver that claims less has missed the best ones. Then, and
    # wherever there are few ways to choose, all of them are tried.
    assert had > solver.MEU()["mean"] - FLOAT
    if n_ways(model) <= FEW_WAYS:
        assert had == pytest.approx(best_of_all_ways(model, theta), abs=SAME)
    else:
        assert had == pytest.approx(solver.MEU()["mean"], abs=FLOAT)


def n_ways(model: Model) -> int:
    """Rules without chance of all choices together."""
    sizes = [variable.n_states for variable in model.variables]
    return prod(sizes[one.variable] ** prod(sizes[seen] for seen in one.sees) for one in model.decisions)


def best_of_all_ways(model: Model, theta: Floats) -> float:
    """Greatest expected utility of any rules without chance, each tried."""
    ways = [list(rules_of(model, decision)) for decision in model.decisions]
    worths = worth(model, theta, 0)
    best = -np.inf
    for tried in product(*ways):
        solved = {one.variable: rule for one, rule in zip(model.decisions, tried, strict=True)}
        best = max(best, float((joint(model, theta, solved) * worths).sum()))
    return best


def rules_of(model: Model, decision: Decision) -> Iterator[Floats]:
    """Every rule without chance of one choice, an axis for every variable."""
    sizes = [variable.n_states for variable in model.variables]
    seen = [sizes[v] if v in decision.sees else 1 for v in range(len(sizes))]
    for picked in product(range(sizes[decision.variable]), repeat=prod(seen)):
        picks = np.array(picked).reshape(seen)
        options = np.arange(sizes[decision.variable])
        shape = [1] * len(sizes)
        shape[decision.variable] = -1
        yield (picks == options.reshape(shape)).astype(float)


def worth_of(text: str) -> tuple[float, Answer]:
    """Expected utility on the scale of 0 to 1, and the solved case."""
    found = solve(text)
    theta = theta_of(found.model)[:, 0]
    solved = rules(found.model, found.worlds)
    return float((joint(found.model, theta, solved) * worth(found.model, theta, 0)).sum()), found


# Howard's party problem (Howard 1984, in Readings on the principles and applications of decision analysis): outdoors,
# porch or indoors, worth 100, 90 and 40 in the sun, 0, 20 and 50 in the rain; a detector is right 8 times in 10.
PARTY = """
melian: 1
case: party
behaviour: rational
question: {event: {place: outdoors}}
actors: {kim: {}}
factors:
  weather: {states: [sun, rain], chances: {sun: 0.4, rain: 0.6}}
  detector:
    states: [sun, rain]
    given: [weather]
    chances: [{when: {weather: sun}, sun: 0.8, rain: 0.2}, {else: true, sun: 0.2, rain: 0.8}]
choices:
  place: {actor: kim, options: [outdoors, porch, indoors], sees: [detector]}
stakes:
  kim:
    worth:
      given: [place, weather]
      values:
        - {when: {place: outdoors, weather: sun}, is: 100}
        - {when: {place: porch, weather: sun}, is: 90}
        - {when: {place: indoors, weather: sun}, is: 40}
        - {when: {place: porch, weather: rain}, is: 20}
        - {when: {place: indoors, weather: rain}, is: 50}
        - {else: true, is: 0}
"""


def test_the_party_is_outdoors_when_the_detector_says_sun() -> None:
    had, found = worth_of(PARTY)
    assert found.rule("place", "outdoors", detector="sun") == 1
    assert found.rule("place", "indoors", detector="rain") == 1
    # 0.32 * 100 + 0.08 * 40 + 0.48 * 50
    assert 100 * had == pytest.approx(59.2, abs=100 * SAME)


# Howard's used-car buyer (Howard 1962, The used car buyer) in a small form: 1 car in 5 is a lemon; a test of the
# steering, the fuel system or the transmission costs 9, 13 or 10; buying is worth 60 or -100, with a guarantee 20 or
# 40. Money from -113 to 60 makes values of 0 to 100 by two stakes: the price of the test (0 to -13) and the car (-100
# to 60), weights 13 and 160 of 173.
CAR = """
melian: 1
case: used-car
behaviour: rational
question: {event: {buy: buy}}
actors: {buyer: {}}
factors:
  car: {states: [peach, lemon], chances: {peach: 0.8, lemon: 0.2}}
  result:
    states: [none, ok, defect]
    given: [test, car]
    chances:
      - {when: {test: skip}, none: 1, ok: 0, defect: 0}
      - {when: {test: fuel, car: peach}, none: 0, ok: 0.8, defect: 0.2}
      - {when: {test: fuel}, none: 0, ok: 0.1, defect: 0.9}
      - {when: {car: peach}, none: 0, ok: 0.9, defect: 0.1}
      - {else: true, none: 0, ok: 0.4, defect: 0.6}
choices:
  test: {actor: buyer, options: [skip, steering, fuel, transmission]}
  buy: {actor: buyer, options: [refuse, buy, guarantee], sees: [test, result]}
stakes:
  buyer:
    weights: {price: 0.07514450867052023, use: 0.92485549132947977}
    price:
      given: [test]
      values:
        - {when: {test: skip}, is: 100}
        - {when: {test: steering}, is: 30.76923076923077}
        - {when: {test: transmission}, is: 23.07692307692308}
        - {else: true, is: 0}
    use:
      given: [buy, car]
      values:
        - {when: {buy: refuse}, is: 62.5}
        - {when: {buy: buy, car: peach}, is: 100}
        - {when: {buy: buy}, is: 0}
        - {when: {car: peach}, is: 75}
        - {else: true, is: 87.5}
"""


def test_the_used_car_buyer_tests_the_fuel_system_and_takes_a_guarantee_after_a_defect() -> None:
    had, found = worth_of(CAR)
    assert found.chance("test", "fuel") == 1
    assert found.rule("buy", "buy", test="fuel", result="ok") == 1
    assert found.rule("buy", "guarantee", test="fuel", result="defect") == 1
    # 0.64 * 60 + 0.02 * -100 + 0.16 * 20 + 0.18 * 40 - 13
    assert 173 * had - 113 == pytest.approx(33.8, abs=173 * SAME)
