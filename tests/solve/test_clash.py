"""Findings that cannot hold together, against enumeration of all states and all sets of findings."""

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.case.read import read_case
from melian.errors import CaseError
from melian.model.build import build_model
from melian.plan.plan import Enquiry
from melian.solve.clash import smallest_clash
from melian.source.text import Source

HEAD = "melian: 1\ncase: clash\nquestion: {event: {n3: y}}\nfactors:\n"
ASIA = """melian: 1
case: asia
question: {event: {breathless: yes}}
factors:
  tub: {states: [no, yes], chances: {yes: 0.01}}
  lung: {states: [no, yes], chances: {yes: 0.055}}
  either:
    states: [no, yes]
    chances:
      - {when: {tub: yes}, yes: 1, no: 0}
      - {when: {lung: yes}, yes: 1, no: 0}
      - {else: true, yes: 0, no: 1}
  breathless: {states: [no, yes], chances: [{when: {either: yes}, yes: 0.8}, {else: true, yes: 0.2}]}
evidence:
  - {id: a, date: 2031-01-01, claim: Either was found., certain: true, bears_on: either, shows: yes}
  - {id: short, date: 2031-01-01, claim: Breath is short., certain: true, bears_on: breathless, shows: yes}
  - {id: b, date: 2031-01-01, claim: No growth., certain: true, bears_on: lung, shows: no}
  - {id: c, date: 2031-01-01, claim: No bacillus., certain: true, bears_on: tub, shows: no}
"""

SUMS = st.sampled_from([0.0, 1.0, 0.5])
ROWS = st.tuples(SUMS, st.tuples(SUMS, SUMS), st.tuples(SUMS, SUMS), st.tuples(SUMS, SUMS))


def test_the_three_findings_of_four_that_clash_are_named_at_their_lines() -> None:
    with pytest.raises(CaseError) as raised:
        melian.read_text(ASIA)
    (found,) = raised.value.diagnostics
    assert found.code == "impossible-evidence"
    assert found.headline == "the reports `a`, `b` and `c` cannot hold together"
    assert [label.span.line for label in (found.primary, *found.secondary)] == [15, 17, 18]


def test_what_is_supposed_is_named_beside_the_reports_that_it_clashes_with() -> None:
    case = melian.read_text(ASIA.replace("  - {id: c,", "  # {id: c,"))
    with pytest.raises(melian.AskError, match=r"`a` \(case.yaml:15\), `b` \(case.yaml:17\) and `tub: no` cannot hold"):
        case.solve(observe={"tub": "no"}, worlds=256)


def test_a_source_that_may_be_wrong_clashes_with_nothing() -> None:
    text = ASIA.replace("certain: true, bears_on: tub", "grade: B, bears_on: tub")
    assert melian.read_text(text).solve(worlds=256).nodes()["tub"]["yes"] == pytest.approx(1.0)


def test_many_reports_are_looked_through_at_once() -> None:
    idle = "".join(
        f"  - {{id: i{n}, date: 2031-01-01, claim: i, certain: true, bears_on: lung, shows: no}}\n" for n in range(500)
    )
    with pytest.raises(CaseError, match="the reports `a`, `b` and `c` cannot hold together"):
        melian.read_text(ASIA + idle)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=4, unique=True))
def test_the_smallest_set_is_that_of_enumeration(rows: Any, seen: list[tuple[int, int]]) -> None:
    """A chain of four nodes with zeros in it; every set of findings is tried, the small ones first."""
    text = HEAD + f"  n0: {{states: [n, y], chances: {{y: {rows[0]}, n: {1 - rows[0]}}}}}\n"
    for place, (low, high) in enumerate(rows[1:], 1):
        rules = f"[{{when: {{n{place - 1}: n}}, y: {low}, n: {1 - low}}}, {{else: true, y: {high}, n: {1 - high}}}]"
        text += f"  n{place}: {{states: [n, y], chances: {rules}}}\n"
    observe = dict(seen)

    def possible(held: dict[int, int]) -> bool:
        return any(_chance(rows, states) > 0 and all(states[n] == s for n, s in held.items()) for states in _all())

    found = {axis for each in smallest_clash(_model(text), Enquiry(observe)) for axis in each.axes}
    if possible(observe):
        assert not found
    else:
        assert not possible({node: observe[node] for node in found})
        for size in range(len(found)):
            assert all(possible(dict(held)) for held in combinations(observe.items(), size))


def _all() -> "product[tuple[int, ...]]":
    return product((0, 1), repeat=4)


def _chance(rows: Any, states: tuple[int, ...]) -> float:
    chance = rows[0] if states[0] else 1 - rows[0]
    for place, row in enumerate(rows[1:], 1):
        up = row[states[place - 1]]
        chance *= up if states[place] else 1 - up
    return float(chance)


def _model(text: str) -> Any:

    case, _ = read_case(Source("case.yaml", text))
    assert case is not None
    return build_model(case)
