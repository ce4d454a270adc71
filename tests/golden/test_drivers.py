"""Drivers and cruxes of a product of two chances, worked out by hand."""

import numpy as np
import pytest

import melian
from melian.answer.drivers import Driver, Drivers
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.errors import AskError
from tests.solving import model_of

# The event needs both: p = a b, a on [0.2, 0.6], b on [0.4, 0.8]; means 0.4 and 0.6, variances 0.04 / 3 each.
CASE = """\
melian: 1
case: both
question: {event: {outcome: happens}}
factors:
  first: {states: [no, yes], chances: {yes: 0.2..0.6}}
  outcome:
    states: [not, happens]
    chances:
      - {when: {first: yes}, happens: 0.4..0.8}
      - {else: true, not: 1}
  idle: {states: [low, high], chances: {high: 0.1..0.9}}
"""
SPREAD = 0.04 / 3
VARIANCE = (0.4**2 + SPREAD) * (0.6**2 + SPREAD) - 0.24**2
FIRST = {"first": 0.6**2 * SPREAD / VARIANCE, "outcome": 0.4**2 * SPREAD / VARIANCE}  # 0.675 and 0.3
WITH_OTHERS = SPREAD**2 / VARIANCE  # 0.025


def drivers_of(line: float = 0.5) -> Drivers:
    return melian.read_text(CASE).solve(worlds=32_768).drivers(line=line)


def by_node(drivers: Drivers) -> dict[str, Driver]:
    return {driver.judged.group.name: driver for driver in drivers.drivers}


def test_shares_of_a_product_are_those_worked_out_by_hand() -> None:
    drivers = drivers_of()
    assert drivers.deviation == pytest.approx(np.sqrt(VARIANCE), abs=0.001)
    assert [driver.judged.group.name for driver in drivers.drivers] == ["first", "outcome"]
    for name, driver in by_node(drivers).items():
        assert driver.first.value == pytest.approx(FIRST[name], abs=0.01)
        assert driver.total.value == pytest.approx(FIRST[name] + WITH_OTHERS, abs=0.05)
        assert driver.first.low < FIRST[name] < driver.first.high
        assert driver.total.low < FIRST[name] + WITH_OTHERS < driver.total.high
    assert {each.group.name: each.judgements for each in drivers.groups} == {"first": 1, "outcome": 1}


def test_what_bears_on_nothing_has_no_share_at_all() -> None:
    idle = [glance for glance in drivers_of().screened if glance.judged.group.name == "idle"]
    assert [(glance.bears, glance.total.value, glance.first.is_told) for glance in idle] == [(False, 0.0, False)]


def test_the_answer_at_both_ends_of_a_judgement() -> None:
    tenths = by_node(drivers_of())["first"].tenths
    assert (tenths.below, tenths.above) == pytest.approx((0.24, 0.56), abs=0.003)
    # The means of a over its lowest and highest tenth are 0.22 and 0.58.
    assert tenths.low == pytest.approx(0.6 * 0.22, abs=4 * tenths.low_error)
    assert tenths.high == pytest.approx(0.6 * 0.58, abs=4 * tenths.high_error)
    assert tenths.is_told
    assert tenths.member.name == "yes"


def test_one_judgement_that_carries_the_answer_across_a_near_line() -> None:
    """Above 0.3: a above x has mean 0.6 (x + 0.6) / 2, which is 0.3 for x = 0.4 and half of the worlds."""
    drivers = drivers_of(0.3)
    crux = drivers.cruxes.found[0]
    (bound,) = crux.bounds
    assert drivers.cruxes.is_above
    assert drivers.drivers[bound.candidate].judged.group.name == "first"
    assert bound.is_above
    assert bound.value == pytest.approx(0.42, abs=0.003)  # the next twentieth, 0.4 itself being a coin's toss
    assert crux.mass == pytest.approx(0.45, abs=0.01)
    assert crux.mean == pytest.approx(0.6 * 0.51, abs=0.003)
    # Chance beyond the line: a b > 0.3 where b > 0.3 / a.
    a = np.linspace(0.42, 0.6, 10_001)
    inside = np.clip((0.8 - 0.3 / a) / 0.4, 0, 1).mean()
    everywhere = np.clip((0.8 - 0.3 / np.linspace(0.2, 0.6, 10_001)) / 0.4, 0, 1).mean()
    assert crux.density == pytest.approx(inside, abs=0.015)
    assert drivers.cruxes.beyond == pytest.approx(everywhere, abs=0.01)
    assert crux.coverage == pytest.approx(inside * 0.45 / everywhere, abs=0.02)


def test_a_farther_line_takes_two_judgements_and_one_too_far_none() -> None:
    """Above 0.4: a alone comes to 0.36 at most and b alone to 0.32, but both together to 0.48."""
    two = drivers_of(0.4).cruxes
    assert [len(crux.bounds) for crux in two.found] == [2]
    assert two.found[0].mean > 0.4
    assert all(bound.is_above for bound in two.found[0].bounds)
    none = drivers_of(0.47).cruxes
    assert none.found == ()
    assert none.nearest is not None
    assert none.nearest.mean < 0.47


def test_a_line_below_the_answer_is_crossed_downwards() -> None:
    """Below 0.2: a below x has mean 0.6 (x + 0.2) / 2, which is 0.2 for x = 0.467 and two thirds of the worlds."""
    cruxes = drivers_of(0.2).cruxes
    (bound,) = cruxes.found[0].bounds
    assert not cruxes.is_above
    assert not bound.is_above
    assert bound.value == pytest.approx(0.46, abs=0.003)
    assert cruxes.found[0].mean == pytest.approx(0.6 * 0.33, abs=0.003)


@pytest.mark.parametrize("line", [0.0, 1.0, -1.0, float("nan")])
def test_a_line_that_cannot_be_crossed_is_refused(line: float) -> None:
    with pytest.raises(AskError, match="between 0 and 1"):
        drivers_of(line)


OBSERVED = 6


def test_evidence_on_a_chance_moves_the_shares_as_brute_force_has_it() -> None:
    """Six sightings, each as likely as a, weigh a world by a^6; drawn at first, and drawn anew given them."""
    seen = "".join(f"  s{place}: {{states: [no, yes], chances: {{yes: the a}}}}\n" for place in range(OBSERVED))
    text = CASE.replace("factors:\n", "judgements: {a: 0.2..0.6}\nfactors:\n" + seen).replace(
        "yes: 0.2..0.6", "yes: the a"
    )
    model, observed = model_of(text), Supposed(observe={f"s{place}": "yes" for place in range(OBSERVED)})
    a, b = np.meshgrid(*(low + 0.4 * (np.arange(500) + 0.5) / 500 for low in (0.2, 0.4)), indexing="ij")
    weight = a**OBSERVED / (a**OBSERVED).sum()
    mean = (weight * a * b).sum()
    variance = (weight * (a * b - mean) ** 2).sum()
    for adapt_below in (0.0, 1.0):
        solution = solve_model(model, observed, worlds=65_536, adapt_below=adapt_below)
        assert solution.sampling.is_adapted == (adapt_below > 0)
        drivers = by_node(solution.drivers())
        for name, axis in (("a", 1), ("outcome", 0)):
            mass = weight.sum(axis=axis)
            alone = mass @ ((weight * a * b).sum(axis=axis) / mass - mean) ** 2 / variance
            mass = weight.sum(axis=1 - axis)
            left = 1 - mass @ ((weight * a * b).sum(axis=1 - axis) / mass - mean) ** 2 / variance
            assert drivers[name].first.value == pytest.approx(alone, abs=0.02)
            assert drivers[name].total.value == pytest.approx(left, rel=0.15)


LINKED = """\
melian: 1
case: linked
question: {event: {outcome: happens}}
judgements: {moves: 0.2..0.8, goes_along: 0.2..0.8}
factors:
  outcome: {states: [not, happens], chances: {happens: the moves}}
  echo: {states: [no, yes], chances: {yes: the goes_along}}
  heard: {states: [no, yes], chances: [{when: {outcome: happens}, yes: 1}, {else: true, yes: 1}]}
correlations:
  - {between: [moves, goes_along], rank: 0.8}
"""


def test_a_judgement_that_goes_along_with_another_tells_of_it_but_moves_nothing() -> None:
    """Rank correlation of even numbers is their correlation; known, the one leaves what the other does not tell."""
    drivers = melian.read_text(LINKED).solve(worlds=32_768).drivers()
    screened = {glance.judged.group.name: glance for glance in drivers.screened}
    assert screened["moves"].first.value == pytest.approx(1.0, abs=0.005)
    # E[u | v] of a Gaussian copula with correlation r has variance arcsin(r^2 / 2) / (2 pi) of 1 / 12.
    score_correlation = 2 * np.sin(np.pi * 0.8 / 6)
    told = 6 / np.pi * np.arcsin(score_correlation**2 / 2)
    assert screened["goes_along"].first.value == pytest.approx(told, abs=0.015)
    assert screened["goes_along"].total.value == 0.0
    # What is left of the one once the other is known.
    (moves,) = [driver for driver in drivers.drivers if driver.judged.group.name == "moves"]
    assert moves.total.value == pytest.approx(1 - told, abs=0.05)
