"""Weights of evidence, conflicts, what is learned and the answer's way through the reports, by hand."""

from datetime import date
from math import log2

import pytest
from scipy.integrate import quad
from scipy.special import expit

import melian
from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.model.build import build_model
from tests.golden.digits import EXACT
from tests.solving import case_of

# Of three outcomes the first is the event. All four reports are taken as true to their likelihoods.
OUTCOMES = """
melian: 1
case: outcomes
question: {event: {w: a}}
factors: {w: {states: [a, b, c], chances: {a: 0.5, b: 0.3, c: 0.2}}}
evidence:
  - {id: one, claim: c1, date: 2022-01-01, bears_on: w, likelihood: {a: 0.8, b: 0.4, c: 0.1}}
  - {id: two, claim: c2, date: 2022-01-03, happened: 2021-12-30, bears_on: w, likelihood: {a: 0.2, b: 0.6, c: 0.3}}
"""
CLASHING = """
  - {id: three, claim: c3, date: 2022-01-02, bears_on: w, likelihood: {a: 0.9, b: 0.05, c: 0.05}}
  - {id: four, claim: c4, date: 2022-01-02, bears_on: w, likelihood: {a: 0.05, b: 0.9, c: 0.9}}
"""

# As in the case of two moves: a grab is better by w - 1/2 at each move, w uniform from 0 to 1, precision 4.
MOVES = """
melian: 1
case: three-moves
question: {event: {third: grab}}
actors: {one: {precision: 4}}
choices:
  first: {actor: one, options: [grab, leave]}
  second: {actor: one, options: [grab, leave]}
  third: {actor: one, options: [grab, leave]}
stakes:
  one:
    order: [prize1 = prize2 = prize3, calm1 = calm2 = calm3]
    prize1: {given: [first], values: {grab: 100, leave: 0}}
    calm1: {given: [first], values: {grab: 0, leave: 100}}
    prize2: {given: [second], values: {grab: 100, leave: 0}}
    calm2: {given: [second], values: {grab: 0, leave: 100}}
    prize3: {given: [third], values: {grab: 100, leave: 0}}
    calm3: {given: [third], values: {grab: 0, leave: 100}}
evidence:
  - {id: held_back, claim: It held back., date: 2022-01-01, bears_on: first, shows: leave, certain: true}
  - {id: held_back_again, claim: It held back again., date: 2022-01-02, bears_on: second, shows: leave, certain: true}
"""


def solved(text: str, worlds: int = 512) -> Solution:
    return solve_model(build_model(case_of(text)), Supposed(), worlds=worlds, seed=0)


def test_the_matrix_has_the_bits_of_each_report_for_each_outcome() -> None:
    matrix = solved(OUTCOMES).matrix()
    assert [outcome.state for outcome in matrix.hypotheses] == ["a", "b", "c"]
    assert [outcome.is_event for outcome in matrix.hypotheses] == [True, False, False]
    assert [outcome.before for outcome in matrix.hypotheses] == pytest.approx([0.5, 0.3, 0.2], abs=EXACT)
    both = [0.5 * 0.8 * 0.2, 0.3 * 0.4 * 0.6, 0.2 * 0.1 * 0.3]
    assert [outcome.after for outcome in matrix.hypotheses] == pytest.approx([p / sum(both) for p in both], abs=EXACT)
    assert matrix.origins == ("two", "one")  # the second speaks against the likeliest outcome, and so stands first
    alone = [[w.alone for w in row] for row in matrix.weights]
    # Of b: 0.6 against (0.5 * 0.2 + 0.2 * 0.3) / 0.7, and 0.4 against (0.5 * 0.8 + 0.2 * 0.1) / 0.7.
    assert alone[0] == pytest.approx([log2(0.2 / (0.24 / 0.5)), log2(0.8 / (0.14 / 0.5))], abs=EXACT)
    assert alone[1] == pytest.approx([log2(0.6 / (0.16 / 0.7)), log2(0.4 / (0.42 / 0.7))], abs=EXACT)
    rest = [[w.given_rest for w in row] for row in matrix.weights]
    # Given the other report, not-a is b or c in its light: 0.3 * 0.4 and 0.2 * 0.1, or 0.3 * 0.6 and 0.2 * 0.3.
    assert rest[0] == pytest.approx(
        [log2(0.2 / ((0.12 * 0.6 + 0.02 * 0.3) / 0.14)), log2(0.8 / ((0.18 * 0.4 + 0.06 * 0.1) / 0.24))], abs=EXACT
    )
    assert matrix.event_alone == pytest.approx(alone[0], abs=EXACT)


def test_two_reports_that_contradict_each_other_are_named() -> None:
    """Each has chance 0.475; both 0.5 * 0.9 * 0.05 twice, 0.045. The other pairs come together often enough."""
    conflicts = solved(OUTCOMES + CLASHING.removeprefix("\n")).conflicts()
    worst = conflicts.pairs[0]
    assert worst.origins == ("three", "four")
    assert worst.bits == pytest.approx(log2(0.475 * 0.475 / 0.045), abs=EXACT)
    assert worst.error == pytest.approx(0, abs=1e-9)
    assert ("one", "three") not in {pair.origins for pair in conflicts.pairs}
    assert conflicts.compared == 4
    every = 0.5 * 0.8 * 0.2 * 0.9 * 0.05 + 0.3 * 0.4 * 0.6 * 0.05 * 0.9 + 0.2 * 0.1 * 0.3 * 0.05 * 0.9
    assert conflicts.overall == pytest.approx(log2(0.54 * 0.34 * 0.475**2 / every), abs=EXACT)


def test_reports_that_tell_one_story_are_not_in_conflict() -> None:
    conflicts = solved(OUTCOMES).conflicts()
    assert conflicts.pairs == ()  # log2(0.54 * 0.34 / 0.158) is a fifth of a bit: not worth telling
    assert conflicts.overall == pytest.approx(log2(0.54 * 0.34 / 0.158), abs=EXACT)


def test_restraint_seen_twice_lowers_what_the_prize_must_weigh() -> None:
    """With 3 (x + y) = 1 and x, a prize's weight, uniform on [1/6, 1/3], a grab has chance expit(4 (2 x - 1/3))."""
    scale = 1 / 6

    def restraint(u: float, times: int) -> float:
        return float(expit(-4 * 2 * scale * u) ** times)

    def mean(times: int) -> float:
        mass = quad(restraint, 0, 1, args=(times,))[0]
        return scale * (1 + quad(lambda u: u * restraint(u, times), 0, 1)[0] / mass)

    solution = solved(MOVES, 16_384)
    (prize,) = [one for one in solution.learned() if one.stake == "prize3"]
    assert prize.before.mean == pytest.approx(mean(0), abs=1e-5)
    assert prize.after.mean == pytest.approx(mean(2), abs=1e-5)
    assert mean(2) < mean(1) < mean(0)
    assert prize.is_told
    assert dict(prize.moved_by) == pytest.approx(
        dict.fromkeys(("held_back", "held_back_again"), mean(2) - mean(1)), abs=1e-5
    )
    (calm,) = [one for one in solution.learned() if one.stake == "calm1"]
    assert calm.after.mean > calm.before.mean
    assert not [one for one in solution.learned() if one.stake is None]  # a precision that is a number teaches nothing


def test_the_answer_after_each_report_is_that_of_a_forecast_of_that_day() -> None:
    case = melian.read("belarus-2022")
    moments = case.solve(worlds=1024).timeline().moments
    assert moments[0].mean == pytest.approx(case.solve(worlds=1024).likelihood().before_evidence, abs=EXACT)
    last_of_day = {moment.day: moment for moment in moments if moment.day is not None}
    assert len(last_of_day) > 4
    for day, moment in last_of_day.items():
        answer = case.on(day).solve(worlds=1024).likelihood()
        assert (moment.mean, moment.q05, moment.q95) == pytest.approx((answer.mean, answer.q05, answer.q95), abs=1e-9)


def test_by_the_day_on_which_things_happened_the_order_is_another() -> None:
    solution = solved(OUTCOMES + CLASHING.removeprefix("\n"))
    reported, happened = solution.timeline(), solution.timeline("happened")
    assert [moment.report for moment in reported.moments] == [None, "one", "three", "four", "two"]
    assert [moment.report for moment in happened.moments] == [None, "two", "one", "three", "four"]
    assert happened.moments[1].day == date(2021, 12, 30)
    assert reported.moments[1].mean == pytest.approx(0.4 / 0.54, abs=EXACT)
    assert happened.moments[1].mean == pytest.approx(0.1 / 0.34, abs=EXACT)
    assert reported.moments[-1].mean == pytest.approx(happened.moments[-1].mean, abs=EXACT)
