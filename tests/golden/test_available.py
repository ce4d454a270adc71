"""Options that are open only in some situations, worked out by hand."""

import pytest

from tests.golden.digits import EXACT, SIX
from tests.solving import solve

# A ferryman sees the river. He can wait (worth 0.5), or cross (worth 1); when it floods he cannot cross, but take the
# long road (worth 0). Precision 2; it floods 3 days in 10. A guard sees what he did, and the river. He can close his
# gate only if the ferryman crosses, which is worth 0.5; to let things be is worth 0.25. Precision 4.
#
#   calm:  wait : cross = e^1 : e^2 = 2.718282 : 7.389056              P(cross | calm) = 0.731059
#   flood: wait : road  = e^1 : e^0                                    P(road | flood) = 0.268941
#   guard: close : let  = e^(4 * 0.5) : e^(4 * 0.25) = e^2 : e^1       P(close | cross) = 0.731059
CASE = """
melian: 1
case: ferry
behaviour: BEHAVIOUR
question: {event: {gate: close}}
actors: {ferryman: {precision: 2}, guard: {precision: 4}}
factors:
  river: {states: [calm, flood], chances: {calm: 0.7, flood: 0.3}}
choices:
  trip:
    actor: ferryman
    options:
      - wait
      - cross: {available: {when: {river: calm}}}
      - road: {available: {when: {river: flood}}}
    sees: [river]
  gate:
    actor: guard
    options: [let, {close: {available: {when: {trip: cross}}}}]
    sees: [river, trip]
stakes:
  ferryman: {gain: {given: [trip], values: {wait: 50, cross: 100, road: 0}}}
  guard:
    duty:
      given: [trip, gate]
      values: [{when: {gate: close}, is: 50}, {else: true, is: 25}]
"""
LOGIT = CASE.replace("BEHAVIOUR", "logit")


def test_closed_options_have_no_chance_and_open_ones_share_it() -> None:
    found = solve(LOGIT)
    rules = [[found.rule("trip", o, river=r) for o in ("wait", "cross", "road")] for r in ("calm", "flood")]
    assert rules[0] == pytest.approx([0.268941, 0.731059, 0], abs=SIX)
    assert rules[1] == pytest.approx([0.731059, 0, 0.268941], abs=SIX)
    assert rules[0][2] == rules[1][1] == 0


def test_where_one_option_is_open_it_is_picked() -> None:
    found = solve(LOGIT)
    assert found.rule("gate", "let", river="calm", trip="wait") == 1
    assert found.rule("gate", "close", river="calm", trip="cross") == pytest.approx(0.731059, abs=SIX)
    # 0.7 * 0.731059 * 0.731059
    assert found.event == pytest.approx(0.374113, abs=SIX)


def test_rational_play_takes_the_best_of_what_is_open() -> None:
    found = solve(CASE.replace("BEHAVIOUR", "rational"))
    assert [found.chance("trip", option) for option in ("wait", "cross", "road")] == pytest.approx([0.3, 0.7, 0])
    assert found.event == pytest.approx(0.7, abs=EXACT)


def test_to_learn_of_an_option_rules_out_where_it_is_closed() -> None:
    found = solve(LOGIT, observe={"trip": "cross"})
    assert found.chance("river", "flood") == 0
    assert found.evidence == pytest.approx(0.7 * 0.731059, abs=SIX)


def test_what_is_brought_about_happens_even_where_it_is_closed() -> None:
    found = solve(LOGIT, do={"trip": "cross"})
    assert found.chance("river", "flood") == pytest.approx(0.3, abs=EXACT)
    # The guard answers it whatever the river: 0.731059
    assert found.event == pytest.approx(0.731059, abs=SIX)


def test_what_cannot_come_about_is_not_counted() -> None:
    assert solve(LOGIT).worlds.unreached == 0
