"""The engine against Gambit: agent logit equilibria of random games; and against backward induction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.solve.exact import Rule
from tests.oracle.game import backward_induction, gambit_rules
from tests.oracle.test_exact import rule_of
from tests.solving import solvable, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SAME = 1e-6  # Gambit follows the branch with a corrector tolerance of about this size
AT = 1e-7  # Gambit stops within 1e-8 of the precision that it is asked for; compare nowhere else
EXACT = 1e-9  # two sums of the same products

SEQUENTIAL = Shape(max_factors=2, min_choices=1, max_situations=60, numbers_only=True, beliefs=False, evidence=False)
PERFECT = Shape(
    max_factors=2,
    min_choices=1,
    max_situations=60,
    numbers_only=True,
    beliefs=False,
    evidence=False,
    perfect_information=True,
)
RATIONAL = Shape(
    max_factors=3, min_choices=1, behaviour="rational", beliefs=False, evidence=False, perfect_information=True
)


def assert_same_rules(model: Model, seed: int, expected: dict[int, Rule], tolerance: float) -> None:
    worlds = worlds_of(model, seed=seed)
    for choice, rule in expected.items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=tolerance)


@pytest.mark.parametrize("shape", [PERFECT, SEQUENTIAL], ids=["perfect-information", "acyclic-relevance"])
@settings(max_examples=30)
@given(st.data(), st.sampled_from([0.5, 1.5, 6.0, 20.0]))
def test_logit_play_is_gambits_agent_equilibrium(shape: Shape, data: st.DataObject, precision: float) -> None:
    model = solvable(data.draw(case_texts(shape)))
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], precision)
    assert reached == pytest.approx(precision, abs=AT)
    assert_same_rules(model, 0, expected, SAME)


@given(case_texts(RATIONAL), st.integers(0, 2**31))
def test_rational_play_of_perfect_information_is_backward_induction(text: str, seed: int) -> None:
    model = solvable(text)
    assert_same_rules(model, seed, backward_induction(model, theta_of(model, seed=seed)[:, 0]), EXACT)
