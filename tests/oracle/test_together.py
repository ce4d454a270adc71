"""Choices that are solved together: their rules answer each other by enumeration, and are those of Gambit's branch."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks, relies_on, solving_order
from melian.solve.exact import ExactWorld, solve_exactly
from melian.solve.run import Worlds
from tests.oracle.game import gambit_rules
from tests.oracle.test_exact import assert_same, rule_of
from tests.solving import Floats, model_of, sound, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SAME = 1e-9  # rounding of sums, as where choices are solved one at a time
GAMBIT = 1e-5  # both follow the same curve with correctors of their own, Gambit's to about 1e-6 of its own measure
AT = 1e-7
LEVEL = 1e-10
SHARPEST = 60.0  # no case of the strategies has a higher precision

FEWER = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])  # not every case has a circle

CIRCLES = Shape(max_factors=3, min_choices=2, max_situations=200, together=True)
GAMES = Shape(
    max_factors=2, min_choices=2, max_situations=40, together=True, numbers_only=True, beliefs=False, evidence=False
)


def in_a_circle(text: str) -> Model:
    """Model of a case some of whose choices have to be solved together."""
    model = sound(text)
    assume(any(len(component) > 1 for component in solving_order(relies_on(Outlooks(model)))))
    return model


def answered(model: Model, worlds: Worlds, theta: Floats) -> ExactWorld:
    """The slow solver's account of one world under the rules found, with its reply to them."""
    assume(worlds.evidence[0] > 0)
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    return solve_exactly(model, theta, rules=rules)


@FEWER
@given(case_texts(CIRCLES), st.integers(0, 2**31))
def test_rules_answer_each_other_as_nearly_as_is_said(text: str, seed: int) -> None:
    model = in_a_circle(text)
    worlds = worlds_of(model, seed=seed)
    exact = answered(model, worlds, theta_of(model, seed=seed)[:, 0])
    assert_same(model, worlds, [exact])
    residual = worlds.residual[0]
    event(f"settled: {not worlds.unsettled[0]}")
    assume(np.isfinite(residual))
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            # Log-odds that differ by less than precision times the residual: chances differ by less than half of it.
            assert exact.rules[choice][situation] == pytest.approx(reply, abs=SHARPEST * residual + SAME)


@FEWER
@given(case_texts(GAMES), st.sampled_from([1.0, 4.0]))
def test_logit_play_is_on_gambits_branch(text: str, precision: float) -> None:
    model = in_a_circle(text)
    assume(all(theta_of(model)[slot, 0] > 0 for slot in model.precision))
    worlds = worlds_of(model)
    assume(not worlds.unsettled[0])
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], precision)
    assume(reached == pytest.approx(precision, abs=AT))
    for choice, rule in expected.items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=GAMBIT)


@FEWER
@given(case_texts(replace(CIRCLES, behaviour="rational")), st.integers(0, 2**31))
def test_rational_rules_are_best_replies_where_they_are_certified(text: str, seed: int) -> None:
    model = in_a_circle(text)
    worlds = worlds_of(model, seed=seed)
    exact = answered(model, worlds, theta_of(model, seed=seed)[:, 0])
    assert_same(model, worlds, [exact])
    event(f"settled: {worlds.residual[0] < LEVEL}")
    assume(worlds.residual[0] < LEVEL)
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            for chance, share in zip(exact.rules[choice][situation], reply, strict=True):
                assert share > 0 or chance < SAME  # the reply has every best option; a limit need not split ties evenly


@FEWER
@given(case_texts(CIRCLES), st.data())
def test_bringing_a_choice_about_is_answered_together_too(text: str, data: st.DataObject) -> None:
    model = in_a_circle(text)
    forced = data.draw(st.sampled_from(model.decisions)).variable
    enquiry = Enquiry(do={forced: 0}, announced=data.draw(st.booleans()))
    worlds = worlds_of(model, enquiry)
    assume(np.isfinite(worlds.residual[0]))
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    exact = solve_exactly(model, theta_of(model)[:, 0], do=enquiry.do, announced=enquiry.announced, rules=rules)
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            assert exact.rules[choice][situation] == pytest.approx(reply, abs=SHARPEST * worlds.residual[0] + SAME)


def pair(first: list[int], second: list[int], *, behaviour: str = "logit", precision: float = 1.0) -> Model:
    """Two actors with two options each who choose at the same time: values where (0, 0), (0, 1), (1, 0), (1, 1)."""

    def values(worth: list[int]) -> str:
        cells = zip(("o0, b: o0", "o0, b: o1", "o1, b: o0"), worth[:3], strict=True)
        return ", ".join(
            [*(f"{{when: {{a: {cell}}}, is: {v}}}" for cell, v in cells), f"{{else: true, is: {worth[3]}}}"]
        )

    return model_of(f"""
melian: 1
case: pair
behaviour: {behaviour}
question: {{event: {{a: o0}}}}
actors: {{one: {{precision: {precision}}}, two: {{precision: {precision}}}}}
choices:
  a: {{actor: one, options: [o0, o1], sees: []}}
  b: {{actor: two, options: [o0, o1], sees: []}}
stakes:
  one: {{s: {{given: [a, b], values: [{values(first)}]}}}}
  two: {{s: {{given: [a, b], values: [{values(second)}]}}}}
""")


PENNIES = [100, 0, 0, 100], [0, 100, 100, 0]
DILEMMA = [60, 0, 100, 20], [60, 100, 0, 20]
HAWK_DOVE = [0, 100, 30, 60], [0, 30, 100, 60]
UNEVEN_HAWK_DOVE = [0, 100, 20, 60], [0, 30, 100, 60]
STAG_HUNT = [100, 0, 70, 60], [100, 70, 0, 60]
# Goeree and Holt 2001, Ten little treasures of game theory, American Economic Review 91: pennies whose first corner is
# worth 320 to the first player and 80 elsewhere is 40 to 80; in 320ths.
ASYMMETRIC_PENNIES = [100, 12, 12, 25], [12, 25, 25, 12]


@pytest.mark.parametrize("precision", [1.0, 5.0, 20.0])
@pytest.mark.parametrize(
    "game",
    [PENNIES, DILEMMA, STAG_HUNT, ASYMMETRIC_PENNIES, UNEVEN_HAWK_DOVE],
    ids=["matching-pennies", "dilemma", "stag-hunt", "asymmetric-pennies", "uneven-hawk-dove"],
)
def test_games_of_the_textbooks_are_gambits(game: tuple[list[int], list[int]], precision: float) -> None:
    model = pair(*game, precision=precision)
    worlds = worlds_of(model)
    assert worlds.residual[0] < SAME
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], precision)
    assert reached == pytest.approx(precision, abs=AT)
    for choice, rule in expected.items():
        assert rule_of(model, worlds, choice)[()] == pytest.approx(rule[()], abs=GAMBIT)


@pytest.mark.parametrize("precision", [1.0, 5.0, 20.0])
def test_like_actors_in_like_places_play_alike(precision: float) -> None:
    """At some precision the branch of a symmetric game forks; Gambit turns off there, we go straight on."""
    model = pair(*HAWK_DOVE, precision=precision)
    worlds = worlds_of(model)
    assert worlds.residual[0] < SAME
    hawk, dove = (rule_of(model, worlds, decision.variable)[()] for decision in model.decisions)
    assert hawk == pytest.approx(dove, abs=SAME)


def test_matching_pennies_is_even_at_any_precision() -> None:
    for precision in (0.5, 5.0, 50.0):
        assert worlds_of(pair(*PENNIES, precision=precision)).event[0] == pytest.approx(0.5, abs=SAME)


def test_rational_prisoners_defect() -> None:
    worlds = worlds_of(pair(*DILEMMA, behaviour="rational"))
    assert worlds.event[0] == 0
    assert worlds.residual[0] == 0


def test_what_rests_on_rational_rules_is_worked_out_from_them() -> None:
    """Worth is so near that the worse option keeps a share along the branch; the event must not keep it."""
    worlds = worlds_of(
        model_of("""
melian: 1
case: near
behaviour: rational
question: {event: {sky: clear, second: o0}}
actors: {one: {}}
factors: {sky: {states: [clear, grey], chances: {clear: 0.05}}}
choices:
  first: {actor: one, options: [o0, o1], sees: []}
  second: {actor: one, options: [o0, o1, o2], sees: [sky]}
stakes:
  one: {s: {given: [second, first, sky], values: [{when: {second: o0}, is: 0}, {else: true, is: 0.3}]}}
""")
    )
    assert worlds.residual[0] == 0
    assert worlds.event[0] == 0
