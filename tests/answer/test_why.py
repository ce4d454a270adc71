"""What carries a chance, in random cases: its parts make up the whole."""

from math import fsum

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.errors import AskError
from tests.oracle.test_exact import states_of
from tests.solving import sound
from tests.strategies import Shape, case_texts

SAME = 1e-9


@given(case_texts(Shape(together=True)), st.integers(0, 100), st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_a_chance_is_made_up_of_what_it_depends_on(text: str, seed: int, data: st.DataObject) -> None:
    model = sound(text)
    said = states_of(model, data.draw, data.draw(st.integers(0, min(2, len(model.variables)))))
    names = {model.variables[v].name: model.variables[v].states[state] for v, state in said.items()}
    done = data.draw(st.integers(0, len(names)))
    items = list(names.items())
    try:
        solution = solve_model(
            model, Supposed(dict(items[done:]), dict(items[:done]), True), worlds=256, seed=seed, adapt_below=0
        )
        found = solution.why()
    except AskError:
        assume(False)
        raise
    nodes = solution.nodes()
    for reason in found.reasons:
        assert reason.chance == pytest.approx(fsum(nodes[reason.node][state] for state in reason.states), abs=SAME)
        assert reason.node not in names
        for pull in reason.pulls:
            assert fsum(pull.weights.values()) == pytest.approx(1, abs=SAME)
            made_up = fsum(pull.weights[state] * chance for state, chance in pull.chances.items())
            assert made_up == pytest.approx(reason.chance, abs=SAME)
        assert fsum(one.weight for one in reason.situations) <= 1 + SAME
        assert all(-SAME <= one.chance <= 1 + SAME for one in reason.situations)
        assert all(one.weight <= 1 + SAME for one in reason.statements)
