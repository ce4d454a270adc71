"""Influences of two strengths, worked out by hand."""

import pytest

from tests.golden.digits import EXACT, FOUR_BY_SAMPLING
from tests.solving import solve

CASE = """\
melian: 1
case: strait
question: {event: {strait: closed}}
factors:
  storm: {states: [none, weak, strong], chances: {strong: 0.3, weak: 0.2}}
  fog: {states: [no, yes], chances: {yes: 0.5}}
  strait:
    states: [open, narrow, closed]
    base: {closed: 0.2, open: 0.8, narrow: 0}
    influences:
      - INFLUENCE
"""


def event(*influences: str, n_worlds: int = 1) -> float:
    return solve(CASE.replace("INFLUENCE", "\n      - ".join(influences)), n_worlds=n_worlds).event


def test_an_influence_has_one_strength_where_it_holds_and_one_where_it_does_not() -> None:
    # odds of 1 to 4: times 4 gives 1/2; times 0.5 gives 1/9
    found = event("{when: {storm: strong}, closed: times 4, otherwise: {closed: times 0.5}}")
    assert found == pytest.approx(0.3 / 2 + 0.7 / 9, abs=EXACT)


def test_it_may_speak_only_of_where_its_condition_does_not_hold() -> None:
    found = event("{when: {storm: [weak, strong]}, otherwise: {closed: times 4}}")
    assert found == pytest.approx(0.5 / 2 + 0.5 * 0.2, abs=EXACT)


def test_the_two_may_shift_different_states_and_add_up_with_others() -> None:
    # strong: 1 * 4 to 4, then 4/8; else 1 to 4 * 2, then 1/9; fog doubles the odds of both
    found = event(
        "{when: {storm: strong}, closed: times 4, otherwise: {open: times 2}}", "{when: {fog: yes}, closed: times 2}"
    )
    assert found == pytest.approx(0.5 * (0.3 / 2 + 0.7 / 9) + 0.5 * (0.3 * 8 / 12 + 0.7 * 2 / 10), abs=EXACT)


def test_otherwise_with_the_opposite_sign_is_the_influence_turned_round() -> None:
    there = event("{when: {storm: strong}, closed: more, otherwise: {closed: less}}", n_worlds=4096)
    back = event("{when: {storm: [none, weak]}, closed: less, otherwise: {closed: more}}", n_worlds=4096)
    assert there == pytest.approx(back, abs=FOUR_BY_SAMPLING)


def test_the_two_strengths_are_two_statements() -> None:
    found = solve(CASE.replace("INFLUENCE", "{when: {storm: strong}, closed: more, otherwise: {closed: more}}"))
    drawn = [one.name for one in found.model.parameters if "strait influence" in one.name or "otherwise" in one.name]
    assert drawn == ["factor strait influence 0 closed", "factor strait otherwise 0 closed"]
