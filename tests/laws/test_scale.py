"""What values and precision mean: only differences of worth, times precision, move an actor."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings

from melian.model.diagram import Model
from tests.laws.sameness import near_headline
from tests.oracle.test_exact import rule_of
from tests.solving import solvable, solve, worlds_of
from tests.strategies import Shape, case_texts

N_WORLDS = 300
NUMBERS = Shape(min_choices=1, numbers_only=True, soft_only=True)
ANYTHING = Shape(min_choices=1)
EVEN = 1e-12  # a quotient of ones, and sums of such
# Values and precisions of up to 40 are written in decimal and multiplied in another order: a few units in the last
# place of an exponent of 40, through up to three choices that answer each other.
SAME = 1e-11

VALUE = re.compile(r"is: (\d+)\b")
PRECISION = re.compile(r"precision: ([\d.]+)")


def scaled(text: str, factor: float, shift: float = 0.0) -> str:
    """Every value times a factor and shifted, every precision divided by the factor."""
    text = VALUE.sub(lambda match: f"is: {float(match[1]) * factor + shift!r}", text)
    return PRECISION.sub(lambda match: f"precision: {float(match[1]) / factor!r}", text)


@settings(max_examples=30)
@given(case_texts(NUMBERS))
def test_values_may_be_scaled_against_precision(text: str) -> None:
    one, other = (worlds_of(solvable(t)) for t in (text, scaled(text, 0.5)))
    assert near_headline(one, other, SAME)


@settings(max_examples=30)
@given(case_texts(NUMBERS))
def test_values_may_be_shifted(text: str) -> None:
    one, other = (worlds_of(solvable(t)) for t in (scaled(text, 0.25), scaled(text, 0.25, 60.0)))
    assert near_headline(one, other, SAME)


@settings(max_examples=30)
@given(case_texts(ANYTHING))
def test_precision_zero_is_even_play_everywhere(text: str) -> None:
    model = solvable(re.sub(r"precision: [^}]*", "precision: 0", text))
    assert_even(model)


@settings(max_examples=30)
@given(case_texts(ANYTHING))
def test_stakes_that_are_worth_the_same_everywhere_are_even_play(text: str) -> None:
    assert_even(solvable(re.sub(r'is: (?:"[^"]*"|[^}]*)', "is: 40", text)))


def assert_even(model: Model) -> None:
    worlds = worlds_of(model)
    assume(worlds.evidence[0] > 0)
    for choice in worlds.rules:
        n_options = model.variables[choice].n_states
        for options in rule_of(model, worlds, choice).values():
            assert options == pytest.approx([1 / n_options] * n_options, abs=EVEN)


SPLIT = """
melian: 1
case: split
question: {event: {answer: fight}}
actors: {one: {precision: 7}, two: {precision: 5}}
factors:
  terrain: {states: STATES, chances: {hills: 0.3, REST}}
  mood: {states: [low, high], chances: [{when: {terrain: hills}, high: 0.7}, {else: true, high: 0.2..0.4}]}
choices:
  move: {actor: one, options: [go, stay], sees: [terrain]}
  answer: {actor: two, options: [fight, yield], sees: [move, terrain]}
stakes:
  one:
    gain:
      given: [terrain, move, answer]
      values:
        - {when: {move: stay}, is: 40}
        - {when: {answer: fight, terrain: hills}, is: 0..20}
        - {when: {answer: fight}, is: 30}
        - {else: true, is: 80..100}
  two:
    weights: {calm: 1}
    calm: {given: [answer, mood], values: [{when: {answer: yield}, is: 50}, {when: {mood: high}, is: 70}, LAST]}
evidence:
  - {id: r, claim: said, bears_on: terrain, likelihood: {hills: 0.3, others: 0.6}}
"""
WHOLE = SPLIT.replace("STATES", "[hills, plain]").replace("REST", "plain: 0.7").replace("LAST", "{else: true, is: 10}")


def test_splitting_a_state_in_two_that_nobody_tells_apart_changes_nothing() -> None:
    halves = WHOLE.replace("[hills, plain]", "[hills, marsh, plain]").replace("plain: 0.7", "plain: 0.5, marsh: 0.2")
    one, other = (solve(text, n_worlds=N_WORLDS) for text in (WHOLE, halves))
    assert near_headline(one.worlds, other.worlds)
    assert other.chance("terrain", "plain") + other.chance("terrain", "marsh") == pytest.approx(
        one.chance("terrain", "plain"), abs=EVEN
    )


def test_splitting_a_stake_in_two_of_half_its_weight_changes_nothing() -> None:
    values = WHOLE.split("    calm: ")[1].split("\n")[0]
    halves = WHOLE.replace("weights: {calm: 1}", "weights: {calm: 1, ease: 1}").replace(
        f"    calm: {values}\n", f"    calm: {values}\n    ease: {values}\n"
    )
    one, other = (solve(text, n_worlds=N_WORLDS) for text in (WHOLE, halves))
    assert near_headline(one.worlds, other.worlds)


def test_a_certain_copy_of_a_factor_may_stand_for_it() -> None:
    copy = "  scout: {states: [no, yes], chances: [{when: {terrain: hills}, yes: 1}, {else: true, yes: 0}]}\n"
    text = WHOLE.replace("choices:\n", f"{copy}choices:\n").replace("sees: [terrain]", "sees: [scout]")
    one, other = (solve(text, n_worlds=N_WORLDS) for text in (WHOLE, text))
    assert near_headline(one.worlds, other.worlds)
    assert np.isfinite(other.worlds.event).all()
