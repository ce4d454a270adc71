"""Influences of two strengths: what is said where they are mistaken for rules."""

import pytest

from tests.reading import errors, notes, points_at_the_mark

CASE = """\
melian: 1
case: strait
question: {event: {strait: closed}}
factors:
  storm: {states: [none, strong], chances: {strong: unlikely}}
  strait:
    states: [open, closed]
    base: {closed: unlikely}
    influences:
      - INFLUENCE
"""


@pytest.mark.parametrize(
    "influence",
    [
        "{when: {storm: strong}, closed: more, otherwise: {closed: less}}",
        "{when: {storm: strong}, otherwise: {closed: less}}",
        "{when: {storm: strong}, closed: more, otherwise: {closed: {is: less, why: calm seas}, open: more}}",
        "{when: {storm: strong}, closed: more, otherwise: {closed:less}}",
    ],
)
def test_a_second_strength_is_a_row_of_influences(influence: str) -> None:
    slips = ["tight-colon"] * ("closed:less" in influence)
    assert errors(CASE.replace("INFLUENCE", influence)) == slips


def test_a_second_strength_names_its_state() -> None:
    text = CASE.replace("INFLUENCE", "{when: {storm: strong}, closed: more, otherwise: «less»}")
    one = points_at_the_mark(text, "wrong-shape")
    assert notes(one) == ["write `otherwise: {closed: less}`"]


def test_an_influence_has_no_else() -> None:
    text = CASE.replace("INFLUENCE", "{«else»: true, closed: more}")
    one = points_at_the_mark(text, "else-in-influence")
    assert one.headline == "an influence has no `else`: all that apply add up"


def test_what_an_influence_shifts_otherwise_is_looked_over_like_the_rest() -> None:
    said = "{when: {storm: strong}, closed: more, otherwise: HERE}"
    for otherwise, code in [
        ("{clsed: less}", "unknown-name"),
        ("{others: less}", "others-in-influence"),
        ("{closed: likely}", "bad-judgement"),
        ("{}", "empty-row"),
        ("{closed: 20}", None),
    ]:
        found = errors(CASE.replace("INFLUENCE", said.replace("HERE", otherwise)))
        assert found == ([code] if code else []), otherwise


def test_strengths_of_which_only_one_can_hold_are_not_added() -> None:
    strong = "{when: {storm: strong}, closed: 20, otherwise: {closed: -20}}"
    assert errors(CASE.replace("INFLUENCE", "\n      - ".join([strong] * 15))) == []
    assert errors(CASE.replace("INFLUENCE", "\n      - ".join([strong] * 16))) == ["out-of-bounds"]


def test_a_rule_of_chances_has_no_otherwise() -> None:
    rules = "[{when: {storm: strong}, closed: likely, «otherwise»: {closed: unlikely}}, {else: true, closed: 0.1}]"
    text = CASE.split("    base:", maxsplit=1)[0] + f"    chances: {rules}\n"
    one = points_at_the_mark(text, "unknown-key")
    assert notes(one) == ["list another rule for it, the last with `else: true`"]
