"""An observed move teaches what its actor wants: worlds in which it made sense weigh more. A forced move does not."""

from pathlib import Path

import numpy as np
import pytest

import melian
from tests.golden.digits import EXACT, FOUR_BY_SAMPLING
from tests.solving import Answer, solve, theta_of

MANY = 65_536

# The same actor can grab twice. Each grab moves half of all worth from calm (weight 1 - w) to prize (weight w), and
# nothing is known of w: uniform from 0 to 1. So grabbing is better by w - 1/2 at each move, whatever the other move is,
# and with precision 4 its chance is s(w) = 1 / (1 + exp(-4 (w - 1/2))) at each.
CASE = """
melian: 1
case: two-moves
question: {event: {second: grab}}
actors: {one: {precision: 4}}
choices:
  first: {actor: one, options: [grab, leave], sees: []}
  second: {actor: one, options: [grab, leave], sees: [first]}
stakes:
  one:
    prize:
      given: [first, second]
      values:
        - {when: {first: grab, second: grab}, is: 100}
        - {when: {first: leave, second: leave}, is: 0}
        - {else: true, is: 50}
    calm:
      given: [first, second]
      values:
        - {when: {first: grab, second: grab}, is: 0}
        - {when: {first: leave, second: leave}, is: 100}
        - {else: true, is: 50}
"""


def weight_of_prize(found: Answer) -> np.ndarray:
    """The uncertain w of every world."""
    prize = next(utility for utility in found.model.utilities if utility.name == "prize")
    return theta_of(found.model, n_worlds=len(found.worlds.evidence))[prize.weight]


def test_before_anything_is_seen_both_options_are_as_likely() -> None:
    assert solve(CASE, n_worlds=MANY).event == pytest.approx(0.5, abs=FOUR_BY_SAMPLING)  # s(w) + s(1 - w) = 1


def test_a_world_weighs_as_much_as_its_rule_gives_the_move() -> None:
    found = solve(CASE, n_worlds=100, observe={"first": "grab"})
    sense = 1 / (1 + np.exp(-4 * (weight_of_prize(found) - 0.5)))
    assert found.worlds.evidence == pytest.approx(sense, abs=EXACT)
    assert found.worlds.event == pytest.approx(sense, abs=EXACT)  # in each world alone the first move says nothing


def test_two_worlds_by_hand() -> None:
    """Of the worlds nearest to w = 0.9 and w = 0.3, as if they were all: s = 0.832018 and 0.310026."""
    found = solve(CASE, n_worlds=MANY, observe={"first": "grab"})
    prize = weight_of_prize(found)
    two = [int(np.abs(prize - w).argmin()) for w in (0.9, 0.3)]
    weight, event = found.worlds.evidence[two], found.worlds.event[two]
    assert weight == pytest.approx([0.832018, 0.310026], abs=FOUR_BY_SAMPLING)
    # before: (0.832018 + 0.310026) / 2 = 0.571022; after: (0.832018^2 + 0.310026^2) / (0.832018 + 0.310026) = 0.690316
    assert found.worlds.before[two].mean() == pytest.approx(0.571022, abs=FOUR_BY_SAMPLING)
    assert weight @ event / weight.sum() == pytest.approx(0.690316, abs=FOUR_BY_SAMPLING)


def test_a_move_makes_another_like_it_more_likely() -> None:
    # The mean of s^2 over that of s. With u = 4 (w - 1/2) from -2 to 2, s^2 = s - ds/du, and the integral of s is
    # log(1 + exp(u)): (1/4) (2 - tanh(1)) = 0.309601, over 1/2.
    found = solve(CASE, n_worlds=MANY, observe={"first": "grab"})
    assert found.event == pytest.approx(0.619203, abs=FOUR_BY_SAMPLING)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
def test_a_forced_move_tells_nothing_of_what_its_actor_wants(announced: bool) -> None:
    found = solve(CASE, n_worlds=MANY, do={"first": "grab"}, announced=announced)
    assert found.event == pytest.approx(0.5, abs=FOUR_BY_SAMPLING)
    assert found.worlds.evidence == pytest.approx(1, abs=EXACT)


def test_a_report_of_a_move_teaches_as_far_as_it_can_be_believed() -> None:
    # Likelihood 0.8 of grab and 0.2 of leave: a world weighs 0.2 + 0.6 s, so (0.2 * 0.5 + 0.6 * 0.309601) / 0.5.
    report = "evidence: [{id: r, claim: said, bears_on: first, likelihood: {grab: 0.8, leave: 0.2}}]\n"
    found = solve(CASE + report, n_worlds=MANY)
    assert found.event == pytest.approx(0.571521, abs=FOUR_BY_SAMPLING)
    assert found.before == pytest.approx(0.5, abs=FOUR_BY_SAMPLING)
    # 0.8 * 0.5 / 0.5 on average, but each world's own: the mean of 0.8 s over the mean of 0.2 + 0.6 s
    assert found.chance("first", "grab") == pytest.approx(0.8, abs=FOUR_BY_SAMPLING)


def test_the_likelihood_weighs_worlds_by_the_evidence(tmp_path: Path) -> None:
    path = tmp_path / "moves.yaml"
    path.write_text(CASE, encoding="utf-8")
    found = melian.read(path).solve(worlds=MANY, observe={"first": "grab"}).likelihood()
    assert found.mean == pytest.approx(0.619203, abs=FOUR_BY_SAMPLING)
    assert found.before_evidence == pytest.approx(0.5, abs=FOUR_BY_SAMPLING)
    # Half of the weight lies below the w at which the integral of s has reached 1/4. With u = 4 (w - 1/2) that is where
    # log(1 + exp(u)) = log(1 + exp(-2)) + 1 = 1.126928, so exp(u) = 2.086161, and s = 2.086161 / 3.086161.
    assert found.q50 == pytest.approx(0.675973, abs=FOUR_BY_SAMPLING)
