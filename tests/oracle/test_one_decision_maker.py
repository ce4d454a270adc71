"""Influence diagrams of one decision maker who forgets nothing: random ones, and two of the textbooks."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.model.diagram import Model
from tests.oracle.world import Floats, chances, joint, rules, worth
from tests.solving import solvable, solve, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SAME = 1e-9  # sums of at most 600 products of chances and values below 1
DIAGRAM = Shape(min_choices=1, behaviour="rational", single_actor=True, beliefs=False, evidence=False)


def greatest_worth(model: Model, theta: Floats) -> float:
    """Maximum expected utility: sums over what is learned and maxima over what is chosen, from the last choice back.

    What is never seen is summed out first, then the last choice maximised, then what it saw and earlier ones did not is
    summed out, and so on (Jensen and Nielsen 2007, Bayesian networks and decision graphs: strong elimination order).
    """
    chosen = {decision.variable for decision in model.decisions}
    ahead = np.broadcast_to(worth(model, theta, 0), [v.n_states for v in model.variables])
    for variable in range(len(model.variables)):
        if variable not in chosen:
            ahead = ahead * chances(model, theta, variable)
    left = set(range(len(model.variables)))
    for decision in reversed(model.decisions):
        unseen = tuple(left - {decision.variable} - set(decision.sees))
        ahead = ahead.sum(axis=unseen, keepdims=True).max(axis=decision.variable, keepdims=True)
        left -= {*unseen, decision.variable}
    return float(ahead.sum())


@given(case_texts(DIAGRAM), st.integers(0, 2**31))
def test_a_rational_decision_maker_gets_the_most_that_can_be_had(text: str, seed: int) -> None:
    model = solvable(text)
    assume(model.utilities)
    theta = theta_of(model, seed=seed)[:, 0]
    solved = rules(model, worlds_of(model, seed=seed))
    had = float((joint(model, theta, solved) * worth(model, theta, 0)).sum())
    assert had == pytest.approx(greatest_worth(model, theta), abs=SAME)


# The oil wildcatter of Raiffa 1968, Decision analysis, with the numbers of Shenoy 1992, Valuation-based systems for
# Bayesian decision analysis, in thousands of dollars: drilling costs 70, a wet well brings 120, a soaking one 270, a
# seismic test costs 10. From -80 (test, drill, dry) to 200 (no test, soaking) they make values of 0 to 100:
# (money + 80) / 2.8.
OIL = """
melian: 1
case: oil-wildcatter
behaviour: rational
question: {event: {drill: go}}
actors: {wildcatter: {}}
factors:
  oil: {states: [dry, wet, soaking], chances: {dry: 0.5, wet: 0.3, soaking: 0.2}}
  seismic:
    states: [no_result, none, open, closed]
    given: [test, oil]
    chances:
      - {when: {test: skip}, no_result: 1, none: 0, open: 0, closed: 0}
      - {when: {oil: dry}, no_result: 0, none: 0.6, open: 0.3, closed: 0.1}
      - {when: {oil: wet}, no_result: 0, none: 0.3, open: 0.4, closed: 0.3}
      - {else: true, no_result: 0, none: 0.1, open: 0.4, closed: 0.5}
choices:
  test: {actor: wildcatter, options: [skip, run], sees: []}
  drill: {actor: wildcatter, options: [stay, go], sees: [test, seismic]}
stakes:
  wildcatter:
    money:
      given: [test, drill, oil]
      values:
        - {when: {test: skip, drill: stay}, is: 28.571428571428571}
        - {when: {test: skip, drill: go, oil: dry}, is: 3.571428571428571}
        - {when: {test: skip, drill: go, oil: wet}, is: 46.428571428571429}
        - {when: {test: skip, drill: go, oil: soaking}, is: 100}
        - {when: {test: run, drill: stay}, is: 25}
        - {when: {test: run, drill: go, oil: dry}, is: 0}
        - {when: {test: run, drill: go, oil: wet}, is: 42.857142857142857}
        - {else: true, is: 96.428571428571429}
"""


def test_the_oil_wildcatter_tests_and_drills_unless_there_is_no_structure() -> None:
    found = solve(OIL)
    assert found.chance("test", "run") == 1
    assert found.rule("drill", "go", test="run", seismic="none") == 0
    assert found.rule("drill", "go", test="run", seismic="open") == 1
    assert found.rule("drill", "go", test="run", seismic="closed") == 1
    assert found.rule("drill", "go", test="skip", seismic="no_result") == 1
    # P(open) + P(closed) = (0.15 + 0.12 + 0.08) + (0.05 + 0.09 + 0.10)
    assert found.event == pytest.approx(0.59, abs=SAME)


def test_the_oil_wildcatter_expects_22_500_dollars() -> None:
    found = solve(OIL)
    theta = theta_of(found.model)[:, 0]
    had = float((joint(found.model, theta, rules(found.model, found.worlds)) * worth(found.model, theta, 0)).sum())
    assert 280 * had - 80 == pytest.approx(22.5, abs=280 * SAME)


# The umbrella of Norsys' tutorial on Netica: it rains on 3 days of 10; the forecast says sunny, cloudy or rainy with
# chances 0.7, 0.2, 0.1 on dry days and 0.15, 0.25, 0.6 on wet ones. Worth: dry and not taken 100, dry and taken 20, wet
# and taken 70, wet and not taken 0.
UMBRELLA = """
melian: 1
case: umbrella
behaviour: rational
question: {event: {umbrella: take}}
actors: {walker: {}}
factors:
  weather: {states: [dry, wet], chances: {dry: 0.7, wet: 0.3}}
  forecast:
    states: [sunny, cloudy, rainy]
    given: [weather]
    chances:
      - {when: {weather: dry}, sunny: 0.7, cloudy: 0.2, rainy: 0.1}
      - {else: true, sunny: 0.15, cloudy: 0.25, rainy: 0.6}
choices:
  umbrella: {actor: walker, options: [take, leave], sees: [forecast]}
stakes:
  walker:
    comfort:
      given: [weather, umbrella]
      values:
        - {when: {weather: dry, umbrella: leave}, is: 100}
        - {when: {weather: dry}, is: 20}
        - {when: {umbrella: take}, is: 70}
        - {else: true, is: 0}
"""


def test_the_umbrella_is_taken_on_a_rainy_forecast_only() -> None:
    found = solve(UMBRELLA)
    # rainy: P(dry, rainy) = 0.07, P(wet, rainy) = 0.18: take 0.07 * 20 + 0.18 * 70 = 14, leave 0.07 * 100 = 7
    assert [found.rule("umbrella", "take", forecast=f) for f in ("sunny", "cloudy", "rainy")] == [0, 0, 1]
    assert found.event == pytest.approx(0.25, abs=SAME)
    theta = theta_of(found.model)[:, 0]
    had = float((joint(found.model, theta, rules(found.model, found.worlds)) * worth(found.model, theta, 0)).sum())
    # 0.49 * 100 + 0.14 * 100 + 14
    assert 100 * had == pytest.approx(77.0, abs=100 * SAME)
