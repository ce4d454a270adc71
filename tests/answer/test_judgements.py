"""Judgements that leave something open: all of them, each about one thing, each with a name that people understand."""

import numpy as np
import pytest
from hypothesis import given, settings

import melian
from melian.answer.judgements import judgements_of
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.model.build import build_model
from melian.view.naming import group_name, name_of, number, whole_name
from melian.view.sheets.drivers import drivers_sheet
from tests.solving import model_of, solvable
from tests.strategies import case_texts

CASE = """\
melian: 1
case: forms
as_of: 2022-02-01
question: {event: {x: yes}}
actors: {ruler: {name: The ruler, precision: ordinary}}
judgements: {shared: 0.1..0.4}
sources: {press: {title: The press, grade: C3, anyway: 0.1..0.2}}
factors:
  x:
    states: [no, yes]
    base: {yes: unlikely}
    influences: [{when: {act: strike}, yes: more, otherwise: {yes: less}}]
  y: {states: [low, middle, high], chances: [{when: {x: yes}, low: 0.1..0.3}, {else: true, high: likely}]}
  z: {states: [no, yes], chances: {yes: the shared}}
choices: {act: {actor: ruler, options: [wait, strike], sees: [z]}}
stakes:
  ruler:
    order: [calm, glory]
    calm: {given: [act], values: [{when: {act: wait}, is: 60..100}, {else: true, is: 0}]}
    glory: {given: [x], values: [{when: {x: yes}, is: 100}, {else: true, is: 0..10}]}
beliefs: {ruler: {x: {base: {yes: likely}, influences: [{when: {act: strike}, yes: more}]}}}
evidence:
  - {id: seen, date: 2022-01-01, claim: It moved., source: press, bears_on: x, likelihood: {yes: likely, no: unlikely}}
"""


def test_every_kind_of_judgement_has_a_form_a_group_and_a_name() -> None:
    model = model_of(CASE)
    judged = {each.name: each for each in judgements_of(model)}
    named = {
        name: (each.form, each.group.kind, each.group.name, name_of(model.case, each, each.members[-1]))
        for name, each in judged.items()
    }
    press = ("source", "press")
    assert named == {
        "factor x base": ("base", "node", "x", 'x: chance of "yes" to begin with'),
        "factor x influence 0 yes": ("influence", "node", "x", 'x: what act: "strike" does to the odds of "yes"'),
        "factor x otherwise 0 yes": (
            "otherwise", "node", "x", 'x: what the lack of act: "strike" does to the odds of "yes"'
        ),
        "factor y 0": ("row", "node", "y", 'y: chance of "high", where x: "yes"'),
        "factor y 1": ("row", "node", "y", 'y: chance of "high"'),
        "judgement shared": ("named", "judgement", "shared", "The judgement `shared`"),
        "belief ruler x base": ("base", "actor", "ruler", 'The ruler on x: chance of "yes" to begin with'),
        "belief ruler x influence 0 yes": (
            "influence", "actor", "ruler", 'The ruler on x: what act: "strike" does to the odds of "yes"'
        ),
        "weights ruler": ("weights", "actor", "ruler", 'The ruler: weight of "glory"'),
        "stake ruler calm 0": ("value", "actor", "ruler", 'The ruler: worth of "calm", where act: "wait"'),
        "stake ruler glory 1": ("value", "actor", "ruler", 'The ruler: worth of "glory"'),
        "precision ruler": ("precision", "actor", "ruler", "The ruler: consistency"),
        "reliability press C": ("reliability", *press, "The press: reliability"),
        "report seen x yes likely": (
            "likelihood", *press, 'Likelihood of the report "It moved", if x: "yes"'
        ),
        "report seen x no unlikely": (
            "likelihood", *press, 'Likelihood of the report "It moved", if x: "no"'
        ),
        "source press anyway": ("anyway", *press, "Chance that a report by The press would be made anyway"),
    }  # fmt: skip
    row, weights = judged["factor y 0"], judged["weights ruler"]
    assert whole_name(model.case, row, row.members[0]) == 'y: chances, above all of "low", where x: "yes"'
    assert (
        whole_name(model.case, weights, weights.members[0]) == 'The ruler: weight of "glory"'
    )  # the other is the rest
    assert [member.name for member in judged["factor y 0"].members] == ["low", "middle", "high"]
    assert [member.name for member in judged["factor x base"].members] == ["yes"]
    assert number(judged["factor x influence 0 yes"], np.log(2)) == "odds times 2"
    assert number(judged["stake ruler calm 0"], 0.7) == "70 of 100"


@pytest.mark.parametrize("name", ["belarus-2022"])
def test_dimensions_are_shared_out_without_gap_or_overlap(name: str) -> None:
    model = build_model(melian.read(name).judged)
    judged = judgements_of(model)
    places = np.concatenate([each.dimensions for each in judged])
    assert sorted(places) == list(range(sum(parameter.n_dimensions for parameter in model.parameters)))
    for each in judged:
        assert each.members
        assert group_name(model.case, each.group)
        for member in each.members:
            assert name_of(model.case, each, member)


@settings(max_examples=25, deadline=None)
@given(case_texts())
def test_shares_of_any_case_are_shares_and_a_sheet_can_be_made_of_them(text: str) -> None:
    solution = solve_model(solvable(text), Supposed(), worlds=512)
    if solution.refusal is not None:
        return
    drivers = solution.drivers()
    for each in (*drivers.drivers, *drivers.groups, *drivers.screened):
        for share in (each.first, each.total):
            assert 0 <= share.low <= share.value <= share.high <= 1
    if not solution.model.evidence:
        # Judgements are independent: what each explains by itself adds up to no more than there is.
        singles = [(glance.first.value, glance.first.high) for glance in drivers.screened if glance.first.is_told]
        slack = 2 * np.sqrt(sum((high - value) ** 2 for value, high in singles))
        assert sum(value for value, _ in singles) <= 1 + slack
    assert drivers_sheet(solution, drivers).blocks
