"""What to watch, by hand: bits, points and the answer under each result."""

from itertools import product
from math import log2

import pytest

import melian
from melian.answer.indicators import Indicator, Indicators
from melian.case.watch import Observable
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


# Two reports on one build-up: right in 3 of 4; else the first is made in 1 of 5 cases, the second in any share alike.
TOLD = (
    WATCHED
    + """
grades: {B: 0.75}
watch:
  - {id: trains, claim: Trains run., bears_on: buildup, likelihood: {large: 0.9, none: 0.2}, grade: B2, anyway: 0.2}
  - {id: spy, claim: A spy says so., bears_on: buildup, shows: large, grade: B}
  - {id: seen, claim: You see it., bears_on: buildup, shows: large}
  - {id: rumour, claim: It is said., bears_on: moon, shows: full, grade: C}
"""
)


def joint_of(first: tuple[float, float], second: tuple[float, float]) -> dict[tuple[int, int, int], float]:
    """Chance of war, of the first report and of the second, by summing over the build-up."""
    found: dict[tuple[int, int, int], float] = {}
    for large, war, one, two in product((0, 1), repeat=4):
        chance = 0.3 if large else 0.7
        chance *= (0.8 if large else 0.1) if war else (0.2 if large else 0.9)
        chance *= first[large] if one else 1 - first[large]
        chance *= second[large] if two else 1 - second[large]
        found[war, one, two] = found.get((war, one, two), 0) + chance
    return found


def given(joint: dict[tuple[int, int, int], float]) -> float:
    """Bits that the second report tells of war once the first is known."""

    def total(**at: int) -> float:
        names = ("war", "one", "two")
        return sum(p for key, p in joint.items() if all(key[names.index(name)] == value for name, value in at.items()))

    return sum(
        p * log2(p * total(one=one) / (total(war=war, one=one) * total(one=one, two=two)))
        for (war, one, two), p in joint.items()
    )


def test_reports_that_may_yet_come_by_hand() -> None:
    found = named(looked(TOLD))
    trains, spy = (0.75 * 0.2 + 0.25 * 0.2, 0.75 * 0.9 + 0.25 * 0.2), (0.25 * 0.5, 0.75 + 0.25 * 0.5)
    nothing = (0.5, 0.5)
    assert found["trains"].information.bits == pytest.approx(given(joint_of(nothing, trains)), abs=EXACT)
    assert found["spy"].information.bits == pytest.approx(given(joint_of(nothing, spy)), abs=EXACT)
    made, not_made = found["trains"].move.results
    assert made.chance == pytest.approx(0.3 * 0.725 + 0.7 * 0.2, abs=EXACT)
    assert made.answer == pytest.approx((0.3 * 0.725 * 0.8 + 0.7 * 0.2 * 0.1) / (0.3 * 0.725 + 0.7 * 0.2), abs=EXACT)
    assert not_made.chance == pytest.approx(1 - made.chance, abs=EXACT)
    assert found["seen"].information.bits == pytest.approx(found["buildup"].information.bits, abs=EXACT)
    assert not found["rumour"].information.is_told
    assert found["trains"].reported is None


def test_of_two_reports_on_one_thing_the_second_tells_what_the_first_leaves_open() -> None:
    easy = TOLD.replace("grade: B}", "grade: B, observable: {how: easily, when: soon}}").replace(
        "trains: {", "trains: {observable: {when: soon}, "
    )
    hard = easy.replace("  buildup: {", "  buildup: {observable: {how: hardly}, ").replace(
        "shows: large}", "shows: large, observable: {how: hardly}}"
    )
    found = looked(hard)
    spy, trains = (0.25 * 0.5, 0.75 + 0.25 * 0.5), (0.75 * 0.2 + 0.25 * 0.2, 0.75 * 0.9 + 0.25 * 0.2)
    assert (found.watch[0].name, found.watch[0].kind) == ("spy", "report")
    assert named(found)["spy"].observable == Observable("soon", "easily")
    after = {one.name: one.then for one in found.indicators if one.kind == "report"}
    assert after["spy"] is None
    assert after["trains"] is not None
    assert after["trains"].bits == pytest.approx(given(joint_of(spy, trains)), abs=EXACT)


def test_what_can_be_known_only_after_the_horizon_is_a_sign() -> None:
    dated = TOLD.replace("{event: {war: comes}}", "{event: {war: comes}, by: 2030-06-01}")
    for day, is_sign in (("2030-06-01", False), ("2030-06-02", True), ("next summer", False)):
        seen = dated.replace("grade: B}", f"grade: B, observable: {{when: {day}}}}}")
        assert named(looked(seen))["spy"].is_sign == is_sign
