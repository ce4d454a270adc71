"""What an actor can do, what it is worth to it and what knowing would be, worked out by hand."""

from itertools import product
from math import exp

import pytest

from melian.answer.levers import Contest, Lever
from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.errors import AskError
from melian.model.build import build_model
from tests.golden.digits import EXACT, FOUR_BY_SAMPLING
from tests.solving import case_of

# Unwarned, an attack is better than none by 0.1, warned it is worse by 0.1, and precision is 10.
UNWARNED, WARNED = 1 / (1 + exp(-1)), 1 / (1 + exp(1))
WARNING = """
melian: 1
case: warning
question: {event: {attack: "yes"}}
actors: {guard: {precision: 4}, raider: {precision: 10}}
choices:
  warn: {actor: guard, options: ["no", "yes"]}
  attack: {actor: raider, options: ["no", "yes"], sees: [warn]}
stakes:
  guard:
    WEIGHTS
    peace: {given: [attack], values: {"no": 100, "yes": 0}}
    effort: {given: [warn], values: {"no": 100, "yes": 0}}
  raider:
    prize:
      given: [warn, attack]
      values: [{when: {attack: "no"}, is: 50}, {when: {warn: "no"}, is: 60}, {else: true, is: 40}]
"""
FIXED = WARNING.replace("WEIGHTS", "weights: {peace: 0.75, effort: 0.25}")
# In order alone, peace weighs evenly between a half and all.
ORDERED = WARNING.replace("WEIGHTS", "order: [peace, effort]")
REPORTED = (
    ORDERED
    + """
evidence:
  - {id: warned, claim: c1, date: 2022-01-01, bears_on: warn, likelihood: {"no": 0.2, "yes": 0.8}}
  - {id: massing, claim: c2, date: 2022-01-01, bears_on: attack, likelihood: {"no": 0.25, "yes": 0.75}}
"""
)
# A rational captain: to sail is worth 100 in a calm and 0 in a storm, to stay 50.
SHIP = """
melian: 1
case: ship
behaviour: rational
question: {event: {sail: go}}
actors: {captain: {}}
factors:
  weather: {states: [calm, storm], chances: {storm: 0.4}}
  cargo: {states: [light, heavy], chances: {heavy: 0.5}}
  arrival: {states: [late, timely], given: [sail], chances: [{when: {sail: go}, late: 0.1}, {else: true, late: 0.9}]}
choices: {sail: {actor: captain, options: [stay, go]}}
stakes:
  captain:
    voyage:
      given: [weather, sail]
      values: [{when: {sail: stay}, is: 50}, {when: {weather: calm}, is: 100}, {else: true, is: 0}]
evidence:
  - {id: clouds, claim: Clouds gather., date: 2022-01-01, bears_on: weather, likelihood: {calm: 0.2, storm: 0.6}}
"""


def solved(text: str, worlds: int = 256, **supposed: dict[str, str]) -> Solution:
    return solve_model(build_model(case_of(text)), Supposed(**supposed), worlds=worlds, seed=0)  # type: ignore[arg-type]


def by_option(contest: Contest) -> dict[tuple[str, ...], Lever]:
    return {tuple(option for _, option in lever.taken): lever for lever in contest.levers}


def test_each_option_has_its_event_and_its_worth() -> None:
    levers = solved(FIXED).levers("guard")
    (contest,) = levers.contests
    no, yes = contest.levers
    worth = 100 * (0.75 * (1 - UNWARNED) + 0.25), 100 * 0.75 * (1 - WARNED)
    share = 1 / (1 + exp(-4 * (worth[1] - worth[0]) / 100))
    assert (no.event, yes.event) == pytest.approx((UNWARNED, WARNED), abs=EXACT)
    assert (no.worth, yes.worth) == pytest.approx(worth, abs=1e-10)
    assert levers.event == pytest.approx(share * WARNED + (1 - share) * UNWARNED, abs=EXACT)
    assert levers.worth == pytest.approx(share * worth[1] + (1 - share) * worth[0], abs=1e-10)
    assert yes.event_change.value == pytest.approx(WARNED - levers.event, abs=EXACT)
    assert yes.worth_change.value == pytest.approx(yes.worth - levers.worth, abs=1e-10)
    assert (yes.best, no.best, yes.regret) == (1.0, 0.0, 0.0)
    assert (no.regret, no.high_regret) == pytest.approx((worth[1] - worth[0],) * 2, abs=1e-10)
    assert contest.best_on_average is contest.best_at_worst is contest.least_regret is yes
    assert levers.strongest is no
    assert (levers.pairs, levers.left_out) == ((), 0)


def test_regret_and_the_share_of_worlds_follow_from_the_weight() -> None:
    """With w the weight of peace, even on [1/2, 1], warning is better where w > w0 = 1 / (2 UNWARNED)."""
    (contest,) = solved(ORDERED, 65_536).levers("guard").contests
    no, yes = contest.levers
    gain = 2 * UNWARNED
    edge = 1 / gain
    assert yes.best == pytest.approx((1 - edge) / 0.5, abs=FOUR_BY_SAMPLING)
    assert no.best == pytest.approx((edge - 0.5) / 0.5, abs=FOUR_BY_SAMPLING)
    assert no.regret == pytest.approx(100 * gain * (1 - edge) ** 2, abs=0.01)
    assert yes.regret == pytest.approx(100 * gain * (edge - 0.5) ** 2, abs=0.01)
    # w is 0.995 in all but one of 100 worlds at the most, 0.505 at the least; worth of a warning rises with w.
    assert no.high_regret == pytest.approx(100 * (gain * 0.995 - 1), abs=0.05)
    assert yes.high_regret == pytest.approx(100 * (1 - gain * 0.505), abs=0.05)
    assert yes.worst_decile == pytest.approx(100 * 0.55 * UNWARNED, abs=0.05)
    assert no.worst_decile == pytest.approx(100 * (1 - 0.95 * UNWARNED), abs=0.05)
    assert contest.lead.value == pytest.approx(100 * (gain * 0.75 - 1), abs=0.01)
    assert contest.at_stake == pytest.approx(no.regret + yes.regret, abs=1e-9)


def test_what_was_reported_of_a_choice_that_is_set_is_no_evidence_and_the_rest_is() -> None:
    levers = solved(REPORTED, 4096).levers("guard")
    (contest,) = levers.contests
    for lever, chance in zip(contest.levers, (UNWARNED, WARNED), strict=True):
        # whatever the weight, so that no world counts for more than another
        assert lever.event == pytest.approx(0.75 * chance / (0.75 * chance + 0.25 * (1 - chance)), abs=EXACT)
        assert lever.unheard == ("warned",)
    answer = solved(REPORTED, 4096)
    for lever in contest.levers:
        assert lever.event == pytest.approx(answer.whatif(dict(lever.taken)).event.after, abs=EXACT)
        assert lever.event_change.value == pytest.approx(answer.whatif(dict(lever.taken)).event.difference, abs=EXACT)


def test_options_are_paired_with_those_of_another() -> None:
    levers = solved(FIXED).levers("guard", partner="raider")
    (contest,) = levers.pairs
    assert contest.choices == ("warn", "attack")
    found = by_option(contest)
    for warn, attack in product(("no", "yes"), repeat=2):
        lever = found[warn, attack]
        assert lever.event == pytest.approx(float(attack == "yes"), abs=EXACT)
        assert lever.worth == pytest.approx(75 * (attack == "no") + 25 * (warn == "no"), abs=1e-10)
        alone = {"no": UNWARNED, "yes": WARNED}[warn] - levers.event
        assert lever.more_than_apart is not None
        assert lever.more_than_apart.value == pytest.approx(-alone, abs=EXACT)
    assert found["no", "no"].best == 1.0


def test_to_know_the_weather_is_worth_what_clairvoyance_brings() -> None:
    """Reported clouds make a storm 0.24 / 0.36; the captain does not hear of them, sails, and gets 33 of 100."""
    levers = solved(SHIP).levers("captain")
    (contest,) = levers.contests
    assert [lever.worth for lever in contest.levers] == pytest.approx([50, 100 / 3], abs=1e-10)
    assert levers.worth == pytest.approx(100 / 3, abs=1e-10)
    known = {one.factor: one for one in levers.knowledge.known}
    assert set(known) == {"weather", "cargo"}  # arrival lies in the choice's future
    assert known["weather"].gain.value == pytest.approx(200 / 3 - 100 / 3, abs=1e-10)  # 1/3 at 100, else 50
    assert known["weather"].share == pytest.approx(2.0, abs=1e-10)
    assert known["weather"].event_change.value == pytest.approx(1 / 3 - 1, abs=EXACT)
    assert not known["cargo"].gain.is_told


def test_a_choice_that_is_supposed_is_no_lever() -> None:
    with pytest.raises(AskError, match="supposed already"):
        solved(FIXED, do={"warn": "yes"}).levers("guard")
    with pytest.raises(AskError, match="no actor"):
        solved(FIXED).levers("nobody")
    with pytest.raises(AskError, match="with itself"):
        solved(FIXED).levers("guard", partner="guard")
    unseen = solve_model(build_model(case_of(FIXED)), Supposed(do={"warn": "yes"}, announced=False), worlds=256)
    with pytest.raises(AskError, match="unseen"):
        unseen.levers("raider")


def test_what_is_supposed_already_stays_supposed() -> None:
    (contest,) = solved(FIXED, do={"warn": "yes"}).levers("raider").contests
    assert [lever.worth for lever in contest.levers] == pytest.approx([50, 40], abs=1e-10)
