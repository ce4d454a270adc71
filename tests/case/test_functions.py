"""Functions as they are written: what is read, what is refused and where, and that nothing is lost on the way back."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import melian
from melian.case.functions import Noisy, Tally
from melian.case.schema import make_schema
from tests.reading import errors, notes, points_at_the_mark, read

FAULTS = Path(__file__).parents[1] / "faults"
HEAD = """melian: 1
case: votes
question: {event: {f: yes}}
factors:
  a: {states: [no, yes], chances: {yes: 0.3}}
  b: {states: [no, maybe, yes], chances: {yes: 0.3, maybe: 0.2}}
"""


def case_of(function: str, states: str = "no, yes") -> str:
    return f"{HEAD}  f: {{states: [{states}], function: {function}}}\n"


SOUND = {
    "noisy_or": "{noisy_or: [{when: {a: yes}, yes: likely}, {when: {b: [yes]}, yes: 0.2..0.4}], leak: {yes: 0.01}}",
    "noisy_and": "{noisy_and: [{when: {a: yes}, yes: likely, otherwise: {yes: unlikely}}, {when: {b: yes}, yes: 0.9}]}",
    "any": "{any: [{a: yes}, {all: [{b: yes}, {a: no}]}], then: yes}",
    "all": "{all: [{a: yes}, {b: [maybe, yes]}], then: yes}",
    "vote": "{vote: {a: 3, b: 1.5}, says: yes, then: {yes: at least 2/3}}",
    "votes": "{vote: [a, b], says: yes, then: {yes: more than 50 %}}",
    "sum": "{sum: [{when: {a: yes}, add: 2}, {when: {b: yes}, add: -0.5}], then: {yes: at least 1.5}}",
    "max": "{max: [a]}",
    "min": "{min: [a]}",
}


@pytest.mark.parametrize("function", SOUND.values(), ids=SOUND)
def test_a_function_is_read_written_back_and_read_the_same(function: str) -> None:
    case = melian.read_text(case_of(function))
    assert {one.code for one in case.diagnostics} <= {"factor-without-effect"}
    again = melian.read_text(case.to_yaml())
    assert again.judged == case.judged
    assert again.to_yaml() == case.to_yaml()


@pytest.mark.parametrize("function", SOUND.values(), ids=SOUND)
def test_the_schema_takes_it(function: str) -> None:
    tree = yaml.safe_load(case_of(function).replace("yes", "yea").replace("no,", "nay,").replace(": no", ": nay"))
    Draft202012Validator(make_schema()).validate(json.loads(json.dumps(tree)))


def test_the_parents_of_a_function_are_those_that_it_names() -> None:
    table = read(case_of(SOUND["any"])).factors[-1].table
    assert [name.text for name in table.given] == ["a", "b"]
    noisy, votes = (read(case_of(SOUND[kind])).factors[-1].table for kind in ("noisy_or", "votes"))
    assert isinstance(noisy, Noisy)
    assert isinstance(votes, Tally)
    assert [float(rule.outcome) for rule in votes.addends] == [1.0, 1.0]


REFUSED = {
    "two kinds": "{any: [{a: yes}], «max»: [a], then: yes}",
    "no kind": "{«then»: yes}",
    "no then": "{«any»: [{a: yes}]}",
    "no says": "{«vote»: [a], then: {yes: more than half}}",
    "a key of another kind": "{max: [a], «leak»: {yes: 0.1}}",
    "no threshold": "{vote: [a], says: yes, then: {yes: «mostly»}}",
    "a share of a sum": "{sum: [{when: {a: yes}, add: 1}], then: {yes: «more than half»}}",
    "no number": "{sum: [{when: {a: yes}, add: «likely»}], then: {yes: more than 1}}",
    "a weight of nothing": "{vote: {a: «0»}, says: yes, then: {yes: more than half}}",
    "both states": "{noisy_or: [{when: {a: yes}, yes: 0.2}, {when: {b: yes}, «no»: 0.9}]}",
    "an else": "{noisy_or: [{«else»: true, yes: 0.2}]}",
    "states that cannot be compared": "{max: [a, «b»]}",
}


@pytest.mark.parametrize("function", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_worked_out_is_shown_with_a_cure(function: str) -> None:
    assert notes(points_at_the_mark(case_of(function), "wrong-function"))


def test_thresholds_must_leave_no_sum_open() -> None:
    function = "{«sum»: [{when: {a: yes}, add: 2}], then: {no: less than 0, yes: more than 1}}"
    one = points_at_the_mark(case_of(function), "wrong-function")
    assert "by a sum of 0" in one.headline


def test_a_function_of_two_states_is_not_for_three() -> None:
    function = "{«noisy_or»: [{when: {a: yes}, yes: 0.2}]}"
    points_at_the_mark(case_of(function, "no, some, yes"), "wrong-function")


def test_names_in_a_function_are_looked_up() -> None:
    points_at_the_mark(case_of("{any: [{«c»: yes}], then: yes}"), "unknown-name")
    points_at_the_mark(case_of("{any: [{a: «perhaps»}], then: yes}"), "unknown-name")
    points_at_the_mark(case_of("{any: [{a: yes}], then: «so»}"), "unknown-name")
    points_at_the_mark(case_of("{vote: [a, «d»], says: yes, then: {yes: more than half}}"), "unknown-name")


def test_a_function_takes_the_place_of_chances() -> None:
    text = case_of("{max: [a]}").replace("function", "chances: {yes: 0.5}, function")
    assert errors(text) == ["wrong-table"]


def test_a_function_may_not_go_round_in_a_circle() -> None:
    assert errors(case_of("{any: [{a: yes}, {f: yes}], then: yes}")) == ["circular-factors"]


def test_too_many_sums_are_refused_by_the_name_of_the_factor() -> None:
    voters = "".join(f"  v{n}: {{states: [no, yes], chances: {{yes: 0.5}}}}\n" for n in range(12))
    weights = ", ".join(f"v{n}: {3**n}" for n in range(12))
    text = case_of(f"{{«vote»: {{{weights}}}, says: yes, then: {{yes: more than half}}}}").replace(
        "  f:", f"{voters}  f:"
    )
    assert "`f`" in points_at_the_mark(text, "too-many-sums").headline


def test_a_state_may_still_be_called_function() -> None:
    text = """melian: 1
case: names
question: {event: {organ: function}}
actors: {x: {}}
factors: {organ: {states: [fails, function], chances: {function: 0.5}}}
choices: {c: {actor: x, options: [u, v]}}
stakes:
  x:
    s: {given: [c, organ], values: [{when: {c: u}, is: 50}, {when: {organ: function}, is: 100}, {else: true, is: 0}]}
beliefs: {x: {organ: {function: 0.9}}}
"""
    assert errors(text) == []


def test_nine_voters_take_a_few_lines() -> None:
    case = melian.read(FAULTS / "vote.yaml")
    assert case.solve(worlds=1).likelihood().mean == pytest.approx(0.547394125, abs=1e-12)
    assert len((FAULTS / "vote.yaml").read_text("utf-8").splitlines()) < 25
