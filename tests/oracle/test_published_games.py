"""Small games of the literature: subgame-perfect play, and logit play worked out move by move and by Gambit."""

from dataclasses import dataclass
from math import exp

import pytest

from melian.model.diagram import Model
from tests.oracle.game import gambit_rules
from tests.oracle.test_exact import rule_of
from tests.solving import model_of, solve, theta_of, worlds_of

EXACT = 1e-12  # a handful of exponentials
GAMBIT = 1e-6  # corrector tolerance of Gambit's path following

# Rosenthal 1981, Games of perfect information, Journal of Economic Theory 25; payoffs of the four-move experiment of
# McKelvey and Palfrey 1992, Econometrica 60: dollars over 6.4 as values of 0 to 100.
CENTIPEDE = """
melian: 1
case: centipede
behaviour: {behaviour}
question: {{event: {{first: pass}}}}
actors: {{red: {{precision: {precision}}}, blue: {{precision: {precision}}}}}
choices:
  first: {{actor: red, options: [take, pass], sees: []}}
  second: {{actor: blue, options: [take, pass], sees: [first]}}
  third: {{actor: red, options: [take, pass], sees: [first, second]}}
  fourth: {{actor: blue, options: [take, pass], sees: [first, second, third]}}
stakes:
  red:
    dollars:
      given: [first, second, third, fourth]
      values:
        - {{when: {{first: take}}, is: 6.25}}
        - {{when: {{second: take}}, is: 3.125}}
        - {{when: {{third: take}}, is: 25}}
        - {{when: {{fourth: take}}, is: 12.5}}
        - {{else: true, is: 100}}
  blue:
    dollars:
      given: [first, second, third, fourth]
      values:
        - {{when: {{first: take}}, is: 1.5625}}
        - {{when: {{second: take}}, is: 12.5}}
        - {{when: {{third: take}}, is: 6.25}}
        - {{when: {{fourth: take}}, is: 50}}
        - {{else: true, is: 25}}
"""


def two_movers(first: str, second: str, values: str, *, behaviour: str = "rational", precision: str = "1") -> str:
    """A game in which one actor moves and another, who sees it, answers."""
    return f"""
melian: 1
case: two-movers
behaviour: {behaviour}
question: {{event: {{a: {first.split(",", maxsplit=1)[0]}}}}}
actors: {{one: {{precision: {precision}}}, two: {{precision: {precision}}}}}
choices:
  a: {{actor: one, options: [{first}], sees: []}}
  b: {{actor: two, options: [{second}], sees: [a]}}
stakes:
{values}
"""


@dataclass(frozen=True)
class Solved:
    """A game of two movers with its subgame-perfect play: the first move, and the answer to each."""

    first: str
    second: str
    values: str
    move: str
    answers: dict[str, str]


GAMES = {
    # Selten 1978, The chain store paradox, Theory and Decision 9: one market; (entrant, chain): out (1, 5), in and
    # cooperative (2, 2), in and aggressive (0, 0).
    "chain-store": Solved(
        "enter, stay_out",
        "cooperate, fight",
        """
  one:
    profit:
      given: [a, b]
      values: [{when: {a: stay_out}, is: 50}, {when: {b: fight}, is: 0}, {else: true, is: 100}]
  two:
    profit:
      given: [a, b]
      values: [{when: {a: stay_out}, is: 100}, {when: {b: fight}, is: 0}, {else: true, is: 40}]
""",
        "enter",
        {"enter": "cooperate"},
    ),
    # Bolton and Zwick 1995, Games and Economic Behavior 10: a small ultimatum game; unfair leaves the other side 20.
    "ultimatum": Solved(
        "fair, unfair",
        "accept, reject",
        """
  one:
    share:
      given: [a, b]
      values: [{when: {b: reject}, is: 0}, {when: {a: fair}, is: 50}, {else: true, is: 80}]
  two:
    share:
      given: [a, b]
      values: [{when: {b: reject}, is: 0}, {when: {a: fair}, is: 50}, {else: true, is: 20}]
""",
        "unfair",
        {"fair": "accept", "unfair": "accept"},
    ),
    # Luce and Raiffa 1957, Games and decisions, section 5.3: the battle of the sexes, with the first move made known.
    "battle-of-the-sexes": Solved(
        "fight, ballet",
        "fight, ballet",
        """
  one:
    evening:
      given: [a, b]
      values: [{when: {a: fight, b: fight}, is: 100}, {when: {a: ballet, b: ballet}, is: 50}, {else: true, is: 0}]
  two:
    evening:
      given: [a, b]
      values: [{when: {a: fight, b: fight}, is: 50}, {when: {a: ballet, b: ballet}, is: 100}, {else: true, is: 0}]
""",
        "fight",
        {"fight": "fight", "ballet": "ballet"},
    ),
}


@pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)
def test_rational_play_is_subgame_perfect(game: Solved) -> None:
    found = solve(two_movers(game.first, game.second, game.values))
    assert found.rule("a", game.move) == 1
    for move, answer in game.answers.items():
        assert found.rule("b", answer, a=move) == 1


@pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)
@pytest.mark.parametrize("precision", [0.5, 3.0, 12.0, 40.0])
def test_logit_play_is_gambits(game: Solved, precision: float) -> None:
    text = two_movers(game.first, game.second, game.values, behaviour="logit", precision=str(precision))
    assert_gambit_agrees(model_of(text), precision)


@pytest.mark.parametrize("precision", [0.5, 3.0, 12.0, 40.0])
def test_the_centipede_under_logit_play_is_gambits(precision: float) -> None:
    assert_gambit_agrees(model_of(CENTIPEDE.format(behaviour="logit", precision=precision)), precision)


def assert_gambit_agrees(model: Model, precision: float) -> None:
    worlds = worlds_of(model)
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], precision)
    assert reached == pytest.approx(precision, abs=1e-7)
    for choice, rule in expected.items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=GAMBIT)


def test_the_centipede_ends_at_once_under_rational_play() -> None:
    found = solve(CENTIPEDE.format(behaviour="rational", precision=1))
    assert found.event == 0
    assert found.rule("second", "take", first="pass") == 1
    assert found.rule("third", "take", first="pass", second="pass") == 1
    assert found.rule("fourth", "take", first="pass", second="pass", third="pass") == 1


def test_the_centipede_under_logit_play_is_worked_out_from_its_end() -> None:
    """The agent model of McKelvey and Palfrey 1998, Experimental Economics 1, is solved backwards, move by move."""
    precision = 10.0
    found = solve(CENTIPEDE.format(behaviour="logit", precision=precision))
    fourth = 1 / (1 + exp(precision * (0.25 - 0.5)))  # blue takes at the end: 0.5 against 0.25
    red = fourth * 0.125 + (1 - fourth) * 1.0  # what red can expect where it passes at the third move
    third = 1 / (1 + exp(precision * (red - 0.25)))
    blue = third * 0.0625 + (1 - third) * (fourth * 0.5 + (1 - fourth) * 0.25)
    second = 1 / (1 + exp(precision * (blue - 0.125)))
    red = second * 0.03125 + (1 - second) * (third * 0.25 + (1 - third) * red)
    first = 1 / (1 + exp(precision * (red - 0.0625)))
    assert found.rule("fourth", "take", first="pass", second="pass", third="pass") == pytest.approx(fourth, abs=EXACT)
    assert found.rule("third", "take", first="pass", second="pass") == pytest.approx(third, abs=EXACT)
    assert found.rule("second", "take", first="pass") == pytest.approx(second, abs=EXACT)
    assert found.rule("first", "take") == pytest.approx(first, abs=EXACT)
