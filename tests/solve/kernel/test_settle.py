"""Choices that answer each other: every rule answers the others, and it is Gambit's equilibrium."""

from dataclasses import replace

import numpy as np
import pytest

from melian.answer.others import OtherStories, other_stories_of
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.solve.draws.draw import Sampler
from melian.solve.exact import Rule, solve_exactly
from melian.solve.population import Population
from melian.solve.run import CERTIFIED, Worlds, run_plan
from tests.oracle.game import gambit_rules
from tests.oracle.test_exact import rule_of
from tests.solving import model_of, theta_of, worlds_of

SETTLED = 1e-9  # residual as a share of the scale of utilities; finite differences and rounding leave 1e-10
# Rules are kept in single precision, 6e-8; answering them multiplies that by at most the precision, 40.
ANSWERED = 1e-5
SAME_AS_GAMBIT = 1e-6
N_WORLDS = 64
N_GAMES = 12


def simultaneous(n_rows: int, n_columns: int, precision: str, *, behaviour: str = "logit") -> str:
    """Two choices made at the same time, every payoff anything."""
    pairs = [(row, column) for row in range(n_rows) for column in range(n_columns)]
    values = "\n".join(f"        - {{when: {{a: a{row}, b: b{column}}}, is: 0..100}}" for row, column in pairs)
    stakes = "\n".join(
        f"  {actor}:\n    pay_{actor}:\n      given: [a, b]\n      values:\n{values}" for actor in ("one", "two")
    )
    return f"""
melian: 1
case: at-once
behaviour: {behaviour}
question: {{event: {{a: a0}}}}
actors: {{one: {{precision: {precision}}}, two: {{precision: {precision}}}}}
choices:
  a: {{actor: one, options: [{", ".join(f"a{row}" for row in range(n_rows))}]}}
  b: {{actor: two, options: [{", ".join(f"b{column}" for column in range(n_columns))}]}}
stakes:
{stakes}
"""


SIGNAL = """
melian: 1
case: signal
question: {event: {duel: fight}}
actors: {sender: {precision: 2..30}, receiver: {precision: 2..30}}
factors:
  kind: {states: [weak, strong], chances: {weak: 0.1..0.6}}
choices:
  meal: {actor: sender, options: [beer, quiche], sees: [kind]}
  duel: {actor: receiver, options: [fight, leave], sees: [meal]}
stakes:
  sender:
    weights: {taste: 0.2..0.5, peace: 0.5..0.8}
    taste:
      given: [kind, meal]
      values:
        - {when: {kind: weak, meal: quiche}, is: 100}
        - {when: {kind: strong, meal: beer}, is: 100}
        - {else: true, is: 0..20}
    peace: {given: [duel], values: {leave: 100, fight: 0}}
  receiver:
    win:
      given: [kind, duel]
      values:
        - {when: {kind: weak, duel: fight}, is: 100}
        - {when: {kind: strong, duel: leave}, is: 100}
        - {else: true, is: 0}
"""

THREE = """
melian: 1
case: three
question: {event: {all: [{a: go}, {b: go}]}}
actors: {one: {precision: 5..15}, two: {precision: 5..15}, three: {precision: 5..15}}
factors:
  weather:
    states: [fair, foul]
    given: [c]
    chances: [{when: {c: go}, fair: 0.6..0.9}, {else: true, fair: 0.2..0.5}]
choices:
  a: {actor: one, options: [go, stay]}
  b: {actor: two, options: [go, stay], sees: [a]}
  c: {actor: three, options: [go, stay]}
stakes:
  one:
    s:
      given: [a, b, weather]
      values:
        - {when: {a: go, b: go}, is: 60..100}
        - {when: {a: go, weather: foul}, is: 0}
        - {else: true, is: 20..60}
  two:
    t:
      given: [a, b, c]
      values: [{when: {b: go, c: stay}, is: 70..100}, {when: {a: go}, is: 0..30}, {else: true, is: 30..60}]
  three:
    u:
      given: [a, b, c]
      values: [{when: {c: go, b: stay}, is: 80..100}, {when: {a: stay, c: go}, is: 0..20}, {else: true, is: 30..70}]
"""


def rules_in(model: Model, worlds: Worlds, world: int) -> dict[int, Rule]:
    """Rules of one of the kept worlds, in single precision."""
    kept = {choice: replace(rule, mean=rule.kept[..., world].astype(float)) for choice, rule in worlds.rules.items()}
    return {choice: rule_of(model, replace(worlds, rules=kept), choice) for choice in kept}


TEXTS = {
    "two by two": simultaneous(2, 2, "1..40"),
    "three by four": simultaneous(3, 4, "2..12"),
    "signal": SIGNAL,
    "three actors": THREE,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_rules_that_are_settled_together_answer_each_other(text: str) -> None:
    """By enumeration: in every world each rule is the logit response to the others."""
    model = model_of(text)
    theta, worlds = theta_of(model, n_worlds=N_WORLDS), worlds_of(model, n_worlds=N_WORLDS)
    assert not worlds.unsettled.any()
    assert worlds.residual.max() < SETTLED
    for world in range(0, N_WORLDS, 5):
        rules = rules_in(model, worlds, world)
        exact = solve_exactly(model, theta[:, world], rules=rules)
        assert worlds.event[world] == pytest.approx(exact.event, abs=ANSWERED)
        for choice, replies in exact.replies.items():
            for situation, reply in replies.items():
                assert rules[choice][situation] == pytest.approx(reply, abs=ANSWERED)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_they_are_gambits_logit_equilibrium(text: str) -> None:
    """Gambit has one precision for all players; payoffs are scaled by each player's own."""
    model = model_of(text)
    theta = theta_of(model, n_worlds=N_GAMES)
    worlds = worlds_of(model, n_worlds=N_GAMES)
    for world in range(N_GAMES):
        expected, precision = gambit_rules(model, theta[:, world], 1.0)
        assert precision == pytest.approx(1.0, abs=1e-6)
        for choice, rule in rules_in(model, worlds, world).items():
            for situation, chances in expected[choice].items():
                assert rule[situation] == pytest.approx(chances, abs=SAME_AS_GAMBIT)


def test_rational_simultaneous_moves_leave_next_to_no_regret() -> None:
    model = model_of(simultaneous(3, 3, "5", behaviour="rational"))
    worlds = worlds_of(model, n_worlds=256)
    assert np.count_nonzero(worlds.residual > CERTIFIED) <= 2  # mixtures that Newton's method does not find
    assert (worlds.residual == 0).mean() > 0.5  # most such games have a pure equilibrium at the end of the branch


def test_a_dominant_option_is_taken_whatever_the_other_does() -> None:
    text = simultaneous(2, 2, "30").replace("{a: a0, b: b0}, is: 0..100", "{a: a0, b: b0}, is: 90")
    text = text.replace("{a: a0, b: b1}, is: 0..100", "{a: a0, b: b1}, is: 100").replace("is: 0..100", "is: 0")
    model = model_of(text)
    worlds = worlds_of(model)
    expected = 1 / (1 + np.exp(-30 * worlds.rules[model.index_of("b")].mean @ [0.9, 1.0]))
    assert worlds.rules[model.index_of("a")].mean[0] == pytest.approx(expected, abs=1e-9)


def test_a_block_or_a_thread_changes_no_digit() -> None:
    model = model_of(THREE)
    plan = make_plan(model)
    one = run_plan(model, plan, n_worlds=1000, seed=3, n_threads=1, block=256)
    other = run_plan(model, plan, n_worlds=1000, seed=3, n_threads=2, block=1024)
    assert np.array_equal(one.event, other.event)
    assert np.array_equal(one.residual, other.residual)


def others_of(model: Model, n_worlds: int = 256) -> OtherStories:
    plan, population = make_plan(model), Population(Sampler(model.parameters, 0), n_worlds)
    return other_stories_of(model, plan, population, run_plan(model, plan, n_worlds=n_worlds, seed=0))


def test_a_stag_hunt_has_another_story_and_a_dilemma_has_none() -> None:
    pay = "values: [{when: {a: a0, b: b0}, is: 100}, {when: {%s: %s0}, is: 0}, {else: true, is: 60}]"
    hunt = f"""
melian: 1
case: hunt
question: {{event: {{a: a0}}}}
actors: {{one: {{precision: 20}}, two: {{precision: 20}}}}
choices: {{a: {{actor: one, options: [a0, a1]}}, b: {{actor: two, options: [b0, b1]}}}}
stakes:
  one: {{s: {{given: [a, b], {pay % ("a", "a")}}}}}
  two: {{s: {{given: [a, b], {pay % ("b", "b")}}}}}
"""
    model = model_of(hunt)
    found = others_of(model)
    assert found.found == found.worlds == 256
    assert found.event < 0.05
    assert found.highest > 0.95
    rest = "is: 100}, {when: {a: a0}, is: 0}, {else: true, is: 60}"
    assert rest in hunt
    model = model_of(hunt.replace(rest, "is: 60}, {when: {a: a0}, is: 0}, {else: true, is: 80}"))
    assert others_of(model).found == 0
