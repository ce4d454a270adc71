"""What to watch, by hand: bits, points and the answer under each result."""

from math import log2

import pytest

import melian
from melian.answer.indicators import Indicator, Indicators
from tests.golden.digits import EXACT, FOUR_BY_SAMPLING, SIX

# War has chance 0.8 after a build-up and 0.1 otherwise: 0.3 * 0.8 + 0.7 * 0.1 = 0.31. Trains run by the build-up alone.
WATCHED = """
melian: 1
case: watched
question: {event: {war: comes}}
factors:
  buildup: {states: [none, large], chances: {large: 0.3}}
  war:
    states: [stays_away, comes]
    chances:
      - {when: {buildup: large}, comes: 0.8}
      - {else: true, comes: 0.1}
  trains:
    states: [idle, running]
    chances:
      - {when: {buildup: large}, running: 0.9}
      - {else: true, running: 0.2}
  sirens:
    states: [silent, heard]
    chances:
      - {when: {war: comes}, heard: 1}
      - {else: true, heard: 0}
  moon: {states: [new, full], chances: {full: 0.5}}
  law: {states: [old, changed], chances: {changed: 0}}
"""
# Two things of one chance that nobody knows, uniform from 0 to 1: together they come true in 1/3, each alone in 1/2.
ONE_RISK = """
melian: 1
case: one-risk
question: {event: {war: comes}}
judgements: {risk: 0..1}
factors:
  war: {states: [stays_away, comes], chances: {comes: the risk}}
  skirmish: {states: [none, one], chances: {one: the risk}}
"""


def entropy(chance: float) -> float:
    return -chance * log2(chance) - (1 - chance) * log2(1 - chance)


def looked(text: str, worlds: int = 512, grade: str = "B", own: bool = False) -> Indicators:
    return melian.read_text(text).solve(worlds=worlds).indicators(grade=grade, own=own)


def named(found: Indicators) -> dict[str, Indicator]:
    return {indicator.name: indicator for indicator in found.indicators}


def test_seeing_the_build_up_tells_how_much_less_is_unknown_then() -> None:
    found = looked(WATCHED)
    assert found.answer == pytest.approx(0.31, abs=EXACT)
    assert found.uncertainty == pytest.approx(entropy(0.31), abs=EXACT)
    seen = named(found)["buildup"]
    assert seen.information.bits == pytest.approx(entropy(0.31) - 0.3 * entropy(0.8) - 0.7 * entropy(0.1), abs=EXACT)
    assert seen.information.error == pytest.approx(0, abs=EXACT)
    assert [(r.chance, r.answer) for r in seen.move.results] == [pytest.approx((0.7, 0.1)), pytest.approx((0.3, 0.8))]
    assert seen.move.points == pytest.approx(0.7 * 0.21 + 0.3 * 0.49, abs=EXACT)
    assert seen.move.crosses == pytest.approx(0.3, abs=EXACT)


def test_a_report_of_grade_b_is_right_in_8_of_10_and_else_names_either_state_alike() -> None:
    """It names the large build-up with chance 0.9 if there is one, and 0.1 if not: 0.3 * 0.9 + 0.7 * 0.1 = 0.34."""
    large = (0.3 * 0.9 * 0.8 + 0.7 * 0.1 * 0.1) / 0.34
    none = (0.3 * 0.1 * 0.8 + 0.7 * 0.9 * 0.1) / 0.66
    bits = entropy(0.31) - 0.34 * entropy(large) - 0.66 * entropy(none)
    assert named(looked(WATCHED))["buildup"].reported.bits == pytest.approx(bits, abs=EXACT)
    replaced = WATCHED + "grades: {C: 0.8}\n"
    assert named(looked(replaced, grade="C3"))["buildup"].reported.bits == pytest.approx(bits, abs=EXACT)


def test_what_comes_after_the_event_is_a_sign_and_what_says_the_same_tells_no_more() -> None:
    found = looked(WATCHED)
    assert [indicator.name for indicator in found.indicators] == ["sirens", "buildup", "trains", "moon"]
    sirens = named(found)["sirens"]
    assert sirens.is_sign
    assert sirens.information.bits == pytest.approx(found.uncertainty, abs=EXACT)
    assert [one.name for one in found.watch] == ["buildup"]  # trains run by the build-up alone
    trains = named(found)["trains"]
    assert trains.information.is_told
    assert not trains.is_sign
    assert trains.then is not None
    assert trains.then.bits == pytest.approx(0, abs=1e-9)
    assert not trains.then.is_told
    left = 0.3 * entropy(0.8) + 0.7 * entropy(0.1)
    assert sirens.then is not None
    assert sirens.then.bits == pytest.approx(left, abs=EXACT)


def test_what_is_known_already_is_not_watched_and_what_is_asked_about_only_if_wanted() -> None:
    assert "law" not in named(looked(WATCHED))
    assert "war" not in named(looked(WATCHED))
    own = named(looked(WATCHED, own=True))["war"]
    assert own.information.bits == pytest.approx(entropy(0.31), abs=EXACT)
    assert not own.is_sign


def test_what_bears_on_the_event_through_what_nobody_knows_tells_of_it() -> None:
    seen = named(looked(ONE_RISK, worlds=65_536))["skirmish"]
    assert seen.information.bits == pytest.approx(1 - entropy(2 / 3), abs=FOUR_BY_SAMPLING)
    assert seen.information.is_told
    assert [r.answer for r in seen.move.results] == pytest.approx([1 / 3, 2 / 3], abs=FOUR_BY_SAMPLING)
    assert seen.move.points == pytest.approx(1 / 6, abs=FOUR_BY_SAMPLING)


def test_evidence_counts_before_what_is_seen() -> None:
    """A certain report of running trains: the build-up is then as likely as 0.27 against 0.14."""
    report = "evidence: [{id: seen, claim: Trains run., bears_on: trains, shows: running, certain: true}]\n"
    found = looked(WATCHED + report)
    large = 0.27 / 0.41
    war = large * 0.8 + (1 - large) * 0.1
    assert found.answer == pytest.approx(war, abs=EXACT)
    assert set(named(found)) == {"sirens", "buildup", "moon"}
    bits = entropy(war) - large * entropy(0.8) - (1 - large) * entropy(0.1)
    assert named(found)["buildup"].information.bits == pytest.approx(bits, abs=SIX)


def test_the_first_line_of_an_answer_is_the_first_to_watch() -> None:
    first = melian.read_text(WATCHED).solve(worlds=512).first_indicator
    assert first is not None
    assert first.name == "buildup"
