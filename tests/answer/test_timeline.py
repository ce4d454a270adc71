"""The answer's way through reports that later ones take the place of, worked out by hand."""

from datetime import date

import pytest

import melian

CASE = """\
melian: 1
case: storm
as_of: 2022-04-01
question: {event: {storm: strong}}
factors: {storm: {states: [none, strong], chances: {strong: 0.5}}}
evidence:
  - {id: a, date: 2022-03-01, claim: A, bears_on: storm, likelihood: {strong: 0.8, none: 0.2}, superseded_by: b}
  - {id: b, date: 2022-03-05, claim: B, bears_on: storm, likelihood: {strong: 0.3, none: 0.7}}
  - {id: c, date: 2022-03-09, claim: C, bears_on: storm, likelihood: {strong: 0.5, none: 0.25}, superseded_by: d}
  - {id: d, date: 2022-04-05, claim: D, bears_on: storm, likelihood: {strong: 0.1, none: 0.9}}
"""


def test_a_report_counts_until_the_one_that_takes_its_place_is_known() -> None:
    case = melian.read_text(CASE)
    moments = case.solve(worlds=256).timeline().moments
    assert [moment.report for moment in moments] == [None, "a", "b", "c"]
    # 0.3 * 0.5 to 0.7 * 0.25 = 0.15 to 0.175
    assert [moment.mean for moment in moments] == pytest.approx([0.5, 0.8, 0.3, 0.15 / 0.325])
    for moment in moments[1:]:
        assert moment.day is not None
        assert case.on(moment.day).solve(worlds=256).likelihood().mean == pytest.approx(moment.mean)
    assert case.solve(worlds=256).evidence().superseded == (("a", "b"),)
    assert case.on(date(2022, 3, 2)).solve(worlds=256).evidence().superseded == ()
