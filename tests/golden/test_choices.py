"""One choice and one table at a time, worked out by hand."""

import pytest

from tests.golden.digits import EXACT, SIX
from tests.solving import solve


def one_choice(values: str, *, precision: str = "2", behaviour: str = "logit", rest: str = "") -> str:
    return f"""
melian: 1
case: choice
behaviour: {behaviour}
question: {{event: {{move: a}}}}
actors: {{one: {{precision: {precision}}}}}
choices: {{move: {{actor: one, options: [a, b, c], sees: []}}}}
stakes: {{one: {{{rest}{values}}}}}
"""


VALUES = "gain: {given: [move], values: {a: 100, b: 50, c: 0}}"


def test_logit_play_weighs_options_by_the_exponential_of_precision_times_worth() -> None:
    found = solve(one_choice(VALUES))
    # e^2 : e^1 : e^0 = 7.389056 : 2.718282 : 1, sum 11.107338
    assert [found.rule("move", option) for option in "abc"] == pytest.approx([0.665241, 0.244728, 0.090031], abs=SIX)
    assert found.event == pytest.approx(0.665241, abs=SIX)


def test_precision_zero_plays_evenly() -> None:
    found = solve(one_choice(VALUES, precision="0"))
    assert [found.rule("move", option) for option in "abc"] == pytest.approx([1 / 3] * 3, abs=EXACT)


def test_rational_play_takes_the_best_whatever_the_precision() -> None:
    found = solve(one_choice(VALUES, precision="0.1", behaviour="rational"))
    assert [found.rule("move", option) for option in "abc"] == [1, 0, 0]


def test_rational_play_splits_ties_evenly() -> None:
    found = solve(one_choice("gain: {given: [move], values: {a: 70, b: 70, c: 0}}", behaviour="rational"))
    assert [found.rule("move", option) for option in "abc"] == [0.5, 0.5, 0]


def test_rational_play_takes_for_a_tie_what_only_rounding_tells_apart() -> None:
    # weights 0.1, 0.2, 0.3, 0.4; a is worth 0.1 + 0.2, which is 0.30000000000000004 in floating point, and b 0.3
    worth = {"p": "{a: 100, b: 0, c: 0}", "q": "{a: 100, b: 0, c: 0}", "r": "{a: 0, b: 100, c: 0}", "s": "{others: 0}"}
    values = ", ".join(f"{name}: {{given: [move], values: {each}}}" for name, each in worth.items())
    found = solve(one_choice(values, behaviour="rational", rest="weights: {p: 1, q: 2, r: 3, s: 4}, "))
    assert [found.rule("move", option) for option in "abc"] == [0.5, 0.5, 0]


def test_an_actor_without_stakes_plays_evenly() -> None:
    found = solve("""
melian: 1
case: idle
question: {event: {move: a}}
actors: {one: {}}
choices: {move: {actor: one, options: [a, b], sees: []}}
""")
    assert found.event == 0.5


def test_stakes_add_up_by_their_weights() -> None:
    values = "gain: {given: [move], values: {a: 100, b: 50, c: 0}}, calm: {given: [move], values: {a: 0, b: 0, c: 100}}"
    found = solve(one_choice(values, precision="10", rest="weights: {gain: 3, calm: 1}, "))
    # worth 0.75, 0.375, 0.25; times 10: e^7.5 : e^3.75 : e^2.5 = 1808.042414 : 42.521082 : 12.182494, sum 1862.745990
    assert [found.rule("move", option) for option in "abc"] == pytest.approx([0.970633, 0.022827, 0.006540], abs=SIX)


def factor(table: str) -> str:
    return f"""
melian: 1
case: factor
question: {{event: {{effect: strong}}}}
factors:
  cause: {{states: [no, yes], chances: {{yes: 0.25}}}}
  mood: {{states: [low, high], chances: {{high: 0.5}}}}
  effect: {{states: [weak, strong], given: [cause, mood], {table}}}
"""


def test_the_first_rule_that_matches_counts() -> None:
    rules = "chances: [{when: {cause: yes}, strong: 0.8}, {when: {mood: high}, strong: 0.4}, {else: true, strong: 0}]"
    # 0.25 * 0.8 + 0.75 * (0.5 * 0.4 + 0.5 * 0)
    assert solve(factor(rules)).event == pytest.approx(0.35, abs=EXACT)


def test_influences_multiply_odds() -> None:
    listed = "[{when: {cause: yes}, strong: times 3}, {when: {mood: high}, strong: times 2}]"
    # odds 1/4, 3/4, 2/4, 6/4: chances 0.2, 3/7, 1/3, 0.6; 0.75 * (0.2 + 1/3) / 2 + 0.25 * (3/7 + 0.6) / 2
    assert solve(factor(f"base: {{strong: 0.2}}, influences: {listed}")).event == pytest.approx(0.328571, abs=SIX)


def test_events_join_by_all_and_any() -> None:
    joined = "event: {any: [{cause: yes}, {all: [{mood: high}, {effect: strong}]}]}"
    text = factor("chances: {strong: 0.5}").replace("event: {effect: strong}", joined)
    # 1 - 0.75 * (1 - 0.5 * 0.5)
    assert solve(text).event == pytest.approx(0.4375, abs=EXACT)


def test_situations_that_cannot_come_about_are_played_evenly_and_counted() -> None:
    text = """
melian: 1
case: unreached
question: {event: {move: a}}
actors: {one: {precision: 5}}
factors:
  truth: {states: [no, yes], chances: {yes: 0.3}}
  sign: {states: [quiet, loud], given: [truth], chances: {loud: 0}}
choices: {move: {actor: one, options: [a, b], sees: [sign]}}
stakes:
  one:
    gain:
      given: [move, truth]
      values: [{when: {move: a}, is: 50}, {when: {truth: yes}, is: 100}, {else: true, is: 0}]
"""
    found = solve(text)
    assert found.rule("move", "a", sign="loud") == 0.5
    # 1 / (1 + exp(5 * (0.3 - 0.5)))
    assert found.rule("move", "a", sign="quiet") == pytest.approx(0.731059, abs=SIX)
    assert found.worlds.unreached == 1
    assert solve(text.replace("loud: 0}", "loud: 0.1}")).worlds.unreached == 0
