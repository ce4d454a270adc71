"""What an actor gains and loses by each option, stake by stake, worked out by hand."""

from math import exp

import pytest

from melian.answer.incentives import Incentive, Motive
from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.errors import AskError
from melian.model.build import build_model
from tests.golden.digits import EXACT, FOUR_BY_SAMPLING
from tests.solving import case_of

POINTS = 1e-10  # sums of products of a hundred

# A mayor sees whether the river rises and decides on a dam, believing that dams hold nine times in ten; the analyst
# takes them to hold every second time. What is said of the river is the analyst's too.
DAM = """
melian: 1
case: dam
question: {event: {flood: "yes"}}
actors: {mayor: {precision: 5}}
factors:
  river: {states: [low, high], chances: {high: 0.3}}
  dam_holds: {states: ["no", "yes"], chances: {"yes": 0.5}}
  flood:
    states: ["no", "yes"]
    chances:
      - {when: {river: low}, "yes": 0}
      - {when: {build: dam, dam_holds: "yes"}, "yes": 0}
      - {else: true, "yes": 0.8}
choices: {build: {actor: mayor, options: [wait, dam], sees: [river]}}
stakes:
  mayor:
    WEIGHTS
    safety: {given: [flood], values: {"no": 100, "yes": 0}}
    money: {given: [build], values: {wait: 100, dam: 40}}
    rain: {given: [river], values: {low: 100, high: 0}}
beliefs: {mayor: {dam_holds: {"yes": 0.9}}}
evidence:
  - {id: gauge, claim: The gauge rises., date: 2022-01-01, bears_on: river, likelihood: {low: 0.1, high: 0.9}}
"""
FIXED = DAM.replace("WEIGHTS", "weights: {safety: 0.5, money: 0.3, rain: 0.2}")
LIKELY = 0.3 * 0.9 / (0.3 * 0.9 + 0.7 * 0.1)


def solved(text: str, worlds: int = 256, **supposed: dict[str, str]) -> Solution:
    return solve_model(build_model(case_of(text)), Supposed(**supposed), worlds=worlds, seed=0)  # type: ignore[arg-type]


def only(solution: Solution) -> Incentive:
    (incentive,) = solution.incentives().incentives
    return incentive


def motives_of(incentive: Incentive) -> dict[str, Motive]:
    return {motive.stake: motive for motive in incentive.preferences[0].motives}


def test_expected_utility_is_taken_apart_by_the_actors_own_belief() -> None:
    """With the river high, waiting floods with 0.8, a dam with 0.1 * 0.8; rain is the same whatever is built."""
    incentive = only(solved(FIXED))
    assert (incentive.choice, incentive.actor, dict(incentive.sees)) == ("build", "mayor", {"river": "high"})
    assert incentive.likelihood == pytest.approx(LIKELY, abs=EXACT)
    wait, dam = incentive.prospects
    assert dict(wait.by_stake) == pytest.approx({"safety": 50 * 0.2, "money": 30}, abs=POINTS)
    assert dict(dam.by_stake) == pytest.approx({"safety": 50 * 0.92, "money": 12}, abs=POINTS)
    assert (wait.total, dam.total) == pytest.approx((40, 58), abs=POINTS)
    assert dam.chosen == pytest.approx(1 / (1 + exp(-5 * 0.18)), abs=EXACT)


def test_over_all_situations_each_counts_for_its_chance_given_the_evidence() -> None:
    wait, dam = only(solved(FIXED)).prospects
    assert wait.by_stake_everywhere["safety"] == pytest.approx(50 * (1 - LIKELY * 0.8), abs=POINTS)
    assert dam.by_stake_everywhere["safety"] == pytest.approx(50 * (1 - LIKELY * 0.08), abs=POINTS)
    assert dam.total_everywhere == pytest.approx(50 * (1 - LIKELY * 0.08) + 12, abs=POINTS)


def test_what_would_make_it_indifferent() -> None:
    """A dam is 72 points better for safety and 60 worse for money: 36 - 18 = 18 points of utility ahead."""
    incentive = only(solved(FIXED))
    (preference,) = incentive.preferences
    assert (preference.favourite, preference.other) == ("dam", "wait")
    assert preference.lead.value == pytest.approx(18, abs=POINTS)
    assert preference.reversed_in == 0.0
    safety, money = motives_of(incentive)["safety"], motives_of(incentive)["money"]
    assert (safety.points, safety.gap) == pytest.approx((36, 72), abs=POINTS)
    assert (money.points, money.gap) == pytest.approx((-18, -60), abs=POINTS)
    # The others keep 3 : 2, so at weight s safety has 72 s against 60 * 0.6 (1 - s): s = 36 / 108.
    assert safety.even_weight == pytest.approx(1 / 3, abs=EXACT)
    # And money, the others at 5 : 2: 60 m = 72 * (5 / 7) (1 - m).
    assert money.even_weight == pytest.approx((360 / 7) / (60 + 360 / 7), abs=EXACT)
    assert safety.even_gap == pytest.approx(36, abs=POINTS)
    assert money.even_gap is None  # it would have to be worse by 120 points of 100


def test_the_share_of_worlds_in_which_it_is_the_other_way_round() -> None:
    """In order, safety s > money m > rain: a dam is better where 72 s > 60 m, always; where m > s, where m < 1.2 s."""
    incentive = only(solved(DAM.replace("WEIGHTS", "order: [safety, money, rain]"), 4096))
    assert incentive.preferences[0].reversed_in == 0.0
    # With money first and rain left without weight, m is even on [1/2, 1]: better where 72 (1 - m) > 60 m, m < 6 / 11.
    text = DAM.replace("WEIGHTS", "order: [money, safety]").replace(
        "    rain: {given: [river], values: {low: 100, high: 0}}\n", ""
    )
    incentive = only(solved(text, 65_536))
    (preference,) = incentive.preferences
    assert preference.favourite == "wait"
    assert preference.reversed_in == pytest.approx((6 / 11 - 0.5) / 0.5, abs=FOUR_BY_SAMPLING)
    assert preference.lead.value == pytest.approx(60 * 0.75 - 72 * 0.25, abs=0.01)


def test_what_is_observed_is_the_situation() -> None:
    incentive = only(solved(FIXED, observe={"river": "low"}))
    assert dict(incentive.sees) == {"river": "low"}
    assert incentive.likelihood == pytest.approx(1, abs=EXACT)
    assert incentive.preferences[0].favourite == "wait"
    assert set(motives_of(incentive)) == {"money"}
    assert motives_of(incentive)["money"].even_weight is None  # nothing speaks for a dam


def test_a_choice_that_is_supposed_has_no_incentives() -> None:
    assert solved(FIXED, do={"build": "dam"}).incentives().incentives == ()
    with pytest.raises(AskError, match="supposed already"):
        solved(FIXED, do={"build": "dam"}).incentives("mayor")
    with pytest.raises(AskError, match="no actor"):
        solved(FIXED).incentives("nobody")
