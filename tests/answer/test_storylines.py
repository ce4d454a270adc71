"""Courses of events: they add up to the answer, they are unlike each other, and enumeration finds the same chances."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import melian
from melian.answer.solve import solve_model
from melian.answer.storylines import LEAST
from melian.answer.supposed import Supposed
from melian.errors import AskError
from melian.solve.exact import solve_exactly
from tests.solving import solvable, theta_of
from tests.strategies import case_texts

N_WORLDS = 256
SAME = 1e-9


@given(case_texts(), st.integers(0, 100))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_chances_are_those_of_enumeration_over_all_worlds(text: str, seed: int) -> None:
    model = solvable(text)
    assume(np.prod([variable.n_states for variable in model.variables]) <= 40)
    try:
        solution = solve_model(model, Supposed(), worlds=N_WORLDS, seed=seed, adapt_below=0)
    except AskError:
        assume(False)
        raise
    found = solution.storylines(most=20)
    expected: dict[tuple[str, ...], float] = defaultdict(float)
    places = [model.index_of(node) for node in found.nodes]
    for theta in theta_of(model, n_worlds=N_WORLDS, seed=seed).T:
        for states, chance in solve_exactly(model, theta).joint.items():
            expected[tuple(model.variables[v].states[states[v]] for v in places)] += chance
    total = sum(expected.values())
    for story in found.told:
        assert story.chance == pytest.approx(expected[tuple(story.states.values())] / total, abs=SAME)
    assert found.event == pytest.approx(solution.likelihood().mean, abs=SAME)
    assert found.courses == sum(chance > 0 for chance in expected.values())


def test_the_storylines_of_the_flagship_case_are_unlike_each_other() -> None:
    solution = melian.read("belarus-2022").solve(worlds=2048)
    found = solution.storylines()
    assert len(found.told) == 4
    assert found.event == pytest.approx(solution.likelihood().mean, abs=SAME)
    assert [s.chance for s in found.told] == sorted((s.chance for s in found.told), reverse=True)
    assert sum(s.happens for s in found.told) == 2
    for place, one in enumerate(found.told):
        for other in found.told[:place]:
            differ = {node for node in one.states if one.states[node] != other.states[node]}
            assert "entry" in differ or len(differ) >= 2
        assert one.chance >= LEAST
        assert one.error < 0.01


def test_a_sign_is_what_observing_it_gives() -> None:
    solution = melian.read("belarus-2022").solve(worlds=1024, adapt_below=0)
    for story in solution.storylines().told:
        assert story.sign is not None
        observed = melian.read("belarus-2022").solve(
            worlds=1024, adapt_below=0, observe={story.sign.node: story.sign.state}
        )
        joint = observed.storylines(most=20)
        left = {node: state for node, state in story.states.items() if node != story.sign.node}
        again = [s for s in joint.told if s.states == left]
        if again:  # what tells most may be something else once the sign is seen
            assert again[0].chance == pytest.approx(story.sign.chance, abs=SAME)
            break
    else:
        pytest.fail("no course could be compared")


def test_an_event_over_many_nodes_is_told_by_whether_it_happens() -> None:
    factors = "\n".join(f"  f{i}: {{states: [a, b, c], chances: {{a: 0.2, b: 0.5, c: 0.3}}}}" for i in range(6))
    tests = ", ".join(f"{{f{i}: a}}" for i in range(6))
    text = f"melian: 1\ncase: many\nquestion: {{event: {{any: [{tests}]}}}}\nfactors:\n{factors}\n"
    found = melian.read_text(text).solve(worlds=256).storylines()
    assert len(found.nodes) == 4
    assert found.event == pytest.approx(1 - 0.8**6, abs=SAME)
    assert {story.happens for story in found.told} == {True, False}
